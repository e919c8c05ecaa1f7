"""What the cells of an entry say: names, elements, bodies, groups. The wording stays; only white space inside words goes."""

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from mulu.model.catalog import Element
from mulu.tables.words import squeezed

_CJK = r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’《》()〔〕]"
_INSIDE = re.compile(rf"(?<={_CJK})\s+(?={_CJK}|\d)|(?<=\d)\s+(?={_CJK})")
_MARKER = re.compile(r"(?:(?<![\d.])\d{1,2}[.．、)）](?!\d)|[(（]\d{1,2}[)）]|[①-⑳]|[⑴-⒇]|[●•·〇○◆])\s*(?:[●〇○]\s*)?")
_OPTIONAL = frozenset("〇○")
_OPEN, _CLOSE = "(（《〈<“〔[【", ")）》〉>”〕]】"
_STOPS = ";；。,，、.:： \t"


class Parts(msgspec.Struct, frozen=True):
    """Elements of a cell, with names that stood twice and a heading that stood before a numbered list."""

    elements: tuple[Element, ...]
    repeated: tuple[str, ...] = ()
    heading: str = ""


@lru_cache(maxsize=65536)
def unbroken(text: str) -> str:
    """One line, without white space between Chinese characters: cells break words where their width ends."""
    return _INSIDE.sub("", " ".join(text.split()))


def split_outside(text: str, separators: str) -> list[str]:
    """Pieces between separators that do not stand inside brackets or quotation marks; unclosed brackets are no brackets."""
    pieces, depth, start = [], 0, 0
    for index, character in enumerate(text):
        if character in _OPEN and _CLOSE[_OPEN.index(character)] in text[index:]:
            depth += 1
        elif character in _CLOSE and depth:
            depth -= 1
        elif not depth and character in separators:
            pieces.append(text[start:index])
            start = index + 1
    return [piece.strip() for piece in [*pieces, text[start:]] if piece.strip()]


def read_elements(text: str, *, one_row: bool = False) -> Parts:
    """要素 of a cell: by ●〇, numbers, lines, ; and 、 in that order. `one_row`: a row of its own is one element, 、 or not."""
    heading, marked = _by_marker(text)
    if not marked:
        lines = [line for line in text.splitlines() if line.strip()]
        pieces = [(piece, True) for line in _whole_lines(lines) for piece in split_outside(line, ";；。")]
        if len(pieces) == 1 and not one_row:
            pieces = [(piece, True) for piece in split_outside(pieces[0][0], "、")]
    else:
        pieces = [(piece, required) for part, required in marked for piece in split_outside(part, ";；。")]
    elements: list[Element] = []
    repeated: list[str] = []
    for piece, required in pieces:
        name = unbroken(heading + piece).strip(_STOPS)
        if not name:
            continue
        if name in [element.name for element in elements]:
            repeated.append(name)
        else:
            elements.append(Element(name, required))
    return Parts(tuple(elements), tuple(repeated), heading)


def _by_marker(text: str) -> tuple[str, list[tuple[str, bool]]]:
    """The text before the first marker, and each part after one with whether it is required."""
    marks = list(_MARKER.finditer(text))
    if not marks:
        return "", []
    heading = text[: marks[0].start()].strip()
    parts = []
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        part = text[mark.end() : following.start() if following else len(text)]
        if part.strip():
            parts.append((" ".join(part.split("\n")), not _OPTIONAL & set(mark.group())))
    if heading and not heading.endswith((":", "：")):
        return "", [(heading, True), *parts]
    return heading, parts


def _whole_lines(lines: Sequence[str]) -> list[str]:
    """Lines, with those that only broke a word at the cell's edge put together: the one above ends open."""
    whole: list[str] = []
    for line in lines:
        if whole and (
            whole[-1].rstrip()[-1] in "、,，和及与的"
            or any(whole[-1].count(a) > whole[-1].count(b) for a, b in zip(_OPEN, _CLOSE, strict=True))
        ):
            whole[-1] += line
        else:
            whole.append(line)
    return whole


@lru_cache(maxsize=16384)
def read_bodies(text: str) -> tuple[str, ...]:
    """公开主体: bodies and roles, each once, in the order in which they stand."""
    lines: list[str] = []
    for line in text.splitlines():
        if lines and not _ends_body(lines[-1]):
            lines[-1] += line.strip()
        elif line.strip():
            lines.append(line.strip())
    bodies = [unbroken(body) for line in lines for piece in split_outside(line, "、；;，,") for body in _spaced(piece)]
    return tuple(dict.fromkeys(body.strip("。.") for body in bodies if body.strip("。.")))


def _spaced(piece: str) -> list[str]:
    """Bodies set apart by a space or a stroke, where each part is a body by itself."""
    for parts in (piece.split(), piece.split("/")):
        if len(parts) > 1 and all(len(part) > 2 and _ends_body(part) for part in parts):
            return parts
    return [piece]


def _ends_body(text: str) -> bool:
    return bool(
        re.search(
            r"(?:局|委|会|部门|政府|办|办公室|办事处|中心|所|机构|站|村|单位|院|厅|科|校|公司|[、；;，,])\Z", squeezed(text)
        )
    )


def read_groups(text: str) -> tuple[str, ...]:
    """特定群众: named groups, each once."""
    groups = [unbroken(group).strip("。.") for group in split_outside(unbroken(text), "、；;，,")]
    return tuple(dict.fromkeys(group for group in groups if group))
