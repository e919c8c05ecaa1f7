"""Text copied out of a page, a Word file or a PDF → grids: pieces find their row, and in it their column, by what they say."""

import itertools
from collections.abc import Sequence

from mulu.tables.affinity import MARK_COLUMNS
from mulu.tables.align import align
from mulu.tables.grid import Cell, Doubt, Grid
from mulu.tables.text_header import Header, Piece, TextColumn, find_header
from mulu.tables.text_shapes import (
    cells_of,
    lines_of,
    pipe_rows,
    rows_by_form,
    rows_by_line,
    rows_by_serial,
    serial_starts,
    shape_of,
    titles_apart,
    words_of,
)
from mulu.tables.words import GROUPS, is_furniture, is_note, marked


def read_text(text: str) -> tuple[Grid, ...]:
    """Every table of the text; none when no header is found."""
    shape = shape_of(text)
    pieces = {"pipes": lambda: titles_apart(cells_of(text)), "words": lambda: words_of(text), "lines": lambda: lines_of(text)}[
        shape
    ]()
    headers: list[Header] = []
    at = 0
    while (header := find_header(pieces, at, known_extras_only=shape == "lines")) is not None:
        headers.append(header)
        at = header.end
    grids, before = [], tuple(_lines(pieces[: headers[0].start], shape)) if headers else ()
    for number, header in enumerate(headers):
        limit = headers[number + 1].start if number + 1 < len(headers) else len(pieces)
        end, after, title = _end(pieces, header.end, limit, shape, last=number + 1 == len(headers))
        grids.append(_grid(f"表{number + 1}", pieces, header, end, shape, (*before, *header.aside), after))
        before = title
    return tuple(grids)


def _lines(pieces: Sequence[Piece], shape: str) -> list[str]:
    """Pieces outside a table as the lines they were."""
    if shape != "words":
        return [line for piece in pieces for line in piece.text.split("\n") if line.strip()]
    joined: dict[int, list[str]] = {}
    for piece in pieces:
        joined.setdefault(piece.line, []).append(piece.text)
    return [" ".join(words) for words in joined.values()]


def _end(
    pieces: list[Piece], start: int, limit: int, shape: str, *, last: bool
) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """Where the table ends: before its notes, the page's furniture, or the title of the next table."""
    end = limit
    if shape == "pipes" and last and pieces[-1].text:
        *_, piece = pieces
        pieces[-1] = Piece("", piece.line, piece.first)
        return limit - 1, tuple(_lines([piece], shape)), ()
    for index in range(start, limit):
        if pieces[index].first and is_note(pieces[index].text):
            return index, tuple(_lines(pieces[index:limit], shape)), ()
    cut = end
    while cut > start:
        text = pieces[cut - 1].text
        if text and (is_furniture(text) or (not last and _is_title(text))):
            end = cut - 1
        elif text:
            break
        cut -= 1
    outside = tuple(_lines(pieces[end:limit], shape))
    return (end, outside, ()) if last else (end, (), outside)


def _is_title(text: str) -> bool:
    return "目录" in text or text.rstrip().endswith("领域")


def _grid(
    name: str, pieces: list[Piece], header: Header, end: int, shape: str, before: tuple[str, ...], after: tuple[str, ...]
) -> Grid:
    columns = header.columns
    first = _first(pieces, header.end, end)
    if columns[0].key != "serial" and first < end and serial_starts([Piece(pieces[first].text, 0)], 0, 1):
        columns = (TextColumn("serial", "序号"), *columns)
    bounds = _bounds(pieces, header, columns, end, shape)
    cells, doubts = list(_header_cells(columns)), []
    keys = [f"extra:{column.label}" if column.key == "extra" else column.key for column in columns]
    filled: frozenset[int] | None = None
    row = 2
    for start, stop in bounds:
        body = pieces[start:stop]
        while body and not body[-1].text:
            body.pop()
        while body and not body[0].text:
            body.pop(0)
        if not body:
            continue
        kept = any(not piece.text for piece in body)
        placed = align([piece.text for piece in body], keys, filled=filled, several=shape != "pipes", kept=kept)
        made, doubted = _row(body, placed.columns, row, shape)
        if len([doubt for doubt in doubted if not doubt.text.isdigit()]) > 1 or not made or _unclear(made, keys):
            whole = " ".join(piece.text for piece in body if piece.text)
            made = [Cell(whole, row, 0, f"第{body[0].line}行", 1, len(columns))]
            doubted = [Doubt(row, "unclear", whole, made[0].place)]
        elif not kept:
            doubted += _moved(body, placed.columns, keys, row)
        cells += made
        doubts += doubted
        if filled is None and len(made) > 2:
            filled = frozenset(cell.column for cell in made)
        row += 1
    return Grid(name, tuple(cells), before, after, spans_known=False, doubts=tuple(doubts))


