"""Files that are no pages: kind → the function that makes their bytes from the planned data, in a worker."""

from collections.abc import Callable, Mapping

from mulu.feeds.atom import atom
from mulu.opendata.database import database_bytes
from mulu.opendata.plain import plain_text, twin
from mulu.opendata.sheets import csv_bytes, xlsx_bytes
from mulu.pages.page import Page

Read = Callable[[str, str], bytes]
"""Path and blob id of a source file → its bytes."""


def _data(page: Page, read: Read) -> bytes:
    text = page.data["text"]
    return text if isinstance(text, bytes) else str(text).encode()


def _feed(page: Page, read: Read) -> bytes:
    return atom(page.data["feed"])


def _text(page: Page, read: Read) -> bytes:
    body = plain_text(page.source[0], read(*page.source)) if page.source else ""
    return twin(page.data["title"], page.data["about"], body)


AS_PLANNED = frozenset({"data", "feed", "text", "csv", "xlsx", "database"})
"""Kinds that are made from the planned data as they are; the others are given plain values (dates as text), as templates are."""

MADE: Mapping[str, Callable[[Page, Read], bytes]] = {
    "data": _data,
    "feed": _feed,
    "text": _text,
    "csv": lambda page, read: csv_bytes(page.data["head"], page.data["rows"]),
    "xlsx": lambda page, read: xlsx_bytes(page.data["sheets"]),
    "database": lambda page, read: database_bytes(page.data, read),
}
"""Kind → maker; `read` gives source files by path and blob id."""
