"""领域 × 单位的热力图: the share of answered entries as plain coordinates; the number stands in every cell and in the table below."""

from collections.abc import Iterable, Sequence

import msgspec

from mulu.pages.lines import Figures

LABEL, CELL, ROW, HEAD = 132, 88, 34, 30
_SHORT = 6


class Cell(msgspec.Struct, frozen=True):
    """One field of one department: corner, step of the scale (0 nothing … 4 everything), and what is written in it."""

    x: int
    y: int
    step: int
    text: str


class Heat(msgspec.Struct, frozen=True):
    """Everything to be drawn, in units of a box of `width` by `height`; labels are (x or y of the middle, word)."""

    columns: tuple[tuple[int, str], ...]
    rows: tuple[tuple[int, str], ...]
    cells: tuple[Cell, ...]
    width: int
    height: int
    label: int = LABEL
    cell: int = CELL - 2
    row: int = ROW - 2


STEPS = ((4, "全部"), (3, "四分之三以上"), (2, "一半以上"), (1, "不到一半"), (0, "一项也没有"))
"""Step → what it means of a cell's entries: published, or explained."""


def heat(fields: Sequence[str], departments: Iterable[tuple[str, Sequence[Figures | None]]]) -> Heat:
    """A row for each department (there are more of them, and pages grow downwards), a column for each field."""
    rows, cells = [], []
    for number, (name, figures) in enumerate(departments):
        y = HEAD + number * ROW
        rows.append((y + ROW // 2, _short(name, _SHORT + 2)))
        cells += [Cell(LABEL + CELL * at, y, _step(each), f"{_answered(each)}/{each.entries}") for at, each in enumerate(figures) if each]  # fmt: skip
    columns = tuple((LABEL + CELL * at + CELL // 2, _short(field, _SHORT)) for at, field in enumerate(fields))
    return Heat(columns, tuple(rows), tuple(cells), LABEL + CELL * len(fields), HEAD + ROW * len(rows))


def _answered(each: Figures) -> int:
    return each.published + each.explained


def _step(each: Figures) -> int:
    answered = _answered(each)
    if answered == each.entries:
        return 4
    return 0 if not answered else 3 if answered * 4 >= each.entries * 3 else 2 if answered * 2 >= each.entries else 1


def _short(word: str, length: int) -> str:
    return word if len(word) <= length else word[: length - 1] + "…"
