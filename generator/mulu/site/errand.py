"""What a worker of a cluster is sent of one build, once: everything but the numbers of the chunks that it is to do."""

import hashlib
import shutil
import socket
import tempfile
import threading
import weakref
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import msgspec

from mulu.diagnostics import CouldNotRun, Text
from mulu.files.fetched import fetched
from mulu.files.git import exported
from mulu.pages.edition import Edition
from mulu.resources import program_digest
from mulu.site.sending import workshop
from mulu.site.state import Written
from mulu.site.workshop import Chunk, Outcome, Site, Workshop


class OtherProgram(CouldNotRun):
    """A worker has another version of the program: its pages would differ."""

    def __init__(self, worker: str) -> None:
        """`worker` is its address or the name of its machine."""
        super().__init__(Text(
            f"工作机 {worker} 上的 mulu 与这里的不是同一个版本，没有交给它。在各台机器上安装同样的版本，重新启动 dask worker。",
            f"The worker {worker} has another version of mulu; nothing was given to it. Install the same version everywhere and restart dask worker.",
        ))  # fmt: skip


class Errand:
    """The work of one build. Threads of a worker share what is frozen in it; each has a workshop of its own, with its own stream from git."""

    def __init__(
        self,
        site: Site,
        edition: Edition,
        known: Mapping[str, Written],
        *,
        source: str = "",
        prefix: str = "",
        program: str = "",
    ) -> None:
        """Without `source` sources are read where `site.root` says; with it `site.commit` is fetched from there.

        `prefix` is the folder of the content in that repository, `program` the digest of the program that sends this.
        """
        self.site, self.edition, self.known = site, edition, known
        self.source, self.prefix, self.program = source, prefix, program
        self._own, self._lock = threading.local(), threading.Lock()

    def __reduce__(self) -> tuple[object, ...]:
        """Locks, workshops and folders are made anew where it arrives."""
        return _arrived, (self.site, self.edition, self.known, self.source, self.prefix, self.program)

    def workshop(self) -> Workshop:
        """The workshop of this thread. Raises OtherProgram, NotFetched."""
        if not hasattr(self._own, "workshop"):
            with self._lock:
                self._own.workshop = workshop(self._here, self.edition, self.known)
        made = self._own.workshop
        assert isinstance(made, Workshop)
        return made

    @cached_property
    def _here(self) -> Site:
        """The site with the folders in which this machine finds sources and templates."""
        if program_digest() != self.program:
            raise OtherProgram(socket.gethostname())
        if not self.site.commit:
            return self.site
        from distributed import get_worker

        own = Path(get_worker().local_directory) / "mulu"
        own.mkdir(parents=True, exist_ok=True)
        repository, tree = Path(self.site.root), self.site.commit
        if self.source:
            name = hashlib.sha256(self.source.encode()).hexdigest()[:16]
            repository = fetched(self.source, self.site.commit, own / f"{name}.git")
            tree = f"{self.site.commit}:{self.prefix}"
        scratch = tempfile.mkdtemp(dir=own)
        weakref.finalize(self, shutil.rmtree, scratch, ignore_errors=True)
        exported(repository, tree, ("site_templates",), Path(scratch) / "home")
        return msgspec.structs.replace(self.site, root=str(repository), home=f"{scratch}/home")


def _arrived(site: Site, edition: Edition, known: Mapping[str, Written], source: str, prefix: str, program: str) -> Errand:
    return Errand(site, edition, known, source=source, prefix=prefix, program=program)


def prepared(errand: Errand) -> bool:
    """Whether a worker can do the errand: raises what keeps it from that, before anything is written."""
    return errand.workshop() is not None


def done(errand: Errand, chunk: Chunk) -> list[Outcome]:
    """One chunk, by a worker."""
    return errand.workshop()(chunk)
