"""Values to YAML text that reads back as the same values here, in YAML 1.1 and in YAML 1.2 editors."""

import re
from collections.abc import Mapping
from datetime import date

import msgspec
import yaml

from mulu.files.yaml import Value, parse

_HARMLESS = re.compile(r"[\u4e00-\u9fff《][\u4e00-\u9fff《》〈〉（）()“”、，。；〔〕/0-9A-Za-z]*\Z")
"""Begins with a Chinese character and holds nothing that means anything to YAML: plain text, said without asking (30 times as fast)."""


class Noted(msgspec.Struct, frozen=True):
    """A value with a comment behind it."""

    value: "Written"
    note: str


Written = str | int | bool | date | tuple[str, ...] | list["Written"] | Mapping[str, "Written"] | Noted
"""What can be written. A tuple stands in one line, a list has one line each."""

_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z|0[xob][0-9a-fA-F]+\Z")
"""Numbers of YAML 1.2, such as 1133E9, that YAML 1.1 leaves text."""

_KEY = re.compile(r"[a-z_]+\Z")
"""Keys of the schemas, `on` among them: a key is text, whatever it looks like."""

_CODE = re.compile(r"[0-9A-Z]{18}(/|\Z)")
"""Credit codes and index numbers: always quoted, so that one made of digits does not stand out."""


def scalar(value: str | int | bool | date, *, flow: bool = False) -> str:
    """One value in one line; text is quoted where it could be misread, inside `[ ]` if `flow`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    if _HARMLESS.match(value):
        return value
    plain = _dumped([value]) == f"[{value}]" if flow else _dumped(value) == value
    if plain and not _NUMBER.match(value) and not _CODE.match(value) and parse("", value)[0] == value:
        return value
    return _dumped(value, style='"')


def block(value: Mapping[str, Written], *, indent: int = 0) -> list[str]:
    """The lines of a mapping."""
    return [" " * indent + line for key, each in value.items() for line in _pair(key, each)]


def element(value: Written, *, indent: int = 0) -> list[str]:
    """The lines of one element of a list, its `- ` included."""
    if isinstance(value, Mapping):
        first, *rest = block(value)
        lines = [f"- {first}", *(f"  {line}" for line in rest)]
    else:
        lines = [f"- {_inline(value)}"]
    return [" " * indent + line for line in lines]


def bare(value: Written) -> Value:
    """The value as `mulu.files.yaml.parse` reads it back."""
    if isinstance(value, Noted):
        return bare(value.value)
    if isinstance(value, Mapping):
        return {key: bare(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [bare(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _pair(key: str, value: Written) -> list[str]:
    name = key if _KEY.match(key) else scalar(key)
    noted = value.value if isinstance(value, Noted) else value
    comment = f"  # {_one_line(value.note)}" if isinstance(value, Noted) else ""
    if isinstance(noted, Mapping):
        return [f"{name}:{comment}", *block(noted, indent=2)]
    if isinstance(noted, list) and noted:
        return [f"{name}:{comment}", *(line for each in noted for line in element(each, indent=2))]
    return [f"{name}: {_inline(value)}"]


def _inline(value: Written) -> str:
    if isinstance(value, Noted):
        return f"{_inline(value.value)}  # {_one_line(value.note)}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(scalar(str(each), flow=True) for each in value) + "]"
    assert not isinstance(value, Mapping)
    return scalar(value)


def _one_line(note: str) -> str:
    return " ".join(note.split())


def _dumped(value: str | list[str], *, style: str | None = None) -> str:
    text: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=float("inf"), default_style=style)
    return text.removesuffix("\n").removesuffix("\n...")
