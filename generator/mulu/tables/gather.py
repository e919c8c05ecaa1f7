"""Rows that belong together: an entry with the rows that go on with it, and the values it has from merged, blank and 同上 cells."""

from collections.abc import Iterable, Sequence

import msgspec

from mulu.tables.board import Column as ColumnOf
from mulu.tables.grid import Doubt, Grid
from mulu.tables.guesses import Unplaced
from mulu.tables.lines import CARRIED, MARKED, NAMES, Line, Section, Value
from mulu.tables.stacked import stacked_bodies, stacked_limits

Values = dict[int, list[Value]]
_UNMARKED = {
    "audience": ("everyone", "specific", "audience"),
    "method": ("proactive", "on_request", "method"),
    "levels": ("level", "levels"),
}


class Gathered(msgspec.Struct, frozen=True):
    """One entry to be: values by key in the order of columns, the row it begins in and those that go on with it."""

    line: Line
    values: tuple[Value, ...]
    continued: tuple[Line, ...]
    doubts: tuple[Doubt, ...]
    level_columns: tuple[ColumnOf, ...] = ()

    def of(self, *keys: str) -> list[Value]:
        """The values of these columns that have text."""
        return [value for value in self.values if value.column.key in keys and value.text]


class _Open(msgspec.Struct):
    line: Line
    values: Values
    continued: list[Line]


def gather(grid: Grid, section: Section) -> tuple[tuple[Gathered, ...], tuple[Unplaced, ...]]:
    """Every line of the section ends up in exactly one entry, or unplaced."""
    found: list[_Open] = []
    unplaced: list[Unplaced] = []
    shared: list[Line] = []
    above: Values = {}
    doubts: dict[int, list[Doubt]] = {}
    for doubt in grid.doubts:
        doubts.setdefault(doubt.row, []).append(doubt)
    unclear = {doubt.row for doubt in grid.doubts if doubt.kind == "unclear"}
    for line in section.lines:
        if line.row in unclear:
            unplaced.append(Unplaced("unclear", line.place, line.text))
            continue
        if line.kind == "shared" or (line.kind == "continued" and not found and _holds(line)):
            shared.append(line)
            above = {value.column.index: [_as(value, "shared")] for value in line.values if value.origin == "own"}
        elif line.kind == "entry":
            values = _resolved(grid, section, line, above)
            found.append(_Open(line, values, shared))
            shared = []
            kept = {index: each for index, each in above.items() if each[0].column.key not in MARKED}
            above = {**_below_topic(kept, values), **values}
        elif line.kind == "continued" and found:
            _go_on(found[-1], line)
        else:
            lost = [doubt.text for doubt in doubts.get(line.row, ()) if doubt.kind == "no_column"]
            unplaced.append(
                Unplaced("stray" if line.kind == "continued" else line.kind, line.place, " ".join([line.text, *lost]))
            )
    unplaced += [Unplaced("stray", line.place, line.text) for line in shared]
    levels = tuple(column for column in section.header.columns if column.key == "level")
    return tuple(_closed(each, doubts, levels) for each in _unstacked(found)), tuple(unplaced)


def _below_topic(above: Values, values: Values) -> Values:
    """What goes on downwards: under a new topic the names of the items before it do not."""
    new = any(value.column.key == "topic" and value.origin == "own" for each in values.values() for value in each)
    return {index: each for index, each in above.items() if not new or each[0].column.key not in ("item", "subitem")}


def _holds(line: Line) -> bool:
    """Values above the first entry that can hold for all: neither names nor elements."""
    return all(value.column.key not in (*NAMES, "elements") for value in line.values if value.origin == "own")


def _as(value: Value, origin: str) -> Value:
    return Value(value.text, value.place, origin, value.column)


