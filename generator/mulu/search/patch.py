"""A few documents of a segment changed: the files that differ, with the bytes that a whole build would give them.

What the documents were found by before is worked out from their old texts, which stand in the index.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from mulu.search.document import (
    BLOCK,
    Document,
    Full,
    attached_name,
    block_name,
    pack_attached,
    pack_block,
    unpack_attached,
    unpack_block,
)
from mulu.search.postings import decode, encoded
from mulu.search.segment import facet_name, pack_facet
from mulu.search.shards import Lists, pack, shard_count, shard_name, unpack
from mulu.search.terms import hashed, terms_in


class _Change(msgspec.Struct):
    """Documents that a list gains and loses."""

    gained: set[int] = msgspec.field(default_factory=set)
    lost: set[int] = msgspec.field(default_factory=set)

    def applied(self, numbers: list[int]) -> list[int]:
        return sorted(set(numbers) - self.lost | self.gained)


_Changes = dict[str, _Change]


def patch_segment(folder: Path, root: Path, new: Mapping[int, Full], count: int) -> Iterator[tuple[str, bytes | None]]:
    """Name and bytes of every file of the segment in `folder` that may differ; None for a file that is no longer needed.

    `new` are the changed documents by number; texts of attachments stand below `root`.
    """
    every, strong, facets = (defaultdict[str, _Change](_Change) for _ in range(3))
    for number, full in sorted(new.items()):
        old = read_full(folder, root, number)
        _compare(every, number, _terms(old, strong=False), _terms(full, strong=False))
        _compare(strong, number, _terms(old, strong=True), _terms(full, strong=True))
        _compare(facets, number, set(old.document.facets), set(full.document.facets))
        if any(full.attached):
            yield attached_name(full.document.id), pack_attached(full.attached)
        elif any(old.attached):
            yield attached_name(full.document.id), None
    yield from _shards(folder, every, strong, count)
    yield from _facets(folder, facets, count)
    yield from _blocks(folder, new)


def read_full(folder: Path, root: Path, number: int) -> Full:
    """A document of the segment in `folder` as it stands in the index."""
    document = read_document(folder, number)
    path = root / attached_name(document.id)
    attached = any(each.searched for each in document.attachments)
    return Full(document, unpack_attached(path.read_bytes()) if attached else ())


def read_document(folder: Path, number: int) -> Document:
    """The same without the texts of attachments."""
    return unpack_block((folder / block_name(number)).read_bytes())[number % BLOCK]


def _terms(full: Full, *, strong: bool) -> set[str]:
    return terms_in(full.document.strong) if strong else terms_in(full.texts) | set(full.names)


def _compare(changes: _Changes, number: int, old: set[str], new: set[str]) -> None:
    for term in new - old:
        changes[term].gained.add(number)
    for term in old - new:
        changes[term].lost.add(number)


def _shards(folder: Path, every: _Changes, strong: _Changes, count: int) -> Iterator[tuple[str, bytes]]:
    places: dict[int, set[str]] = defaultdict(set)
    for term in every.keys() | strong.keys():
        places[hashed(term) % shard_count(count)].add(term)
    for place, terms in sorted(places.items()):
        table = unpack((folder / shard_name(place)).read_bytes())
        for term in terms:
            old = table.get(term, Lists(0, b""))
            size, content = _patched(old.count, old.everywhere, every.get(term), count)
            table[term] = Lists(size, content, *_patched(old.strong_count, old.strong, strong.get(term), count))
            if not size:
                del table[term]
        yield shard_name(place), pack(table)


def _patched(size: int, content: bytes, change: _Change | None, count: int) -> tuple[int, bytes]:
    if change is None:
        return size, content
    numbers = change.applied(decode(content, size, count).tolist())
    return len(numbers), encoded(numbers, count) if numbers else b""


def _facets(folder: Path, facets: _Changes, count: int) -> Iterator[tuple[str, bytes | None]]:
    for facet, change in sorted(facets.items()):
        path = folder / facet_name(facet)
        content = path.read_bytes() if path.exists() else bytes(4)
        numbers = change.applied(decode(content[4:], int.from_bytes(content[:4], "little"), count).tolist())
        yield facet_name(facet), pack_facet(numbers, count) if numbers else None


def _blocks(folder: Path, new: Mapping[int, Full]) -> Iterator[tuple[str, bytes]]:
    for start in sorted({number - number % BLOCK for number in new}):
        held = unpack_block((folder / block_name(start)).read_bytes())
        yield (
            block_name(start),
            pack_block(new[number].document if number in new else old for number, old in enumerate(held, start)),
        )
