"""The judgement of one entry: due dates of what is there and of what is owed, and the state that follows."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from mulu.judgement.timing import awaited_timing, item_timing, period_timing
from mulu.judgement.values import AwaitedTiming, ElementTiming, Judgement, PeriodTiming, Terms, Timing
from mulu.limits.clause import Certainty, Frequency, Recurring, TimeLimit
from mulu.limits.due import refresh_due
from mulu.model.catalog import Entry
from mulu.model.item import Item
from mulu.model.period import MONTHS_OF_CYCLE, Period
from mulu.model.state import State

_NO_LIMIT = TimeLimit("", (), Certainty.UNREAD)
_ABOUT_NEWS = ("动态", "新闻", "宣传", "活动", "要闻")


def judge(entry: Entry, items: Sequence[Item], terms: Terms) -> Judgement:
    """Judge an entry by all items that answer it, current and former."""
    limit = terms.limits.get(entry.id, _NO_LIMIT)
    answering = [item for item in items if not is_substitute(item, entry)]
    current = [item for item in answering if item.current]
    timings = tuple(
        item_timing(item, entry, limit, terms) for item in sorted(answering, key=lambda item: (item.published, item.id))
    )
    explained = explanation_of(entry, terms.as_of)
    periods = tuple(_periods(entry, answering, timings, limit, explained, terms))
    awaiting = tuple(_awaiting(entry, current, limit, explained, terms))
    refresh = None if entry.cycle else _refresh(limit, timings)
    state = _state(entry, current, [*periods, *awaiting], refresh, explained, terms.as_of)
    elements = tuple(_elements(entry, answering, current, timings, state, terms))
    return Judgement(
        state, limit, timings, periods, awaiting, elements, refresh, first=timings[0].published if timings else None
    )


def is_substitute(item: Item, entry: Entry) -> bool:
    """Whether it is news in the place of the information itself; an entry that asks for news is answered by news."""
    return item.kind == "news" and not any(word in each for word in _ABOUT_NEWS for each in entry.wording)


def explanation_of(entry: Entry, as_of: date) -> State | None:
    """The explained state while it holds."""
    explained = entry.explained
    if explained and (explained.expires is None or explained.expires >= as_of):
        return State(explained.state)
    return None


def _state(
    entry: Entry, current: Sequence[Item], owed: Sequence[PeriodTiming | AwaitedTiming], refresh: date | None, explained: State | None,
    as_of: date,
) -> State:  # fmt: skip
    if entry.retired:
        return State.RETIRED
    if explained:
        return State.PUBLISHED if current else explained
    if any(each.state is State.OVERDUE for each in owed):
        return State.OVERDUE
    if current:
        return State.STALE if refresh and refresh < as_of else State.PUBLISHED
    return State.PENDING if any(each.state is State.PENDING for each in owed) else State.MISSING


def _periods(
    entry: Entry, items: Sequence[Item], timings: Sequence[Timing], limit: TimeLimit, explained: State | None, terms: Terms
) -> Iterator[PeriodTiming]:
    """Every period from the first one expected to the one that `as_of` lies in, oldest first."""
    if not entry.cycle or entry.retired:
        return
    months = MONTHS_OF_CYCLE[entry.cycle]
    current = {item.id: item.period for item in items if item.current and item.period and item.period.months == months}
    ever = {item.id: item.period for item in items if item.period and item.period.months == months}
    firsts: dict[Period, Timing] = {}
    for timing in timings:
        if timing.item in ever:
            firsts.setdefault(ever[timing.item], timing)
    for period in _expected(entry, ever.values(), current.values(), months, terms.as_of):
        if period in current.values():
            yield PeriodTiming(period, State.PUBLISHED, firsts[period])
            continue
        timing = period_timing(period, limit, terms)
        yield PeriodTiming(period, explained or _owed(timing, terms.as_of), timing)


def _expected(entry: Entry, ever: Iterable[Period], current: Iterable[Period], months: int, as_of: date) -> Iterator[Period]:
    """Periods before the entry's first are there only where something is published for them."""
    known = sorted(set(ever))
    since = entry.since if entry.since and entry.since.months == months else None
    period = since or (known[0] if known else None)
    last = known[-1] if known else None
    if since:
        yield from sorted({each for each in current if each < since})
    while period and (period.start <= as_of or (last and period <= last)):
        yield period
        period = period.next


def _owed(timing: Timing, as_of: date) -> State:
    return State.OVERDUE if timing.due and timing.due < as_of else State.PENDING


def _awaiting(
    entry: Entry, current: Sequence[Item], limit: TimeLimit, explained: State | None, terms: Terms
) -> Iterator[AwaitedTiming]:
    """What the catalog says is awaited, until an item counts from the same day."""
    answered = {day for item in current for day in (item.formed, item.counted_from)}
    for awaited in entry.awaiting if not entry.retired else ():
        if awaited.on not in answered and awaited.on <= terms.as_of:
            timing = awaited_timing(awaited, limit, terms)
            yield AwaitedTiming(awaited.what, explained or _owed(timing, terms.as_of), timing)


def _refresh(limit: TimeLimit, timings: Sequence[Timing]) -> date | None:
    last = max((each.published for each in timings if each.published), default=None)
    if last is None:
        return None
    cycles = [clause for clause in limit.clauses if isinstance(clause, (Frequency, Recurring)) and not clause.scope]
    return min((refresh_due(clause, last) for clause in cycles), default=None)


def _elements(
    entry: Entry, items: Sequence[Item], current: Sequence[Item], timings: Sequence[Timing], state: State, terms: Terms
) -> Iterator[ElementTiming]:
    """An element that the newest publication leaves out is still pending while that publication is within its limit."""
    within = any(each.due and each.due >= terms.as_of for each in timings[-1:])
    lacking = State.PENDING if within else State.MISSING
    first, there = _covered(entry, items), _covered(entry, current)
    for element in entry.elements:
        since = first.get(element.name)
        if element.name in there:
            yield ElementTiming(element.name, element.required, State.PUBLISHED, since)
        elif not element.required:
            yield ElementTiming(element.name, required=False, state=None, first=since)
        else:
            yield ElementTiming(element.name, required=True, state=lacking if current else state, first=since)


def _covered(entry: Entry, items: Iterable[Item]) -> dict[str, date]:
    """Element → the first publication among `items` that covers it; an answer that names none covers all."""
    found: dict[str, date] = {}
    everything = tuple(element.name for element in entry.elements)
    for item in items:
        for answer in item.entries:
            if answer.entry == entry.id:
                for name in answer.elements or everything:
                    if name not in found or item.published < found[name]:
                        found[name] = item.published
    return found
