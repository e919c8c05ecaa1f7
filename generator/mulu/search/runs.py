"""What a chunk of documents is found by, in a scratch file: postings, then names, each by groups of shards."""

from pathlib import Path
from typing import IO

import msgspec
import numpy as np

from mulu.search.document import Full
from mulu.search.group import Named
from mulu.search.terms import Postings, grouped_postings, hashed


class Run(msgspec.Struct, frozen=True):
    """One scratch file, and where postings and names of each group begin in it, with the end of the last, in bytes."""

    path: Path
    postings: list[int]
    names: list[int]

    def of_group(self, group: int) -> tuple[Postings, list[Named]]:
        """The postings of one group as `grouped_postings` gives them, and its names."""
        with self.path.open("rb", buffering=0) as file:
            postings = _between(file, self.postings, group)
            names = _between(file, self.names, group)
        return np.frombuffer(postings, np.uint64), msgspec.msgpack.decode(names, type=list[Named])


def write_run(path: Path, batch: list[Full], first: int, groups: int) -> Run:
    """Take apart the documents `first`, `first` + 1 …"""
    texts = [(full.document.strong, (*full.document.weak, *full.attached)) for full in batch]
    postings, starts = grouped_postings(texts, groups)
    named: list[list[Named]] = [[] for _ in range(groups)]
    for number, full in enumerate(batch, first):
        for name in full.names:
            hash = hashed(name)
            named[hash % groups].append((hash, name, number))
    coded = [msgspec.msgpack.encode(each) for each in named]
    with path.open("wb") as file:
        file.write(postings.data)
        file.writelines(coded)
    bounds: list[int] = np.cumsum([postings.nbytes, *map(len, coded)]).tolist()
    return Run(path, [start * postings.itemsize for start in starts], bounds)


def _between(file: IO[bytes], starts: list[int], group: int) -> bytes:
    file.seek(starts[group])
    return file.read(starts[group + 1] - starts[group])
