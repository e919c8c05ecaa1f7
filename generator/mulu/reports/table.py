"""Tables in a terminal: columns in line, though Chinese characters are two columns wide."""

import unicodedata
from collections.abc import Collection, Sequence


def aligned(rows: Sequence[Sequence[str]], *, left: Collection[int] = (0,)) -> str:
    """The rows, two spaces between columns; the columns in `left` begin at their left edge, the others end at their right."""
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join(_line(cells, widths, left) for cells in rows)


def _line(cells: Sequence[str], widths: Sequence[int], left: Collection[int]) -> str:
    filled = []
    for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        space = " " * (width - _width(cell))
        filled.append(cell + space if place in left else space + cell)
    return "  ".join(filled).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
