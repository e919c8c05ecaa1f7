"""One table as it stood in a file: cells with their spans and places. Every reader gives this, and import understands only this."""

import msgspec


class Cell(msgspec.Struct, frozen=True):
    """One written cell: its text as it stood, its first row and column (from 0), how far it spans, and where a person finds it.

    `place` is `Sheet1!B3` for a workbook, `表1第3行第2列` for Word and HTML, `第12行` for text.
    """

    text: str
    row: int
    column: int
    place: str
    rows: int = 1
    columns: int = 1


class Doubt(msgspec.Struct, frozen=True):
    """What a reader had to assume about a row: `marks_moved` (their empty neighbours were lost), `no_column` (a text without one)."""

    row: int
    kind: str
    text: str
    place: str


class Grid(msgspec.Struct, frozen=True):
    """One table. `before` and `after` are the lines of text around it: titles, notes, furniture of the page.

    `spans_known` is False where the source lost its merged cells (plain text): a missing cell may then belong to a merge.
    """

    name: str
    cells: tuple[Cell, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    spans_known: bool = True
    doubts: tuple[Doubt, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows the table has."""
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    @property
    def columns(self) -> int:
        """How many columns the widest row has."""
        return max((cell.column + cell.columns for cell in self.cells), default=0)
