"""A line chart of percentages over time as plain coordinates; its looks are classes of the style sheet."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

import msgspec

WIDTH, HEIGHT = 640, 350
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 566, 44, 274
_ROOM = 72
"""Units that a label needs to itself, in the large letters of a phone."""

_APART = 26
_LONGEST = 10


class Mark(msgspec.Struct, frozen=True):
    """One value; `said` is its tooltip."""

    x: int
    y: int
    said: str


class Line(msgspec.Struct, frozen=True):
    """One measure: unbroken pieces as SVG points, its marks, and its last value at the end, `y` clear of the other line's."""

    look: str
    label: str
    pieces: tuple[str, ...]
    marks: tuple[Mark, ...]
    end: Mark | None


class Label(msgspec.Struct, frozen=True):
    """A word below, above or beside the chart; an empty one is a tick alone."""

    at: int
    text: str


class Chart(msgspec.Struct, frozen=True):
    """Everything to be drawn, in units of a box of `width` by `height`."""

    lines: tuple[Line, ...]
    scale: tuple[Label, ...]
    ticks: tuple[Label, ...]
    years: tuple[Label, ...]
    tags: tuple[Label, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = _RIGHT
    top: int = _TOP
    bottom: int = _BOTTOM


class Measure(msgspec.Struct, frozen=True):
    """What a line shows: percent (or None) and tooltip of each day, by time."""

    look: str
    label: str
    values: tuple[tuple[date, int | None, str], ...]


def chart(measures: Sequence[Measure], ends: Sequence[date], tags: Iterable[tuple[date, str]]) -> Chart:
    """The chart from the first day of the measures to their last; `ends` are quarters' last days, each with a tick."""
    first, last = measures[0].values[0][0], measures[0].values[-1][0]
    x = _Days(first, last)
    drawn = tuple(_line(each, x) for each in measures)
    roomy = len(ends) > 0 and all(x.at(right) - x.at(left) >= _ROOM for left, right in pairwise(ends))
    return Chart(
        lines=_clear(drawn),
        scale=tuple(Label(_y(percent), f"{percent}%") for percent in (0, 25, 50, 75, 100)),
        ticks=tuple(Label(x.at(day), f"{day.month}月底" if roomy else "") for day in ends),
        years=tuple(_years_of(ends, x) if roomy else _years(x)),
        tags=tuple(_tags(tags, x)),
    )


class _Days(msgspec.Struct, frozen=True):
    """Days → units from the left."""

    first: date
    last: date

    def at(self, day: date) -> int:
        return _LEFT + (day - self.first).days * (_RIGHT - _LEFT) // (self.last - self.first).days


def _y(percent: int) -> int:
    return _BOTTOM - percent * (_BOTTOM - _TOP) // 100


def _line(measure: Measure, x: _Days) -> Line:
    pieces: list[list[str]] = [[]]
    marks = []
    for day, percent, said in measure.values:
        if percent is None:
            pieces.append([])
        else:
            marks.append(Mark(x.at(day), _y(percent), said))
            pieces[-1].append(f"{x.at(day)},{_y(percent)}")
    percent = measure.values[-1][1]
    end = None if percent is None else Mark(_RIGHT, _y(percent), f"{percent}%")
    return Line(
        measure.look, measure.label, tuple(" ".join(piece) for piece in pieces if len(piece) > 1), tuple(marks), end
    )  # fmt: skip


def _clear(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """With the values at the ends moved apart where they would stand on one another."""
    ended = sorted((each for each in lines if each.end), key=lambda each: each.end.y if each.end else 0)
    moved: dict[str, Mark] = {}
    for upper, lower in pairwise(ended):
        assert upper.end and lower.end
        if (lack := _APART - (lower.end.y - upper.end.y)) > 0:
            moved[upper.look] = msgspec.structs.replace(upper.end, y=upper.end.y - lack // 2)
            moved[lower.look] = msgspec.structs.replace(lower.end, y=lower.end.y + lack - lack // 2)
    return tuple(msgspec.structs.replace(each, end=moved.get(each.look, each.end)) for each in lines)


def _years_of(ends: Sequence[date], x: _Days) -> Iterator[Label]:
    """Each year below the first of its quarters' ends."""
    for day in {each.year: each for each in reversed(ends)}.values():
        yield Label(x.at(day), f"{day.year}年")


def _years(x: _Days) -> Iterator[Label]:
    """Each year in the middle of its days."""
    for year in range(x.first.year, x.last.year + 1):
        left, right = x.at(max(x.first, date(year, 1, 1))), x.at(min(x.last, date(year, 12, 31)))
        if right - left >= _ROOM or x.first.year == x.last.year:
            yield Label((left + right) // 2, f"{year}年")


def _tags(tags: Iterable[tuple[date, str]], x: _Days) -> Iterator[Label]:
    """A name where the one before leaves room for it; the table has them all."""
    free = 0
    for day, name in tags:
        place = x.at(day)
        half = 7 * len(name) + 3  # at 13 units a Chinese character
        fits = len(name) <= _LONGEST and place - half >= free
        free = place + half if fits else free
        yield Label(place, name if fits else "")
