"""A segment: documents numbered from 0 in a fixed order, their terms in shards, their filters, their texts.

It is made as a whole, or patched: a changed document keeps its number, only the lists of terms that it gained or lost are coded
anew, and the bytes are those that a whole build would give.
"""

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import numpy as np

from mulu.search.document import BLOCK, Full, attached_name, batches, block_name, pack_attached, pack_block
from mulu.search.group import by_shard, pack_group
from mulu.search.postings import encoded
from mulu.search.shards import shard_count
from mulu.search.terms import Postings, hashes, sorted_set, terms_of, text_postings

BATCH = 2048
"""Documents that are taken apart at once: some 50 MB of arrays."""

_GROUPS = 16
"""Parts into which the postings of a large segment are sorted on disk, so that one part at a time is in memory."""


def build_segment(documents: Iterable[Full], count: int, scratch: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a segment of `count` documents: name and bytes. Postings pass through `scratch` when there are many."""
    named: dict[str, list[int]] = defaultdict(list)
    facets: dict[str, list[int]] = defaultdict(list)
    groups = min(_GROUPS, shard_count(count)) if count > BATCH else 1
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        spilled = [[(Path(folder) / f"{kind}{group}").open("w+b") for kind in "as"] for group in range(groups)]
        for first, batch in enumerate(batches(documents, BATCH)):
            yield from _texts(batch, first * BATCH)
            for number, full in enumerate(batch, first * BATCH):
                for name in full.names:
                    named[name].append(number)
                for facet in full.document.facets:
                    facets[facet].append(number)
            _spill(batch, first * BATCH, [files[0] for files in spilled], strong=False)
            _spill(batch, first * BATCH, [files[1] for files in spilled], strong=True)
        names = by_shard(named, count)
        for group, files in enumerate(spilled):
            yield from pack_group(_read(files[0]), _read(files[1]), names, count, group, groups)
    for facet, numbers in sorted(facets.items()):
        yield facet_name(facet), pack_facet(numbers, count)


def facet_name(facet: str) -> str:
    """The file of a filter's list."""
    return f"filters/{facet}.bin"


def pack_facet(numbers: list[int], documents: int) -> bytes:
    """A filter's list: how many, uint32 LE, and the coded numbers."""
    return len(numbers).to_bytes(4, "little") + encoded(numbers, documents)


def _texts(batch: list[Full], first: int) -> Iterator[tuple[str, bytes]]:
    for start in range(0, len(batch), BLOCK):
        yield block_name(first + start), pack_block(full.document for full in batch[start : start + BLOCK])
    for full in batch:
        if any(full.attached):
            yield attached_name(full.document.id), pack_attached(full.attached)


def _spill(batch: list[Full], first: int, files: list[IO[bytes]], *, strong: bool) -> None:
    postings = text_postings([full.document.strong if strong else full.texts for full in batch], first)
    group = hashes(terms_of(postings)) % np.uint32(len(files))
    for number, file in enumerate(files):
        file.write((postings[group == number] if len(files) > 1 else postings).tobytes())


def _read(file: IO[bytes]) -> Postings:
    file.seek(0)
    content = np.frombuffer(file.read(), np.uint64)
    file.close()
    return sorted_set(content)
