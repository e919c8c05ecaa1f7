"""What stands already is recognised without the rest of the program, and only where nothing at all has changed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from conftest import AS_OF, HERE
from mulu import flow
from mulu.files.listing import listing
from mulu.files.tree import WorkTree
from mulu.resources import package_file
from mulu.standing import standing_build, standing_verdict

HEAVY = ("numpy", "jsonschema", "jinja2", "pypdf", "mkdocs", "mulu.flow", "mulu.pages.plan", "mulu.checks.registry")


@pytest.fixture
def built(minimal: Path) -> Path:
    shutil.copy(HERE.parent / "mkdocs.yml", minimal)
    for path in minimal.rglob("catalogs/**/*.*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    assert flow.build(minimal, minimal / "site", as_of=AS_OF).published
    return minimal


def standing(root: Path, as_of: date = AS_OF) -> flow.Built | None:
    return standing_build(root, root / "site", as_of, None)


def append(path: Path) -> None:
    with path.open("a", encoding="utf-8") as opened:
        opened.write("\n")


def same_size(path: Path) -> None:
    """Other bytes of the same number at another time."""
    content = path.read_bytes()
    path.write_bytes(content[:-1] + (b" " if content[-1:] != b" " else b"\n"))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a source": lambda root: append(root / "catalogs/fields.yml"),
    "a source, keeping its size": lambda root: same_size(root / "catalogs/fields.yml"),
    "a new source": lambda root: (root / "catalogs/new.yml").write_text(""),
    "a lost source": lambda root: (root / "catalogs/fields.yml").unlink(),
    "a source of another name": lambda root: (root / "catalogs/fields.yml").rename(root / "catalogs/field.yml"),
    "a page": lambda root: append(root / "site/index.html"),
    "a lost page": lambda root: (root / "site/index.html").unlink(),
    "a strange page": lambda root: (root / "site/items/strange.html").write_text(""),
    "a shard of the search index": lambda root: append(root / "site/search/v1/manifest.json"),
    "what a killed build left": lambda root: (root / "site/.index.html.7.tmp").write_text(""),
    "the look": lambda root: append(root / "mkdocs.yml"),
    "a template": lambda root: _new(root / "site_templates/home.html"),
    "a memory cut in half": lambda root: _halved(root / ".mulu/memory/content.msgpack"),
    "a record cut in half": lambda root: _halved(root / "site/.mulu-standing"),
    "a forgotten verdict": lambda root: (root / ".mulu/verdicts.msgpack").unlink(),
}


def _new(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("{% extends '!home.html' %}")


def _halved(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def test_an_untouched_site_is_recognised(built: Path) -> None:
    before = flow.build(built, built / "site", as_of=AS_OF)
    found = standing(built)
    assert found is not None and found.published is not None and before.published is not None
    assert found.verdict == before.verdict == standing_verdict(built, AS_OF)
    assert (found.published.planned, found.published.unread) == (before.published.planned, before.published.unread)
    assert found.published.written == found.published.removed == ()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_site_is_not_recognised_after_a_change(built: Path, change: Callable[[Path], object]) -> None:
    assert standing(built) is not None
    change(built)
    assert standing(built) is None


def test_a_verdict_is_of_one_day(built: Path) -> None:
    assert standing(built, AS_OF + timedelta(1)) is None and standing_verdict(built, AS_OF + timedelta(1)) is None


def test_files_saved_just_now_are_looked_into(built: Path) -> None:
    (built / "catalogs/fields.yml").touch()
    flow.build(built, built / "site", as_of=AS_OF)
    assert standing(built) is None


def test_both_ways_of_listing_give_the_same(built: Path) -> None:
    (built / "catalogs/.hidden").mkdir()
    (built / "catalogs/.hidden/x.yml").write_text("")
    (built / "catalogs/empty").mkdir()
    known = WorkTree(built).listing
    assert listing(built / "catalogs", dots_below=False) == known


def test_nothing_heavy_is_imported_for_it(built: Path) -> None:
    code = (
        "import sys; from mulu.cli import cli\n"
        f"cli(['check', {str(built)!r}, '--as-of', '{AS_OF}'], standalone_mode=False) if sys.argv[1] == 'check' else "
        f"cli(['build', {str(built)!r}, '--as-of', '{AS_OF}'], standalone_mode=False)\n"
    )
    tell = (
        f"import sys, atexit; atexit.register(lambda: print('heavy:', [each for each in {HEAVY!r} if each in sys.modules]))\n"
    )
    for command in ("check", "build"):
        done = subprocess.run(
            [sys.executable, "-c", tell + code, command], capture_output=True, text=True, check=False,
            env=os.environ | {"PYTHONPATH": str(package_file().parent)},
        )  # fmt: skip
        assert "heavy: []" in done.stdout, done.stdout + done.stderr
