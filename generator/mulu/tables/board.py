"""A grid as a board: for every row and column the cell that covers it, merged ones included, and the header found on it by name."""

from collections.abc import Sequence

import msgspec

from mulu.diagnostics import Text
from mulu.start.written import Refused
from mulu.tables.grid import Cell, Grid
from mulu.tables.words import FRAGMENT, GROUPS, folded, header_key, squeezed, words

_FEWEST = 3
_DEEPEST = 4
_ONCE = ("elements", "basis", "time_limit", "responsible", "channels")
_NAMES = frozenset({"matter", "topic", "item"})


class Column(msgspec.Struct, frozen=True):
    """What a column holds: a key of words.yml, `level`, or `extra`; `label` is its header as it stands."""

    index: int
    key: str
    label: str
    place: str


class Header(msgspec.Struct, frozen=True):
    """The header's first row, the row below it, the columns, and cells among its rows that are values already."""

    first: int
    below: int
    columns: tuple[Column, ...]
    values: tuple[Cell, ...] = ()

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """What the columns are, to compare a repeated header."""
        return tuple((column.key, folded(column.label)) for column in self.columns)


class Board(msgspec.Struct, frozen=True):
    """Rows of the grid: column → the cell that covers it."""

    rows: tuple[dict[int, Cell], ...]

    def own(self, row: int) -> list[Cell]:
        """Cells with text that begin in the row, in order."""
        found = {cell.column: cell for cell in self.rows[row].values() if cell.row == row and cell.text.strip()}
        return [found[column] for column in sorted(found)]


def board(grid: Grid) -> Board:
    """Every cell at every place that it covers."""
    rows: list[dict[int, Cell]] = [{} for _ in range(grid.rows)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                rows[row].setdefault(column, cell)
    return Board(tuple(rows))


def find_header(on: Board, start: int) -> Header | None:
    """The next header from row `start` on. Raises Refused where two columns have the same name and only one can be meant."""
    for row in range(start, len(on.rows)):
        named = _named(on.own(row))
        if len(named) >= _FEWEST and named & _NAMES:
            return _header(on, row)
    return None


def _named(cells: Sequence[Cell]) -> set[str]:
    return {key for cell in cells if (key := header_key(cell.text)) is not None and key != FRAGMENT}


def _header(on: Board, first: int) -> Header:
    below = max([first + 1, *(cell.row + cell.rows for cell in on.own(first) if header_key(cell.text) in GROUPS.values())])
    below = min(below, first + _DEEPEST)
    while below < min(first + _DEEPEST, len(on.rows)) and _goes_on(on, below):
        below += 1
    values: list[Cell] = []
    width = max(max(on.rows[row], default=-1) for row in range(first, below)) + 1
    columns = [_column(on, first, below, column, values) for column in range(width)]
    return Header(first, below, _settled(columns, on, below), tuple(values))


def _goes_on(on: Board, row: int) -> bool:
    """Whether most of what begins in the row are names of columns."""
    own = on.own(row)
    known = [cell for cell in own if header_key(cell.text) is not None]
    if any(squeezed(cell.text).isdigit() for cell in own[:1]):
        return False
    return bool(known) and len(known) * 2 > len(own) and any(header_key(cell.text) != "extra" for cell in known)


def _column(on: Board, first: int, below: int, column: int, values: list[Cell]) -> Column:
    cells: list[Cell] = []
    for row in range(first, below):
        cell = on.rows[row].get(column)
        if cell is not None and cell.text.strip() and cell not in cells:
            cells.append(cell)
    while len(cells) > 1 and header_key(cells[-1].text) is None and header_key(cells[0].text + cells[-1].text) is None:
        if header_key(cells[0].text) in (None, *GROUPS.values()) and cells[0].columns > 1:
            break
        values.append(cells.pop())
    if not cells:
        return Column(column, "blank", "", "")
    top, leaf = cells[0], cells[-1]
    if len(cells) == 1 and header_key(leaf.text) in GROUPS and leaf.row > first:
        top = _left_of(on, first, column) or leaf
    return _resolved(column, top, leaf)


def _left_of(on: Board, row: int, column: int) -> Cell | None:
    """The group of a sub-column whose top cell was lost with its merge."""
    return next(
        (on.rows[row][at] for at in range(column, -1, -1) if at in on.rows[row] and on.rows[row][at].text.strip()), None
    )


def _resolved(column: int, top: Cell, leaf: Cell) -> Column:
    whole, key, above = header_key(top.text + leaf.text), header_key(leaf.text), header_key(top.text)
    label = leaf.text if leaf is top else f"{top.text} {leaf.text}"
    if leaf is top:
        return Column(column, above if above not in (None, FRAGMENT) else "extra", leaf.text, leaf.place)
    if key in GROUPS:
        return Column(column, key, leaf.text, leaf.place)
    if folded(leaf.text) in words().halves and key is not None:
        return Column(column, key, label, leaf.place)
    found = above if key == FRAGMENT or (above is not None and above not in GROUPS.values()) else key or whole
    return Column(column, found if found not in (None, FRAGMENT) else "extra", label, leaf.place)


def _settled(columns: list[Column], on: Board, below: int) -> tuple[Column, ...]:
    keys = [column.key for column in columns]
    settled: list[Column] = []
    for column in columns:
        key = column.key
        if key == "matter":
            key = "item" if "item" not in keys else "topic" if "topic" not in keys else "extra"
        elif key == "nature":
            key = "method"
        elif key == "method" and "nature" in keys:
            key = "extra"
        elif key == "blank":
            key = "serial" if "serial" not in keys and _numbers(on, below, column.index) else "extra"
        settled.append(Column(column.index, key, column.label.strip() or f"第{column.index + 1}列", column.place))
    return tuple(_once(settled, on, below))


def _numbers(on: Board, below: int, column: int) -> bool:
    texts = [on.rows[row][column].text.strip() for row in range(below, len(on.rows)) if column in on.rows[row]]
    filled = [text for text in texts if text]
    return bool(filled) and all(text.split(".")[0].isdigit() for text in filled[:20])


def _once(columns: list[Column], on: Board, below: int) -> list[Column]:
    """A second column of the same name is kept as an extra one; of the columns that make an entry there can be only one."""
    kept: list[Column] = []
    for column in columns:
        same = next((each for each in kept if each.key == column.key and column.key not in ("level", "extra")), None)
        if same is None:
            kept.append(column)
        elif column.key in _ONCE and any(row.get(column.index) not in (None, row.get(same.index)) for row in on.rows[below:]):
            raise Refused(_ambiguous(same, column))
        else:
            kept.append(Column(column.index, "extra", column.label, column.place))
    return kept


def _ambiguous(one: Column, two: Column) -> Text:
    return Text(
        f"{one.place}“{one.label}”和 {two.place}“{two.label}”像是同一栏，不能确定用哪一列。请把其中一列的表头改成别的名称再导入；什么都没有写。",
        f"{one.place} “{one.label}” and {two.place} “{two.label}” look like the same column. Rename one of them and import again; nothing was written.",
    )
