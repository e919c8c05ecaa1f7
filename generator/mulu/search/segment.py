"""A segment: documents numbered from 0 in a fixed order, their terms in shards, their filters, their texts.

It is made as a whole, or patched: a changed document keeps its number, only the lists of terms that it gained or lost are coded
anew, and the bytes are those that a whole build would give. As a whole it is made in two passes, each by several processes: chunks
of documents are read, their texts written and their postings sorted into scratch files; then the shards are written, group by group.
"""

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import msgspec

from mulu.files.crew import crew
from mulu.search.document import BLOCK, Full, attached_name, block_name, pack_attached, pack_block, with_simplified
from mulu.search.folding import seem_traditional
from mulu.search.group import pack_group
from mulu.search.postings import encoded
from mulu.search.runs import Run, write_run
from mulu.search.shards import shard_count
from mulu.search.state import PLAIN, Held, Stamp
from mulu.search.terms import CHUNK, GROUPS, merged

_GROUP = 800
"""Documents for each group of shards: their postings are sorted and coded in 50 MB, with texts of 2 KB."""

_ALONE = 4 * CHUNK
"""Documents up to which no process is started."""


class Plan(msgspec.Struct, frozen=True):
    """A segment that is to be made: its documents in their order, how one is read in a process of its own, how a file of it is written, a folder for passing files."""

    ids: Sequence[str]
    reader: Callable[[], Callable[[str], Full]]
    write: Callable[[str, bytes], tuple[str, Stamp]]
    scratch: Path

    @property
    def groups(self) -> int:
        """Groups of shards, a power of two; each is packed at once."""
        return min(shard_count(len(self.ids)), GROUPS, 1 << (len(self.ids) // _GROUP).bit_length())


class Made(msgspec.Struct, frozen=True):
    """A segment that was made: its files, and what is kept of the documents that are not plain."""

    files: dict[str, Stamp]
    held: dict[str, Held]


class _Taken(msgspec.Struct, frozen=True):
    """What came of a chunk."""

    run: Run
    files: list[tuple[str, Stamp]]
    held: dict[str, Held]
    facets: dict[str, list[int]]


def build_segment(plan: Plan, *, workers: int) -> Made:
    """Write every file of a segment by `workers` processes. The bytes depend on the documents alone."""
    count = len(plan.ids)
    crowd = workers if count > _ALONE else 1
    facets: dict[str, list[int]] = defaultdict(list)
    made = Made({}, {})
    runs: list[Run] = []
    with tempfile.TemporaryDirectory(dir=plan.scratch) as folder:
        with crew(partial(_taken, plan, folder), workers=crowd) as each:
            for taken in each(range(0, count, CHUNK)):
                runs.append(taken.run)
                made.files.update(taken.files)
                made.held.update(taken.held)
                for facet, numbers in taken.facets.items():
                    facets[facet] += numbers
        with crew(partial(_packed, plan, runs), workers=crowd) as each:
            for packed in each(range(plan.groups)):
                made.files.update(packed)
    made.files.update(plan.write(facet_name(facet), pack_facet(numbers, count)) for facet, numbers in sorted(facets.items()))
    return made


def facet_name(facet: str) -> str:
    """The file of a filter's list."""
    return f"filters/{facet}.bin"


def pack_facet(numbers: list[int], documents: int) -> bytes:
    """A filter's list: how many, uint32 LE, and the coded numbers."""
    return len(numbers).to_bytes(4, "little") + encoded(numbers, documents)


def _taken(plan: Plan, folder: str, start: int) -> _Taken:
    """The chunk that begins with document `start`: texts written, postings and names in a scratch file."""
    read = plan.reader()
    batch = [read(id) for id in plan.ids[start : start + CHUNK]]
    for number in seem_traditional(["".join(full.texts) for full in batch]):
        batch[number] = with_simplified(batch[number])
    facets: dict[str, list[int]] = defaultdict(list)
    for number, full in enumerate(batch, start):
        for facet in full.document.facets:
            facets[facet].append(number)
    files = [plan.write(name, content) for name, content in _texts(batch, start)]
    held = {full.document.id: kept for full in batch if (kept := Held.of(full)) != PLAIN}
    return _Taken(write_run(Path(folder) / str(start), batch, start, plan.groups), files, held, facets)


def _texts(batch: list[Full], first: int) -> Iterator[tuple[str, bytes]]:
    for start in range(0, len(batch), BLOCK):
        yield block_name(first + start), pack_block(full.document for full in batch[start : start + BLOCK])
    for full in batch:
        if any(full.attached):
            yield attached_name(full.document.id), pack_attached(full.attached)


def _packed(plan: Plan, runs: list[Run], group: int) -> list[tuple[str, Stamp]]:
    """The shards of one group, written."""
    parts = [run.of_group(group) for run in runs]
    postings = merged([own for own, _ in parts])
    names = (name for _, names in parts for name in names)
    return [plan.write(*shard) for shard in pack_group(postings, names, len(plan.ids), group, plan.groups)]
