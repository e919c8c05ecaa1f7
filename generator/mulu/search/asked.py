"""One question to a built site: hits with excerpts, and the direct answer."""

from itertools import islice
from pathlib import Path

import msgspec

from mulu.search.answer import Answer, answer
from mulu.search.document import Document
from mulu.search.excerpt import Excerpt, excerpt
from mulu.search.find import Filters, find
from mulu.search.query import Query, parse
from mulu.search.reader import Reader


class Hit(msgspec.Struct, frozen=True):
    """A document with every word, and where the words stand."""

    document: Document
    excerpt: Excerpt


class Found(msgspec.Struct, frozen=True):
    """`complete`: all hits are listed; otherwise there are at most `at_most`, and exactly so many where `exact`.

    `answered` is None where nothing was asked for which an answer could be quoted, or where filters are set.
    """

    text: str
    query: Query
    hits: tuple[Hit, ...]
    complete: bool
    at_most: int
    exact: bool
    answered: Answer | None


def ask(site: Path, text: str, filters: Filters, *, limit: int) -> Found:
    """Search the index of the site in the folder `site`; no `limit` (0) lists everything. Raises NoIndex."""
    reader = Reader(site)
    query = parse(text)
    filtered = bool(filters.facets or filters.entry)
    if not query.words and not filtered:
        return Found(text, query, (), complete=True, at_most=0, exact=True, answered=None)
    found = find(reader, query.words, filters)
    documents = list(islice(found.hits, limit + 1)) if limit else list(found.hits)
    shown = documents[:limit] if limit else documents
    hits = tuple(Hit(each, excerpt(each, lambda each=each: reader.attached(each), query.words)) for each in shown)  # type: ignore[misc]  # a default binds each in the loop
    answered = answer(reader, query) if query.words and not filtered else None
    return Found(text, query, hits, len(shown) == len(documents), found.at_most, found.exact, answered)
