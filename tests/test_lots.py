"""What was planned from the same is not planned again: the keys are over all that planning reads, or a site would grow stale."""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from benchmarks import corpus
from conftest import AS_OF
from mulu import flow
from mulu.pages.edition import Edition
from mulu.pages.page import Copy, Page
from mulu.pages.plan import PARTS, Part, Sources
from mulu.site.lots import Keys, standing_lots
from mulu.site.render import encoded
from mulu.site.state import Lot
from test_incremental import contents

ITEMS = 200


def edition(root: Path) -> Edition:
    found = flow.check(root, as_of=AS_OF)
    assert not [each for each in found.diagnostics if each.severity.value == "error"]
    return Edition(found.repository, found.correspondence, found.diagnostics, {}, AS_OF, flow.trend(root, found))


def items(root: Path) -> list[Path]:
    return sorted(root.glob("catalogs/departments/*/items/*/*.md"))


def appended(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Edition]:
    root = tmp_path_factory.mktemp("lots") / "root"
    corpus.write(root, ITEMS)
    return root, edition(root)


@pytest.fixture(scope="module")
def after(before: tuple[Path, Edition], tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The same with a longer text of every item."""
    root = tmp_path_factory.mktemp("later") / "root"
    corpus.write(root, ITEMS)
    for path in items(root):
        appended(path, "\n\n另起一段，只改正文。\n\n又一段。\n")
    found = edition(root)
    assert [each.title for each in found.repository.all_items] == [each.title for each in before[1].repository.all_items]
    return msgspec.structs.replace(found, diagnostics=before[1].diagnostics)


def planned(part: Part, edition: Edition) -> list[bytes]:
    return [
        encoded(each) if isinstance(each, Page) else msgspec.msgpack.encode(each)
        for each in part.planned(edition, 0, part.size(edition))
    ]


@pytest.mark.parametrize("number", range(len(PARTS)), ids=[part.name for part in PARTS])
def test_texts_concern_only_the_parts_that_say_so(number: int, before: tuple[Path, Edition], after: Edition) -> None:
    part = PARTS[number]
    keys, later = Keys("look", before[1]), Keys("look", after)
    end = part.size(before[1])
    if part.sources(before[1]) is Sources.NONE:
        assert planned(part, before[1]) == planned(part, after)
        assert keys.of(number, 0, end) == later.of(number, 0, end)
    else:
        assert planned(part, before[1]) != planned(part, after)
        assert keys.of(number, 0, end) != later.of(number, 0, end)


def test_texts_that_the_database_has_no_room_for_do_not_concern_it(
    before: tuple[Path, Edition], after: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = next(number for number, part in enumerate(PARTS) if part.name == "database")
    full = Keys("look", before[1]).of(number, 0, 1)
    monkeypatch.setattr("mulu.opendata.database.TEXT_BUDGET", 20_000)
    keys, later = Keys("look", before[1]), Keys("look", after)
    assert planned(PARTS[number], before[1]) == planned(PARTS[number], after)
    assert keys.of(number, 0, 1) == later.of(number, 0, 1) != full


CHANGES: dict[str, Callable[[Path], None]] = {
    "title": lambda root: _replaced(items(root)[3], "title: ", "title: 更正"),
    "published": lambda root: _replaced(items(root)[3], "published: 20", "published_time: '09:30'\npublished: 20"),
    "catalog": lambda root: _replaced(sorted(root.glob("catalogs/departments/*/catalog/*.yml"))[0], "topic: ", "topic: 新的"),
    "site": lambda root: _replaced(root / "catalogs/site.yml", "name: ", "name: 新的"),
    "fields": lambda root: _replaced(root / "catalogs/fields.yml", "name: ", "name: 新的"),
    "link": lambda root: appended(items(root)[3], "\n[又一个链接](https://www.example.gov.cn/other/)\n"),
}
"""Each concerns more than one text."""


def _replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_everything_else_concerns_every_part(
    change: Callable[[Path], None], before: tuple[Path, Edition], tmp_path: Path
) -> None:
    root = tmp_path / "root"
    corpus.write(root, ITEMS)
    change(root)
    keys, later = Keys("look", before[1]), Keys("look", edition(root))
    assert all(keys.of(number, 0, 1) != later.of(number, 0, 1) for number in range(len(PARTS)))


def test_day_and_look_concern_every_part(before: tuple[Path, Edition]) -> None:
    next_day = msgspec.structs.replace(before[1], as_of=AS_OF.replace(day=AS_OF.day - 1))
    keys = Keys("look", before[1])
    for later in (Keys("other", before[1]), Keys("look", next_day)):
        assert all(keys.of(number, 0, 1) != later.of(number, 0, 1) for number in range(len(PARTS)))


def test_lots_follow_each_other_in_the_state() -> None:
    standing = standing_lots(["a", "b", "c", "d"], {"0:0": Lot(b"x", 1), "0:128": Lot(b"y", 0), "1:0": Lot(b"z", 2)})
    assert standing.addresses("0:0", b"x") == ("a",)
    assert standing.addresses("0:128", b"y") == ()
    assert standing.addresses("1:0", b"z") == ("b", "c")
    assert standing.addresses("1:0", b"other") is None and standing.addresses("2:0", b"") is None


@pytest.fixture
def built(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    corpus.write(root, ITEMS)
    flow.build(root, root / "site", as_of=AS_OF)
    return root


def test_an_edited_text_plans_one_chunk_of_items(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int]] = []

    def spied(part: Part) -> Part:
        def planned(edition: Edition, start: int, stop: int) -> Iterator[Page | Copy]:
            asked.append((part.name, start))
            return part.planned(edition, start, stop)

        return msgspec.structs.replace(part, planned=planned)

    monkeypatch.setattr("mulu.site.workshop.PARTS", tuple(map(spied, PARTS)))
    appended(items(built)[-1], "\n\n只改正文。\n")
    flow.build(built, built / "site", as_of=AS_OF)
    assert asked == [("items", 128), ("database", 0)]


def test_a_touched_site_is_brought_back_whole(built: Path) -> None:
    clean = contents(built / "site")
    page = built / "site" / "disclosure" / "index.html"
    page.write_text("不是我们写的")
    (built / "site" / "catalog" / "index.html").unlink()
    appended(items(built)[-1], "\n\n只改正文。\n")
    flow.build(built, built / "site", as_of=AS_OF)
    after = contents(built / "site")
    assert after.keys() == clean.keys() and after["disclosure/index.html"] == clean["disclosure/index.html"]
    assert after["catalog/index.html"] == clean["catalog/index.html"]
