"""The same chunks done by a Dask cluster, through its `concurrent.futures` executor. A worker that is lost changes nothing: its chunks are done again.

Workers have the same `mulu` installed, and see the target under the same path or are given the address of a store. Needs the extra `mulu[cluster]`.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from mulu.diagnostics import CouldNotRun, Text
from mulu.files.fetched import address_of
from mulu.files.git import git_prefix
from mulu.resources import program_digest
from mulu.site.errand import Errand, OtherProgram, done, prepared
from mulu.site.scheduler import Cluster
from mulu.site.workshop import ASSETS, Chunk, Outcome, Workshop

_PATIENCE = 10
"""Seconds in which the scheduler must answer, and have a worker."""

_LOSSES = 3
"""How often all workers that hold the errand may be lost at once."""


class NoCluster(CouldNotRun):
    """The cluster cannot be used."""


@contextmanager
def cluster_crew(work: Workshop, cluster: Cluster) -> Iterator[Callable[[Iterable[Chunk]], Iterator[list[Outcome]]]]:
    """Gives a `map` of `work` over chunks, in order, by the workers of the cluster; assets, which only the build has, it writes here.

    Nothing is written before one worker has said that it can do it. Raises NoCluster, UnusableSource, OtherProgram, NotFetched.
    """
    site = work.site
    source = address_of(Path(site.root), cluster.source) if cluster.source else ""
    if source:  # what the build has on its disk is none of theirs
        site = msgspec.structs.replace(site, root="", home="", shell=msgspec.structs.replace(site.shell, folder=""))
    else:
        site = msgspec.structs.replace(site, root=str(Path(site.root).absolute()), home=str(Path(site.home).absolute()))
    if "://" not in site.out:
        site = msgspec.structs.replace(site, out=str(Path(site.out).absolute()))
    errand = Errand(
        site, work.edition, work.known, source=source, prefix=git_prefix(Path(work.site.root)), program=program_digest()
    )
    with _client(cluster.address) as client:
        executor = client.get_executor(pure=False)
        gang = _Gang(client, executor, errand)
        try:
            list(gang.answers(prepared, [()]))
            yield lambda chunks: gang.do(work, list(chunks))
        except BaseException:
            executor.shutdown(wait=False)  # what has not begun is given up
            raise
        executor.shutdown()


@contextmanager
def _client(address: str) -> Iterator[Any]:
    try:
        from distributed import Client
    except ImportError as missing:
        raise NoCluster(Text(
            "--cluster 需要另外安装：pip install 'mulu[cluster]'。", "--cluster needs an extra: pip install 'mulu[cluster]'.",
        )) from missing  # fmt: skip
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]  # Dask has no types
    except (OSError, ValueError) as refused:
        raise NoCluster(Text(
            f"连不上集群 {address}。核对地址，看调度程序（dask scheduler）是否在运行。",
            f"No answer from the cluster {address}. Check the address and whether its scheduler (dask scheduler) runs.",
        )) from refused  # fmt: skip
    with client:
        _check(client, address)
        yield client


def _check(client: Any, address: str) -> None:
    """There are workers, and all that are there have this program."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
        found = client.run(program_digest, on_error="return")
    except TimeoutError as none:
        raise NoCluster(Text(
            f"集群 {address} 没有工作机。先在各台机器上运行 dask worker {address}。",
            f"The cluster {address} has no workers. Run `dask worker {address}` on each machine first.",
        )) from none  # fmt: skip
    for worker, digest in sorted(found.items()):
        if isinstance(digest, ImportError):
            raise NoCluster(Text(
                f"工作机 {worker} 上没有 mulu（{digest}）。在那里安装同样的版本：pip install 'mulu[cluster]'。",
                f"The worker {worker} has no mulu ({digest}). Install the same version there: pip install 'mulu[cluster]'.",
            ))  # fmt: skip
        if isinstance(digest, str) and digest != program_digest():
            raise OtherProgram(worker)


class _Gang:
    """The workers, and the errand in their memory."""

    def __init__(self, client: Any, executor: Executor, errand: Errand) -> None:
        self.client, self.executor, self.errand = client, executor, errand
        self.sent: Any = None

    def do(self, work: Workshop, chunks: list[Chunk]) -> Iterator[list[Outcome]]:
        """The outcomes of the chunks of one part of the site, in order; assets are brought here."""
        if chunks and chunks[0].part == ASSETS:
            yield from map(work, chunks)
        else:
            yield from self.answers(done, [(chunk,) for chunk in chunks])

    def answers(self, verb: Callable[..., Any], asked: list[tuple[Any, ...]]) -> Iterator[Any]:
        """What `verb(errand, …)` gives for each of `asked`, in order.

        Chunks of lost workers are done again by Dask itself; when every worker is lost that held the errand, it is sent again.
        """
        from distributed.scheduler import KilledWorker

        rest = deque(asked)
        for _ in range(_LOSSES + 1):
            try:
                if self.sent is None:
                    self.sent = self.client.scatter(self.errand, broadcast=True, hash=False)
                for future in [self.executor.submit(verb, self.sent, *each) for each in rest]:
                    answer = future.result()
                    rest.popleft()
                    yield answer
                return
            except CancelledError:
                self.sent = None
            except KilledWorker as killed:
                raise _lost() from killed
        raise _lost()


def _lost() -> NoCluster:
    return NoCluster(Text(
        "集群的工作机一再中断，没有写完。看 dask worker 的日志，多半是内存不够；再运行一次就补齐。",
        "Workers of the cluster died again and again; the site was not finished. See the logs of dask worker, most often memory; run it again.",
    ))  # fmt: skip
