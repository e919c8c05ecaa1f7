"""A gathered row → an entry of the catalog: each column read by its own reader, with every assumption and every cell's place."""

from collections.abc import Callable, Sequence

import msgspec

from mulu.model.catalog import Basis, Element
from mulu.tables.basis import read_basis
from mulu.tables.cells import read_bodies, read_elements, unbroken
from mulu.tables.channels import read_channels
from mulu.tables.gather import Gathered
from mulu.tables.guesses import CellUse, Guess
from mulu.tables.lines import NAMES, Value
from mulu.tables.marks import Standing, read_audience, read_levels, read_method

LONGEST = 2000
NO_BASIS = "（原表未列公开依据）"
NO_LIMIT = "（原表未列公开时限）"
Said = Callable[[str, str, str], None]
"""kind, key, text → noted, with the place of the key's first cell."""


class Made(msgspec.Struct, frozen=True):
    """An entry without an id: the values as the catalog writes them, the assumptions, and where each value came from."""

    topic: str
    item: str
    subitem: str | None
    elements: tuple[Element, ...]
    basis: tuple[Basis, ...]
    time_limit: str
    responsible: tuple[str, ...]
    channels: tuple[str, ...]
    audience: tuple[str, ...]
    method: str
    levels: tuple[str, ...]
    note: str | None
    extra: dict[str, str]
    place: str
    guesses: tuple[Guess, ...]
    cells: tuple[CellUse, ...]
    rows: int = 1

    @property
    def wording(self) -> tuple[str, str, str]:
        """一级, 二级, 三级事项."""
        return self.topic, self.item, self.subitem or ""

    @property
    def too_long(self) -> bool:
        """Whether a text is longer than the schema allows."""
        texts = [
            *self.wording,
            self.time_limit,
            self.note or "",
            *self.extra.values(),
            *self.responsible,
            *self.channels,
            *self.audience,
        ]
        texts += [element.name for element in self.elements] + [
            part for each in self.basis for part in (each.title, each.number or "")
        ]
        return any(len(text) > LONGEST for text in texts)


def make(row: Gathered, standing: Standing) -> Made:
    """Read every column of the row."""
    guesses: list[Guess] = []

    def said(kind: str, key: str, text: str) -> None:
        value = next(iter(row.of(key)), None)
        guesses.append(Guess(kind, value.place if value else row.line.place, text, key=key))

    _origins(row, guesses)
    topic, item, subitem = _names(row, said)
    channels, note, address = _channels(row, standing, said)
    extra = _extra(row)
    if address:
        extra.setdefault("网址", " ".join(address))
    remarks = [unbroken(value.text) for value in row.of("note")] + ([note] if note else [])
    return Made(
        topic, item, subitem, _elements(row, item, subitem, said), _basis(row, said), _limit(row, said),
        _bodies(row, standing, said), channels, read_audience(row, said), read_method(row, said),
        read_levels(row, standing, said), "；".join(remarks) or None, extra, row.line.place, tuple(guesses), _cells(row),
        1 + len(row.continued),
    )  # fmt: skip


def _origins(row: Gathered, guesses: list[Guess]) -> None:
    taken = [value for value in row.values if value.origin in ("ditto", "carried", "shared", "stacked") and value.text]
    guesses += [Guess(value.origin, value.place, value.text, key=value.column.key) for value in taken]
    guesses += [Guess(doubt.kind, doubt.place, doubt.text) for doubt in row.doubts]


def _names(row: Gathered, said: Said) -> tuple[str, str, str | None]:
    topic, item, subitem = ("".join(unbroken(value.text) for value in _distinct(row.of(key))) for key in NAMES)
    if not item and subitem:
        item, subitem = subitem, ""
    if not item:
        said("topic_for_item", "item", topic)
    elif not topic:
        said("item_for_topic", "topic", item)
    return topic or item, item or topic, subitem or None


def _distinct(values: Sequence[Value]) -> list[Value]:
    return list({value.text: value for value in values}.values())


def _elements(row: Gathered, item: str, subitem: str | None, said: Said) -> tuple[Element, ...]:
    values = row.of("elements")
    found: dict[str, Element] = {}
    for value in values:
        parts = read_elements(value.text, one_row=value.origin == "continued")
        for name in [*parts.repeated, *(element.name for element in parts.elements if element.name in found)]:
            said("repeated", "elements", name)
        if parts.heading:
            said("heading", "elements", parts.heading)
        found = {**{element.name: element for element in parts.elements}, **found} if not found else {
            **found, **{element.name: element for element in parts.elements if element.name not in found}}  # fmt: skip
    if not found:
        name = subitem or item
        said("elements_from_item", "elements", name)
        return (Element(name),)
    return tuple(found.values())


def _basis(row: Gathered, said: Said) -> tuple[Basis, ...]:
    found: list[Basis] = []
    for value in row.of("basis"):
        cited = read_basis(value.text)
        found += [each for each in cited.basis if each not in found]
        for words in cited.left:
            said("left_words", "basis", words)
        for title in cited.unclosed:
            said("unclosed", "basis", title)
    if not found:
        said("basis_missing", "basis", NO_BASIS)
        return (Basis(NO_BASIS),)
    return tuple(found)


def _limit(row: Gathered, said: Said) -> str:
    texts = [unbroken(value.text) for value in _distinct(row.of("time_limit"))]
    if len(texts) > 1:
        said("split", "time_limit", "；".join(texts))
    if not texts:
        said("limit_missing", "time_limit", NO_LIMIT)
    return "；".join(texts) or NO_LIMIT


def _bodies(row: Gathered, standing: Standing, said: Said) -> tuple[str, ...]:
    bodies = tuple(dict.fromkeys(body for value in row.of("responsible") for body in read_bodies(value.text)))
    if not bodies:
        said("responsible_missing", "responsible", standing.department)
    return bodies or (standing.department,)


def _channels(row: Gathered, standing: Standing, said: Said) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    read = [read_channels(value.text) for value in _distinct(row.of("channels"))]
    ticked = tuple(dict.fromkeys(name for each in read for name in each.ticked))
    for name in (name for each in read for name in each.unclear):
        said("unclear_channel", "channels", name)
    notes = [note for each in read for note in each.notes]
    addresses = tuple(address for each in read for address in each.addresses)
    for note in notes:
        said("channel_note", "channels", note)
    for address in addresses:
        said("address", "channels", address)
    if not ticked:
        said("channels_missing", "channels", standing.channel)
    return ticked or (standing.channel,), "；".join(notes), addresses


def _extra(row: Gathered) -> dict[str, str]:
    extra: dict[str, str] = {}
    for value in row.of("extra"):
        label = unbroken(value.column.label)
        there = extra.get(label)
        extra[label] = f"{there}；{unbroken(value.text)}" if there else unbroken(value.text)
    return extra


def _cells(row: Gathered) -> tuple[CellUse, ...]:
    return tuple(CellUse("", value.column.key, value.place, value.origin, value.text) for value in row.values if value.text)
