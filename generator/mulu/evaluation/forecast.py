"""What falls due soon, and what already has: periods, awaited publications, refreshes, bookings, explanations, consultations."""

import enum
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from mulu.diagnostics import Text
from mulu.mapping import Correspondence, Mapped
from mulu.model.repository import Repository
from mulu.model.state import State

HORIZON = 20
"""Workdays ahead that the pages show."""


class Matter(enum.StrEnum):
    """What kind of thing falls due."""

    PERIOD = "period"
    AWAITED = "awaited"
    REFRESH = "refresh"
    GAP = "gap"
    EXPLANATION = "explanation"
    COMMENTS = "comments"
    FEEDBACK = "feedback"


MATTERS = {
    Matter.PERIOD: Text("按期公开", "period to publish"),
    Matter.AWAITED: Text("待公开", "awaits publication"),
    Matter.REFRESH: Text("定期更新", "to be refreshed"),
    Matter.GAP: Text("整改期限", "booked gap"),
    Matter.EXPLANATION: Text("情况说明到期", "explanation ends"),
    Matter.COMMENTS: Text("征求意见截止", "comments close"),
    Matter.FEEDBACK: Text("公布意见采纳情况", "feedback on comments"),
}


class Coming(msgspec.Struct, frozen=True, order=True):
    """One thing that is due: when, what, for which entry (or item), and by whom. `id` is stable over builds."""

    due: date
    department: str
    matter: Matter
    entry: str
    title: str
    detail: str
    id: str
    item: str = ""


def forecast(repository: Repository, correspondence: Correspondence, *, workdays: int = HORIZON) -> tuple[Coming, ...]:
    """What falls due from `as_of` within so many workdays, in order of days."""
    terms = correspondence.terms
    last = terms.days.after(terms.as_of, workdays)
    return tuple(sorted(each for each in everything(repository, correspondence) if terms.as_of <= each.due <= last))


def past_due(repository: Repository, correspondence: Correspondence) -> tuple[Coming, ...]:
    """What is past its day and still open."""
    as_of = correspondence.terms.as_of
    return tuple(sorted(each for each in everything(repository, correspondence) if each.due < as_of))


def everything(repository: Repository, correspondence: Correspondence) -> Iterator[Coming]:
    """All that is due on some day, before or after `as_of`, in no order."""
    for mapped in correspondence.entries.values():
        if mapped.state is not State.RETIRED:
            yield from _of_entry(mapped)
    yield from _gaps(repository)
    yield from _consultations(repository, correspondence)


def _of_entry(mapped: Mapped) -> Iterator[Coming]:
    entry = mapped.entry

    def coming(due: date, matter: Matter, detail: str, key: str) -> Coming:
        return Coming(due, entry.department, matter, entry.id, entry.title, detail, f"{entry.id}-{key}")

    for period in mapped.judgement.periods:
        if period.timing.due and period.state in (State.PENDING, State.OVERDUE):
            yield coming(period.timing.due, Matter.PERIOD, period.period.chinese, str(period.period))
    for awaited in mapped.judgement.awaiting:
        if awaited.timing.due and awaited.state in (State.PENDING, State.OVERDUE):
            yield coming(awaited.timing.due, Matter.AWAITED, awaited.what, f"awaited-{awaited.timing.start}")
    if mapped.judgement.refresh and mapped.state in (State.PUBLISHED, State.STALE):
        yield coming(mapped.judgement.refresh, Matter.REFRESH, entry.limit or entry.time_limit, "refresh")
    explained = entry.explained
    if explained and explained.expires and not mapped.items:
        yield coming(explained.expires, Matter.EXPLANATION, explained.reason or "", "explained")


def _gaps(repository: Repository) -> Iterator[Coming]:
    for gap in repository.gaps:
        if gap.closed is None:
            entry = repository.entries.get(gap.entry)
            what = "、".join([*([gap.period.chinese] if gap.period else []), *gap.elements, gap.owner])
            key = f"{gap.entry}-gap-{gap.period or ''}{gap.booked or gap.due}"
            yield Coming(gap.due, gap.department, Matter.GAP, gap.entry, entry.title if entry else gap.entry, what, key)


def _consultations(repository: Repository, correspondence: Correspondence) -> Iterator[Coming]:
    wait = timedelta(days=correspondence.terms.settings.feedback_days)
    as_of = correspondence.terms.as_of
    for item in repository.items.values():
        if not item.comment or not item.current:
            continue
        entry = item.entries[0].entry if item.entries else ""
        if item.comment.last >= as_of:
            yield Coming(
                item.comment.last,
                item.department,
                Matter.COMMENTS,
                entry,
                item.title,
                item.comment.how,
                f"{item.id}-comments",
                item.id,
            )
        answers = correspondence.pointed_at.get(item.id, {}).get("feedback_on", ())
        if not any(repository.items[id].current for id in answers):
            due = item.comment.last + wait
            yield Coming(due, item.department, Matter.FEEDBACK, entry, item.title, "", f"{item.id}-feedback", item.id)
