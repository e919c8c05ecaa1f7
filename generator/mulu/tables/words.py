"""The words of catalog tables, from words.yml: what a header cell names, what a mark means, what is only furniture of a page."""

import re
import unicodedata
from functools import lru_cache

import msgspec
import yaml

from mulu.resources import package_file

GROUPS = {"topic": "matter", "item": "matter", "subitem": "matter", "everyone": "audience", "specific": "audience",
          "proactive": "method", "on_request": "method", "level": "levels"}  # fmt: skip
"""Sub-columns → the column above them in the official table."""

FRAGMENT = "fragment"
"""What stands in brackets below a header, or was torn off it."""

_LEVEL = re.compile(r"(?=.*[省市州盟区县旗镇乡街村社])[省市州盟区县旗镇乡街道村社居委地本、,/和及]+级?\Z")
_PLACE_LEVEL = re.compile(r"[\u4e00-\u9fff]{2,4}[省市州盟区县旗镇乡]级\Z")
_BRACKETED = re.compile(r"\([^()]*\)|\(.*\Z")


class Marks(msgspec.Struct, frozen=True):
    """Glyphs of a cell that says yes or no."""

    ticked: frozenset[str]
    unticked: frozenset[str]


class Boxes(msgspec.Struct, frozen=True):
    """Glyphs before a name in a list; letters stand for glyphs that a font lost."""

    ticked: tuple[str, ...]
    unticked: tuple[str, ...]
    ticked_letters: tuple[str, ...]
    unticked_letters: tuple[str, ...]


class Words(msgspec.Struct, frozen=True):
    """words.yml."""

    columns: dict[str, tuple[str, ...]]
    halves: tuple[str, ...]
    marks: Marks
    boxes: Boxes
    totals: frozenset[str]
    ditto: frozenset[str]
    furniture: tuple[str, ...]
    notes: tuple[str, ...]
    channels: tuple[str, ...]
    fields: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def words() -> Words:
    """The file, read once."""
    return msgspec.convert(yaml.safe_load(package_file("tables", "words.yml").read_text("utf-8")), Words)


@lru_cache(maxsize=1)
def _aliases() -> dict[str, str]:
    return {folded(alias): key for key, aliases in words().columns.items() for alias in aliases}


def squeezed(text: str) -> str:
    """Without white space and in half width (NFKC)."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def folded(text: str) -> str:
    """A header cell as it is compared: squeezed, without what stands in brackets, without 及要求."""
    return _BRACKETED.sub("", squeezed(text)).removesuffix("及要求").strip("-:*·—")


@lru_cache(maxsize=65536)
def header_key(text: str) -> str | None:
    """The column that a header cell names: a key of words.yml, `level`, FRAGMENT, or None."""
    short = squeezed(text) if len(text) <= 160 else ""
    if not short or len(short) > 80:
        return None
    name = folded(text)
    if name in _aliases():
        return _aliases()[name]
    if not name or (short.endswith(")") and "(" not in short and "表示" in short):
        return FRAGMENT
    if len(name) <= 10 and (_LEVEL.match(name) or _PLACE_LEVEL.match(name)):
        return "level"
    return None


def is_ditto(text: str) -> bool:
    """Whether a cell says 同上."""
    return squeezed(text).strip("。.") in words().ditto


def is_total(text: str) -> bool:
    """Whether a cell begins a row of totals."""
    return squeezed(text).strip(":.。") in words().totals


def marked(text: str) -> bool | None:
    """True for a tick, False for a cell that says no, None for anything else."""
    short = text.strip().strip("()（）")
    marks = words().marks
    return True if short in marks.ticked else False if not short or short in marks.unticked else None


def is_note(text: str) -> bool:
    """Whether a line begins the notes below a table."""
    return text.strip().startswith(words().notes)


def is_furniture(text: str) -> bool:
    """Whether a short line belongs to the portal's page."""
    short = squeezed(text)
    return len(short) <= 40 and any(word in short for word in words().furniture)
