"""The header of a table in a copied text: names in the order in which they stand, torn and misplaced ones among them."""

from collections.abc import Sequence

import msgspec

from mulu.tables.words import FRAGMENT, GROUPS, folded, header_key, squeezed, words

_LOOK_AHEAD = 4
_FEWEST = 4
_TOPS = frozenset({"serial", "matter", "elements", "basis", "time_limit", "responsible", "channels", "topic"})


class Piece(msgspec.Struct, frozen=True):
    """A cell, line or word of the text, with the line it begins on; `first` if nothing stands before it on its line."""

    text: str
    line: int
    first: bool = True


class TextColumn(msgspec.Struct, frozen=True):
    """A column: its key, its header as it stands (`group` above it, if any)."""

    key: str
    label: str
    group: str = ""
    line: int = 0


class Header(msgspec.Struct, frozen=True):
    """A header from piece `start` up to `end`, its columns, where its second row begins, and pieces among it that name nothing."""

    start: int
    end: int
    second: int | None
    columns: tuple[TextColumn, ...]
    aside: tuple[str, ...] = ()


class _Name(msgspec.Struct, frozen=True):
    key: str
    text: str
    index: int
    width: int
    line: int


def find_header(pieces: Sequence[Piece], start: int, *, known_extras_only: bool) -> Header | None:
    """The next header from `start` on; None when there is none. In lines of one cell only known extra columns are taken."""
    for index in range(start, len(pieces)):
        if _key_at(pieces, index)[0] in _TOPS:
            header = _header(pieces, index, known_extras_only)
            if header is not None:
                return header
    return None


def _key_at(pieces: Sequence[Piece], index: int) -> tuple[str | None, int]:
    """The key of the name that begins at `index`, and of how many pieces it is made: broken headers are joined."""
    for width in (1, 2, 3):
        joined = "".join(piece.text for piece in pieces[index : index + width])
        key = header_key(joined) if len(joined) < 80 else None
        if key is not None and index + width <= len(pieces):
            return key, width
        if not pieces[index].text.strip() or squeezed(joined).isdigit():
            break
    return None, 1


def _header(pieces: Sequence[Piece], start: int, known_extras_only: bool) -> Header | None:
    names: list[_Name] = []
    unknown: list[_Name] = []
    index, end = start, start
    while index < len(pieces) and index - end <= _LOOK_AHEAD:
        text = pieces[index].text
        if squeezed(text).isdigit():
            break
        key, width = _key_at(pieces, index)
        if key == "serial" and any(name.key == "serial" for name in names):
            break
        if key is not None:
            names.append(
                _Name(key, "".join(piece.text for piece in pieces[index : index + width]), index, width, pieces[index].line)
            )
            end = index + width
        elif text.strip():
            unknown.append(_Name("extra", text, index, 1, pieces[index].line))
        else:
            end += index == end and index + 1 < len(pieces)
        index += width
    named = {name.key for name in names} - {FRAGMENT}
    if len(named) < _FEWEST or not named & {"matter", "topic", "item"}:
        return None
    last = max(name.index + name.width for name in names)
    taken = [each for each in unknown if each.index < last or (not known_extras_only and each.line == names[-1].line)]
    end = max([last, *(each.index + 1 for each in taken)])
    torn = {name.key: name for name in names if name.key != FRAGMENT and folded(name.text) in words().halves}
    halves = [each for each in taken if folded(each.text) == "公开"]
    extras = [] if known_extras_only else [each for each in taken if folded(each.text) and each not in (halves if torn else [])]
    fragments = [name for name in names if name.key == FRAGMENT]
    names = [name for name in names if name.key != FRAGMENT]
    if halves and torn:
        names = _mended(names, halves, list(torn.values()))
    columns = _columns([*names, *extras])
    left = [each for each in taken if each not in extras and not (torn and each in halves)] + fragments
    aside = tuple(each.text for each in sorted(left, key=lambda each: each.index))
    return Header(start, end, _second(names), columns, aside)


def _mended(names: list[_Name], halves: list[_Name], torn: list[_Name]) -> list[_Name]:
    """公开 … 公开 in the first row with 时限 … 主体 in the second: put together in the order in which they stand."""
    pairs = dict(zip([half.index for half in halves], torn, strict=False))
    moved = [
        _Name(name.key, halves[number].text + name.text, index, 1, halves[number].line)
        for number, (index, name) in enumerate(pairs.items())
    ]
    return sorted([*(name for name in names if name not in torn), *moved], key=lambda name: name.index)


def _second(names: Sequence[_Name]) -> int | None:
    return next((name.index for name in names if name.key in GROUPS), None)


def _columns(names: Sequence[_Name]) -> tuple[TextColumn, ...]:
    """Tops in their order; each group is replaced by its sub-columns, wherever those stand."""
    tops = sorted((name for name in names if name.key not in GROUPS), key=lambda name: name.index)
    subs = sorted((name for name in names if name.key in GROUPS), key=lambda name: name.index)
    natures = [top for top in tops if top.key == "nature"]
    tops = [_Name(_by_nature(top.key) if natures else top.key, top.text, top.index, top.width, top.line) for top in tops]
    columns: list[TextColumn] = []
    seen: set[str] = set()
    for position, top in enumerate(tops):
        group = top.key
        if group in seen and group == "method" and any(sub.key == "level" for sub in subs):
            group = "levels"
        if group in seen:
            group = "extra"
        seen.add(group)
        below = [sub for sub in subs if GROUPS[sub.key] == group]
        if below:
            columns += [TextColumn(sub.key, sub.text, top.text, sub.line) for sub in below]
        elif group == "serial" and position:
            columns.insert(0, TextColumn("serial", top.text, "", top.line))
        else:
            columns.append(TextColumn("item" if group == "matter" else group, top.text, "", top.line))
    lone = [sub for sub in subs if GROUPS[sub.key] not in seen]
    matters = [TextColumn(sub.key, sub.text, "", sub.line) for sub in lone if GROUPS[sub.key] == "matter"]
    others = [TextColumn(sub.key, sub.text, "", sub.line) for sub in lone if GROUPS[sub.key] != "matter"]
    at = 1 if columns and columns[0].key == "serial" else 0
    return (*columns[:at], *matters, *columns[at:], *others)


def _by_nature(key: str) -> str:
    """Where 公开属性 says 主动公开, the column 公开方式 says in what form."""
    return "extra" if key == "method" else "method" if key == "nature" else key
