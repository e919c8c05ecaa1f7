"""The rows of a table: which begin an entry, which go on with the one above, and which cannot be placed; values with where they come from."""

from collections.abc import Iterator

import msgspec

from mulu.tables.board import Board, Column, Header, find_header
from mulu.tables.grid import Cell, Grid
from mulu.tables.words import is_ditto, is_note, is_total

NAMES = ("topic", "item", "subitem")
CARRIED = ("field", "topic", "basis", "time_limit", "responsible", "channels")
MARKED = ("everyone", "specific", "audience", "proactive", "on_request", "method", "level", "levels")


class Value(msgspec.Struct, frozen=True):
    """The text of one cell as it counts for one row; `origin`: own, merged, ditto or carried (left blank below a filled one)."""

    text: str
    place: str
    origin: str
    column: Column


class Line(msgspec.Struct, frozen=True):
    """One row of a table. `kind`: entry, continued, shared (values above the first entry), empty, title, note, stray."""

    row: int
    kind: str
    place: str
    text: str
    values: tuple[Value, ...] = ()


class Section(msgspec.Struct, frozen=True):
    """A header and the rows below it, with the title lines before it."""

    header: Header
    titles: tuple[str, ...]
    lines: tuple[Line, ...]


class Divided(msgspec.Struct, frozen=True):
    """The tables of a grid one below the other, and the rows that belong to none: titles above, headers and their repeats."""

    sections: tuple[Section, ...]
    aside: frozenset[int]


def divide(grid: Grid, on: Board) -> Divided:
    """Every row with text is a line of one section, or aside. Without a header there is no section and nothing aside."""
    header = find_header(on, 0)
    if header is None:
        return Divided((), frozenset())
    above = tuple(" ".join(cell.text.strip() for cell in on.own(row)) for row in range(header.first) if on.own(row))
    aside = set(range(header.below))
    found: list[Section] = []
    titles = (*grid.before, *above)
    while header is not None:
        lines, start = list(_shared(header)), header.below
        following = find_header(on, start)
        while following is not None and following.keys == header.keys and not _title_above(on, following.first, start):
            lines += _lines(on, header, start, following.first)
            aside |= set(range(following.first, following.below))
            lines += _shared(following)
            start = following.below
            following = find_header(on, start)
        end = len(on.rows) if following is None else following.first
        title = _title_above(on, end, start) if following is not None else ()
        lines += _lines(on, header, start, end - len(title))
        aside |= set(range(end - len(title), following.below if following else end))
        found.append(Section(header, titles, tuple(lines)))
        header, titles = following, title
    return Divided(tuple(found), frozenset(aside))


def _title_above(on: Board, row: int, start: int) -> tuple[str, ...]:
    """Rows with one cell of text directly above a header: the title of the table below."""
    titles: list[str] = []
    while row - 1 - len(titles) >= start and len(own := on.own(row - 1 - len(titles))) == 1 and _is_title(own[0].text):
        titles.append(own[0].text)
    return tuple(reversed(titles))


def _is_title(text: str) -> bool:
    return "目录" in text or "领域" in text


def _shared(header: Header) -> Iterator[Line]:
    """Values that stand among the rows of the header hold for the rows below."""
    if header.values:
        columns = {column.index: column for column in header.columns}
        values = tuple(Value(cell.text, cell.place, "own", columns[cell.column]) for cell in header.values)
        yield Line(header.below - 1, "shared", values[0].place, " ".join(value.text for value in values), values)


def _lines(on: Board, header: Header, start: int, end: int) -> list[Line]:
    lines: list[Line] = []
    notes = False
    for row in range(start, end):
        own = on.own(row)
        if not own:
            continue
        notes = notes or is_note(own[0].text)
        lines.append(_line(on, header, row, own, notes=notes))
    return lines


def _line(on: Board, header: Header, row: int, own: list[Cell], *, notes: bool) -> Line:
    text = " ".join(cell.text.strip() for cell in own)
    values = _values(on, header, row)
    mine = {value.column.key for value in values if value.origin == "own"}
    if notes:
        kind = "note"
    elif (is_total(own[0].text) and not mine & {"elements", "basis", "time_limit"}) or (
        len(own) == 1
        and (own[0].columns > max(2, len(header.columns) // 2) or (_is_title(text) and mine & {"serial", "topic"}))
    ):
        kind = "title"
    elif mine == {"serial"}:
        kind = "empty" if own[0].text.strip()[0].isdigit() else "title"
    elif "serial" in mine and not mine & set(NAMES) and not any(each.isdigit() for each in own[0].text):
        kind = "title"
    elif mine & {"serial", *NAMES}:
        kind = "entry"
    else:
        kind = "continued" if mine else "stray"
    return Line(row, kind, own[0].place, text, values)


def _values(on: Board, header: Header, row: int) -> tuple[Value, ...]:
    values = []
    covered = on.rows[row]
    for column in header.columns:
        cell = covered.get(column.index)
        if cell is not None:
            origin = "own" if cell.row == row and cell.text.strip() else "blank" if cell.row == row else "merged"
            values.append(Value(cell.text.strip(), cell.place, "ditto" if is_ditto(cell.text) else origin, column))
    return tuple(values)
