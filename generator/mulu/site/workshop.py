"""Plans, renders and writes chunks of the site; every process has one of its own, over the same edition."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path

import msgspec

from mulu.diagnostics import CouldNotRun, Text
from mulu.files.blobs import Blobs
from mulu.files.tree import blob_id
from mulu.pages.edition import Edition
from mulu.pages.page import Page
from mulu.pages.plan import PARTS, Planned
from mulu.site.made import AS_PLANNED, MADE
from mulu.site.render import Renderer, decoded, encoded, page_digest
from mulu.site.shell import Shell
from mulu.site.state import Written, create_file, modified, replace_file


class Site(msgspec.Struct, frozen=True):
    """Where a site is made from and to.

    `out` is a folder, or the address of a store. `home` holds the repository's own templates; `commit` is None for the work tree.
    In a `fresh` folder nothing is there yet and nobody is served from it.
    """

    root: str
    out: str
    home: str
    name: str
    shell: Shell
    commit: str | None
    fresh: bool = False


class Chunk(msgspec.Struct, frozen=True):
    """Pieces `start` to `stop` of a part of the site; the assets of the shell have the part -1."""

    part: int
    start: int
    stop: int


ASSETS = -1

Outcome = tuple[str, bytes, int, int, bool]
"""Address, digest, size, time of the file, and whether it was written now."""


class Changed(CouldNotRun):
    """A source was saved between the check and the writing of its page."""

    def __init__(self, path: str) -> None:
        """`path` is the file below the content root."""
        super().__init__(Text(
            f"{path} 在检查以后又改动了，没有发布这一页。再运行一次。",
            f"{path} was changed after it had been checked; its page was not published. Run it again.",
        ))  # fmt: skip


class Workshop:
    """What one process needs to write: nothing in it changes but what is made at first use."""

    def __init__(self, site: Site, edition: Edition, known: Mapping[str, Written]) -> None:
        """`known` is what the last build wrote."""
        self.site, self.edition, self.known = site, edition, known
        self._last: tuple[tuple[str, str], bytes] = ("", ""), b""

    def __call__(self, chunk: Chunk) -> list[Outcome]:
        """Bring one chunk to what the edition says."""
        outcomes = [self.bring(planned) for planned in self._planned(chunk)]
        self.flush()
        return outcomes

    def flush(self) -> None:
        """Nothing to do in a folder: a file stands as soon as it is written."""

    def standing(self, addresses: Iterable[str]) -> Iterator[bytes]:
        """The bytes of files of the site as they stand, in order."""
        return (Path(self.site.out, address).read_bytes() for address in addresses)

    @cached_property
    def _renderer(self) -> Renderer:
        return Renderer(Path(self.site.home), self.site.shell, self.site.name)

    @cached_property
    def _commit(self) -> Blobs | None:
        return Blobs(Path(self.site.root)) if self.site.commit else None

    def _planned(self, chunk: Chunk) -> Iterator[Planned | str]:
        if chunk.part == ASSETS:
            yield from list(self.site.shell.assets)[chunk.start : chunk.stop]
        else:
            yield from PARTS[chunk.part].planned(self.edition, chunk.start, chunk.stop)

    def bring(self, planned: Planned | str) -> Outcome:
        """Bring one file to what was planned."""
        if isinstance(planned, str):
            asset = Path(self.site.shell.folder, planned)
            return self.kept_or_written(planned, self.site.shell.assets[planned].encode(), asset.read_bytes)
        if isinstance(planned, Page):
            digest, given = self._given(planned)
            return self.kept_or_written(planned.address, digest, partial(self._page, given))
        return self.kept_or_written(planned.address, planned.blob.encode(), partial(self._read, planned.path, planned.blob))

    def _given(self, planned: Page) -> tuple[bytes, Page | bytes]:
        """The digest of a page, and what it is made from. Of large tables the encoded form is let go before they are made."""
        data = encoded(planned)
        return page_digest(planned, data, self._renderer), planned if planned.kind in AS_PLANNED else data

    def kept_or_written(self, address: str, digest: bytes, content: Callable[[], bytes]) -> Outcome:
        """Leave a file alone that was made from the same; else write `content`."""
        known = self.known.get(address)
        path = f"{self.site.out}/{address}"
        if known is not None and known.digest == digest and modified(path) == (known.size, known.modified):
            return address, digest, known.size, known.modified, False
        size, when = (create_file if self.site.fresh else replace_file)(path, content())
        return address, digest, size, when, True

    def _page(self, planned: Page | bytes) -> bytes:
        page = decoded(planned) if isinstance(planned, bytes) else planned
        if page.kind in MADE:
            return MADE[page.kind](page, self._read)
        return self._renderer.page(page, self._read(*page.source) if page.source else None)

    def _read(self, path: str, blob: str) -> bytes:
        """The source as it was checked; raises Changed for a file that was saved since, which nobody has checked.

        The last one is kept: a page and its plain-text twin follow each other.
        """
        if self._last[0] == (path, blob):
            return self._last[1]
        if self._commit:
            return self._commit.read(blob)
        with open(f"{self.site.root}/{path}", "rb", buffering=0) as opened:
            content = opened.read()
        if blob_id(content) != blob:
            raise Changed(path)
        self._last = (path, blob), content
        return content
