"""Texts → what they can be found by: every character, and every two that stand side by side.

A term as a number: the first code point, 21 bits, then the second, or 0 for a single character. A posting is a term and, in
the lowest 21 bits, the number of a document; sorted, postings stand term by term.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from mulu.search.fold import BARRIER, SPACE, fold_points

Postings = NDArray[np.uint64]
NUMBER_BITS = np.uint64(21)
_NUMBER_MASK = np.uint64((1 << 21) - 1)


def text_postings(texts: Sequence[Iterable[str]], first: int = 0) -> Postings:
    """The postings of the documents `first`, `first` + 1 …, each a few pieces of text; no term crosses a piece or a line."""
    joined = ["\n".join((*pieces, "")) for pieces in texts]
    points, sources = fold_points("".join(joined))
    owners = np.repeat(np.arange(first, first + len(joined), dtype=np.uint64), [len(each) for each in joined])[sources]
    word = (points != BARRIER) & (points != SPACE)
    left = points.astype(np.uint64) << NUMBER_BITS
    pairs = (left[:-1] | points[1:]) << NUMBER_BITS | owners[:-1]
    singles = left << NUMBER_BITS | owners
    return sorted_set(np.concatenate([pairs[word[:-1] & word[1:]], singles[word]]))


def sorted_set(postings: Postings) -> Postings:
    """Ascending, each once. `np.unique` hashes since NumPy 2.3 and takes ten times as long."""
    ordered = np.sort(postings)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


def documents_of(postings: Postings) -> NDArray[np.int64]:
    """The documents' numbers."""
    return (postings & _NUMBER_MASK).astype(np.int64)


def terms_of(postings: Postings) -> Postings:
    """The terms as numbers."""
    return postings >> NUMBER_BITS


def term_text(term: int) -> str:
    """The one or two characters of a term."""
    return chr(term >> 21) + (chr(term & 0x1FFFFF) if term & 0x1FFFFF else "")


def term_number(text: str) -> int:
    """The reverse of `term_text`."""
    return ord(text[0]) << 21 | (ord(text[1]) if len(text) > 1 else 0)


def hashed(text: str) -> int:
    """A 32-bit hash of any term's characters (FNV-1a over code points, its high bits stirred in); shards follow from it."""
    value = 2166136261
    for character in text:
        value = (value ^ ord(character)) * 16777619 & 0xFFFFFFFF
    return value ^ value >> 15


def hashes(terms: Postings) -> NDArray[np.uint32]:
    """`hashed` of many terms given as numbers."""
    value = (np.uint32(2166136261) ^ (terms >> NUMBER_BITS).astype(np.uint32)) * np.uint32(16777619)
    second = (terms & _NUMBER_MASK).astype(np.uint32)
    value = np.where(second > 0, (value ^ second) * np.uint32(16777619), value)
    return np.asarray(value ^ value >> np.uint32(15))
