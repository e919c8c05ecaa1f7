"""Item files to items, in chunks that any process can read: a fault in one file leaves the others untouched."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Generic, TypeVar

import msgspec

from mulu.diagnostics import Diagnostic
from mulu.files.crew import crew
from mulu.files.frontmatter import FRONT_MATTER_LINE, Parts, split
from mulu.files.sniff import sniff, words
from mulu.files.text import decode
from mulu.files.tree import Tree
from mulu.files.yaml import Value, parse
from mulu.model.body import body_facts, identity_numbers
from mulu.model.item import Item
from mulu.model.kinds import file_kind
from mulu.model.origin import Origin
from mulu.model.period import parse_period
from mulu.model.schema import diagnose

CHUNK = 200
_FEW = 10
"""Items and attachments that are read at once; below five chunks no process is started."""

Read = TypeVar("Read")

_MENTIONED = re.compile(r"(?<![a-z0-9])[a-z0-9]+(?:-[a-z0-9]+)+")


class ItemFile(msgspec.Struct, frozen=True, array_like=True):
    """What one item file holds: the item, or the ids that it mentions where it cannot be used.

    `clean` says that neither reading nor the rules over single items found anything.
    """

    path: str
    blob: str
    item: Item | None
    diagnostics: tuple[Diagnostic, ...] = ()
    mentioned: tuple[str, ...] = ()
    clean: bool = False


class AttachmentFile(msgspec.Struct, frozen=True):
    """What one attachment is by its bytes (files.sniff), and whether a citizen identity number is inside."""

    path: str
    blob: str
    kind: str
    personal: bool


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[ItemFile]).decode


def read_items(
    tree: Tree, paths: list[str], *, faultless: Callable[[Item], bool], workers: int, progress: Callable[[int], None]
) -> Iterator[ItemFile]:
    """The item files at `paths`, in order; `faultless` says whether the rules over single items have nothing to say."""
    chunks = [paths[start : start + CHUNK] for start in range(0, len(paths), CHUNK)]
    reader = _ItemReader(tree, partial(_read, faultless))
    with crew(reader.encoded, workers=workers if len(chunks) > 4 else 1) as each:
        for encoded in each(chunks):
            found = _decode(encoded)
            progress(len(found))
            yield from found


def list_of(value: Mapping[str, Value], key: str) -> list[Value]:
    """The list at `key`, or an empty one."""
    listed = value.get(key)
    return listed if isinstance(listed, list) else []


def period_of(value: Value) -> dict[str, Value] | None:
    """A period as the model takes it."""
    period = parse_period(str(value)) if value is not None else None
    return None if period is None else {"year": period.year, "first": period.first, "months": period.months}


def read_attachments(tree: Tree, paths: list[str], *, workers: int) -> Iterator[AttachmentFile]:
    """The attachments at `paths`, in order."""
    chunks = [paths[start : start + _FEW] for start in range(0, len(paths), _FEW)]
    with crew(_Reader(tree, _attachment), workers=workers if len(chunks) > 4 else 1) as each:
        for found in each(chunks):
            yield from found


class _Reader(Generic[Read]):
    """Reads chunks in one process; its tree has no stream in common with another's."""

    def __init__(self, tree: Tree, read: Callable[[Tree, str], Read]) -> None:
        self.tree, self.read, self.process = tree, read, os.getpid()

    def __call__(self, paths: Iterable[str]) -> list[Read]:
        if os.getpid() != self.process:
            self.tree, self.process = self.tree.apart(), os.getpid()
        return [self.read(self.tree, path) for path in paths]


class _ItemReader(_Reader[ItemFile]):
    """Items travel encoded: a quarter of the time that pickling takes."""

    def encoded(self, paths: Iterable[str]) -> bytes:
        """The chunk as `_decode` takes it."""
        return _encode(self(paths))


def _attachment(tree: Tree, path: str) -> AttachmentFile:
    content = tree.read(path)
    kind = sniff(content)
    personal = any(next(identity_numbers(text), None) is not None for text in words(content, kind))
    return AttachmentFile(path, tree.files[path].blob, kind, personal)


def _read(faultless: Callable[[Item], bool], tree: Tree, path: str) -> ItemFile:
    known = file_kind(path)
    assert known is not None, "only paths of items are read here"
    content = tree.read(path)
    blob = tree.files[path].blob
    item, found = _item_of(path, content, known[1], blob)
    if item is None:
        mentioned = _MENTIONED.findall(content.decode("utf-8", "replace"))
        return ItemFile(path, blob, None, tuple(found), (known[1]["id"], *dict.fromkeys(mentioned)))
    return ItemFile(path, blob, item, tuple(found), (), not found and faultless(item))


def _item_of(path: str, content: bytes, said: Mapping[str, str], blob: str) -> tuple[Item | None, list[Diagnostic]]:
    text, found = decode(path, content)
    parts, unsplit = split(path, text) if text is not None else (None, [])
    if text is None or parts is None:
        return None, [*found, *unsplit]
    value, faulty = parse(path, parts.metadata, line_offset=FRONT_MATTER_LINE)
    faulty = faulty or diagnose("item", path, parts.metadata, value, line_offset=FRONT_MATTER_LINE)
    if faulty:
        return None, [*found, *faulty]
    assert isinstance(value, dict)
    return _item(value, path, said, blob, text, parts), found


def _item(value: dict[str, Value], path: str, said: Mapping[str, str], blob: str, text: str, parts: Parts) -> Item:
    facts = body_facts(text, parts.body, parts.lines_before_body, str(value["title"]))
    raw: dict[str, Any] = value | {
        "entries": [{"entry": each} if isinstance(each, str) else each for each in list_of(value, "entries")],
        "period": period_of(value.get("period")),
        "department": said["department"], "blob": blob, "origin": Origin(path), "body": facts,
    }  # fmt: skip
    return msgspec.convert(raw, Item)
