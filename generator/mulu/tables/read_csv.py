"""Tables with a separator: .csv, .tsv and what is pasted out of Excel. Merged cells are lost: their places are blank."""

import csv
from io import StringIO

from mulu.tables.grid import Cell, Grid
from mulu.tables.words import FRAGMENT, header_key

_SEPARATORS = (",", "\t", ";", "，", "；")
_HEADER_LINES = 30


def separator_of(text: str) -> str | None:
    """The separator by which one line holds the most names of columns; None where no line holds three."""
    best: tuple[int, str] = (2, "")
    for separator in _SEPARATORS:
        for line in text.splitlines()[:_HEADER_LINES]:
            names = sum(header_key(cell.strip('" ')) not in (None, FRAGMENT) for cell in line.split(separator))
            best = max(best, (names, separator), key=lambda found: found[0])
    return best[1] or None


def read_csv(text: str, separator: str) -> tuple[Grid, ...]:
    """One grid; every cell is there, blank or not, in the place where it stood."""
    rows = csv.reader(StringIO(text, newline=""), delimiter=separator)
    cells = []
    for row, values in enumerate(rows):
        cells += [Cell(value.strip(), row, column, f"第{row + 1}行第{column + 1}列") for column, value in enumerate(values)]
    return (Grid("表1", tuple(cells), spans_known=False),)
