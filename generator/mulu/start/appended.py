"""Adding to a YAML file as text, so that comments and layout stay: an element at the end of a list, a key in a mapping."""

import contextlib
import re
from datetime import date
from typing import Any

from mulu.diagnostics import Diagnostic, Text
from mulu.files.text import decode
from mulu.files.yaml import Pointer, Value, parse, positions
from mulu.start.written import Refused
from mulu.start.yaml_text import Written, bare, element, scalar

_DASH = re.compile(r"( *)- +\Z")
_EMPTY_LIST = re.compile(r"(?P<key>[^:#]+:)[ \t]*(\[[ \t]*\])?[ \t]*(?P<comment>#.*)?\Z")


def appended(path: str, content: bytes, key: str, value: Written) -> str:
    """`content` with `value` as the last element of the list at the top-level `key`.

    Raises Refused where the file cannot be read, or where anything else would read differently afterwards.
    """
    text, before = _read(path, content)
    lines = text.removesuffix("\n").split("\n")
    extended = "\n".join(_inserted(path, lines, key, value)) + "\n"
    after, found = parse(path, extended)
    listed = before.get(key)
    expected = before | {key: [*(listed if isinstance(listed, list) else []), bare(value)]}
    if found or after != expected:
        raise Refused(_by_hand(path, key))
    return _as_it_was(content, extended)


def appended_key(path: str, content: bytes, pointer: Pointer, *, after: str, key: str, value: date) -> str:
    """`content` with `key: value` on the line below the key `after` of the mapping at `pointer`.

    Raises Refused as `appended` does, and where `after` does not stand on a line of its own.
    """
    text, _ = _read(path, content)
    places = positions(path, text)
    lines = text.removesuffix("\n").split("\n")
    if (*pointer, after) in places:
        place = places[*pointer, after]
        lines.insert(place.line, " " * (place.column - 1) + f"{key}: {scalar(value)}")
    added = "\n".join(lines) + "\n"
    if _without(path, added, (*pointer, key), value) != parse(path, text)[0]:
        raise Refused(_by_hand_key(path, key))
    return _as_it_was(content, added)


def _without(path: str, text: str, pointer: Pointer, value: date) -> Value:
    """What the text says when the key at `pointer` is taken away; None when it does not say `value` there."""
    whole, found = parse(path, text)
    node: Any = whole
    with contextlib.suppress(KeyError, IndexError, TypeError):
        for part in pointer[:-1]:
            node = node[part]
        if not found and node.pop(pointer[-1]) == value.isoformat():
            return whole
    return None


def _as_it_was(content: bytes, text: str) -> str:
    """The text with the byte order mark and line ends that `content` has."""
    mark = "\ufeff" if content.startswith(b"\xef\xbb\xbf") else ""
    return mark + (text.replace("\n", "\r\n") if b"\r\n" in content else text)


def unreadable(found: Diagnostic) -> Refused:
    """A file stands in the way that has to be put right first."""
    where, what = found.place, found.message
    return Refused(
        Text(f"先改好 {where}：{what.zh}。什么都没有改动。", f"First correct {where}: {what.en}. Nothing was changed.")
    )


def _read(path: str, content: bytes) -> tuple[str, dict[str, Value]]:
    text, found = decode(path, content)
    if text is None:
        raise unreadable(found[-1])
    value, found = parse(path, text)
    if found:
        raise unreadable(found[0])
    if not isinstance(value, dict):
        raise Refused(Text(f"{path} 不是一组键值，什么都没有改动。", f"{path} is not a group of keys; nothing was changed."))
    return text, value


def _inserted(path: str, lines: list[str], key: str, value: Written) -> list[str]:
    places = positions(path, "\n".join(lines) + "\n")
    if (key,) not in places:
        return [*lines, f"{key}:", *element(value, indent=2)]
    start = places[key,].line - 1
    first = places.get((key, 0))
    if first is None:
        return _into_empty(path, lines, start, key, value)
    dash = _DASH.match(lines[first.line - 1][: first.column - 1])
    if not dash:
        raise Refused(_by_hand(path, key))
    end = _end(lines, start, [place.line - 1 for pointer, place in places.items() if len(pointer) == 1])
    return [*lines[:end], *element(value, indent=len(dash[1])), *lines[end:]]


def _into_empty(path: str, lines: list[str], start: int, key: str, value: Written) -> list[str]:
    match = _EMPTY_LIST.match(lines[start])
    if not match:
        raise Refused(_by_hand(path, key))
    opened = match["key"] + (f"  {match['comment']}" if match["comment"] else "")
    return [*lines[:start], opened, *element(value, indent=2), *lines[start + 1 :]]


def _end(lines: list[str], start: int, keys: list[int]) -> int:
    """The line after the list: before the next key, and before the blank lines and comments that belong to that key."""
    end = min((line for line in keys if line > start), default=len(lines))
    while not lines[end - 1].strip() or lines[end - 1].startswith("#"):
        end -= 1
    return end


def _by_hand_key(path: str, key: str) -> Text:
    return Text(
        f"{path} 的写法不能自动添加“{key}”，请手工写上。什么都没有改动。",
        f"“{key}” cannot be added to {path} as it is written; add it by hand. Nothing was changed.",
    )


def _by_hand(path: str, key: str) -> Text:
    return Text(
        f"{path} 中“{key}”的写法不能自动添加，请手工在列表末尾加上（每项以“- ”开头）。什么都没有改动。",
        f"“{key}” in {path} is written in a way that cannot be extended; add the element by hand. Nothing was changed.",
    )
