"""Files that are no pages: kind → the function that makes their bytes from the planned data, in a worker."""

from collections.abc import Callable, Mapping

import msgspec

from mulu.feeds.atom import Feed, atom
from mulu.opendata.database import database_bytes
from mulu.opendata.plain import plain_text, twin
from mulu.opendata.sheets import csv_bytes, xlsx_bytes
from mulu.pages.page import Page

Read = Callable[[str], bytes]
"""Path of a source file → its bytes."""


def _data(page: Page, read: Read) -> bytes:
    text = page.data["text"]
    return text if isinstance(text, bytes) else str(text).encode()


def _feed(page: Page, read: Read) -> bytes:
    return atom(msgspec.convert(page.data["feed"], Feed))


def _text(page: Page, read: Read) -> bytes:
    body = plain_text(page.source[0], read(page.source[0])) if page.source else ""
    return twin(page.data["title"], page.data["about"], body)


MADE: Mapping[str, Callable[[Page, Read], bytes]] = {
    "data": _data,
    "feed": _feed,
    "text": _text,
    "csv": lambda page, read: csv_bytes(page.data["head"], page.data["rows"]),
    "xlsx": lambda page, read: xlsx_bytes(page.data["sheets"]),
    "database": lambda page, read: database_bytes(page.data, read),
}
"""Kind → maker; `read` gives source files by path."""
