"""A site in a store that fsspec reaches is the site in a folder, byte for byte: first, after edits, and after what goes wrong."""

import json
import os
import socket
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from benchmarks import corpus
from conftest import AS_OF
from mulu import flow
from mulu.cli import cli
from mulu.pages.page import SEARCH_DATA
from mulu.site.afar import LOCK_FILE
from mulu.site.state import STATE_FILE
from mulu.site.store import Store, StoreFailed, content_type
from test_incremental import contents
from test_robust import assert_servable, edit_all

fsspec = pytest.importorskip("fsspec")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    corpus.write(tmp_path / "root", 60)
    return tmp_path / "root"


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    yield Store(f"file://{tmp_path}/store" if request.param == "file" else f"memory://{uuid.uuid4()}/site")


def ran(root: Path, out: object, *options: object) -> Result:
    arguments = ["build", root, "--out", out, "--as-of", AS_OF, "--lang", "en", *options]
    return CliRunner().invoke(cli, [str(each) for each in arguments])


def standing(store: Store) -> dict[str, bytes]:
    addresses = [address for address in store.files() if not address.startswith(".mulu")]
    return dict(zip(addresses, store.read(addresses), strict=True))


def local(root: Path) -> dict[str, bytes]:
    flow.build(root, root / "site", as_of=AS_OF)
    return contents(root / "site")


def an_item(root: Path) -> Path:
    return sorted(root.glob("catalogs/departments/*/items/*/*.md"))[0]


