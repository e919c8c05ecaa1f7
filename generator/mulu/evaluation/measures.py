"""What an indicator can measure: each function counts what is good out of how many, and gives every case that is not."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import msgspec

from mulu.checks.priorities import Cover, task_cover
from mulu.diagnostics import Diagnostic
from mulu.limits.format import format_clause
from mulu.mapping import Correspondence, Mapped
from mulu.model.profile import Indicator, Veto
from mulu.model.repository import Repository
from mulu.model.state import EXPLAINED, State


class Case(msgspec.Struct, frozen=True):
    """One case that costs points: which entry or item, by which clause and rule, what was due and what happened."""

    department: str
    entry: str
    item: str
    rule: str
    clause: str
    due: str
    actual: str
    late: int
    detail: str


class Measured(msgspec.Struct, frozen=True):
    """`good` of `all`; `cases` are the others."""

    good: int
    all: int
    cases: tuple[Case, ...]


class Ground(msgspec.Struct, frozen=True):
    """What is measured: the chosen entries, with everything that was read and found, for one department or (None) for all."""

    repository: Repository
    correspondence: Correspondence
    diagnostics: tuple[Diagnostic, ...]
    entries: tuple[Mapped, ...]
    department: str | None
    grace_days: int
    as_of: date


def coverage(ground: Ground, asked: Indicator | Veto) -> Measured:
    """Entries answered, explained or within their limit."""
    cases = tuple(_entry_case(each, "coverage") for each in ground.entries if each.state in (State.OVERDUE, State.MISSING))
    return Measured(len(ground.entries) - len(cases), len(ground.entries), cases)


def completeness(ground: Ground, asked: Indicator | Veto) -> Measured:
    """Required elements of entries that owe them; a missing entry lacks all of its."""
    owing = [each for each in ground.entries if each.state not in EXPLAINED and each.state is not State.PENDING]
    cases = tuple(_entry_case(each, "completeness", detail=name) for each in owing for name in each.lacking)
    wanted = sum(each.covered[1] for each in owing)
    return Measured(wanted - len(cases), wanted, cases)


def timeliness(ground: Ground, asked: Indicator | Veto) -> Measured:
    """Publications not later than their due date and the days of grace; what is overdue counts as late."""
    cases, judged = [], 0
    for mapped in ground.entries:
        judged += len(mapped.judgement.judged) + len(mapped.judgement.overdue)
        for timing in (*mapped.judgement.late, *mapped.judgement.overdue):
            late = timing.late if timing.published else (ground.as_of - timing.due).days if timing.due else 0
            if late > ground.grace_days:
                cases.append(
                    Case(
                        mapped.entry.department, mapped.entry.id, timing.item, "timeliness",
                        format_clause(timing.clause) if timing.clause else mapped.entry.time_limit, _day(timing.due), _day(timing.published),
                        late, mapped.entry.title,
                    )
                )  # fmt: skip
    return Measured(judged - len(cases), judged, tuple(cases))


def overdue(ground: Ground, asked: Indicator | Veto) -> Measured:
    """Entries overdue or missing."""
    return coverage(ground, asked)


def stale(ground: Ground, asked: Indicator | Veto) -> Measured:
    """Entries whose update cycle has passed."""
    cases = tuple(
        _entry_case(each, "stale", due=_day(each.judgement.refresh)) for each in ground.entries if each.state is State.STALE
    )
    return Measured(len(ground.entries) - len(cases), len(ground.entries), cases)


def findings(ground: Ground, asked: Indicator | Veto) -> Measured:
    """Diagnostics with the given codes, in the department's files; in all files where everything is measured."""
    prefix = f"catalogs/departments/{ground.department}/" if ground.department else ""
    cases = tuple(
        Case(_department(found.place.file), "", str(found.place), found.code, "", "", "", 0, found.message.zh)
        for found in ground.diagnostics
        if found.code in asked.codes and found.place.file.startswith(prefix)
    )
    items = sum(item.department == ground.department or not ground.department for item in ground.repository.items.values())
    return Measured(max(0, items - len(cases)), max(items, len(cases)), cases)


def freshness(ground: Ground, asked: Indicator | Veto) -> Measured:
    """Each kind of information (or all as one) published within so many days."""
    newest: dict[str, date] = dict.fromkeys(asked.kinds or ("",), date.min)
    for item in ground.repository.items.values():
        kind = item.kind if asked.kinds else ""
        own = item.department == ground.department or not ground.department
        if kind in newest and own and not item.withdrawn and item.published <= ground.as_of:
            newest[kind] = max(newest[kind], item.published)
    cases = tuple(
        Case(ground.department or "", "", "", "freshness", f"{asked.days}", "", "" if last == date.min else _day(last), 0, kind)
        for kind, last in newest.items()
        if last == date.min or (ground.as_of - last).days > asked.days
    )
    return Measured(len(newest) - len(cases), len(newest), cases)


def priorities(ground: Ground, asked: Indicator | Veto) -> Measured:
    """Tasks of the newest plan that has begun; for a department, those that name an entry of its own."""
    plans = [plan for plan in ground.repository.priorities if plan.year <= ground.as_of.year]
    if not plans:
        return Measured(0, 0, ())
    own = {each.entry.id for each in ground.entries}
    tasks = [
        task_cover(task, ground.correspondence)
        for task in plans[-1].tasks
        if ground.department is None or own & set(task.entries)
    ]
    cases = tuple(
        Case(
            ground.department or "",
            "、".join(each.task.entries),
            "",
            "priorities",
            each.task.section,
            "",
            each.cover.value,
            0,
            each.task.text,
        )
        for each in tasks
        if each.cover is not Cover.COVERED
    )
    return Measured(len(tasks) - len(cases), len(tasks), cases)


MEASURES: Mapping[str, Callable[[Ground, Indicator | Veto], Measured]] = {
    each.__name__: each for each in (coverage, completeness, timeliness, overdue, stale, findings, freshness, priorities)
}
"""The closed set that schemas/v1/profile.schema.json names (a test keeps them equal)."""


def _entry_case(mapped: Mapped, rule: str, *, detail: str = "", due: str = "") -> Case:
    entry = mapped.entry
    owed = min((each.due for each in mapped.judgement.overdue if each.due), default=None)
    said = detail or entry.title
    return Case(
        entry.department, entry.id, "", rule, entry.limit or entry.time_limit, due or _day(owed), mapped.state.value, 0, said
    )


def _department(path: str) -> str:
    parts = path.split("/")
    return parts[2] if parts[:2] == ["catalogs", "departments"] and len(parts) > 3 else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def restricted(entries: Iterable[Mapped], asked: Indicator | Veto, levels: Mapping[str, str]) -> tuple[Mapped, ...]:
    """The entries that `only` leaves; `levels` gives each spelling of a level its name."""
    only = asked.only
    wanted = {levels.get(level, level) for level in only.levels}
    return tuple(
        each
        for each in entries
        if (not only.fields or each.entry.field in only.fields)
        and (not only.departments or each.entry.department in only.departments)
        and (not wanted or wanted & {levels.get(level, level) for level in each.entry.levels})
    )
