"""“一网可答”: the passage of a published question and answer, service guide or interpretation that speaks of what was asked.

It is quoted as it stands, with where it stands. Nothing is put together, nothing is worded anew; where no passage speaks of it,
there is no answer.
"""

from collections.abc import Iterator
from itertools import islice

import msgspec

from mulu.search.document import Document
from mulu.search.find import Filters, find
from mulu.search.fold import fold
from mulu.search.query import Query, is_aspect, is_number, subjects, wanted
from mulu.search.reader import Reader

LOOKED_AT = 4
"""Documents, in the order of hits, among whose passages the best is chosen."""

READ = 12
"""Candidates that are read for it at most, of a number only as many as are looked at: on a phone each costs some 8 KB."""

WHOLE = 300
"""Characters up to which a section is quoted as a whole; of a longer one a single paragraph."""


class Answer(msgspec.Struct, frozen=True):
    """A passage, word for word, under its heading, and the document in which it stands."""

    document: Document
    heading: str
    text: str


def answer(reader: Reader, query: Query) -> Answer | None:
    """The passage that has most of what was asked about in its heading, then in its text; the rest must stand in what is said of the whole document.

    A question how long, how much, where or whom is answered by a passage that speaks of that. What names no thing has no answer.
    """
    words, needed = subjects(query), wanted(query)
    asked = [word for word in words if is_aspect(word)]
    if len(asked) == len(words):
        return None
    best: tuple[tuple[int, int], Answer] | None = None
    for document in islice(
        find(reader, words, Filters(("answering",), first=LOOKED_AT if any(map(is_number, words)) else READ)).hits, LOOKED_AT
    ):
        around = fold("\n".join(_said_of_all(document)))
        for heading, text in passages(document):
            inside = fold(f"{heading}\n{text}")
            above = fold(heading)
            met = _met(needed, inside)
            held = sum(word in inside for word in words) + met
            spoken_of = not asked or any(word in inside for word in asked)
            complete = spoken_of and all(word in inside or word in around for word in words)
            score = _met(needed, above) + sum(word in above for word in words), held
            if held and met == len(needed) and complete and (best is None or score > best[0]):
                best = score, Answer(document, heading, text)
    return best[1] if best else None


def _said_of_all(document: Document) -> tuple[str, ...]:
    """What is said of every passage: of questions and answers, each about something else, the title alone."""
    if "kind-faq" in document.facets:
        return (document.title,)
    return document.title, *document.about, *(wording for _, wording in document.catalog)


def _met(needed: tuple[tuple[str, ...], ...], text: str) -> int:
    """How many of the needs the text meets."""
    return sum(any(word in text for word in some) for some in needed)


def passages(document: Document) -> Iterator[tuple[str, str]]:
    """Heading and text of what can be quoted: short sections whole, long ones paragraph by paragraph."""
    lines = document.body.split("\n")
    heading, section = "", list[str]()
    for number, line in enumerate(lines):
        if number in document.headings:
            yield from _parts(heading, section)
            heading, section = line, []
        else:
            section.append(line)
    yield from _parts(heading, section)


def _parts(heading: str, lines: list[str]) -> Iterator[tuple[str, str]]:
    whole = "\n".join(lines)
    if heading and len(whole) <= WHOLE:
        yield from [(heading, whole)] if whole else []
    else:
        yield from ((heading, line) for line in lines if line)
