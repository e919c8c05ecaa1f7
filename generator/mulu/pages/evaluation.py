"""The evaluation pages: coverage, completeness and timeliness down to the entry, what is due, the ledger, and how it is computed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from mulu.calendar.working_days import Known
from mulu.evaluation.forecast import HORIZON, MATTERS, Coming, forecast, past_due
from mulu.evaluation.ics import calendar
from mulu.evaluation.tally import Tally, is_open, tally
from mulu.limits.clause import Certainty
from mulu.mapping import Correspondence, Mapped
from mulu.model.catalog import Gap
from mulu.model.district import Department, Site
from mulu.model.repository import Repository
from mulu.model.state import State
from mulu.pages.lines import chip, explanation
from mulu.pages.metadata import column
from mulu.pages.page import (
    DEADLINES_CALENDAR,
    HOME,
    Crumb,
    Page,
    data_file,
    department_address,
    entry_address,
    evaluation_address,
    item_address,
)
from mulu.pages.priorities import plan_links

_EVALUATION = Crumb("公开评价", "evaluation/index.html")
MEASURES = (
    ("coverage", "覆盖率", "已公开、有说明或者在期限内的事项 ÷ 应公开事项"),
    ("completeness", "完整率", "已公开的必选要素 ÷ 应公开的必选要素"),
    ("timeliness", "及时率", "按期公开的次数 ÷ 有期限的公开次数（逾期未公开的计入分母）"),
)
"""Measure (a property of Tally), its name, and how it is computed."""

_KNOWN = {Known.OFFICIAL: "已发布", Known.PROVISIONAL: "暂定", Known.UNKNOWN: "没有"}


def evaluation_pages(repository: Repository, correspondence: Correspondence, site: Site, as_of: date) -> Iterator[Page]:
    """The overview, a page for each department, due dates with their calendar file, the ledger and the method."""
    late, coming = past_due(repository, correspondence), forecast(repository, correspondence)
    yield _overview(repository, correspondence, site, as_of, late, coming)
    for department in repository.departments.values():
        own = [each for each in correspondence.entries.values() if each.entry.department == department.code]
        if own:
            yield _department(department, own, repository, site, as_of)
    yield _due(late, coming, repository, correspondence, site, as_of)
    names = {code: each.label for code, each in repository.departments.items()}
    text = calendar(coming, name=f"{site.name}：公开期限", domain=site.domain, as_of=as_of, departments=names)
    yield data_file(DEADLINES_CALENDAR, text=text)
    yield _ledger(repository, site, as_of)
    yield _method(repository, correspondence, site, as_of)


def _overview(
    repository: Repository,
    correspondence: Correspondence,
    site: Site,
    as_of: date,
    late: Iterable[Coming],
    coming: Iterable[Coming],
) -> Page:
    entries = list(correspondence.entries.values())
    departments = [
        each for each in repository.departments.values() if any(one.entry.department == each.code for one in entries)
    ]
    cells = _by(entries, lambda each: (each.entry.field, each.entry.department))
    by_field, by_department = _by(entries, lambda each: each.entry.field), _by(entries, lambda each: each.entry.department)
    matrix = [
        (
            field.name,
            field.code,
            by_field[field.code],
            [(each.code, cells.get((field.code, each.code))) for each in departments],
        )
        for field in repository.fields
        if field.code in by_field
    ]
    levels: dict[str, list[Mapped]] = defaultdict(list)
    names = {spelling: level.name for level in site.levels for spelling in (level.name, *level.aliases)}
    for each in entries:
        for level in {names.get(level, level) for level in each.entry.levels}:
            levels[level].append(each)
    data = {
        "as_of": as_of.isoformat(),
        "measures": [
            {
                "name": name,
                "about": about,
                "whole": getattr(tally(entries), key),
                "departments": [getattr(by_department[each.code], key) for each in departments],
                "rows": [
                    (title, getattr(whole, key), [(department, code, getattr(cell, key) if cell else None, _bad(cell)) for department, cell in row])
                    for title, code, whole, row in matrix
                ],
            }
            for key, name, about in MEASURES
        ],
        "departments": [(each.label, evaluation_address(each.code)) for each in departments],
        "levels": [(level, _shares(tally(listed))) for level, listed in sorted(levels.items(), key=lambda each: [*names.values(), each[0]].index(each[0]))],
        "counts": _counts(tally(entries)),
        "late": len(tuple(late)),
        "coming": len(tuple(coming)),
        "gaps": sum(gap.closed is None for gap in repository.gaps),
        "plans": plan_links(repository),
        "horizon": HORIZON,
    }  # fmt: skip
    about = "标准目录的落实情况：覆盖、完整、及时，逐项可查"
    meta = column(site, "公开评价", about, "评价", "标准目录")
    return Page("evaluation/index.html", "evaluation", "标准目录落实情况评价", about, (HOME, Crumb("公开评价")), meta, data)


def _by(entries: Iterable[Mapped], key: Callable[[Mapped], object]) -> dict[object, Tally]:
    groups: dict[object, list[Mapped]] = defaultdict(list)
    for each in entries:
        groups[key(each)].append(each)
    return {name: tally(listed) for name, listed in groups.items()}


def _bad(cell: Tally | None) -> bool:
    return bool(cell and cell.open)


def _shares(counted: Tally) -> tuple[int, int | None, int | None, int | None]:
    return counted.entries, counted.coverage, counted.completeness, counted.timeliness


def _counts(counted: Tally) -> tuple[tuple[str, int], ...]:
    return (
        ("目录事项", counted.entries), ("已公开", counted.published), ("有说明", counted.explained), ("期限内", counted.pending),
        ("逾期", counted.overdue), ("待更新", counted.stale), ("未公开", counted.missing),
    )  # fmt: skip


def _department(department: Department, entries: list[Mapped], repository: Repository, site: Site, as_of: date) -> Page:
    fields = [
        (field.name, field.code, _shares(tally(own)), [_entry_line(each) for each in own if each.state is not State.RETIRED])
        for field in repository.fields
        if (own := [each for each in entries if each.entry.field == field.code])
    ]
    data = {
        "name": department.label,
        "level": department.level,
        "address": department_address(department.code),
        "as_of": as_of.isoformat(),
        "shares": _shares(tally(entries)),
        "counts": _counts(tally(entries)),
        "fields": fields,
    }
    about = f"{department.name}的标准目录逐项落实情况：状态、要素、期限和迟延"
    meta = column(site, f"{department.label}评价", about, "评价", department.label)
    crumbs = (HOME, _EVALUATION, Crumb(department.label))
    return Page(
        evaluation_address(department.code), "evaluated", f"{department.label}标准目录落实情况", about, crumbs, meta, data
    )


def _entry_line(mapped: Mapped) -> dict[str, object]:
    judgement = mapped.judgement
    newest = judgement.items[-1] if judgement.items else None
    owed = min(judgement.owed, key=lambda each: each.due or date.max, default=None)
    return {
        "title": mapped.entry.title,
        "address": entry_address(mapped.entry.id),
        "chip": chip(mapped),
        "why": explanation(mapped),
        "elements": mapped.covered,
        "lacking": mapped.lacking if is_open(mapped) or mapped.state is State.PUBLISHED else (),
        "judged": len(judgement.judged),
        "late": [(item_address(each.item), each.due.isoformat() if each.due else "", each.late) for each in judgement.late],
        "newest": (newest.published.isoformat() if newest and newest.published else "", newest.due.isoformat() if newest and newest.due else ""),
        "next": owed.due.isoformat() if owed and owed.due else (judgement.refresh.isoformat() if judgement.refresh else ""),
        "unread": judgement.limit.certainty is Certainty.UNREAD,
    }  # fmt: skip


def _due(
    late: tuple[Coming, ...],
    coming: tuple[Coming, ...],
    repository: Repository,
    correspondence: Correspondence,
    site: Site,
    as_of: date,
) -> Page:
    data = {
        "as_of": as_of.isoformat(),
        "horizon": HORIZON,
        "late": [_coming(each, repository, as_of) for each in late],
        "coming": [_coming(each, repository, as_of) for each in coming],
        "undated": [
            (
                each.entry.title,
                entry_address(each.entry.id),
                _label(each.entry.department, repository),
                chip(each),
                explanation(each),
            )
            for each in correspondence.entries.values()
            if each.state is State.MISSING
        ],
    }
    about = f"已经逾期和今后{HORIZON}个工作日内到期的公开事项"
    crumbs = (HOME, _EVALUATION, Crumb("期限"))
    return Page("evaluation/due.html", "due", "逾期和即将到期", about, crumbs, column(site, "公开期限", about, "期限"), data)


def _coming(each: Coming, repository: Repository, as_of: date) -> dict[str, object]:
    return {
        "due": each.due.isoformat(),
        "left": (each.due - as_of).days,
        "what": MATTERS[each.matter].zh,
        "title": each.title,
        "address": item_address(each.item) if each.item else entry_address(each.entry),
        "department": _label(each.department, repository),
        "detail": each.detail,
    }


def _label(code: str, repository: Repository) -> str:
    department = repository.departments.get(code)
    return department.label if department else code


def _ledger(repository: Repository, site: Site, as_of: date) -> Page:
    def row(gap: Gap) -> dict[str, object]:
        entry = repository.entries.get(gap.entry)
        return {
            "title": entry.title if entry else gap.entry, "address": entry_address(gap.entry), "owner": gap.owner, "note": gap.note or "",
            "what": "、".join([*([gap.period.chinese] if gap.period else []), *gap.elements]) or "整项",
            "booked": gap.booked.isoformat() if gap.booked else "", "due": gap.due.isoformat(),
            "closed": gap.closed.isoformat() if gap.closed else "", "past": gap.closed is None and gap.due < as_of,
            "department": _label(gap.department, repository),
        }  # fmt: skip

    gaps = sorted(repository.gaps, key=lambda gap: (gap.due, gap.entry))
    data = {
        "as_of": as_of.isoformat(),
        "open": [row(gap) for gap in gaps if gap.closed is None],
        "closed": [row(gap) for gap in gaps if gap.closed is not None],
    }
    about = "已经查明的缺口：缺什么、谁负责、何时补齐"
    crumbs = (HOME, _EVALUATION, Crumb("整改台账"))
    return Page("evaluation/ledger.html", "ledger", "整改台账", about, crumbs, column(site, "整改台账", about, "整改"), data)


def _method(repository: Repository, correspondence: Correspondence, site: Site, as_of: date) -> Page:
    settings = correspondence.terms.settings
    limits = [each.judgement.limit for each in correspondence.entries.values() if each.state is not State.RETIRED]
    data = {
        "as_of": as_of.isoformat(),
        "measures": [(name, about) for _, name, about in MEASURES],
        "settings": [
            ("“实时”“随时”公开", f"{settings.realtime_workdays} 个工作日（0 为当日）"),
            ("“及时”公开", f"{settings.prompt_workdays} 个工作日"),
            ("解读材料", f"文件公开后 {settings.interpretation_workdays} 个工作日内"),
            ("征求意见", f"不少于 {settings.consultation_days} 日"),
            ("意见采纳情况", f"征求意见结束后 {settings.feedback_days} 日内"),
            ("最后一日是休息日", "顺延到下一个工作日" if settings.roll_over else "不顺延（按自然日、按月计算的期限）"),
        ],
        "years": [(each.year, _KNOWN[Known(each.status)], each.notice or "") for each in repository.calendars],
        "read": [
            (word, sum(each.certainty is certainty for each in limits))
            for certainty, word in ((Certainty.SURE, "确定"), (Certainty.LIKELY, "估计"), (Certainty.UNREAD, "读不懂"))
        ],
    }  # fmt: skip
    about = "每一个数字怎样得来：依据、期限、口径和工作日历"
    crumbs = (HOME, _EVALUATION, Crumb("计算方法"))
    return Page(
        "evaluation/method.html", "method", "评价是怎样计算的", about, crumbs, column(site, "计算方法", about, "评价"), data
    )
