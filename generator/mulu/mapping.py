"""Entry ↔ items: which items answer which entry, element and period, with the judgement of every entry as of a date."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from mulu.calendar.working_days import working_days
from mulu.judgement.judge import is_substitute, judge
from mulu.judgement.limits import entry_limits
from mulu.judgement.timing import FOLLOWS
from mulu.judgement.values import Judgement, Terms
from mulu.model.catalog import Entry, Gap
from mulu.model.district import Deadlines
from mulu.model.item import RELATIONS, Item
from mulu.model.period import Period
from mulu.model.repository import Repository
from mulu.model.state import State


class Mapped(msgspec.Struct, frozen=True):
    """One entry with everything that answers it.

    `items` are the current items, newest first; `former` those withdrawn or out of force. `answered` gives for each
    element of the entry the ids of the current items that cover it; `periods` for each period the ids of its items. `substitutes`
    are news items that stand in the place of the information and count for nothing. `gap` is the open booking of the whole entry.
    """

    entry: Entry
    judgement: Judgement
    items: tuple[Item, ...]
    former: tuple[Item, ...]
    answered: Mapping[str, tuple[str, ...]]
    periods: Mapping[Period, tuple[str, ...]]
    gap: Gap | None
    substitutes: tuple[Item, ...] = ()

    @property
    def state(self) -> State:
        """The state of the entry."""
        return self.judgement.state

    @property
    def absent(self) -> tuple[Period, ...]:
        """Periods past their due date that have no current item."""
        return tuple(each.period for each in self.judgement.periods if each.state is State.OVERDUE)

    @property
    def lacking(self) -> tuple[str, ...]:
        """Required elements that no current item covers."""
        return tuple(name for name in self.entry.required if not self.answered.get(name))

    @property
    def covered(self) -> tuple[int, int]:
        """Required elements covered, and required elements in all."""
        return len(self.entry.required) - len(self.lacking), len(self.entry.required)


class _Entries(Mapping[str, Mapped]):
    """Entry → what answers it, each worked out when it is first asked for and then kept."""

    def __init__(
        self, entries: Mapping[str, Entry], answering: Mapping[str, list[Item]], gaps: Mapping[str, Gap], terms: Terms
    ) -> None:
        self._entries, self._answering, self._gaps, self._terms = entries, answering, gaps, terms
        self._known: dict[str, Mapped] = {}

    def __getitem__(self, id_: str) -> Mapped:
        if id_ not in self._known:
            self._known[id_] = _mapped(self._entries[id_], self._answering.get(id_, ()), self._gaps.get(id_), self._terms)
        return self._known[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


class Correspondence(msgspec.Struct, frozen=True):
    """All entries with their items, and for each item what points to it: relation → ids of the items that say so."""

    terms: Terms
    entries: Mapping[str, Mapped]
    pointed_at: Mapping[str, Mapping[str, tuple[str, ...]]]


def map_entries(repository: Repository, as_of: date) -> Correspondence:
    """The mapping as of a date; items published later than `as_of` are a fault of their own and still count."""
    answering: dict[str, list[Item]] = defaultdict(list)
    for item in repository.items.values():
        for answer in item.entries:
            if not answering[answer.entry] or answering[answer.entry][-1] is not item:
                answering[answer.entry].append(item)
    terms = _terms(repository, as_of)
    entries = _Entries(repository.entries, answering, _open_gaps(repository.gaps), terms)
    return Correspondence(terms, entries, _pointed_at(repository.items.values()))


def newest_first(items: Iterable[Item]) -> tuple[Item, ...]:
    """By publication, then id, newest first."""
    return tuple(sorted(items, key=lambda item: (item.published, item.id), reverse=True))


def _terms(repository: Repository, as_of: date) -> Terms:
    return Terms(
        as_of,
        working_days(repository.calendars, until=as_of.year + 2),
        repository.site.deadlines if repository.site else Deadlines(),
        entry_limits(repository.catalogs),
        _days_of_related(repository.items),
    )


def _days_of_related(items: Mapping[str, Item]) -> dict[str, date]:
    """The days of publication of items that others follow."""
    related = {id_ for item in items.values() for relation in FOLLOWS for id_ in item.related(relation)}
    return {id_: items[id_].published for id_ in related if id_ in items}


def _mapped(entry: Entry, items: Iterable[Item], gap: Gap | None, terms: Terms) -> Mapped:
    listed = newest_first(items)
    substitutes = tuple(item for item in listed if is_substitute(item, entry))
    answering = tuple(item for item in listed if item not in substitutes) if substitutes else listed
    current = tuple(item for item in answering if item.current)
    return Mapped(
        entry=entry,
        judgement=judge(entry, answering, terms),
        items=current,
        former=tuple(item for item in answering if not item.current),
        answered=_by_element(entry, current),
        periods=_by_period(current),
        gap=gap,
        substitutes=substitutes,
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
