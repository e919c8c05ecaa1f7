"""Hits in their order: words in title, numbers and catalog wording first, then what is in force, then the newest.

A candidate's place can only get worse when its text is read, so candidates are read in order and a hit is given out as soon as no
later one can stand before it. The browser does the same (assets/mulu/search/find.js).
"""

import heapq
from collections.abc import Iterator, Mapping

import msgspec

from mulu.search.document import Document
from mulu.search.query import is_number
from mulu.search.reader import Part, Reader, intersection


class Filters(msgspec.Struct, frozen=True):
    """Facets that a hit must have, such as `kind-guide`, and the catalog entry that it must answer; among how many of the first candidates."""

    facets: tuple[str, ...] = ()
    entry: str = ""
    first: int | None = None


class Hits(msgspec.Struct, frozen=True):
    """`at_most` candidates, which is the number of hits where `exact`; `hits` reads texts as it is asked for more."""

    at_most: int
    exact: bool
    hits: Iterator[Document]


class _Candidate(msgspec.Struct, frozen=True, order=True):
    """Compares by its place in the order; `whole` words are its very numbers."""

    rank: int
    ended: bool
    segment: int
    place: int
    whole: int


def find(reader: Reader, words: tuple[str, ...], filters: Filters) -> Hits:
    """Documents with every one of the words, or every document that passes the filters when there are no words."""
    segments = reader.manifest.segments
    numbers = {word: {part.name: reader.with_number(part, word) for part in segments} for word in words if is_number(word)}
    found = sorted(each for part in segments for each in _candidates(reader, part, words, filters, numbers))
    candidates = found[: filters.first]
    return Hits(len(candidates), all(len(word) <= 2 for word in words), _verified(reader, words, candidates))


def _candidates(
    reader: Reader, part: Part, words: tuple[str, ...], filters: Filters, numbers: Mapping[str, Mapping[str, set[int]]]
) -> Iterator[_Candidate]:
    known = {word for word, found in numbers.items() if any(found.values())}
    sets = [reader.with_word(part, word, strong=False, whole=word in known) for word in words]
    sets += [reader.with_facet(part, facet) for facet in filters.facets]
    sets += [reader.with_entry(part, filters.entry)] if filters.entry else []
    strong = [reader.with_word(part, word, strong=True, whole=word in known) for word in words]
    ended = reader.with_facet(part, "ended")
    segment = reader.manifest.segments.index(part)
    for number in intersection(sets, part.documents):
        whole = sum(number in found[part.name] for found in numbers.values())
        rank = sum(number in found for found in strong) + whole
        yield _Candidate(-rank, number in ended, segment, -number, whole)


def _verified(reader: Reader, words: tuple[str, ...], candidates: list[_Candidate]) -> Iterator[Document]:
    waiting: list[tuple[_Candidate, Document]] = []
    for candidate in candidates:
        while waiting and waiting[0][0] <= candidate:
            yield heapq.heappop(waiting)[1]
        document = reader.document(reader.manifest.segments[candidate.segment], -candidate.place)
        rank = _rank(reader, document, words)
        if rank is not None and document.title:
            placed = msgspec.structs.replace(candidate, rank=-rank - candidate.whole)
            heapq.heappush(waiting, (placed, document))
    while waiting:
        yield heapq.heappop(waiting)[1]


def _rank(reader: Reader, document: Document, words: tuple[str, ...]) -> int | None:
    """How strongly the document has the words; None when it lacks one."""
    folded = reader.folded(document)
    rank = 0
    for word in words:
        if word in folded.strong:
            rank += 1
        elif word not in folded.weak and word not in reader.folded_attached(document):
            return None
    return rank
