"""One site made by several runs or machines has the same bytes as one made here at once."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmarks import corpus
from conftest import AS_OF
from mulu import flow
from mulu.cli import cli
from mulu.site.cluster import Cluster
from mulu.site.shards import SHARD_FILE
from test_incremental import contents


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    corpus.write(tmp_path / "root", 700)
    return tmp_path / "root"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


def built(root: Path, *options: object) -> Result:
    return run("build", root, "--as-of", AS_OF, "--lang", "en", *options)


def test_merged_shards_equal_a_build_at_once(repository: Path, tmp_path: Path) -> None:
    shards = [tmp_path / f"shard{number}" for number in (1, 2, 3)]
    for number, folder in enumerate(shards, 1):
        assert built(repository, "--out", folder, "--shard", f"{number}/3", "--workers", 1 + number % 2).exit_code == 0
    parts = [{path for path in contents(folder) if path != SHARD_FILE} for folder in shards]
    assert all(parts) and sum(map(len, parts)) == len(set().union(*parts))
    assert run("merge", *reversed(shards), "--out", tmp_path / "merged").exit_code == 0
    flow.build(repository, tmp_path / "clean", as_of=AS_OF)
    assert contents(tmp_path / "merged") == contents(tmp_path / "clean")
    again = flow.build(repository, tmp_path / "merged", as_of=AS_OF).published
    assert again is not None and again.written == ()


def test_merging_into_a_site_that_is_there(repository: Path, tmp_path: Path) -> None:
    flow.build(repository, tmp_path / "site", as_of=AS_OF)
    (tmp_path / "site/left.html").write_text("over")
    item = sorted(repository.glob("catalogs/departments/*/items/*/*.md"))[0]
    item.write_text(item.read_text("utf-8").replace("title: ", "title: 改 "), "utf-8")
    for number in (1, 2):
        built(repository, "--out", tmp_path / f"shard{number}", "--shard", f"{number}/2")
    done = run("merge", tmp_path / "shard1", tmp_path / "shard2", "--out", tmp_path / "site", "--lang", "en")
    assert "1 removed" in done.output
    flow.build(repository, tmp_path / "clean", as_of=AS_OF)
    assert contents(tmp_path / "site") == contents(tmp_path / "clean")


def test_shards_that_do_not_make_a_site_are_refused(repository: Path, tmp_path: Path) -> None:
    for wrong in ("0/3", "4/3", "1", "a/b", "1/0", "-1/2"):
        refused = built(repository, "--out", tmp_path / "x", "--shard", wrong)
        assert refused.exit_code == 2 and "--shard" in refused.stderr
    assert built(repository, "--shard", "1/2").exit_code == 2
    one, other = tmp_path / "one", tmp_path / "other"
    built(repository, "--out", one, "--shard", "1/2")
    run("build", repository, "--as-of", "2026-11-22", "--out", other, "--shard", "2/2")
    for shards, said in (
        ([one], "2/2"),
        ([one, other], "same content"),
        ([tmp_path / "none"], "is no shard"),
        ([repository, one], "is no shard"),
    ):
        refused = run("merge", *shards, "--out", tmp_path / "site", "--lang", "en")
        assert refused.exit_code == 2 and said in refused.stderr, refused.stderr
    built(repository, "--out", other, "--shard", "2/2")
    next((other / "items").glob("*.html")).unlink()
    refused = run("merge", one, other, "--out", tmp_path / "site", "--lang", "en")
    assert refused.exit_code == 2 and "lacks items/" in refused.stderr
    assert not (tmp_path / "site").exists()


def test_an_unreachable_cluster_is_said(repository: Path, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    refused = built(repository, "--out", tmp_path / "site", "--cluster", "tcp://127.0.0.1:9")
    assert refused.exit_code == 2 and "tcp://127.0.0.1:9" in refused.stderr
    assert not (tmp_path / "site").exists()


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")  # of the cluster's own libraries, about the killed worker
def test_a_worker_killed_in_the_middle_changes_nothing(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    root = tmp_path / "root"
    corpus.write(root, int(os.environ.get("MULU_CLUSTER_ITEMS", "2000")))
    flow.build(root, root / "clean", as_of=AS_OF)
    with distributed.LocalCluster(n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        victim = next(iter(cluster.workers.values())).process.pid
        killed = threading.Event()

        def kill() -> None:
            while not list(root.glob(".site.*.new/items/*.html")):
                time.sleep(0.005)
            os.kill(victim, signal.SIGKILL)
            killed.set()

        threading.Thread(target=kill, daemon=True).start()
        done = flow.build(root, root / "site", as_of=AS_OF, cluster=Cluster(cluster.scheduler_address))
    assert done.published is not None and killed.is_set()
    assert contents(root / "site") == contents(root / "clean")
    assert not list(root.glob(".mulu/cluster-*"))
