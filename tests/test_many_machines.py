"""One site made by several runs or machines has the same bytes as one made here at once."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from benchmarks import corpus
from conftest import AS_OF
from mulu import flow
from mulu.cli import cli
from mulu.files.blobs import Blobs
from mulu.files.fetched import fetched
from mulu.files.git import last_commit
from mulu.files.tree import blob_id
from mulu.site.errand import Errand, OtherProgram
from mulu.site.scheduler import Cluster
from mulu.site.shards import SHARD_FILE
from mulu.site.state import STATE_FILE
from mulu.site.store import Store
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


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a remote `origin` to which its commit was pushed; afterwards the work tree says something else."""
    top = tmp_path_factory.mktemp("committed")
    root = pushed(top, int(os.environ.get("MULU_CLUSTER_ITEMS", "1500")))
    for path in root.glob("catalogs/departments/d00/items/*/*.md"):
        path.write_text(path.read_text("utf-8").replace("title: ", "title: 未提交的 "), "utf-8")
    flow.build(root, top / "clean", as_of=AS_OF, revision="HEAD")
    return root


def pushed(top: Path, items: int) -> Path:
    """Below `top` a repository, its content in a folder of it, and the remote `origin`."""
    corpus.write(top / "work/root", items)
    git(top, "init", "--quiet", "--bare", "origin.git")
    git(top / "work", "init", "--quiet", "--initial-branch=main")
    git(top / "work", "remote", "add", "origin", str(top / "origin.git"))
    git(top / "work", "add", ".")
    git(top / "work", "commit", "--quiet", "-m", "content")
    git(top / "work", "push", "--quiet", "origin", "main")
    return top / "work/root"


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def local_cluster(workers: int, **options: Any) -> Any:
    distributed = pytest.importorskip("distributed")
    return distributed.LocalCluster(n_workers=workers, processes=True, dashboard_address=None, **options)


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")  # of the cluster's own libraries, about the killed worker
@pytest.mark.parametrize(("source", "afar"), [("", False), ("origin", True)], ids=["shared", "fetched"])
def test_a_worker_killed_in_the_middle_changes_nothing(committed: Path, tmp_path: Path, source: str, afar: bool) -> None:
    """Over a shared folder; and with nothing shared: sources fetched by commit, pages to a store."""
    out, seen = tmp_path / "site", "site/items/*.html" if afar else ".site.*.new/items/*.html"
    with local_cluster(3, threads_per_worker=1, local_directory=tmp_path / "workers") as cluster:
        victim = next(iter(cluster.workers.values())).process.pid
        killed = threading.Event()

        def kill() -> None:
            while not list(tmp_path.glob(seen)):
                time.sleep(0.005)
            os.kill(victim, signal.SIGKILL)
            killed.set()

        threading.Thread(target=kill, daemon=True).start()
        target = Store(f"file://{out}") if afar else out
        where = Cluster(cluster.scheduler_address, source)
        done = flow.build(committed, target, as_of=AS_OF, revision="HEAD", cluster=where)
        if afar:
            assert list(tmp_path.glob("workers/**/mulu/*.git")) and not list(tmp_path.glob("workers/**/mulu/*.git/index"))
    assert done.published is not None and killed.is_set()
    assert contents(out) == contents(committed.parents[1] / "clean")
    again = flow.build(committed, target, as_of=AS_OF, revision="HEAD").published
    assert again is not None and again.written == again.removed == ()


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
def test_the_only_worker_is_killed_and_its_threads_share_nothing(committed: Path, tmp_path: Path) -> None:
    """What was sent is lost with it and sent again; four threads of one worker write the same bytes."""
    out = tmp_path / "site"
    with local_cluster(1, threads_per_worker=4, local_directory=tmp_path / "workers") as cluster:
        victim = next(iter(cluster.workers.values())).process.pid

        def kill() -> None:
            while not list(tmp_path.glob("site/items/*.html")):
                time.sleep(0.005)
            os.kill(victim, signal.SIGKILL)

        killing = threading.Thread(target=kill, daemon=True)
        killing.start()
        where = Cluster(cluster.scheduler_address, str(committed.parents[1] / "origin.git"))
        flow.build(committed, Store(f"file://{out}"), as_of=AS_OF, revision="HEAD", cluster=where)
        assert not killing.is_alive()
    assert contents(out) == contents(committed.parents[1] / "clean")


