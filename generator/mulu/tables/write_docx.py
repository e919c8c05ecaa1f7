"""Catalogs as a Word file: the official table on A4 across, its head repeated on every page. Same catalogs, same bytes."""

from collections.abc import Iterable

from mulu.paper.docx import Sheet, paragraph, table, word_file
from mulu.paper.table import Cell, Grid
from mulu.tables.kept_columns import kept
from mulu.tables.layout import Column, Table
from mulu.tables.write_xlsx import LAST

_A4_ACROSS = Sheet(16838, 11906, (1134, 851, 1134, 851), table_size=14)
"""Margins of 20 and 15 mm; type of 7 pt, as fifteen columns leave no more room."""


def word_document(tables: Iterable[Table]) -> bytes:
    """The docx, one table after the other."""
    listed = tuple(tables)
    body = "".join(
        paragraph(each.title, "TableTitle") + table(_grid(each), sheet=_A4_ACROSS) + paragraph("", "TableText")
        for each in listed
    )
    return word_file(body, title="政务公开标准目录", creator="", sheet=_A4_ACROSS)


def _grid(laid: Table) -> Grid:
    columns = [*laid.columns, LAST]
    rows = [*_heads(columns), *(_row(laid, number) for number in range(len(laid.rows)))]
    return Grid(laid.title, tuple(rows), 2, tuple(column.width for column in columns))


def _heads(columns: list[Column]) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    above: list[Cell] = []
    for place, column in enumerate(columns):
        if column.group is None:
            above.append(Cell(column.name, rows=2, head=True))
        elif place == 0 or columns[place - 1].group != column.group:
            width = sum(1 for each in columns if each.group == column.group)
            above.append(Cell(column.group, columns=width, head=True))
    return tuple(above), tuple(Cell(column.name, head=True) for column in columns if column.group)


def _row(laid: Table, number: int) -> tuple[Cell, ...]:
    """The cells that begin in this row; one merged with the row above is not written again."""
    spans = {column: (first, last) for column, first, last in laid.merges if first <= number <= last}
    row = laid.rows[number]
    cells = []
    for place, (text, column) in enumerate(zip(row.cells, laid.columns, strict=True)):
        first, last = spans.get(place, (number, number))
        if first == number:
            cells.append(Cell(text, rows=last - first + 1, long=column.long))
    return (*cells, Cell(row.state or ("打开" if row.link else ""), link=row.link, hidden=kept(row.entry)))
