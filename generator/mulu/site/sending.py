"""A workshop whose files go to a store, many at a time: one journey there costs more than a page."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from mulu.pages.edition import Edition
from mulu.site.state import Written
from mulu.site.store import Store
from mulu.site.workshop import Outcome, Site, Workshop

LOAD = 16 << 20
"""Bytes that are held back at most before they are sent; otherwise a chunk is sent when it is done."""


class Sending(Workshop):
    """As a Workshop, but `known` holds only files that were seen to stand as they were written; nothing is looked at again."""

    def __init__(self, site: Site, edition: Edition, known: Mapping[str, Written]) -> None:
        """`site.out` is the address of the store."""
        super().__init__(site, edition, known)
        self._store = Store(site.out)
        self._held: dict[str, bytes] = {}
        self._size = 0

    def kept_or_written(self, address: str, digest: bytes, content: Callable[[], bytes]) -> Outcome:
        """Leave a file alone that was made from the same; else make `content` and send it with others. Its mark is seen later."""
        known = self.known.get(address)
        if known is not None and known.digest == digest:
            return address, digest, known.size, known.modified, False
        made = content()
        self._held[address] = made
        self._size += len(made)
        if self._size > LOAD:
            self.flush()
        return address, digest, len(made), 0, True

    def flush(self) -> None:
        """Send what is held back. Raises StoreFailed."""
        held, self._held, self._size = self._held, {}, 0
        if held:
            self._store.put(held)

    def standing(self, addresses: Iterable[str]) -> Iterator[bytes]:
        """The bytes of files of the site as they stand, in order. Raises StoreFailed."""
        self.flush()
        return self._store.read(addresses)


def workshop(site: Site, edition: Edition, known: Mapping[str, Written]) -> Workshop:
    """The workshop for the place that `site.out` names."""
    return Sending(site, edition, known) if "://" in site.out else Workshop(site, edition, known)
