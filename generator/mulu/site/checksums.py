"""SHA-256 of the data files in the form of `sha256sum`, made when they are written: of the documents of items by year, of all others in one."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from mulu.site.state import Written

_ROOT = "data/v1/"
_DOCUMENTS = "data/v1/items/"


class Checksums(msgspec.Struct, frozen=True):
    """One file of checksums and the addresses of the files that it names, sorted."""

    address: str
    files: tuple[str, ...]

    def digest(self, pages: Mapping[str, Written]) -> bytes:
        """Over everything that went into those files, so that none of them is read when nothing changed."""
        made = hashlib.blake2b(digest_size=16)
        for address in self.files:
            made.update(address.encode() + b"\0" + pages[address].digest)
        return made.digest()

    def content(self, standing: Callable[[Iterable[str]], Iterable[bytes]]) -> bytes:
        """The lines, from the files as they stand; `standing` gives their bytes."""
        lines = (
            f"{hashlib.sha256(content).hexdigest()}  {address.removeprefix(_ROOT)}\n"
            for address, content in zip(self.files, standing(self.files), strict=True)
        )
        return "".join(lines).encode()


def checksum_files(pages: Mapping[str, Written], published: Mapping[str, int]) -> Iterator[Checksums]:
    """SHA256SUMS, and one file for each year; `published` gives the year in which an item was published."""
    years: dict[int, list[str]] = defaultdict(list)
    others = []
    for address in pages:
        if address.startswith(_DOCUMENTS):
            years[published[address[len(_DOCUMENTS) : -len(".json")]]].append(address)
        elif address.startswith(_ROOT):
            others.append(address)
    yield Checksums(f"{_ROOT}SHA256SUMS", tuple(sorted(others)))
    for year, addresses in sorted(years.items()):
        yield Checksums(f"{_ROOT}items-{year}.sha256", tuple(sorted(addresses)))
