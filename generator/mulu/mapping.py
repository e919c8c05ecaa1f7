"""Entry ↔ items: which items answer which entry, element and period, and the state of every entry as of a date.

States that need deadline arithmetic (`pending`, `overdue`, `stale`) are members of State; `state_of` is where the
judgement of deadlines will decide between them and `missing`.
"""

import enum
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from mulu.model.catalog import Entry, Gap
from mulu.model.item import RELATIONS, Item
from mulu.model.period import MONTHS_OF_CYCLE, Period
from mulu.model.repository import Repository


class State(enum.StrEnum):
    """The state of an entry (DESIGN §2)."""

    PUBLISHED = "published"
    PENDING = "pending"
    OVERDUE = "overdue"
    STALE = "stale"
    MISSING = "missing"
    NOT_OCCURRED = "not_occurred"
    NOT_APPLICABLE = "not_applicable"
    ON_REQUEST_ONLY = "on_request_only"
    EXTERNAL = "external"
    RETIRED = "retired"


EXPLAINED = (State.NOT_OCCURRED, State.NOT_APPLICABLE, State.ON_REQUEST_ONLY, State.EXTERNAL)
"""States in which an entry rightly has no content here."""


class Mapped(msgspec.Struct, frozen=True):
    """One entry with everything that answers it.

    `items` are the current items, newest first; `former` those withdrawn or out of force. `answered` gives for each
    element of the entry the ids of the current items that cover it; `periods` for each period the ids of its items;
    `absent` the periods between the first one expected and the last one published that have none.
    """

    entry: Entry
    state: State
    items: tuple[Item, ...]
    former: tuple[Item, ...]
    answered: Mapping[str, tuple[str, ...]]
    periods: Mapping[Period, tuple[str, ...]]
    absent: tuple[Period, ...]
    gap: Gap | None

    @property
    def lacking(self) -> tuple[str, ...]:
        """Required elements that no current item covers."""
        return tuple(name for name in self.entry.required if not self.answered.get(name))

    @property
    def covered(self) -> tuple[int, int]:
        """Required elements covered, and required elements in all."""
        return len(self.entry.required) - len(self.lacking), len(self.entry.required)


class Correspondence(msgspec.Struct, frozen=True):
    """All entries with their items, and for each item what points to it: relation → ids of the items that say so."""

    entries: Mapping[str, Mapped]
    pointed_at: Mapping[str, Mapping[str, tuple[str, ...]]]


def map_entries(repository: Repository, as_of: date) -> Correspondence:
    """The mapping as of a date; items published later than `as_of` are a fault of their own and still count."""
    answering: dict[str, list[Item]] = defaultdict(list)
    for item in repository.items.values():
        for answer in item.entries:
            if not answering[answer.entry] or answering[answer.entry][-1] is not item:
                answering[answer.entry].append(item)
    gaps = _open_gaps(repository.gaps)
    return Correspondence(
        {
            entry.id: _mapped(entry, answering.get(entry.id, ()), gaps.get(entry.id), as_of)
            for entry in repository.entries.values()
        },
        _pointed_at(repository.items.values()),
    )


def state_of(entry: Entry, current: Iterable[Item], as_of: date) -> State:
    """Published when something current answers; otherwise the explanation while it holds; otherwise missing."""
    if entry.retired:
        return State.RETIRED
    if any(current):
        return State.PUBLISHED
    explained = entry.explained
    if explained and (explained.expires is None or explained.expires >= as_of):
        return State(explained.state)
    return State.MISSING


def newest_first(items: Iterable[Item]) -> tuple[Item, ...]:
    """By publication, then id, newest first."""
    return tuple(sorted(items, key=lambda item: (item.published, item.id), reverse=True))


def _mapped(entry: Entry, items: Iterable[Item], gap: Gap | None, as_of: date) -> Mapped:
    current = newest_first(item for item in items if item.current)
    periods = _by_period(current)
    return Mapped(
        entry=entry,
        state=state_of(entry, current, as_of),
        items=current,
        former=newest_first(item for item in items if not item.current),
        answered=_by_element(entry, current),
        periods=periods,
        absent=_absent(entry, periods),
        gap=gap,
    )


def _by_element(entry: Entry, items: Iterable[Item]) -> dict[str, tuple[str, ...]]:
    answered: dict[str, list[str]] = {element.name: [] for element in entry.elements}
    for item in items:
        for answer in item.entries:
            if answer.entry == entry.id:
                for name in answer.elements or answered:
                    if name in answered and item.id not in answered[name]:
                        answered[name].append(item.id)
    return {name: tuple(ids) for name, ids in answered.items()}


def _by_period(items: Iterable[Item]) -> dict[Period, tuple[str, ...]]:
    found: dict[Period, list[str]] = defaultdict(list)
    for item in items:
        if item.period:
            found[item.period].append(item.id)
    return {period: tuple(found[period]) for period in sorted(found, reverse=True)}


def _absent(entry: Entry, periods: Mapping[Period, tuple[str, ...]]) -> tuple[Period, ...]:
    if not entry.cycle:
        return ()
    there = sorted(period for period in periods if period.months == MONTHS_OF_CYCLE[entry.cycle])
    absent = []
    if there:
        period = entry.since if entry.since and entry.since.months == there[0].months else there[0]
        while period < there[-1]:
            if period not in periods:
                absent.append(period)
            period = period.next
    return tuple(absent)


def _open_gaps(gaps: Iterable[Gap]) -> dict[str, Gap]:
    """Entry → its open whole-entry gap with the nearest due date."""
    nearest: dict[str, Gap] = {}
    for gap in sorted(gaps, key=lambda gap: gap.due, reverse=True):
        if gap.closed is None and not gap.elements and gap.period is None:
            nearest[gap.entry] = gap
    return nearest


def _pointed_at(items: Iterable[Item]) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        for relation in RELATIONS:
            for target in item.related(relation):
                found[target][relation].append(item.id)
    return {target: {relation: tuple(ids) for relation, ids in sorted(by.items())} for target, by in found.items()}
