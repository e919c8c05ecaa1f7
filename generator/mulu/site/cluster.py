"""The same chunks done by a Dask cluster, through its `concurrent.futures` executor. A worker that is lost changes nothing: its chunks are done again.

Workers have `mulu` installed and see the repository and the target under the same paths (a shared file system). Needs the extra `mulu[cluster]`.
"""

import hashlib
import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path

from mulu.diagnostics import CouldNotRun, Text
from mulu.site.state import replace_file
from mulu.site.workshop import Chunk, Outcome, Workshop

_PATIENCE = "10s"
"""How long the scheduler may take to answer."""


class NoCluster(CouldNotRun):
    """The cluster cannot be used."""


@contextmanager
def cluster_crew(work: Workshop, *, address: str) -> Iterator[Callable[[Iterable[Chunk]], Iterator[list[Outcome]]]]:
    """Gives a `map` of `work` over chunks, in order, by the workers of the Dask scheduler at `address`.

    What they work on is written to a file below `.mulu/` of the repository once, and read once by each worker. Raises NoCluster.
    """
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
    content = pickle.dumps(work)
    order = Path(work.site.root).absolute() / ".mulu" / f"cluster-{hashlib.sha256(content).hexdigest()[:16]}"
    replace_file(str(order), content)
    try:
        with client, client.get_executor(pure=False) as executor:  # type: ignore[no-untyped-call]  # the same
            yield lambda chunks: executor.map(partial(_do, str(order)), chunks)
    finally:
        order.unlink(missing_ok=True)


def _do(order: str, chunk: Chunk) -> list[Outcome]:
    return _workshop(order)(chunk)


@lru_cache(maxsize=1)
def _workshop(order: str) -> Workshop:
    made = pickle.loads(Path(order).read_bytes())  # noqa: S301  # written by the build that this worker works for
    assert isinstance(made, Workshop)
    return made
