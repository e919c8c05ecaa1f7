"""Texts → what they can be found by: every character, and every two that stand side by side.

A term as a number: the first code point, 21 bits, then the second, or 0 for a single character. A posting is a term, in the next
21 bits the number of a document, and in the lowest bit whether the term stands in its weak texts alone; sorted, postings stand term
by term. Of a few hundred documents there are as many bits left as are needed to sort postings by groups of shards first.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mulu.search.fold import fold
from mulu.search.folding import BARRIER, SPACE, folded

Postings = NDArray[np.uint64]
Terms = NDArray[np.uint64]

CHUNK = 512
"""Documents that are taken apart at once: arrays of some 5 MB each, with texts of 2 KB."""

GROUPS = 4096
"""Groups of shards at most: what fits into 64 bits beside a term, a document of a chunk and the weak bit."""

_FEW = 128
"""Texts whose arrays stay in the processor's cache: a fifth of the time goes into fresh memory where they do not."""

_NUMBER_BITS = 21
_TERM_MASK, _NUMBER_MASK = np.uint64((1 << 42) - 1), np.uint64((1 << 21) - 1)
_BASIS, _PRIME = np.uint32(2166136261), np.uint32(16777619)


def grouped_postings(texts: Sequence[tuple[Iterable[str], Iterable[str]]], groups: int) -> tuple[Postings, list[int]]:
    """Sorted postings of at most CHUNK documents, each its strong and its weak texts, and where each of `groups` groups begins, with the end.

    Documents are numbered from 0; no term crosses a text or a line. The number of groups is a power of two.
    """
    joined = ["\n".join((*pieces, "")) for both in texts for pieces in both]
    ordered = np.concatenate([_keys(joined, start, groups) for start in range(0, len(joined), _FEW)])
    ordered.sort()
    fresh = np.ones(len(ordered), bool)
    np.greater(ordered[1:], ordered[:-1] | np.uint64(1), out=fresh[1:])
    kept = ordered[fresh]
    starts = np.arange(groups, dtype=np.uint64) << np.uint64(52)
    return kept, [*np.searchsorted(kept, starts).tolist(), len(kept)]


def _keys(joined: list[str], start: int, groups: int) -> Postings:
    """Group, term, document and weak bit of every character and of every two in a few texts from `start` on, in no order."""
    few = joined[start : start + _FEW]
    raw = np.frombuffer("".join(few).encode("utf-32-le", "replace"), np.uint32)
    own = np.arange(start, start + len(few), dtype=np.uint16)
    points, owners = folded(raw, np.repeat(own, [len(each) for each in few]))
    word = (points != BARRIER) & (points != SPACE)
    pair = np.flatnonzero(word[:-1] & word[1:])
    single = np.flatnonzero(word)
    first = (_BASIS ^ points) * _PRIME
    after = points[1:][pair]
    left = points.astype(np.uint64) << np.uint64(31) | owners
    made = np.empty(len(pair) + len(single), np.uint64)
    made[: len(pair)] = left[pair] | after.astype(np.uint64) << np.uint64(10)
    made[len(pair) :] = left[single]
    hashes = np.concatenate([(first[pair] ^ after) * _PRIME, first[single]])
    hashes ^= hashes >> np.uint32(15)
    made |= (hashes & np.uint32(groups - 1)).astype(np.uint64) << np.uint64(52)
    return made


def merged(parts: Sequence[Postings]) -> Postings:
    """Postings of one group from every chunk, in the order of the chunks, as postings of all documents."""
    made = [
        (part >> np.uint64(10) & _TERM_MASK) << np.uint64(22) | (part & np.uint64(1023)) + np.uint64(2 * CHUNK * number)
        for number, part in enumerate(parts)
    ]
    ordered = np.concatenate(made) if made else np.zeros(0, np.uint64)
    ordered.sort()
    return ordered


def documents_of(postings: Postings) -> NDArray[np.int64]:
    """The documents' numbers."""
    return (postings >> np.uint64(1) & _NUMBER_MASK).astype(np.int64)


def terms_of(postings: Postings) -> Terms:
    """The terms as numbers."""
    return postings >> np.uint64(22)


def is_strong(postings: Postings) -> NDArray[np.bool_]:
    """Which of them stand in a strong text."""
    return np.asarray(postings & np.uint64(1) == 0)


def terms_in(texts: Iterable[str]) -> set[str]:
    """The terms of one document."""
    text = fold("\n".join(texts))
    found = {*text, *(left + right.strip("\0") for left, right in pairwise(text))}
    return {term for term in found if "\n" not in term and " " not in term}


def hashed(text: str) -> int:
    """A 32-bit hash of any term's characters (FNV-1a over code points, its high bits stirred in); shards follow from it."""
    value = 2166136261
    for point in memoryview(text.encode("utf-32-le", "replace")).cast("I"):
        value = (value ^ point) * 16777619 & 0xFFFFFFFF
    return value ^ value >> 15


def hashes(terms: Terms) -> NDArray[np.uint32]:
    """`hashed` of many terms given as numbers."""
    value = (_BASIS ^ (terms >> np.uint64(_NUMBER_BITS)).astype(np.uint32)) * _PRIME
    second = (terms & _NUMBER_MASK).astype(np.uint32)
    value = np.where(second > 0, (value ^ second) * _PRIME, value)
    return np.asarray(value ^ value >> np.uint32(15))
