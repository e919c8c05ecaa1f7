"""What handing pages to a Dask cluster costs on this machine, against two processes here: `python -m benchmarks.cluster CORPUS`.

Processor time (user and system, of all processes), because it hardly depends on what else the machine does; waiting is given in seconds.
One machine has no network and no more processors for more workers: this measures the price of dispatch, not what is won.
"""

import argparse
import pickle
import shutil
import time
from datetime import date
from pathlib import Path
from typing import Any

import psutil

from mulu import flow
from mulu.files.git import last_commit
from mulu.resources import program_digest
from mulu.site.cluster import cluster_crew
from mulu.site.errand import Errand, prepared
from mulu.site.publish import CHUNK, publish, written
from mulu.site.scheduler import Cluster
from mulu.site.shell import shell
from mulu.site.workshop import Site, Workshop


def spent(processes: list[psutil.Process]) -> float:
    """Seconds of processor time that these processes and their ended children have used so far."""
    return sum(sum(each.cpu_times()[:4]) for each in processes)


def edition(root: Path, as_of: date) -> tuple[Site, Any]:
    from mulu.pages.edition import Edition

    checked = flow.check(root, as_of=as_of)
    site = checked.repository.site
    assert site is not None
    made = shell(root, checked.tree, site, home=root)
    found = Edition(
        checked.repository, checked.correspondence, checked.diagnostics, made.written, as_of, flow.trend(root, checked)
    )
    return Site(str(root), "", str(root), site.name, made, None), found


def main() -> None:
    import distributed
    import msgspec

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 23))
    asked = parser.parse_args()
    root, here = asked.corpus.resolve(), psutil.Process()
    before = spent([here])
    site, found = edition(root, asked.as_of)
    print(f"items {len(found.repository.all_items)}, commit {last_commit(root) or '-'}, program {program_digest()[:8]}")
    print(f"read, check, map (this process): {spent([here]) - before:.1f} s of processor")

    def placed(name: str) -> Site:
        shutil.rmtree(root / name, ignore_errors=True)
        return msgspec.structs.replace(site, out=str(root / name))

    before = spent([here])
    publish(placed("local"), found, workers=2)
    print(f"pages, 2 processes here: {spent([here]) - before:.1f} s of processor")

    before = spent([here])
    content = pickle.dumps(Errand(site, found, {}))
    packed = spent([here]) - before
    before = spent([here])
    pickle.loads(content)
    print(
        f"errand: {len(content) / 2**20:.1f} MB, packed in {packed:.2f} s, unpacked in {spent([here]) - before:.2f} s of processor"
    )

    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster:
        workers = [psutil.Process(each.process.pid) for each in cluster.workers.values()]
        every, where = [here, *workers], Cluster(cluster.scheduler_address)
        started, before = time.perf_counter(), spent(every)
        with cluster_crew(Workshop(placed("start"), found, {}), where):
            print(
                f"start (connect, compare programs, send, first answer): {spent(every) - before:.2f} s of processor, "
                f"{time.perf_counter() - started:.2f} s of waiting"
            )
        before = spent(every)
        done = written(placed("far"), found, {}, 2, lambda done, total: None, cluster=where)
        print(
            f"pages, cluster of 2 workers, with its start: {spent(every) - before:.1f} s of processor, {len(done.pages)} files"
        )
        before = spent([here])
        written(placed("near"), found, {}, 2, lambda done, total: None)
        print(f"the same pages, 2 processes here: {spent([here]) - before:.1f} s of processor")
        with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
            executor, count = client.get_executor(pure=False), 500
            errand = client.scatter(Errand(placed("start"), found, {}, program=program_digest()), broadcast=True, hash=False)
            executor.submit(prepared, errand).result()
            before, started = spent(every), time.perf_counter()
            for future in [executor.submit(prepared, errand) for _ in range(count)]:
                future.result()
            print(
                f"a chunk without work: {(spent(every) - before) / count * 1000:.1f} ms of processor, "
                f"{(time.perf_counter() - started) / count * 1000:.1f} ms of waiting; a chunk is {CHUNK} items or entries"
            )
    for name in ("local", "start", "far", "near"):
        shutil.rmtree(root / name, ignore_errors=True)


if __name__ == "__main__":
    main()
