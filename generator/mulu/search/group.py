"""Many shards at once, as arrays: for a million terms a loop over them takes ten times as long. The bytes are those of `shards.pack`."""

from collections.abc import Iterable, Iterator

import msgspec
import numpy as np
from numpy.typing import NDArray

from mulu.search.postings import Numbers, encode
from mulu.search.shards import shard_count, shard_name
from mulu.search.terms import Postings, Terms, documents_of, hashes, is_strong, terms_of

Named = tuple[int, str, int]
"""A term that is no text, after its hash, and a document that has it."""

_Held = dict[int, list[tuple[str, int, bytes]]]
"""Shard → terms that are no text, with the number of documents and the coded list of each."""


class _Coded(msgspec.Struct, frozen=True):
    """Lists in the order of their shards: documents and bytes of each, and all bytes."""

    counts: Numbers
    sizes: Numbers
    content: NDArray[np.uint8]


def pack_group(
    everywhere: Postings, names: Iterable[Named], documents: int, group: int, groups: int
) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of the shards whose number leaves `group` when divided by `groups`; their postings are sorted, names in the order of documents."""
    count = shard_count(documents)
    named = _by_shard(names, documents)
    strong = everywhere[is_strong(everywhere)]
    terms, firsts, counts = _lists(everywhere)
    places = (hashes(terms) % np.uint32(count)).astype(np.int64)
    order = np.argsort(places, kind="stable")
    every = _coded(everywhere, firsts, counts, order, documents)
    strong_terms, strong_firsts, strong_counts = _lists(strong)
    at = np.searchsorted(terms, strong_terms)
    best = _coded(strong, strong_firsts, strong_counts, np.argsort(places[at], kind="stable"), documents)
    has_strong = np.zeros(len(terms), bool)
    has_strong[at] = True
    numbers = np.zeros((len(terms), 4), np.int64)
    numbers[:, 0], numbers[:, 1] = every.counts, every.sizes
    numbers[has_strong[order], 2], numbers[has_strong[order], 3] = best.counts, best.sizes
    stops = np.searchsorted(places[order], np.arange(count + 1))
    heads, ends = _leb128(numbers.reshape(-1))
    cuts = [np.concatenate([[0], np.cumsum(sizes)]) for sizes in (numbers[:, 1], numbers[:, 3])]
    for number in range(group, count, groups):
        low, high = int(stops[number]), int(stops[number + 1])
        own = named.get(number, [])
        table = "\n".join(filter(None, (_text(terms[order[low:high]]), *(name for name, _, _ in own)))).encode("utf-8")
        more, _ = _leb128(np.array([each for _, size, content in own for each in (size, len(content), 0, 0)], np.int64))
        yield (
            shard_name(number),
            b"".join(
                [
                    len(table).to_bytes(4, "little"), table, heads[ends[4 * low] : ends[4 * high]].tobytes(), more.tobytes(),
                    every.content[cuts[0][low] : cuts[0][high]].tobytes(), *(content for _, _, content in own),
                    best.content[cuts[1][low] : cuts[1][high]].tobytes(),
                ]
            ),
        )  # fmt: skip


def _lists(postings: Postings) -> tuple[Terms, Numbers, Numbers]:
    """The terms of sorted postings, where the list of each begins, and how long it is."""
    terms = terms_of(postings)
    firsts = np.flatnonzero(np.concatenate([[True], terms[1:] != terms[:-1]])) if len(terms) else np.zeros(0, np.int64)
    return terms[firsts], firsts, np.diff(np.concatenate([firsts, [len(terms)]]))


def _coded(postings: Postings, firsts: Numbers, counts: Numbers, order: Numbers, documents: int) -> _Coded:
    lengths = counts[order]
    starts = np.cumsum(lengths) - lengths
    numbers = documents_of(postings[np.repeat(firsts[order] - starts, lengths) + np.arange(len(postings))])
    content, sizes = encode(numbers, lengths, documents)
    return _Coded(lengths, sizes, content)


def _by_shard(names: Iterable[Named], documents: int) -> _Held:
    """Coded and sorted, by shard."""
    count = shard_count(documents)
    numbers: dict[tuple[str, int], list[int]] = {}
    for hash, name, number in names:
        numbers.setdefault((name, hash % count), []).append(number)
    listed = sorted(numbers)
    lengths = np.array([len(numbers[each]) for each in listed], np.int64)
    content, sizes = encode(np.array([number for each in listed for number in numbers[each]], np.int64), lengths, documents)
    stops = np.cumsum(sizes).tolist()
    found: _Held = {}
    for each, size, stop in zip(listed, sizes.tolist(), stops, strict=True):
        name, shard = each
        found.setdefault(shard, []).append((name, len(numbers[each]), content[stop - size : stop].tobytes()))
    return found


def _text(terms: Terms) -> str:
    """Terms as text, a line each."""
    points = np.full((len(terms), 3), ord("\n"), np.uint32)
    points[:, 0] = terms >> np.uint64(21)
    points[:, 1] = terms & np.uint64(0x1FFFFF)
    flat = points.reshape(-1)
    return flat[flat > 0][:-1].tobytes().decode("utf-32-le")


def _leb128(numbers: Numbers) -> tuple[NDArray[np.uint8], Numbers]:
    """All numbers end to end, and where each begins, with the end of the last."""
    sizes = np.maximum(1, (np.frexp(numbers.astype(np.float64))[1] + 6) // 7)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    made = np.zeros(int(starts[-1]), np.uint8)
    for byte in range(int(sizes.max()) if len(sizes) else 0):
        chosen = np.flatnonzero(sizes > byte)
        more = (sizes[chosen] > byte + 1) << 7
        made[starts[chosen] + byte] = (numbers[chosen] >> 7 * byte & 0x7F) | more
    return made, starts
