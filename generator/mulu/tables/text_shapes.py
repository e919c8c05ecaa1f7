"""Copied texts in three shapes — pipes, one cell per line, words in a line — cut into pieces, and pieces into rows."""

import itertools
import re
from collections.abc import Sequence

from mulu.tables.affinity import affinity
from mulu.tables.text_header import Header, Piece
from mulu.tables.words import header_key, squeezed

_SERIAL = re.compile(r"\d{1,5}(?:/\d{1,5})?\Z")
_RULE = re.compile(r"\s*\|?[\s:|-]*-{3,}[\s:|-]*\Z")
_TITLE = re.compile(r"[^《》|]{4,60}目录\s*(?:[(（][^()（）]{1,12}[)）])?\Z")
_GAP = 20
_PIPES = 8


def shape_of(text: str) -> str:
    """`pipes`, `words` (several header names in one line) or `lines` (one cell per line)."""
    if text.count("|") >= _PIPES:
        return "pipes"
    for line in text.splitlines():
        if sum(header_key(word) is not None for word in line.split()) >= 4:
            return "words"
    return "lines"


def lines_of(text: str) -> list[Piece]:
    """Every line that is not blank."""
    return [Piece(line.strip(), number) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def words_of(text: str) -> list[Piece]:
    """Every word; the first of its line is marked."""
    return [
        Piece(word, number, place == 0)
        for number, line in enumerate(text.splitlines(), 1)
        for place, word in enumerate(line.split())
    ]


def cells_of(text: str) -> list[Piece]:
    """What stands between pipes, blank cells too. `first` marks a cell after a pipe that begins its line."""
    lines = ["" if _RULE.match(line) and "-" in line else line for line in text.splitlines()]
    full = [line for line in lines if line.count("|") >= 3]
    if full and _between(full):
        lines = [f"{line} |" if line.count("|") >= 3 else line for line in lines]
    pieces: list[Piece] = []
    held, began, leading = "", 1, False
    for number, line in enumerate(lines, 1):
        parts = line.split("|")
        for place, part in enumerate(parts):
            if not held.strip():
                began = number
            held += part
            if place < len(parts) - 1:
                pieces.append(Piece(held.strip(), began, leading))
                held, leading = "", place == 0 and not part.strip() and bool(line.strip(" |\t"))
        held += "\n"
    pieces.append(Piece(held.strip(), began, leading))
    return pieces


def _between(full: Sequence[str]) -> bool:
    """Whether pipes stand only between cells: none begins a line, and one that ends a line stands before a blank last cell."""
    closed = [line for line in full if line.rstrip().endswith("|")]
    widest = max(line.count("|") for line in full)
    begun = any(line.lstrip().startswith("|") for line in full)
    return not closed or (not begun and len(closed) * 2 < len(full) and all(line.count("|") == widest for line in closed))


def titles_apart(pieces: Sequence[Piece]) -> list[Piece]:
    """A cell whose last line names a header after lines that do not: those lines stood before the table."""
    apart: list[Piece] = []
    for piece in pieces:
        *before, last = piece.text.split("\n")
        if any(line.strip() for line in before) and header_key(last) in ("serial", "matter") and header_key(piece.text) is None:
            apart += [Piece("\n".join(before), piece.line, True), Piece(last.strip(), piece.line + len(before), piece.first)]
        elif any(line.strip() for line in before) and _TITLE.match(last.strip()):
            apart += [Piece("\n".join(before), piece.line, piece.first), Piece(last.strip(), piece.line + len(before))]
        else:
            apart.append(piece)
    return apart


def serial_starts(pieces: Sequence[Piece], start: int, end: int) -> list[int]:
    """Where pieces are numbers that count on: the next one, with gaps, or again from 1."""
    starts: list[int] = []
    last = 0
    for index in range(start, end):
        short = squeezed(pieces[index].text)
        if not pieces[index].first or not _SERIAL.match(short):
            continue
        number = int(short.split("/")[-1])
        if not starts or last < number <= last + _GAP or (number == 1 and last > 1):
            starts.append(index)
            last = number
    return starts


def rows_by_serial(pieces: Sequence[Piece], start: int, end: int) -> list[tuple[int, int]]:
    """Rows from each number up to the next; what stands before the first number is a row of its own."""
    starts = serial_starts(pieces, start, end)
    bounds = [*([start] if starts[:1] != [start] else []), *starts, end]
    return [(one, two) for one, two in itertools.pairwise(bounds) if two > one]


def rows_by_form(pieces: Sequence[Piece], start: int, end: int) -> list[tuple[int, int]]:
    """Rows of cells one below the other without numbers: a row is over where, after its channels, a new name follows.

    A text after the channels is still a group of 公开对象 if a tick follows it.
    """
    bounds, limit, channel = [start], False, False
    for index in range(start, end):
        text = pieces[index].text
        tick, listed = affinity(text, "everyone") >= 3, affinity(text, "channels") >= 4
        ticked_next = index + 1 < end and affinity(pieces[index + 1].text, "everyone") >= 3
        if limit and channel and not (tick or listed or ticked_next):
            bounds.append(index)
            limit, channel = False, False
        limit = limit or affinity(text, "time_limit") >= 3
        channel = channel or listed
    return list(itertools.pairwise([*bounds, end]))


def rows_by_line(pieces: Sequence[Piece], start: int, end: int) -> list[tuple[int, int]]:
    """A row per line of words."""
    bounds = [*(index for index in range(start, end) if pieces[index].first or index == start), end]
    return list(itertools.pairwise(bounds))


def pipe_rows(pieces: Sequence[Piece], header: Header, end: int) -> list[tuple[int, int]]:
    """Rows of a table with pipes: by the pipe that begins a row, by a fixed number of cells, by numbers, or by lines."""
    if pieces[header.start].first and any(piece.first for piece in pieces[header.end : end]):
        bounds = [*(index for index in range(header.end, end) if pieces[index].first), end]
        bounds = [*([header.end] if bounds[0] > header.end else []), *bounds]
        return [(one, two) for one, two in itertools.pairwise(bounds) if two > one]
    numbered = [Piece(piece.text, piece.line) for piece in pieces]
    starts = (
        serial_starts(numbered, header.end, end) if header.columns[0].key == "serial" or _numbers_first(pieces, header) else []
    )
    width = header.second - header.start if header.second is not None else 0
    if width >= len(header.columns) and all((index - header.start) % width == 0 for index in starts):
        first = header.start + -(-(header.end - header.start) // width) * width
        rest = [(header.end, first)] if any(piece.text for piece in pieces[header.end : min(first, end)]) else []
        return [*rest, *((at, min(at + width, end)) for at in range(first, end, width))]
    steps = {two - one for one, two in itertools.pairwise(starts)}
    if len(steps) == 1 and (step := steps.pop()) >= len(header.columns):
        before = [(header.end, starts[0])] if starts[0] > header.end else []
        return [*before, *((at, min(at + step, end)) for at in range(starts[0], end, step))]
    if starts:
        return rows_by_serial(numbered, header.end, end)
    bounds = [index for index in range(header.end, end) if index == header.end or pieces[index].line != pieces[index - 1].line]
    return list(itertools.pairwise([*bounds, end]))


def _numbers_first(pieces: Sequence[Piece], header: Header) -> bool:
    following = [piece for piece in pieces[header.end :] if piece.text]
    return bool(following) and following[0].text.isdigit()
