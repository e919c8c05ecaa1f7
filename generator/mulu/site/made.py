"""Files that are no pages: kind → the function that makes their bytes from the planned data, in a worker."""

from collections.abc import Callable, Mapping

import msgspec

from mulu.feeds.atom import Feed, atom
from mulu.pages.page import Page

Read = Callable[[str], bytes]
"""Path of a source file (or address of a file of the site) → its bytes."""


def _data(page: Page, read: Read, published: Read) -> bytes:
    text = page.data["text"]
    return text if isinstance(text, bytes) else str(text).encode()


def _feed(page: Page, read: Read, published: Read) -> bytes:
    return atom(msgspec.convert(page.data["feed"], Feed))


MADE: Mapping[str, Callable[[Page, Read, Read], bytes]] = {"data": _data, "feed": _feed}
"""`read` gives source files; `published` files of the site that stand in an earlier rank."""
