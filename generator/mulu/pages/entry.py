"""The page of an entry: what must be disclosed, what has been, and why anything is not there."""

from datetime import date

from mulu.judgement.values import Terms, Timing
from mulu.limits.derivation import derivation
from mulu.limits.format import format_limit
from mulu.limits.words import ASSUMED, CERTAINTY_WORDS
from mulu.mapping import Mapped
from mulu.model.district import Site
from mulu.model.repository import Repository
from mulu.model.state import State
from mulu.pages.lines import chip, explanation, item_line, rows
from mulu.pages.metadata import column
from mulu.pages.page import (
    HOME,
    Crumb,
    Page,
    department_address,
    entry_address,
    entry_feed_address,
    item_address,
    table_address,
)

_EVENTS = 40
"""Events shown on a timeline; a monthly entry collects hundreds."""


def entry_page(mapped: Mapped, repository: Repository, site: Site, terms: Terms) -> Page:
    """One entry with its elements, periods and items."""
    entry = mapped.entry
    field = next((field.name for field in repository.fields if field.code == entry.field), entry.field)
    department = repository.departments[entry.department]
    return Page(
        address=entry_address(entry.id),
        kind="entry",
        title=f"{entry.title} — {field}",
        description=f"{department.name}{field}领域“{entry.title}”应当公开的内容和已经公开的信息",
        crumbs=(
            HOME,
            Crumb("标准目录", "catalog/index.html"),
            Crumb(field, table_address(entry.field)),
            Crumb(entry.topic),
        ),
        meta=column(site, entry.title, f"{field}领域{entry.topic}{entry.title}", entry.topic, entry.title),
        data={
            "title": entry.title,
            "feed": entry_feed_address(entry.id),
            "chip": chip(mapped),
            "explanation": explanation(mapped),
            "external": entry.explained.url if entry.explained and entry.explained.url else "",
            "replaced_by": _replacement(mapped, repository),
            "row": rows([mapped], repository)[0],
            "department": (department.name, department_address(department.code)),
            "table": (f"{field}领域标准目录", table_address(entry.field, entry.department)),
            "cycle": entry.cycle or "",
            "note": entry.note or "",
            "covered": mapped.covered,
            "elements": [
                (
                    element.name, element.required, [(item_address(id), repository.items[id].title) for id in mapped.answered[element.name]],
                    element.first.isoformat() if element.first else "",
                )
                for element in mapped.judgement.elements
            ],
            "periods": [(period.chinese, [item_line(repository.items[id], repository) for id in ids]) for period, ids in mapped.periods.items()],
            "absent": [period.chinese for period in mapped.absent],
            "items": [item_line(item, repository) for item in mapped.items],
            "limit": _limit(mapped, terms),
            "timeline": _timeline(mapped, repository),
            "substitutes": [item_line(item, repository) for item in mapped.substitutes],
            "former": [item_line(item, repository, "已撤下" if item.withdrawn else item.validity or "") for item in mapped.former],
        },
    )  # fmt: skip


def _limit(mapped: Mapped, terms: Terms) -> dict[str, object]:
    """How the limit is read, and the newest publication or the nearest thing owed, derived step by step."""
    judgement = mapped.judgement
    limit = judgement.limit
    shown = [*judgement.items[-1:], *sorted(judgement.owed, key=lambda each: each.due or date.max)[:2]]
    return {
        "certainty": limit.certainty.value,
        "word": CERTAINTY_WORDS[limit.certainty.value].zh,
        "canonical": format_limit(limit.clauses),
        "assumed": [ASSUMED[each].zh for each in limit.assumed],
        "unread": limit.unread,
        "explicit": mapped.entry.limit or "",
        "refresh": judgement.refresh.isoformat() if judgement.refresh else "",
        "derived": [_derived(each, mapped, terms) for each in shown if each.clause and each.due],
    }


def _derived(timing: Timing, mapped: Mapped, terms: Terms) -> dict[str, object]:
    assert timing.clause is not None
    owed = {id(each.timing): each.period.chinese for each in mapped.judgement.periods}
    owed |= {id(each.timing): each.what for each in mapped.judgement.awaiting}
    title = next((item.title for item in mapped.items if item.id == timing.item), owed.get(id(timing), timing.item))
    steps = derivation(timing.clause, timing.start, timing.due, terms.days, terms.settings, assumed=timing.assumed)
    if timing.published:
        result = f"实际 {timing.published} 公开，" + (f"迟了 {timing.late} 天" if timing.late else "按期")
    else:
        left = (timing.due - terms.as_of).days if timing.due else 0
        result = f"还没有公开，已经逾期 {-left} 天" if left < 0 else f"还没有公开，剩余 {left} 天"
    late = bool(timing.late) or (
        timing.published is None and bool(timing.due) and timing.due is not None and timing.due < terms.as_of
    )
    return {"title": title, "steps": [step.text.zh for step in steps], "result": result, "late": late}


def _timeline(mapped: Mapped, repository: Repository) -> list[tuple[str, str, str, str]]:
    """What happened and what is due, newest first: day, kind, words, address."""
    events: list[tuple[date, str, str, str]] = []
    for timing in mapped.judgement.items:
        item = repository.items[timing.item]
        if timing.published:
            note = f"（迟 {timing.late} 天）" if timing.late else ""
            events.append(
                (timing.published, "late" if timing.late else "published", f"公开：{item.title}{note}", item_address(item.id))
            )
        if item.withdrawn:
            events.append((item.withdrawn.on, "late", f"撤下：{item.title}", item_address(item.id)))
    owed = [(each.period.chinese, each) for each in mapped.judgement.periods if each.state in (State.PENDING, State.OVERDUE)]
    for what, period in owed:
        if period.timing.due:
            late = period.state is State.OVERDUE
            events.append((period.timing.due, "late" if late else "due", f"{what}期限{'，未公开' if late else ''}", ""))
    for awaited in mapped.judgement.awaiting:
        if awaited.timing.due:
            late = awaited.state is State.OVERDUE
            events.append(
                (awaited.timing.due, "late" if late else "due", f"{awaited.what}期限{'，未公开' if late else ''}", "")
            )
    if mapped.judgement.refresh:
        events.append((mapped.judgement.refresh, "late" if mapped.state is State.STALE else "due", "应当更新", ""))
    events.sort(key=lambda event: (event[0], event[2]), reverse=True)
    return [(day.isoformat(), kind, words, address) for day, kind, words, address in events[:_EVENTS]]


def _replacement(mapped: Mapped, repository: Repository) -> tuple[str, str] | None:
    retired = mapped.entry.retired
    if not retired or not retired.replaced_by or retired.replaced_by not in repository.entries:
        return None
    return repository.entries[retired.replaced_by].title, entry_address(retired.replaced_by)
