"""Lists of document numbers as bits: Golomb–Rice codes of the gaps (Rice 1979), each list from a byte's start.

A gap g is g >> k zeros, a one, and the low k bits, highest first; k follows from the list's length and the number of documents,
so it is not stored. For a list of half of all documents k is 0 and the code is the plain bit map.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


def rice(length: int, documents: int) -> int:
    """The parameter k for `length` numbers below `documents`: the binary logarithm of 11/16 of the mean gap."""
    return max(0, (documents * 11 // (length * 16)).bit_length() - 1)


def encode(numbers: Numbers, lengths: Numbers, documents: int) -> tuple[NDArray[np.uint8], Numbers]:
    """Many lists at once: `numbers` end to end, each list ascending, and how long each is; the bytes, and bytes per list."""
    if not len(numbers):
        return np.zeros(0, np.uint8), np.zeros(0, np.int64)
    starts = np.cumsum(lengths) - lengths
    gaps = np.diff(numbers, prepend=-1).astype(np.int32) - np.int32(1)
    gaps[starts] = numbers[starts]
    k = np.repeat(_parameters(lengths, documents).astype(np.int32), lengths)
    sizes = (gaps >> k) + k + np.int32(1)
    used = np.add.reduceat(sizes, starts, dtype=np.int64)
    held = (used + 7) >> 3
    padded = 8 * held - used
    at = np.cumsum(sizes, dtype=np.int64) + np.repeat(np.cumsum(padded) - padded, lengths) - 1  # the last bit of each code
    bits = np.zeros(int(held.sum()) * 8, np.uint8)
    bits[at - k] = 1
    gaps &= (np.int32(1) << k) - np.int32(1)
    while len(gaps):
        bits[at[(gaps & 1).astype(bool)]] = 1
        more = np.flatnonzero(gaps > 1)
        at, gaps = at[more] - 1, gaps[more] >> 1
    return np.packbits(bits), held


def encoded(numbers: Iterable[int], documents: int) -> bytes:
    """One list, coded."""
    listed = np.array(sorted(numbers), np.int64)
    return encode(listed, np.array([len(listed)]), documents)[0].tobytes()


def decode(content: bytes, length: int, documents: int) -> Numbers:
    """The numbers of one list."""
    bits = np.unpackbits(np.frombuffer(content, np.uint8))
    k = rice(length, documents) if length else 0
    if k == 0:
        return np.flatnonzero(bits)[:length]
    stops = np.array(_stops(np.flatnonzero(bits).tolist(), length, k))
    begins = np.concatenate([[0], stops[:-1] + 1 + k])
    low = bits[stops[:, None] + 1 + np.arange(k)] @ (1 << np.arange(k - 1, -1, -1))
    made: Numbers = np.cumsum((stops - begins << k) + low + 1) - 1
    return made


def _stops(ones: list[int], length: int, k: int) -> list[int]:
    """Where the unary part of each code ends: the first one at or after the end of the code before."""
    stops: list[int] = []
    at = order = 0
    for _ in range(length):
        while ones[order] < at:
            order += 1
        stops.append(ones[order])
        at = ones[order] + 1 + k
    return stops


def _parameters(lengths: Numbers, documents: int) -> Numbers:
    ratio = documents * 11 // (lengths * 16)
    made: Numbers = np.maximum(0, np.frexp(ratio.astype(np.float64))[1] - 1).astype(np.int64)
    return made
