"""公开渠道和载体: which names of a cell are ticked. A list with boxes, names without any, an address glued to a name."""

import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from mulu.tables.cells import split_outside, unbroken
from mulu.tables.words import squeezed, words

_URL = re.compile(r"https?://[\x21-\x7e]+")
_NOTE = re.compile(r"\s*(?:注|备注|说明)[:：].*\Z", re.DOTALL)
_NUMBER = re.compile(
    r"(?:^|(?<=[\s;；、,，。]))\d{1,2}[.．、](?!\d)\s*|(?<=[\u4e00-\u9fff）)])\d{1,2}[.．](?!\d)\s*|[\u2460-\u2473]\s*|[（(]\d{1,2}[）)]\s*"
)
"""1. 1、 (1) ①; the first also where nothing stands between it and the name before."""


class Channels(msgspec.Struct, frozen=True):
    """Ticked names; names whose box was lost; addresses; notes; and whether the cell had boxes at all."""

    ticked: tuple[str, ...]
    unclear: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    boxes: bool = True


@lru_cache(maxsize=1)
def _box() -> re.Pattern[str]:
    """A box glyph; a letter only where a Chinese name follows and no word precedes."""
    boxes = words().boxes
    glyphs = "".join(boxes.ticked + boxes.unticked)
    letters = "".join(letter for letter in boxes.ticked_letters + boxes.unticked_letters if letter.isascii())
    mouths = "".join(letter for letter in boxes.unticked_letters if not letter.isascii())
    return re.compile(
        rf"[{re.escape(glyphs)}]|(?<![A-Za-z])[{letters}](?=\s?[\u4e00-\u9fff])|(?:^|(?<=[\s;；,，:：、。)）]))[{mouths}](?=\S)"
    )


@lru_cache(maxsize=16384)
def read_channels(text: str) -> Channels:
    """The cell's names by their boxes; without any box every name counts."""
    addresses = tuple(dict.fromkeys(_URL.findall(text)))
    body = _URL.sub(" ", text)
    notes = tuple(unbroken(note.group()) for note in [_NOTE.search(body)] if note)
    body = _NOTE.sub("", body)
    marks = list(_box().finditer(body))
    if not marks:
        names = [name for line in _NUMBER.sub("\n", body).splitlines() for name in split_outside(line, "、；;，,。")]
        return Channels(_unique(part for name in names for part in _by_space(name)), (), addresses, notes, boxes=False)
    ticked, unclear = [], [*_names(body[: marks[0].start()])]
    boxes = words().boxes
    yes = {*boxes.ticked, *boxes.ticked_letters}
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        first, *rest = _names(body[mark.end() : following.start() if following else len(body)]) or [""]
        ticked += [first] if first and mark.group() in yes else []
        unclear += rest
    return Channels(_unique(ticked), _unique(unclear), addresses, notes)


def _names(segment: str) -> list[str]:
    """Names between two boxes: one, unless a box was lost. 其他 with a name behind it is that name."""
    pieces = split_outside(unbroken(segment), "；;，,。：:")
    pieces = [part for piece in pieces for part in _listed(piece)]
    if len(pieces) > 1 and squeezed(pieces[0]) == "其他":
        pieces = [pieces[1], *pieces[2:]]
    names = [piece.strip(" _＿-—.").strip() for piece in pieces]
    return [_named_other(name) for name in names if name]


def _listed(piece: str) -> list[str]:
    """Names between 、; but 社区/企事业单位、村公示栏 is one name."""
    parts = split_outside(piece, "、")
    return parts if len(parts) > 1 and squeezed(parts[0]) in words().channels else [piece]


def _named_other(name: str) -> str:
    rest = name.removeprefix("其他").strip("(（)） ")
    return rest if name.startswith("其他") and len(rest) > 2 else name


def _by_space(name: str) -> list[str]:
    """Names set apart by spaces, where the first of them is a known channel, or by /, where all of them are."""
    for parts in (name.split(), name.split("/")):
        if len(parts) > 1 and all(part in words().channels for part in parts):
            return parts
    parts = name.split()
    return parts if len(parts) > 1 and parts[0] in words().channels else [unbroken(name)]


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