class Recorded:
    """Notes in which order addresses are written and removed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.deeds: list[tuple[str, str]] = []
        put, remove = Store.put, Store.remove
        monkeypatch.setattr(
            Store, "put", lambda store, files: (self.deeds.extend(("put", each) for each in files), put(store, files))[1]
        )

        def removed(store: Store, addresses: Any) -> None:
            gone = list(addresses)
            self.deeds.extend(("remove", each) for each in gone)
            remove(store, gone)

        monkeypatch.setattr(Store, "remove", removed)

    def site(self) -> list[tuple[str, str]]:
        return [deed for deed in self.deeds if not deed[1].startswith(".mulu")]


def test_a_first_build_and_later_ones_equal_the_folder(repository: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded = Recorded(monkeypatch)
    first = flow.build(repository, store, as_of=AS_OF).published
    assert first is not None and len(first.written) == first.planned
    assert standing(store) == local(repository)
    pages = [address for _, address in recorded.site() if not address.startswith(SEARCH_DATA)]
    assert sorted(pages) == sorted(first.written)
    html = [address for address in pages if address.endswith(".html")]
    lists = [place for place, address in enumerate(html) if address.startswith(("catalog", "departments/", "fields/"))]
    items = [place for place, address in enumerate(html) if address.startswith(("items/", "entries/"))]
    assert max(items) < min(lists) and html[-1] == "index.html", "no list and no home points to what is not there yet"
    assert pages[0].startswith("assets/") and recorded.site()[-1][1] == f"{SEARCH_DATA}/manifest.json"
    recorded.deeds.clear()
    again = flow.build(repository, store, as_of=AS_OF).published
    assert again is not None and again.written == again.removed == () and recorded.deeds == []
    assert again.unread == first.unread

    item = an_item(repository)
    item.write_text(item.read_text("utf-8") + "\n再加一句。\n", "utf-8")
    one = flow.build(repository, store, as_of=AS_OF).published
    assert one is not None and 0 < len(one.written) < 10 and one.removed == ()
    sent = {address for _, address in recorded.site()}
    assert set(one.written) == {each for each in sent if not each.startswith(SEARCH_DATA)}
    assert 0 < len(sent - set(one.written)) < 20, "of the index only what differs"
    assert standing(store) == local(repository)

    left = "catalogs/departments/d00/items"
    attached = next(path for path in sorted((repository / left).rglob("*/*/*")) if path.is_file())
    owner = attached.parent.with_suffix(".md")
    owner.write_text(
        owner.read_text("utf-8").replace("---\n", "---\nwithdrawn: {on: 2026-04-01, reason: 内容有误, by: 办公室}\n", 1),
        "utf-8",
    )
    recorded.deeds.clear()
    gone = flow.build(repository, store, as_of=AS_OF).published
    assert gone is not None and f"items/{owner.stem}.html" in gone.written and gone.removed
    assert standing(store) == local(repository)
    deeds = [deed for deed, address in recorded.site() if not address.startswith(SEARCH_DATA)]
    assert deeds == sorted(deeds), "put … remove: removals come last"


def test_strangers_leftovers_and_touched_files_are_put_right(repository: Path, tmp_path: Path) -> None:
    store, folder = Store(f"file://{tmp_path}/store"), tmp_path / "store"
    flow.build(repository, store, as_of=AS_OF)
    (folder / "index.html").write_text("defaced")
    (folder / "items/left.html").write_text("over")
    (folder / "items/.half.html.123.tmp").write_text("ha")
    (folder / SEARCH_DATA / "manifest.json").write_text("{}")
    (folder / "search/v1/over.bin").write_text("over")
    (folder / ".nojekyll").write_text("")
    next((folder / "entries").glob("*.html")).unlink()
    done = flow.build(repository, store, as_of=AS_OF).published
    assert done is not None and len(done.written) == 2
    assert done.removed == ("items/.half.html.123.tmp", "items/left.html")
    assert standing(store) == local(repository) | {".nojekyll": b""}


def test_the_state_in_the_store_serves_any_machine(repository: Path, store: Store, tmp_path: Path) -> None:
    """Another checkout, without any cache, sends nothing but what changed, of the index too."""
    flow.build(repository, store, as_of=AS_OF)
    other = tmp_path / "other"
    corpus.write(other, 60)
    done = flow.build(other, store, as_of=AS_OF).published
    assert done is not None and done.written == done.removed == ()
    assert standing(store) == local(repository)


def test_a_torn_state_loses_only_what_saves_work(repository: Path, tmp_path: Path) -> None:
    store, state = Store(f"file://{tmp_path}/store"), tmp_path / "store" / STATE_FILE
    flow.build(repository, store, as_of=AS_OF)
    state.write_bytes(state.read_bytes()[:100])
    told = ran(repository, store.url, "-v")
    assert told.exit_code == 0 and STATE_FILE in told.stderr
    assert standing(store) == local(repository)
    state.write_bytes(b"")
    (tmp_path / "store/entries/once-there.html").write_text("an entry of an earlier catalog", "utf-8")
    refused = ran(repository, store.url)
    assert refused.exit_code == 2 and "would vanish" in refused.stderr


def test_a_store_with_other_files_is_not_touched(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store/report.doc").write_text("mine")
    refused = ran(repository, f"file://{tmp_path}/store")
    assert refused.exit_code == 2 and "did not write" in refused.stderr
    assert [path.name for path in (tmp_path / "store").iterdir()] == ["report.doc"]


def test_several_processes_write_to_one_store(repository: Path, tmp_path: Path) -> None:
    corpus.write(repository, 700)
    store = Store(f"file://{tmp_path}/store")
    flow.build(repository, store, as_of=AS_OF, workers=2)
    assert standing(store) == local(repository)


def test_a_second_build_is_told_who_builds_and_a_dead_one_is_not_waited_for(repository: Path, store: Store) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    for process, host, code in (
        (os.getpid(), socket.gethostname(), 2),
        (dead.pid, "elsewhere", 2),
        (dead.pid, socket.gethostname(), 0),
    ):
        store.put({LOCK_FILE: json.dumps({"process": process, "host": host}).encode()})
        done = ran(repository, store.url)
        assert done.exit_code == code, done.stderr
        if code:
            assert f"process {process}" in done.stderr and host in done.stderr and LOCK_FILE in done.stderr
            assert set(store.files()) == {LOCK_FILE}
    assert LOCK_FILE not in store.files()
    assert standing(store) == local(repository)


@pytest.mark.parametrize("after", [0, 1, 2, 5])
def test_a_store_that_fails_in_the_middle_is_said_and_the_last_site_stays(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """The store takes the first journeys and refuses all that follow; then it works again."""
    store = Store(f"file://{tmp_path}/store")
    flow.build(repository, store, as_of=AS_OF)
    before = standing(store)
    edit_all(repository, 1)
    put, journeys = Store.put, 0

    def failing(store: Store, files: Any) -> None:
        nonlocal journeys
        journeys += 1
        with store._asking():
            if journeys > after:
                raise PermissionError("AccessDenied")
        put(store, files)

    with monkeypatch.context() as patched:
        patched.setattr(Store, "put", failing)
        refused = ran(repository, store.url)
    assert refused.exit_code == 2 and "AccessDenied" in refused.stderr and store.url in refused.stderr
    assert standing(store).keys() >= before.keys() and LOCK_FILE not in store.files()
    assert_servable(tmp_path / "store")
    assert ran(repository, store.url).exit_code == 0
    assert standing(store) == local(repository)


@pytest.mark.parametrize("place", ["/proc/nobody/site", "/dev/null/site"])
def test_a_place_without_rights_is_said(repository: Path, place: str) -> None:
    """Not even root may make folders there."""
    refused = ran(repository, f"file://{place}")
    assert refused.exit_code == 2 and f"file://{place} failed" in refused.stderr and "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nosuch://place/site", "is not understood"),
        ("hdfs://127.0.0.1:9/site", "failed|needs one more package"),
        ("http://127.0.0.1:9/site", "failed|needs one more package"),
    ],
)
def test_places_that_cannot_be_written_to_are_said(repository: Path, url: str, said: str) -> None:
    import re

    for lang, word in (("en", said), ("zh", "[一-龥]")):
        refused = ran(repository, url, "--lang", lang)
        assert refused.exit_code == 2 and re.search(word, refused.stderr), refused.output + refused.stderr
        assert "Traceback" not in refused.stderr


def test_a_package_that_is_missing_is_named(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(url: str, **options: Any) -> Any:
        raise ImportError("Install s3fs to access S3")

    with monkeypatch.context() as patched:
        patched.setattr("fsspec.core.url_to_fs", absent)
        refused = ran(repository, "s3://bucket/site")
    assert refused.exit_code == 2 and "s3fs" in refused.stderr
    monkeypatch.setitem(sys.modules, "fsspec", None)
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    refused = ran(repository, "s3://bucket/site")
    assert refused.exit_code == 2 and "pip install 'mulu[store]'" in refused.stderr


def test_shares_and_merged_sites_need_a_folder(repository: Path) -> None:
    assert ran(repository, "memory://x", "--shard", "1/2").exit_code == 2
    refused = CliRunner().invoke(cli, ["merge", str(repository), "--out", "memory://x"])
    assert refused.exit_code == 2 and "--out" in refused.stderr
    assert not Path("memory:").exists()


def test_the_memory_of_this_process_is_no_place_for_a_cluster(repository: Path) -> None:
    refused = ran(repository, "memory://here/site", "--cluster", "tcp://127.0.0.1:9")
    assert refused.exit_code == 2 and "in the memory of this process" in refused.stderr


def test_a_password_in_an_address_is_not_shown(repository: Path) -> None:
    assert str(Store("sftp://who:secret@host/site")) == "sftp://who:…@host/site"
    refused = ran(repository, "nosuch://who:secret@host/site")
    assert refused.exit_code == 2 and "secret" not in refused.stderr + refused.output


def test_names_that_look_like_patterns_are_names(store: Store) -> None:
    files = {"a/附件[1].pdf": b"1", "a/附件1.pdf": b"2", "a/b?.txt": b"3", "a/bc.txt": b"4", "a/*": b"5"}
    store.put(files)
    assert dict(zip(files, store.read(files), strict=True)) == files
    store.remove(["a/附件[1].pdf", "a/b?.txt", "a/*"])
    assert sorted(store.files()) == sorted(["a/bc.txt", "a/附件1.pdf"])
    with pytest.raises(StoreFailed):
        list(store.read(["a/none"]))


def test_media_types_by_which_a_store_serves_a_site() -> None:
    for address, kind in (
        ("index.html", "text/html; charset=utf-8"), ("items/x.txt", "text/plain; charset=utf-8"), ("a/b.mjs", "text/javascript; charset=utf-8"),
        ("data/v1/SHA256SUMS", "text/plain; charset=utf-8"), ("feeds/a.ics", "text/calendar; charset=utf-8"), ("a.json", "application/json; charset=utf-8"),
        ("assets/x.woff2", "font/woff2"), ("a.svg", "image/svg+xml"), ("x.bin", "application/octet-stream"), ("附件.pdf", "application/pdf"),
    ):  # fmt: skip
        assert content_type(address) == kind
