"""A lot is the files of one chunk with the key of everything that they were planned from.

Where the key is the same and nobody touched the site, the chunk is not planned again. The key is over all that planning can read:
the whole edition without the texts of items, and the texts and attachments of those items whose pages are in the chunk. An edit of
a text alone so plans one chunk; an edit of a title plans everything.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice

import msgspec

from mulu.model.item import Item
from mulu.pages.edition import Edition
from mulu.pages.plan import PARTS, Sources
from mulu.site.state import Lot

_ENCODE = msgspec.msgpack.Encoder(order="deterministic").encode
_APART = frozenset({
    "all_items", "items", "all_entries", "entries", "files", "pages", "attachments", "identity", "personal", "clean",
})  # fmt: skip
"""Parts of a repository that follow from others, that no page reads, or that stand in the key by themselves."""


class Standing(msgspec.Struct, frozen=True):
    """What an untouched site consists of: label of a chunk → its key and addresses."""

    lots: Mapping[str, tuple[bytes, tuple[str, ...]]] = {}

    def addresses(self, label: str, key: bytes) -> tuple[str, ...] | None:
        """The files of the chunk, if they were made from the same."""
        known = self.lots.get(label)
        return known[1] if known and known[0] == key else None


def standing_lots(pages: Iterable[str], lots: Mapping[str, Lot]) -> Standing:
    """The lots of a state, by the order of its addresses."""
    addresses = iter(pages)
    return Standing({label: (lot.key, tuple(islice(addresses, lot.files))) for label, lot in lots.items()})


class Keys:
    """The keys of the chunks of one edition."""

    def __init__(self, look: str, edition: Edition, world: bytes = b"") -> None:
        """`look` is the digest of the shell and of the program; `world` is over everything but texts, where that is known already."""
        self._edition = edition
        self._files: dict[str, list[str]] = defaultdict(list)
        for path in edition.repository.attachments:
            file = edition.repository.files[path]
            self._files[path.rpartition("/")[0]].append(f"{path}\0{file.size}\0{file.blob}")
        self.world = world or _world(look, edition)

    def of(self, part: int, start: int, stop: int) -> bytes:
        """The key of a chunk of the part of that number."""
        digest = hashlib.blake2b(self.world, digest_size=16)
        items = self._edition.repository.all_items
        match PARTS[part].sources(self._edition):
            case Sources.OWN:
                digest.update(self._texts(items[start:stop]))
            case Sources.ALL:
                digest.update(self._texts(items))
        return digest.digest()

    def _texts(self, items: Iterable[Item]) -> bytes:
        said = [f"{item.blob}\0{item.body.length}\0{self._files.get(item.folder, '')}" for item in items]
        return "\n".join(said).encode("utf-8", "surrogateescape")


def closing_key(world: bytes, addresses: Iterable[str]) -> bytes:
    """The key of what is planned from everything but texts, and from the addresses of all that stands."""
    return hashlib.blake2b("\n".join(addresses).encode("utf-8", "surrogateescape"), key=world, digest_size=16).digest()


def _world(look: str, edition: Edition) -> bytes:
    """Over everything but texts; what entries are answered by follows from the repository and the day."""
    digest = hashlib.blake2b(look.encode(), digest_size=16)
    digest.update(_ENCODE((edition.diagnostics, edition.written, edition.as_of, edition.trend)))
    for name in edition.repository.__struct_fields__:
        if name not in _APART:
            digest.update(_ENCODE(getattr(edition.repository, name)))
    for item in edition.repository.all_items:
        digest.update(_ENCODE(item.without_text))
    return digest.digest()
