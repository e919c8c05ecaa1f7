"""Reads an index from the folder of a built site: posting lists, filters, texts. What was read once is kept."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from mulu.diagnostics import CouldNotRun, Text
from mulu.pages.page import SEARCH_DATA
from mulu.search.document import BLOCK, Document, attached_name, block_name, unpack_attached, unpack_block
from mulu.search.fold import fold
from mulu.search.postings import decode
from mulu.search.query import terms_to_look_up
from mulu.search.segment import facet_name
from mulu.search.shards import VERSION, Lists, shard_name, unpack
from mulu.search.terms import hashed


class NoIndex(CouldNotRun):
    """The folder has no index that this program can read, or a file of it is missing."""

    @classmethod
    def in_folder(cls, site: Path) -> "NoIndex":
        """Why there is nothing to search in `site`: no such folder, a content repository, or no site of ours."""
        if not site.is_dir():
            return cls(Text(f"没有文件夹 {site}。", f"There is no folder {site}."))
        if (built := site / "site" / SEARCH_DATA).is_dir():
            inside = built.parents[1]
            return cls(Text(
                f"{site} 是内容库，不是网站；网站在 {inside}：mulu search {inside} 要查的字", f"{site} is a content repository, not a site; its site is {inside}: mulu search {inside} QUERY",
            ))  # fmt: skip
        return cls(Text(
            f"{site} 里没有 {SEARCH_DATA}/manifest.json，不是 mulu 生成的网站。先用 mulu build 生成，再写生成的文件夹（缺省是内容库里的 site）。",
            f"{site} has no {SEARCH_DATA}/manifest.json: it is not a site that mulu built. Run `mulu build`, then name the folder it wrote (`site` in the content repository unless told otherwise).",
        ))  # fmt: skip

    @classmethod
    def unreadable(cls, manifest: Path) -> "NoIndex":
        """The manifest is damaged or written by another program."""
        return cls(Text(
            f"{manifest} 损坏，或者是另一个版本的 mulu 写的。用现在的程序再运行一次 mulu build。", f"{manifest} is damaged or written by another version of mulu. Run `mulu build` again with this one.",
        ))  # fmt: skip

    @classmethod
    def incomplete(cls, path: Path) -> "NoIndex":
        """A file of the index is not there."""
        return cls(Text(
            f"{path} 不在，查找数据不完整（也许网站没有拷全）。再运行一次 mulu build，它会补齐。",
            f"{path} is missing: the search data are incomplete (perhaps not all of the site was copied). Run `mulu build` again, it writes what is missing.",
        ))  # fmt: skip


class Part(msgspec.Struct, frozen=True):
    """A segment as the manifest describes it."""

    name: str
    version: str
    documents: int
    shards: int
    filters: tuple[str, ...]


class Manifest(msgspec.Struct, frozen=True):
    """How much is searched, and the segments, newest first."""

    version: int
    documents: int
    attachments: int
    unread: int
    same: str
    segments: tuple[Part, ...]


class Folded(msgspec.Struct, frozen=True):
    """The texts of a document as they are compared; lines end texts, and no word crosses a line."""

    strong: str
    weak: str


class Reader:
    """One index; methods give plain sets of document numbers."""

    def __init__(self, site: Path) -> None:
        """Raises NoIndex where there is none."""
        self.folder = site / SEARCH_DATA
        if not (self.folder / "manifest.json").is_file():
            raise NoIndex.in_folder(site)
        try:
            self.manifest = msgspec.json.decode(self._bytes("manifest.json"), type=Manifest)
        except msgspec.MsgspecError:
            raise NoIndex.unreadable(self.folder / "manifest.json") from None
        if self.manifest.version != VERSION:
            raise NoIndex.unreadable(self.folder / "manifest.json")
        self._kept: dict[str, Any] = {}

    def with_word(self, part: Part, word: str, *, strong: bool, whole: bool = False) -> set[int]:
        """Documents that may have the word: those with every pair of it that is looked up."""
        found = [self._numbers(part, term, strong=strong) for term in terms_to_look_up(word, whole=whole)]
        return set.intersection(*found)

    def with_entry(self, part: Part, entry: str) -> set[int]:
        """Documents that answer a catalog entry."""
        return self._numbers(part, f"entry={entry}", strong=False)

    def with_number(self, part: Part, word: str) -> set[int]:
        """Documents whose 文号 or 索引号 is just this word."""
        return self._numbers(part, f"number={word}", strong=False)

    def with_facet(self, part: Part, facet: str) -> set[int]:
        """Documents that pass a filter."""
        if facet not in part.filters:
            return set()
        content = self._bytes(f"{part.name}/{facet_name(facet)}")
        return set(decode(content[4:], int.from_bytes(content[:4], "little"), part.documents).tolist())

    def document(self, part: Part, number: int) -> Document:
        """A document."""
        name = f"{part.name}/{block_name(number)}"
        if name not in self._kept:
            self._kept[name] = unpack_block(self._bytes(name))
        document: Document = self._kept[name][number % BLOCK]
        return document

    def attached(self, document: Document) -> tuple[str, ...]:
        """The texts of its attachments, in their order."""
        if not any(each.searched for each in document.attachments):
            return ()
        return unpack_attached(self._bytes(attached_name(document.id)))

    def folded(self, document: Document) -> Folded:
        """Its texts but those of attachments, folded."""
        name = f"folded {document.id}"
        if name not in self._kept:
            self._kept[name] = Folded(fold("\n".join(document.strong)), fold("\n".join(document.weak)))
        found: Folded = self._kept[name]
        return found

    def folded_attached(self, document: Document) -> str:
        """The texts of its attachments, folded."""
        name = f"attached {document.id}"
        if name not in self._kept:
            self._kept[name] = fold("\n".join(self.attached(document)))
        found: str = self._kept[name]
        return found

    def _numbers(self, part: Part, term: str, *, strong: bool) -> set[int]:
        name = f"{part.name}/{shard_name(hashed(term) % part.shards)}"
        if name not in self._kept:
            self._kept[name] = unpack(self._bytes(name))
        held: Lists = self._kept[name].get(term, Lists(0, b""))
        content, count = (held.strong, held.strong_count) if strong else (held.everywhere, held.count)
        return set(decode(content, count, part.documents).tolist())

    def _bytes(self, name: str) -> bytes:
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError:
            raise NoIndex.incomplete(self.folder / name) from None


def intersection(sets: Iterable[set[int]], everything: int) -> set[int]:
    """What is in all of them; all numbers below `everything` where there are none."""
    listed = list(sets)
    return set.intersection(*listed) if listed else set(range(everything))
