"""Writes the planned site: only what changed, in an order that leaves no dangling link, each file replaced whole."""

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path

import msgspec

from mulu.diagnostics import CouldNotRun, Text
from mulu.files.tree import CommitTree, SourceFile
from mulu.pages.page import PAGE_KINDS, Page
from mulu.site.render import Renderer, encoded, page_digest
from mulu.site.shell import Shell
from mulu.site.state import STATE_FILE, Written, is_permanent, present, read_state, replace_file, write_state

CHUNK = 64
"""Pages that go to a worker at once; below it no worker is started."""

Progress = Callable[[int, int], None]


class Job(msgspec.Struct, frozen=True):
    """One file to be written: a page (encoded), an attachment (path and blob), or an asset of the shell."""

    address: str
    rank: int
    digest: bytes
    page: bytes | None = None
    attachment: tuple[str, str] | None = None


class Site(msgspec.Struct, frozen=True):
    """What a worker needs to write jobs; travels encoded. `home` holds the repository's own templates; `commit` is None for the work tree."""

    root: str
    out: str
    home: str
    name: str
    shell: Shell
    commit: str | None


class Published(msgspec.Struct, frozen=True):
    """The outcome of a build: files planned, addresses written and removed, and the attachments whose text cannot be searched, with the reason."""

    planned: int
    written: tuple[str, ...]
    removed: tuple[str, ...]
    unread: tuple[tuple[str, Text], ...] = ()


class Vanishing(CouldNotRun):
    """Permanent addresses (items, entries) would disappear; nothing was written."""

    def __init__(self, addresses: tuple[str, ...]) -> None:
        """`addresses` are those that would be lost, sorted."""
        lost = ", ".join(addresses)
        super().__init__(Text(
            f"这些已经公开的网址会消失，没有发布：{lost}。信息要写 withdrawn、事项要写 retired，不能直接删除。",
            f"These published addresses would vanish; nothing was published: {lost}. Use `withdrawn` or `retired` instead of deleting.",
        ))  # fmt: skip
        self.addresses = addresses


def publish(
    site: Site, pages: Iterable[Page], attachments: Iterable[tuple[str, SourceFile]], *, workers: int = 1,
    progress: Progress = lambda done, total: None,
) -> Published:  # fmt: skip
    """Bring the folder `site.out` to the planned state.

    Raises ForeignFolder for a folder that is not ours and Vanishing when a permanent address would be lost.
    """
    out = Path(site.out)
    state = read_state(out)
    permanent: list[str] = []
    plan: dict[str, Job] = {}
    for job in _jobs(site, pages, attachments, permanent):
        assert job.address not in plan, f"two files for {job.address}"
        plan[job.address] = job
    if lost := sorted(set(state.permanent) - plan.keys()):
        raise Vanishing(tuple(lost))
    out.mkdir(parents=True, exist_ok=True)
    if not (out / STATE_FILE).exists():
        write_state(
            out, {}, ()
        )  # from the first page on the folder is known as ours: a killed first build can be taken up again
    there = {address: (stat.st_size, stat.st_mtime_ns) for address, stat in present(out)}
    kept = {
        address: written
        for address, written in state.pages.items()
        if address in plan and plan[address].digest == written.digest and there.get(address) == (written.size, written.modified)
    }
    changed = sorted((job for job in plan.values() if job.address not in kept), key=lambda job: (job.rank, job.address))
    done = dict(_written(site, changed, workers, progress))
    removed = sorted(there.keys() - plan.keys())
    for address in removed:
        (out / address).unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            (out / address).parent.rmdir()
    write_state(out, kept | done, tuple(sorted(permanent)))
    return Published(len(plan), tuple(job.address for job in changed), tuple(removed))


def write_jobs(site: bytes, jobs: tuple[Job, ...]) -> list[tuple[str, Written]]:
    """Render and write a chunk; runs in a worker, which keeps its renderer between chunks."""
    worker = _worker(site)
    return [(job.address, worker.write(job)) for job in jobs]


class _Worker:
    """One process's renderer and reader."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.renderer = Renderer(Path(site.home), site.shell, site.name)
        self.commit = CommitTree(Path(site.root), site.commit) if site.commit else None

    def write(self, job: Job) -> Written:
        stat = replace_file(Path(self.site.out) / job.address, self._content(job))
        return Written(job.digest, stat.st_size, stat.st_mtime_ns)

    def _content(self, job: Job) -> bytes:
        if job.page is not None:
            page = msgspec.msgpack.decode(job.page, type=Page)
            return self.renderer.page(page, self._read(page.source[0]) if page.source else None)
        if job.attachment is not None:
            return self._read(job.attachment[0])
        return (Path(self.site.shell.folder) / job.address).read_bytes()

    def _read(self, path: str) -> bytes:
        return self.commit.read(path) if self.commit else (Path(self.site.root) / path).read_bytes()


@lru_cache(maxsize=1)
def _worker(site: bytes) -> _Worker:
    return _Worker(msgspec.msgpack.decode(site, type=Site))


def _jobs(
    site: Site, pages: Iterable[Page], attachments: Iterable[tuple[str, SourceFile]], permanent: list[str]
) -> Iterator[Job]:
    renderer = Renderer(Path(site.home), site.shell, site.name)
    for address, blob in site.shell.assets.items():
        yield Job(address, 0, blob.encode())
    for address, file in attachments:
        yield Job(address, 0, file.blob.encode(), attachment=(file.path, file.blob))
    for page in pages:
        if is_permanent(page.address):
            permanent.append(page.address)
        content = encoded(page)
        yield Job(page.address, PAGE_KINDS[page.kind].rank, page_digest(page, content, renderer), page=content)


def _written(site: Site, jobs: list[Job], workers: int, progress: Progress) -> Iterator[tuple[str, Written]]:
    """Rank after rank, so that nothing points to a page that is not there yet."""
    spec = msgspec.msgpack.encode(site)
    done = 0
    with contextlib.ExitStack() as stack:
        pool: Executor | None = None
        if workers > 1 and len(jobs) > 2 * CHUNK:
            pool = stack.enter_context(ProcessPoolExecutor(workers))
        for rank in sorted({job.rank for job in jobs}):
            chunks = list(_chunks([job for job in jobs if job.rank == rank]))
            for written in (pool.map if pool else map)(write_jobs, [spec] * len(chunks), chunks):
                yield from written
                done += len(written)
                progress(done, len(jobs))


def _chunks(jobs: list[Job]) -> Iterator[tuple[Job, ...]]:
    for start in range(0, len(jobs), CHUNK):
        yield tuple(jobs[start : start + CHUNK])


def available_processors() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