def _resolved(grid: Grid, section: Section, line: Line, above: Values) -> Values:
    here = {value.column.index: value for value in line.values}
    own = {value.column.key for value in line.values if value.origin == "own"}
    values: Values = {}
    for column in section.header.columns:
        value, before = here.get(column.index), above.get(column.index)
        if value is not None and value.origin == "ditto":
            values[column.index] = [_as(each, "ditto") for each in before] if before else [value]
        elif value is not None and value.text:
            values[column.index] = [value]
        elif before and (column.key in CARRIED or _goes_down(before[0], own, lost=value is None and not grid.spans_known)):
            values[column.index] = [_as(each, "shared" if each.origin == "shared" else "carried") for each in before]
    if not grid.spans_known:
        _marks(section, here, above, values)
    return values


def _goes_down(above: Value, own: set[str], *, lost: bool) -> bool:
    """Whether a blank cell outside CARRIED takes the value above: names of a deeper item, elements and shared values that were lost."""
    key = above.column.key
    if key == "item":
        return "topic" not in own and bool(own & {"subitem", "serial"})
    return lost and (key == "elements" or above.origin == "shared")


def _marks(section: Section, here: dict[int, Value], above: Values, values: Values) -> None:
    """Where all columns of 对象, 方式 or 层级 are there and blank, a merge was lost: the marks above count."""
    for keys in _UNMARKED.values():
        group = [column for column in section.header.columns if column.key in keys]
        blank = all(column.index in here and not here[column.index].text for column in group)
        if group and blank and all(column.index in here for column in section.header.columns):
            for column in group:
                if above.get(column.index):
                    values[column.index] = [_as(each, "carried") for each in above[column.index]]


def _go_on(entry: _Open, line: Line) -> None:
    entry.continued.append(line)
    for value in line.values:
        if value.origin == "own":
            there = entry.values.get(value.column.index, [])
            if there and there[0].origin in ("carried", "shared") and value.column.key not in ("elements", "basis"):
                there = []
            entry.values[value.column.index] = [*there, _as(value, "continued")]


def _unstacked(found: Sequence[_Open]) -> Iterable[_Open]:
    """Limits (and with them bodies) stacked in one cell that several rows share are given to these rows in order."""
    start = 0
    while start < len(found):
        source = _source(found[start], "time_limit")
        stop = start + 1
        while source and stop < len(found) and _source(found[stop], "time_limit") == source:
            stop += 1
        if stop - start > 1:
            _share_out(found[start:stop])
        start = stop
    return found


def _source(entry: _Open, key: str) -> str | None:
    return next(
        (values[0].place + values[0].text for values in entry.values.values() if values and values[0].column.key == key), None
    )


def _share_out(run: Sequence[_Open]) -> None:
    limits = _of(run[0], "time_limit")
    parts = stacked_limits(limits.text, len(run)) if limits else ()
    if not parts or limits is None:
        return
    bodies = _of(run[0], "responsible")
    same = bodies is not None and all(_source(each, "responsible") == _source(run[0], "responsible") for each in run)
    shares = stacked_bodies(bodies.text, len(run)) if bodies and same else ()
    for number, entry in enumerate(run):
        entry.values[limits.column.index] = [Value(parts[number], limits.place, "stacked", limits.column)]
        if shares and bodies is not None:
            entry.values[bodies.column.index] = [Value(shares[number], bodies.place, "stacked", bodies.column)]


def _of(entry: _Open, key: str) -> Value | None:
    return next((values[0] for values in entry.values.values() if values and values[0].column.key == key), None)


def _closed(entry: _Open, doubts: dict[int, list[Doubt]], levels: tuple[ColumnOf, ...]) -> Gathered:
    rows = [entry.line.row, *(line.row for line in entry.continued)]
    said = tuple(doubt for row in rows for doubt in doubts.get(row, ()))
    values = tuple(value for index in sorted(entry.values) for value in entry.values[index])
    used = {(value.place, value.text) for value in values}
    unused = [
        value
        for line in entry.continued
        for value in line.values
        if value.origin == "own" and (value.place, value.text) not in used
    ]
    said += tuple(Doubt(entry.line.row, "no_column", value.text, value.place) for value in unused)
    return Gathered(entry.line, values, tuple(entry.continued), said, levels)
