"""`mulu ledger add` and `ledger close`: 整改台账 is changed as text, so that comments in it stay."""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from mulu.diagnostics import Diagnostic, Text, blocks
from mulu.files.yaml import parse
from mulu.model.catalog import Entry, Gap
from mulu.model.period import MONTHS_OF_CYCLE, Period, parse_period
from mulu.model.repository import Repository
from mulu.model.schema import diagnose
from mulu.start.appended import appended_key, unreadable
from mulu.start.known import not_among, opened
from mulu.start.new import extended
from mulu.start.written import Refused, WrittenFile, write
from mulu.start.yaml_text import Written


def book_gap(
    root: Path, *, entry: str, owner: str, due: date, booked: date, period: str | None = None, elements: Sequence[str] = (),
    note: str | None = None,
) -> tuple[WrittenFile, ...]:  # fmt: skip
    """Book a gap at the end of the ledger of the entry's department; the ledger is made where there is none.

    Raises Refused for an unknown or retired entry, an unknown element or period, a due date before `booked`, and a gap that
    an open booking covers already.
    """
    repository, found = opened(root)
    wanted = _entry(repository, found, entry)
    path = _ledger(wanted, found)
    _refuse_unknown_elements(wanted, elements)
    meant = _period(wanted, period)
    if due < booked:
        raise Refused(Text(f"期限 {due} 早于登记日期 {booked}。", f"The due date {due} is before the booking date {booked}."))
    _refuse_booked_twice(repository.gaps, entry, meant, elements)
    value: dict[str, Written] = {"entry": entry}
    value |= {"elements": tuple(elements)} if elements else {}
    value |= {"period": str(meant)} if meant else {}
    value |= {"note": note} if note else {}
    value |= {"owner": owner, "booked": booked, "due": due}
    return write(root, [_valid(extended(root, path, "ledger", {}, "gaps", value))])


def close_gap(
    root: Path, *, entry: str, closed: date, period: str | None = None, elements: Sequence[str] = ()
) -> tuple[WrittenFile, ...]:
    """Write `closed` into the one open booking of the entry, which `period` and `elements` narrow down.

    Raises Refused when no booking or more than one is meant, and for a day before the booking.
    """
    repository, found = opened(root)
    wanted = _entry(repository, found, entry)
    _ledger(wanted, found)
    meant = _period(wanted, period)
    fitting = [
        gap
        for gap in repository.gaps
        if gap.entry == entry and gap.closed is None
        and (meant is None or gap.period == meant) and (not elements or set(gap.elements) == set(elements))
    ]  # fmt: skip
    gap = _only(fitting, wanted)
    if gap.booked and closed < gap.booked:
        raise Refused(
            Text(f"办结日期 {closed} 早于登记日期 {gap.booked}。", f"{closed} is before the booking date {gap.booked}.")
        )
    path = gap.origin.path
    text = appended_key(path, (root / path).read_bytes(), gap.origin.pointer, after="due", key="closed", value=closed)
    return write(root, [_valid(WrittenFile(path, text, appended=True))])


def _entry(repository: Repository, found: Collection[Diagnostic], id: str) -> Entry:
    entry = repository.entries.get(id)
    if entry is None:
        faulty = [each for each in found if "/catalog/" in each.place.file and blocks([each])]
        raise (
            unreadable(faulty[0])
            if faulty and id in repository.broken_ids
            else not_among("事项", "entry", id, repository.entries)
        )
    if entry.retired:
        raise Refused(Text(f"事项“{entry.title}”已经移出目录，不能登记。", f"The entry “{entry.title}” is retired."))
    return entry


def _ledger(entry: Entry, found: Collection[Diagnostic]) -> str:
    """The path of the ledger; raises Refused while its file has errors, because bookings in it are not known."""
    path = f"catalogs/departments/{entry.department}/ledger.yml"
    faulty = [each for each in found if each.place.file == path and blocks([each])]
    if faulty:
        raise unreadable(faulty[0])
    return path


def _refuse_unknown_elements(entry: Entry, elements: Sequence[str]) -> None:
    known = [element.name for element in entry.elements]
    for name in elements:
        if name not in known:
            raise not_among("要素", "element", name, known)


def _period(entry: Entry, text: str | None) -> Period | None:
    """The period of that name, of the entry's own length."""
    if text is None:
        return None
    period = parse_period(text)
    if period is None:
        raise Refused(Text(
            f"“{text}”不是所属期间：写成 2026、2026H1、2026Q3 或者 2026-06。", f"“{text}” is no period: 2026, 2026H1, 2026Q3 or 2026-06."
        ))  # fmt: skip
    if entry.cycle is None or period.months != MONTHS_OF_CYCLE[entry.cycle]:
        raise Refused(Text(
            f"“{entry.title}”{entry.cycle + '公开' if entry.cycle else '不分期公开'}，没有“{text}”这一期。",
            f"“{entry.title}” has no period {text}.",
        ))  # fmt: skip
    return period


def _refuse_booked_twice(gaps: Collection[Gap], entry: str, period: Period | None, elements: Sequence[str]) -> None:
    """Raises Refused where an open booking and the new one mean the same thing, or one includes the other."""
    for gap in gaps:
        same = gap.closed is None and gap.entry == entry and gap.period == period
        if same and (not gap.elements or not elements or {*gap.elements} & {*elements}):
            raise Refused(Text(
                f"{gap.origin.path} 已经登记了这个缺口，{gap.owner}负责，{gap.due} 到期；要改期限的，直接改那一条。",
                f"{gap.origin.path} has this gap already, due {gap.due}; change that booking instead.",
            ))  # fmt: skip


def _only(gaps: Sequence[Gap], entry: Entry) -> Gap:
    if len(gaps) == 1:
        return gaps[0]
    if not gaps:
        raise Refused(Text(f"“{entry.title}”没有这样的未办结登记。", f"“{entry.title}” has no such open booking."))
    listed = [" ".join([str(gap.period or ""), *gap.elements, f"{gap.due}"]).strip() for gap in gaps]
    raise Refused(Text(
        f"“{entry.title}”有 {len(gaps)} 条未办结登记（{'；'.join(listed)}），用 --period 或者 --element 指明是哪一条。",
        f"“{entry.title}” has {len(gaps)} open bookings ({'; '.join(listed)}): say which with --period or --element.",
    ))  # fmt: skip


def _valid(file: WrittenFile) -> WrittenFile:
    """Raises Refused where what would be written has a fault, such as an empty owner."""
    assert isinstance(file.content, str)
    text = file.content.removeprefix("\ufeff").replace("\r\n", "\n")
    found = diagnose("ledger", file.path, text, parse(file.path, text)[0])
    if found:
        raise Refused(Text(f"{found[0].message.zh}。什么都没有改动。", f"{found[0].message.en}. Nothing was changed."))
    return file
