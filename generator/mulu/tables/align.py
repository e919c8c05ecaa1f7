"""Pieces of text of one row → columns, in order: the best fit by form, with a price for every column left empty."""

from collections.abc import Sequence

import msgspec

from mulu.tables.affinity import MARK_COLUMNS, affinity, glued

_LOST = -6.0
_LOST_NUMBER = -1.0
_FIRST = {"serial": 2.0, "field": 1.0, "topic": 1.0, "item": 1.6, "subitem": 0.3, "elements": 2.0, "basis": 2.0,
          "time_limit": 2.0, "responsible": 2.0, "channels": 2.0, "everyone": 0.3, "specific": 0.1, "proactive": 0.3,
          "on_request": 0.1, "level": 0.25, "audience": 1.0, "method": 1.0, "levels": 1.0}  # fmt: skip
_LATER = {**_FIRST, "field": 0.4, "topic": 0.6, "item": 1.5, "subitem": 0.2, "elements": 1.8, "basis": 0.8,
          "time_limit": 0.6, "responsible": 0.6, "channels": 0.8}  # fmt: skip


class Alignment(msgspec.Struct, frozen=True):
    """For every piece the column it went to; None for a piece that no column takes."""

    columns: tuple[int | None, ...]


def align(pieces: Sequence[str], keys: Sequence[str], *, filled: frozenset[int] | None, several: bool, kept: bool) -> Alignment:
    """`filled` are the columns that the table's first row has (None for that row itself); `several` pieces may share a cell.

    `kept`: blank cells are among the pieces, so that a column of ticks is not passed over lightly.
    """
    deep = filled is not None and any(key == "subitem" and index in filled for index, key in enumerate(keys))
    prices = [_price(key, filled=filled is not None, deep=deep) for key in keys]
    if kept:
        prices = [1.0 if key in MARK_COLUMNS else price for key, price in zip(keys, prices, strict=True)]
    last = next((len(keys) - n for n, key in enumerate(reversed(keys)) if key not in MARK_COLUMNS), 0)
    total = [0.0]
    for price in prices:
        total.append(total[-1] + price)
    best: list[float] = [0.0, *([float("-inf")] * len(keys))]
    """best[j]: the pieces so far, the last of them in column j−1; best[0]: nothing placed."""
    steps: list[list[tuple[int, int | None]]] = []
    for number, piece in enumerate(pieces):
        following = [best[0] + _lost(piece)]
        step: list[tuple[int, int | None]] = [(0, None)]
        reach, source = float("-inf"), 0
        for column, key in enumerate(keys, 1):
            if best[column - 1] + total[column - 1] > reach:
                reach, source = best[column - 1] + total[column - 1], column - 1
            fit = affinity(piece, key)
            score = reach - total[column - 1] + fit
            come: tuple[int, int | None] = (source, column - 1)
            if several and best[column] > float("-inf"):
                same = best[column] + fit + glued(pieces[number - 1], piece, key)
                score, come = (same, (column, column - 1)) if same > score else (score, come)
            lost = best[column] + _lost(piece)
            following.append(max(score, lost))
            step.append(come if score >= lost else (column, None))
        best = following
        steps.append(step)
    ends = [0.0 if kept and column >= last else total[-1] - total[column] for column in range(len(best))]
    end = max(range(len(best)), key=lambda column: best[column] - ends[column])
    placed: list[int | None] = []
    for step in reversed(steps):
        end, taken = step[end]
        placed.append(taken)
    return Alignment(tuple(reversed(placed)))


def _lost(piece: str) -> float:
    return -0.2 if not piece.strip() else _LOST_NUMBER if piece.strip().isdigit() else _LOST


def _price(key: str, *, filled: bool, deep: bool) -> float:
    if not filled:
        return _FIRST.get(key, 0.5)
    if deep and key in ("item", "subitem"):
        return 0.9 if key == "item" else 1.5
    return _LATER.get(key, 0.3)
