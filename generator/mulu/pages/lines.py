"""The short forms in which lists and tables show items and entries."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from mulu.mapping import Mapped
from mulu.model.item import Item
from mulu.model.repository import Repository
from mulu.model.state import EXPLAINED, OPEN, State
from mulu.model.words import STATE_WORDS
from mulu.pages.labels import state_class
from mulu.pages.page import entry_address, item_address


class ItemLine(msgspec.Struct, frozen=True):
    """An item in a list."""

    address: str
    title: str
    published: str
    number: str
    department: str
    note: str = ""


class Chip(msgspec.Struct, frozen=True):
    """A state: look and word."""

    look: str
    word: str


class Row(msgspec.Struct, frozen=True):
    """An entry as a row of the standard table: ten official columns, state and direct link."""

    serial: int
    topic: str
    same_topic: bool
    item: str
    subitem: str
    address: str
    chip: Chip
    covered: str
    count: int
    latest: ItemLine | None
    explanation: str
    elements: tuple[tuple[str, bool], ...]
    basis: tuple[str, ...]
    time_limit: str
    responsible: tuple[str, ...]
    channels: tuple[str, ...]
    audience: tuple[str, ...]
    method: str
    levels: tuple[str, ...]
    department: str
    extra: tuple[tuple[str, str], ...]


class Figures(msgspec.Struct, frozen=True):
    """Counts of entries by what the public needs to know; entries moved out of the catalog are not counted."""

    entries: int
    published: int
    explained: int
    pending: int
    late: int


def figures(mapped: Iterable[Mapped]) -> Figures:
    """Count the states."""
    states = Counter(each.state for each in mapped)
    del states[State.RETIRED]
    return Figures(
        entries=states.total(),
        published=states[State.PUBLISHED],
        explained=sum(states[state] for state in EXPLAINED),
        pending=states[State.PENDING],
        late=states[State.OVERDUE] + states[State.STALE] + states[State.MISSING],
    )


def item_line(item: Item, repository: Repository, note: str = "") -> ItemLine:
    """An item as a line."""
    department = repository.departments.get(item.department)
    return ItemLine(
        item_address(item.id),
        item.title,
        item.published.isoformat(),
        item.number or "",
        department.label if department else item.department,
        note,
    )


def chip(mapped: Mapped) -> Chip:
    """The state of an entry in a word."""
    return Chip(state_class(mapped.state), STATE_WORDS[mapped.state].zh)


def rows(mapped: Iterable[Mapped], repository: Repository) -> tuple[Row, ...]:
    """Entries as table rows, numbered from 1; a row knows whether its 一级事项 repeats the one above."""
    made: list[Row] = []
    for serial, each in enumerate(mapped, start=1):
        above = made[-1].topic if made else None
        made.append(_row(serial, each, repository, same_topic=above == each.entry.topic))
    return tuple(made)


def explanation(mapped: Mapped) -> str:
    """Why there is no content here, in one line; empty where nothing needs explaining."""
    entry = mapped.entry
    if entry.retired:
        return f"{entry.retired.by}于{entry.retired.on}移出目录：{entry.retired.reason}"
    if mapped.state in EXPLAINED and entry.explained:
        until = f"，{entry.explained.expires}前有效" if entry.explained.expires else ""
        return f"{entry.explained.reviewer or ''}说明{until}：{entry.explained.reason or ''}"
    if mapped.state in OPEN and mapped.gap:
        return f"已列入整改台账，{mapped.gap.owner}负责，{mapped.gap.due}前补齐"
    return ""


def _row(serial: int, mapped: Mapped, repository: Repository, *, same_topic: bool) -> Row:
    entry = mapped.entry
    there, wanted = mapped.covered
    department = repository.departments.get(entry.department)
    return Row(
        serial=serial,
        topic=entry.topic,
        same_topic=same_topic,
        item=entry.item,
        subitem=entry.subitem or "",
        address=entry_address(entry.id),
        chip=chip(mapped),
        covered=f"{there}/{wanted}" if mapped.items and wanted else "",
        count=len(mapped.items),
        latest=item_line(mapped.items[0], repository) if mapped.items else None,
        explanation=explanation(mapped),
        elements=tuple((element.name, element.required) for element in entry.elements),
        basis=tuple(str(basis) for basis in entry.basis),
        time_limit=entry.time_limit,
        responsible=entry.responsible,
        channels=entry.channels,
        audience=entry.audience,
        method=entry.method,
        levels=entry.levels,
        department=department.label if department else entry.department,
        extra=tuple(entry.extra.items()),
    )
