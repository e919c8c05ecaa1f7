"""One shard: a sorted table of terms, each with the list of its documents and the list of those that have it in a strong field.

    uint32 LE: bytes of the terms · the terms, UTF-8, a line each · for each term LEB128 numbers: documents, bytes of their list,
    strong documents, bytes of their list · the lists of documents · the lists of strong documents

Terms of one or two characters stand first, then names of entries and numbers. Strong fields are the title, numbers and the wording of catalog entries.
"""

from collections.abc import Mapping

import msgspec

VERSION = 1
"""The form of the index, as its manifest names it."""

_MORE = 0x80


class Lists(msgspec.Struct, frozen=True):
    """The two lists of a term as coded bytes (`postings`), and how many documents are in each."""

    count: int
    everywhere: bytes
    strong_count: int = 0
    strong: bytes = b""


def pack(terms: Mapping[str, Lists]) -> bytes:
    """The shard's bytes; the same terms give the same bytes."""
    held = [(name, terms[name]) for name in sorted(terms, key=lambda name: (len(name) > 2, name))]
    numbers = bytearray()
    for _, lists in held:
        for number in (lists.count, len(lists.everywhere), lists.strong_count, len(lists.strong)):
            _varint(numbers, number)
    table = "\n".join(name for name, _ in held).encode("utf-8")
    content = [lists.everywhere for _, lists in held] + [lists.strong for _, lists in held]
    return b"".join([len(table).to_bytes(4, "little"), table, numbers, *content])


def unpack(content: bytes) -> dict[str, Lists]:
    """The terms of a shard."""
    stop = 4 + int.from_bytes(content[:4], "little")
    names = content[4:stop].decode("utf-8").split("\n") if stop > 4 else []
    numbers, at = _varints(content, stop, 4 * len(names))
    strongly = at + sum(numbers[1::4])
    found = {}
    for index, name in enumerate(names):
        count, size, strong_count, strong_size = numbers[4 * index : 4 * index + 4]
        found[name] = Lists(count, content[at : at + size], strong_count, content[strongly : strongly + strong_size])
        at, strongly = at + size, strongly + strong_size
    return found


def shard_count(documents: int) -> int:
    """How many shards hold the terms of so many documents: a power of two, for shards of about 6 KB (measured with texts of 2 KB)."""
    return 1 << max(0, min(documents // 3, documents // 13 + 90) - 1).bit_length()


def _varint(target: bytearray, number: int) -> None:
    while number >= _MORE:
        target.append(number & 0x7F | _MORE)
        number >>= 7
    target.append(number)


def _varints(content: bytes, at: int, count: int) -> tuple[list[int], int]:
    numbers = []
    for _ in range(count):
        value = shift = 0
        while content[at] >= _MORE:
            value |= (content[at] & 0x7F) << shift
            shift, at = shift + 7, at + 1
        numbers.append(value | content[at] << shift)
        at += 1
    return numbers, at


def shard_name(number: int) -> str:
    """A shard's file."""
    return f"terms/{number:x}.bin"
