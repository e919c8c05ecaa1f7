"""What a build does for each item, counted and not timed: calls, files opened, bytes written. A regression fails with the number.

Two corpora of one and two hundred items are built; the difference, divided by a hundred items, is free of everything that is done once a build.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import pytest

from benchmarks import corpus
from conftest import AS_OF
from mulu import flow
from mulu.search.state import STATE_FILE as SEARCH_STATE
from mulu.site.state import STATE_FILE
from mulu.standing import SITE_FILE
from test_incremental import contents

FEW, MANY = 160, 320

CALLS_COLD = 3_400
"""Python functions called for an item from nothing: read, checked, judged, mapped, its share of entries and lists planned, rendered, written, searched."""

CALLS_UNCHANGED = 40
"""The same where nothing changed: a look at the source and at each of its files."""

CALLS_ONE = 380
"""The same for every item that did not change where the text of another one did: judged anew, not read, planned, rendered or written."""

OPENED_COLD = 14.5
"""Files opened for an item from nothing: its source (to check, to show, for the database, for the index), page, document and plain text, the document again
for its checksum, its attachment, its eighth of an entry, its share of catalogs, lists, index and memory."""

OPENED_ONE = 2.6
"""Files opened for an item where another one changed: the memory of its department and year, which in a corpus this small it has
nearly to itself, its body for the database, and its text for the index."""

WRITTEN = 55_000
"""Bytes written for an item from nothing, with its share of entries, lists and attachments."""

WRITTEN_ONE = 10_000
"""Bytes written for an item where another one changed: the database of open data is one file, and so is a segment of the index."""

MATCHED = 1.5
"""How far apart the counts of an item in small and large corpora may be, as a ratio: work grows with the number of items and no faster."""


class Counted(NamedTuple):
    """What one build did: functions called, files opened below the repository, and bytes in the files it wrote."""

    calls: int
    opened: int
    size: int


class Watch:
    """Listens to the interpreter: opened files by an audit hook, which stays for good and is only asked while it counts."""

    def __init__(self) -> None:
        self.below = ""
        self.opened: list[str] = []
        sys.addaudithook(self.heard)

    def heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event != "open" or not self.below or arguments[2] & os.O_DIRECTORY:  # a folder is listed, not read
            return
        if str(arguments[0]).startswith(self.below):
            self.opened.append(str(arguments[0]))


WATCH = Watch()


def counted(root: Path, build: Callable[[], flow.Built]) -> Counted:
    calls = 0

    def called(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event == "call"

    WATCH.below, WATCH.opened = str(root), []
    before = sys.getprofile()
    sys.setprofile(called)
    try:
        built = build()
    finally:
        sys.setprofile(before)
        WATCH.below = ""
    assert built.published is not None
    site = root / "site"
    size = sum((site / address).stat().st_size for address in built.published.written)
    return Counted(calls, len(WATCH.opened), size)


class Each(NamedTuple):
    """For one item: calls, files opened, bytes written."""

    calls: float
    opened: float
    size: float


def each(few: Counted, many: Counted) -> Each:
    return Each(*((more - less) / (MANY - FEW) for less, more in zip(few, many, strict=True)))


def aged(root: Path) -> None:
    """Files saved just now are read twice, to be sure; these were saved long ago."""
    for path in root.rglob("catalogs/**/*.*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Counted, Counted]]:
    made: dict[str, list[Counted]] = {"cold": [], "unchanged": [], "one": []}
    for items in (FEW, MANY):
        root = tmp_path_factory.mktemp("hot") / "root"
        corpus.write(root, items)
        aged(root)
        build = lambda: flow.build(root, root / "site", as_of=AS_OF)  # noqa: E731, B023  # called at once
        flow.build(root, root / "warm", as_of=AS_OF)  # imports and caches of the program are no work on items
        (root / ".mulu").rename(root / "forgotten")
        made["cold"].append(counted(root, build))
        made["unchanged"].append(counted(root, build))
        item = sorted(root.glob("catalogs/departments/d00/items/*/*.md"))[0]
        item.write_text(item.read_text("utf-8") + "\n再加一句。\n", "utf-8")
        made["one"].append(counted(root, build))
    return {name: (few, many) for name, (few, many) in made.items()}


def test_calls_for_an_item(builds: dict[str, tuple[Counted, Counted]]) -> None:
    assert each(*builds["cold"]).calls < CALLS_COLD
    assert each(*builds["unchanged"]).calls < CALLS_UNCHANGED
    assert each(*builds["one"]).calls < CALLS_ONE


def test_files_opened_for_an_item(builds: dict[str, tuple[Counted, Counted]]) -> None:
    assert each(*builds["cold"]).opened < OPENED_COLD
    assert each(*builds["unchanged"]).opened == 0
    assert each(*builds["one"]).opened < OPENED_ONE


def test_bytes_written_for_an_item(builds: dict[str, tuple[Counted, Counted]]) -> None:
    assert 0 < each(*builds["cold"]).size < WRITTEN
    assert builds["unchanged"][0].size == builds["unchanged"][1].size == 0
    assert each(*builds["one"]).size < WRITTEN_ONE


def test_work_grows_with_the_number_of_items_and_no_faster(builds: dict[str, tuple[Counted, Counted]]) -> None:
    few, many = builds["cold"]
    assert many.calls / few.calls < MANY / FEW * MATCHED


def test_an_unchanged_site_is_neither_rendered_nor_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mulu.site.render import Renderer

    root = tmp_path / "root"
    corpus.write(root, FEW)
    aged(root)
    flow.build(root, root / "site", as_of=AS_OF)
    rendered: list[str] = []
    page = Renderer.page
    monkeypatch.setattr(
        Renderer, "page", lambda self, planned, source: rendered.append(planned.address) or page(self, planned, source)
    )  # type: ignore[func-returns-value]
    before = {path: (root / "site" / path).stat().st_ino for path in contents(root / "site")}
    counted(root, lambda: flow.build(root, root / "site", as_of=AS_OF))
    assert rendered == []
    assert [
        path
        for path in WATCH.opened
        if path.startswith(str(root / "site")) and not path.endswith((STATE_FILE, SEARCH_STATE, SITE_FILE))
    ] == []
    assert {path: (root / "site" / path).stat().st_ino for path in contents(root / "site")} == before