@pytest.mark.filterwarnings("ignore")
def test_what_keeps_a_cluster_from_working_is_said_before_anything_is_written(tmp_path: Path) -> None:
    root, out = pushed(tmp_path, 60), f"file://{tmp_path}/site"
    for wrong in (["--cluster-source", "origin"], ["--cluster", "x", "--cluster-source", "origin"]):
        assert built(root, "--out", out, *wrong).exit_code == 2
    with local_cluster(0, threads_per_worker=1) as cluster:
        asked = ("--out", out, "--at", "HEAD", "--cluster", cluster.scheduler_address)
        assert "has no workers" in refusal(built(root, *asked))
        cluster.scale(1)
        cluster.wait_for_workers(1)
        for source, said in (
            ("upstream", "has no remote upstream"),
            ("ext::sh -c touch% here", "not fetched from ext::"),
            ("git://127.0.0.1/x", "not fetched from git://"),
            ("https://me:secret@127.0.0.1/x.git", "No user name or password"),
            (tmp_path / "none", "cannot fetch commit"),
            ("https://127.0.0.1:9/x.git", "cannot fetch commit"),
        ):
            refused = refusal(built(root, *asked, "--cluster-source", source))
            assert said in refused and "secret" not in refused
        git(root.parent, "commit", "--quiet", "--allow-empty", "-m", "not pushed")
        try:
            assert "Make sure that it was pushed" in refusal(built(root, *asked, "--cluster-source", "origin"))
        finally:
            git(root.parent, "reset", "--quiet", "--soft", "HEAD^")
        assert set(Store(out).files()) == {STATE_FILE}, "not even assets"


def refusal(refused: Result) -> str:
    assert refused.exit_code == 2 and "Traceback" not in refused.stderr, refused.stderr
    return refused.stderr


def test_the_extra_that_is_missing_is_named(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    refused = built(repository, "--out", tmp_path / "site", "--cluster", "tcp://127.0.0.1:9")
    assert "pip install 'mulu[cluster]'" in refusal(refused) and not (tmp_path / "site").exists()


def test_a_worker_with_another_program_is_given_nothing(repository: Path) -> None:
    errand = Errand(None, None, {}, program="of last year")  # type: ignore[arg-type]  # it is not looked at
    with pytest.raises(OtherProgram):
        errand.workshop()


def test_a_server_that_gives_out_only_what_its_branches_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git's first protocol: a commit below the tip of a branch cannot be asked for by its name."""
    work = tmp_path / "work"
    git(tmp_path, "init", "--quiet", "work")
    for text in ("one", "two"):
        (work / "file").write_text(text)
        git(work, "add", ".")
        git(work, "commit", "--quiet", "-m", text)
    first = last_commit(work, "HEAD^")
    for name, value in (("COUNT", "1"), ("KEY_0", "protocol.version"), ("VALUE_0", "0")):
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    into = fetched(str(work), first, tmp_path / "bare")
    assert Blobs(into).read(blob_id(b"one")) == b"one"
    with pytest.raises(KeyError):
        Blobs(into).read("0" * 40)


def test_the_next_commit_brings_only_what_is_new(tmp_path: Path) -> None:
    work, into = tmp_path / "work", tmp_path / "bare"
    git(tmp_path, "init", "--quiet", "work")
    (work / "large").write_bytes(os.urandom(200_000))
    sizes = []
    for text in ("one", "two"):
        (work / "file").write_text(text)
        git(work, "add", ".")
        git(work, "commit", "--quiet", "-m", text)
        fetched(str(work), last_commit(work), into)
        sizes.append(sum(path.stat().st_size for path in into.glob("objects/**/*.pack")))
    assert sizes[0] > 200_000 and sizes[1] - sizes[0] < 20_000
