"""The bookings of 整改台账, for `mulu ledger list`: as a table and as JSON, version 1."""

from collections.abc import Sequence
from datetime import date

import msgspec

from mulu.model.catalog import Gap
from mulu.model.repository import Repository
from mulu.reports.table import aligned

VERSION = 1


class Booking(msgspec.Struct, frozen=True):
    """One booked gap. `days` is how many days are left, negative when overdue, None when closed."""

    department: str
    entry: str
    title: str
    elements: tuple[str, ...]
    period: str | None
    owner: str
    booked: date | None
    due: date
    closed: date | None
    days: int | None
    note: str | None


def bookings(
    repository: Repository, *, as_of: date, department: str | None = None, closed: bool = False
) -> tuple[Booking, ...]:
    """Open bookings, and closed ones too if wanted, of all departments or one; open ones first, by due date."""
    found = [
        _booking(gap, repository, as_of)
        for gap in repository.gaps
        if (closed or gap.closed is None) and department in (None, gap.department)
    ]
    return tuple(sorted(found, key=lambda each: (each.closed is not None, each.due, each.department, each.entry)))


def bookings_table(found: Sequence[Booking], *, as_of: date, lang: str) -> str:
    """Due date, days left or overdue, owner, what is lacking, and the entry's id."""
    zh = lang == "zh"
    head = f"{'评估日期' if zh else 'as of'} {as_of}"
    if not found:
        return f"{head}\n\n{'没有登记在册的缺口。' if zh else 'No gap is booked.'}\n"
    heads = ("期限", "还剩", "责任人", "事项", "编号") if zh else ("due", "left", "owner", "entry", "id")
    rows = [heads, *((each.due.isoformat(), _left(each, zh=zh), each.owner, _lacking(each), each.entry) for each in found)]
    return f"{head}\n\n{aligned(rows, left=(0, 2, 3, 4))}\n"


def bookings_json(found: Sequence[Booking], *, as_of: date) -> str:
    """Every booking with all that is known of it."""
    report = {"version": VERSION, "as_of": as_of, "gaps": found}
    return msgspec.json.format(msgspec.json.encode(report)).decode() + "\n"


def _booking(gap: Gap, repository: Repository, as_of: date) -> Booking:
    entry = repository.entries.get(gap.entry)
    return Booking(
        department=gap.department, entry=gap.entry, title=entry.title if entry else gap.entry, elements=gap.elements,
        period=str(gap.period) if gap.period else None, owner=gap.owner, booked=gap.booked, due=gap.due, closed=gap.closed,
        days=None if gap.closed else (gap.due - as_of).days, note=gap.note,
    )  # fmt: skip


def _left(each: Booking, *, zh: bool) -> str:
    if each.closed or each.days is None:
        return f"{each.closed} 办结" if zh else f"closed {each.closed}"
    if each.days < 0:
        return f"逾期 {-each.days} 天" if zh else f"{-each.days} d overdue"
    return f"{each.days} 天" if zh else f"{each.days} d"


def _lacking(each: Booking) -> str:
    of = f"（{each.period}）" if each.period else ""
    return each.title + of + (f"：{'、'.join(each.elements)}" if each.elements else "")