def _first(pieces: Sequence[Piece], start: int, end: int) -> int:
    return next((index for index in range(start, end) if pieces[index].text), end)


def _bounds(pieces: list[Piece], header: Header, columns: Sequence[TextColumn], end: int, shape: str) -> list[tuple[int, int]]:
    if shape == "pipes":
        return pipe_rows(pieces, header, end)
    if serial_starts(pieces, header.end, end):
        return rows_by_serial(pieces, header.end, end)
    return (rows_by_line if shape == "words" else rows_by_form)(pieces, header.end, end)


def _header_cells(columns: Sequence[TextColumn]) -> list[Cell]:
    """Two header rows; a column without a group spans both, a group spans its columns."""
    cells: list[Cell] = []
    for index, column in enumerate(columns):
        place = f"第{column.line}行"
        if not column.group:
            cells.append(Cell(column.label, 0, index, place, rows=2))
            continue
        if index == 0 or _above(columns[index - 1]) != _above(column):
            width = next((n for n, each in enumerate(columns[index:]) if _above(each) != _above(column)), len(columns) - index)
            cells.append(Cell(column.group, 0, index, place, columns=width))
        cells.append(Cell(column.label, 1, index, place))
    return cells


def _above(column: TextColumn) -> tuple[str, str | None]:
    return column.group, GROUPS.get(column.key)


def _row(body: Sequence[Piece], columns: Sequence[int | None], row: int, shape: str) -> tuple[list[Cell], list[Doubt]]:
    texts: dict[int, list[Piece]] = {}
    doubts = []
    for piece, column in zip(body, columns, strict=True):
        if column is not None:
            texts.setdefault(column, []).append(piece)
        elif piece.text:
            doubts.append(Doubt(row, "no_column", piece.text, f"第{piece.line}行"))
    return [Cell(_joined(parts), row, column, f"第{parts[0].line}行") for column, parts in texts.items()], doubts


def _unclear(cells: Sequence[Cell], keys: Sequence[str]) -> bool:
    """Whether the pieces did not fit the columns: sentences below ticks, several ticks in one cell, or two limits too many."""
    for cell in cells:
        key = keys[cell.column]
        marks = sum(marked(word) is True for word in cell.text.split())
        if key in MARK_COLUMNS and (
            len(cell.text) > 60 or marks > 1 or (marks and len(cell.text) > 1 and len(cell.text.split()) > 1)
        ):
            return True
        if key == "serial" and len(cell.text) > 12:
            return True
    return False


def _joined(parts: Sequence[Piece]) -> str:
    text = parts[0].text
    for one, two in itertools.pairwise(parts):
        text += (" " if one.line == two.line else "\n") + two.text
    return text


def _moved(body: Sequence[Piece], columns: Sequence[int | None], keys: Sequence[str], row: int) -> list[Doubt]:
    """Marks without their empty neighbours: fewer ticks than mark columns, so their columns are an assumption."""
    marks = [
        piece
        for piece, column in zip(body, columns, strict=True)
        if column is not None and keys[column] in MARK_COLUMNS and marked(piece.text)
    ]
    if not marks or len(marks) == sum(key in MARK_COLUMNS for key in keys):
        return []
    return [Doubt(row, "marks_moved", " ".join(piece.text for piece in marks), f"第{marks[0].line}行")]
