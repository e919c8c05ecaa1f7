"""Catalogs as CSV: the official table with every cell filled, UTF-8 with a mark. Cells that would be formulas are defused."""

import csv
import io
from collections.abc import Iterable

from mulu.tables.kept_columns import head, kept
from mulu.tables.layout import Table
from mulu.tables.write_xlsx import LAST

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def comma_separated(tables: Iterable[Table]) -> bytes:
    """One table after the other: title, two rows of headings, entries, an empty line between."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for number, table in enumerate(tables):
        if number:
            writer.writerow([])
        columns = [*table.columns, LAST]
        writer.writerow([table.title])
        writer.writerow([*(column.group or column.name for column in columns), ""])
        writer.writerow([*(column.name if column.group else "" for column in columns), head(table.catalog)])
        for row in table.rows:
            writer.writerow(
                [*map(_defused, row.cells), " ".join(each for each in (row.state, row.link) if each), kept(row.entry)]
            )
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "backslashreplace")


def _defused(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RISKY) else cell
