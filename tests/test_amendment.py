"""An edit of texts alone is not checked from the beginning, and gives what checking from the beginning gives."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks import corpus
from conftest import AS_OF
from mulu import flow
from mulu.checks.verdict import Verdict
from mulu.site import publish
from mulu.site.lots import Keys
from test_incremental import contents

ITEMS = 200
OLD = 1_700_000_000


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that was checked and built, with texts that were written long ago."""
    root = tmp_path_factory.mktemp("amendment") / "root"
    corpus.write(root, ITEMS)
    for path in root.rglob("catalogs/**/*.*"):
        os.utime(path, (OLD, OLD))
    assert flow.build(root, root / "site", as_of=AS_OF).published
    return root


@pytest.fixture
def root(written: Path, tmp_path: Path) -> Path:
    return shutil.copytree(written, tmp_path / "root")


def items(root: Path) -> list[Path]:
    return sorted(root.glob("catalogs/departments/*/items/*/*.md"))


def faultless(root: Path) -> list[Path]:
    """Items of which nothing is said."""
    named = {place.file for each in flow.verdict(root, as_of=AS_OF).diagnostics for place in (each.place, *each.related)}
    return [path for path in items(root) if path.relative_to(root).as_posix() not in named]


def appended(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def clean(root: Path, out: Path) -> tuple[Verdict, dict[str, bytes]]:
    """The verdict and the files of a build that knows nothing of earlier ones."""
    shutil.copytree(root, out / "root", ignore=shutil.ignore_patterns(".mulu", "site"))
    built = flow.build(out / "root", out / "site", as_of=AS_OF)
    return built.verdict, contents(out / "site") if built.published else {}


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done over everything: the rules, and the keys of all chunks."""
    done: list[str] = []
    rules, keys = flow.run, Keys.__init__

    def run(*arguments: object) -> object:
        done.append("rules")
        return rules(*arguments)  # type: ignore[arg-type]  # passed on as they came

    def counted(self: Keys, look: str, edition: object, world: bytes = b"") -> None:
        done.extend([] if world else ["world"])
        keys(self, look, edition, world)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(flow, "run", run)
    monkeypatch.setattr(publish.Keys, "__init__", counted)
    return done


def test_a_text_is_checked_and_built_alone(root: Path, tmp_path: Path, runs: list[str]) -> None:
    one, two = faultless(root)[3], faultless(root)[90]
    for path, text in ((one, "\n又写一段。\n"), (two, "\n也写一段。\n"), (one, "\n再写一段，又长一些。\n")):
        appended(path, text)
        built = flow.build(root, root / "site", as_of=AS_OF)
        assert built.published is not None and runs == []
        assert f"items/{path.stem}.html" in built.published.written
        assert sum(each.endswith(".html") for each in built.published.written) == 1
    assert (built.verdict.diagnostics, contents(root / "site")) == (
        (found := clean(root, tmp_path / "clean"))[0].diagnostics, found[1],
    )  # fmt: skip


def test_a_text_that_was_checked_first_is_built_alone(root: Path, tmp_path: Path, runs: list[str]) -> None:
    path = faultless(root)[7]
    appended(path, "\n又写一段。\n")
    verdict = flow.verdict(root, as_of=AS_OF)
    built = flow.build(root, root / "site", as_of=AS_OF)
    assert runs == [] and built.verdict == verdict
    assert contents(root / "site") == clean(root, tmp_path / "clean")[1]


def test_a_text_that_is_put_back_is_built_alone(root: Path, runs: list[str]) -> None:
    path = faultless(root)[7]
    before = path.read_text("utf-8")
    appended(path, "\n又写一段。\n")
    flow.build(root, root / "site", as_of=AS_OF)
    path.write_text(before, "utf-8")
    built = flow.build(root, root / "site", as_of=AS_OF)
    assert runs == [] and built.published is not None and f"items/{path.stem}.html" in built.published.written


def first_line(path: Path, key: str) -> str:
    return next(line for line in path.read_text("utf-8").splitlines() if line.startswith(f"{key}:"))


OTHERS: dict[str, Callable[[Path], object]] = {
    "a title": lambda path: replaced(path, first_line(path, "title"), "title: 另一个题目"),
    "another link": lambda path: appended(path, "\n[某处](https://www.example.gov.cn/other/)\n"),
    "a link to nothing": lambda path: appended(path, "\n[某处](nothing.pdf)\n"),
    "HTML that is removed": lambda path: appended(path, "\n<script>alert(1)</script>\n"),
    "no text": lambda path: path.write_text(path.read_text("utf-8").rpartition("---\n")[0] + "---\n", "utf-8"),
    "a broken file": lambda path: replaced(path, "kind:", "kind"),
    "a lost file": lambda path: path.unlink(),
    "a new file": lambda path: path.with_name("2026-d00-99999.md").write_text(path.read_text("utf-8"), "utf-8"),
    "a text, and a file that is no item": lambda path: (
        appended(path, "\n又写一段。\n"), appended(path.parents[2] / "department.yml", "# 说明\n"),
    ),
    "a text, and another file lost": lambda path: (appended(path, "\n又写一段。\n"), sorted(path.parents[5].rglob("全文.pdf"))[0].unlink()),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_other_edits_find_what_a_clean_check_finds(name: str, root: Path, tmp_path: Path) -> None:
    OTHERS[name](faultless(root)[5])
    built = flow.build(root, root / "site", as_of=AS_OF)
    verdict, files = clean(root, tmp_path / "clean")
    assert built.verdict.diagnostics == verdict.diagnostics
    assert built.published is None or contents(root / "site") == files


def test_a_file_of_which_something_is_said_is_checked_with_everything(root: Path, tmp_path: Path, runs: list[str]) -> None:
    path = faultless(root)[5]
    replaced(path, first_line(path, "summary"), "summary: 短")
    replaced(path, first_line(path, "title"), "title: 关于关于")
    appended(path, "\n![](a.png)\n")
    flow.verdict(root, as_of=AS_OF)
    assert path not in faultless(root)
    runs.clear()
    appended(path, "\n又写一段。\n")
    found = flow.verdict(root, as_of=AS_OF)
    assert runs == ["rules"] and found.diagnostics == clean(root, tmp_path / "clean")[0].diagnostics


def test_a_link_that_becomes_a_picture_from_elsewhere_is_found(root: Path) -> None:
    path = faultless(root)[5]
    appended(path, "\n[图](https://www.example.com/a.png)\n")
    assert not {"W106"} & {each.code for each in flow.verdict(root, as_of=AS_OF).diagnostics}
    replaced(path, "[图](", "![图](")
    built = flow.build(root, root / "site", as_of=AS_OF)
    assert "W106" in {each.code for each in built.verdict.diagnostics} and built.published is None


def test_another_day_is_judged_anew(root: Path, runs: list[str]) -> None:
    appended(faultless(root)[5], "\n又写一段。\n")
    flow.verdict(root, as_of=AS_OF.replace(year=AS_OF.year + 1))
    assert runs == ["rules"]


def test_a_site_of_which_the_record_is_gone_is_planned_whole(root: Path, tmp_path: Path, runs: list[str]) -> None:
    appended(faultless(root)[5], "\n又写一段。\n")
    (root / "site/.mulu-standing").unlink()
    flow.build(root, root / "site", as_of=AS_OF)
    assert runs == ["world"] and contents(root / "site") == clean(root, tmp_path / "clean")[1]


def test_a_memory_that_is_ahead_of_its_verdict_is_not_believed(root: Path, tmp_path: Path) -> None:
    """A check was killed after it had written what it read, and before the list of files."""
    path = faultless(root)[5]
    before = (root / ".mulu/memory/files.msgpack").read_bytes()
    verdicts = (root / ".mulu/verdicts.msgpack").read_bytes()
    replaced(path, first_line(path, "kind"), "kind: normative")
    replaced(path, first_line(path, "title"), f"title: {'长' * 120}")
    flow.verdict(root, as_of=AS_OF)
    (root / ".mulu/memory/files.msgpack").write_bytes(before)
    (root / ".mulu/verdicts.msgpack").write_bytes(verdicts)
    assert flow.verdict(root, as_of=AS_OF).diagnostics == clean(root, tmp_path / "clean")[0].diagnostics != ()


def test_a_file_saved_after_the_verdict_is_checked_with_everything(
    root: Path, tmp_path: Path, runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    load = flow.load

    def late(*arguments: Any, **options: Any) -> Any:
        replaced(root / "catalogs/departments/d00/department.yml", "name: ", "name: 后来叫")
        return load(*arguments, **options)

    appended(faultless(root)[5], "\n又写一段。\n")
    monkeypatch.setattr(flow, "load", late)
    built = flow.build(root, root / "site", as_of=AS_OF)
    monkeypatch.undo()
    assert "rules" in runs and built.published is not None
    assert contents(root / "site") == clean(root, tmp_path / "clean")[1]


def test_a_page_that_goes_is_removed_where_the_state_is_torn(root: Path) -> None:
    page = root / "catalogs/pages/extra.md"
    page.write_text("# 多出来的\n\n一段话。\n", "utf-8")
    flow.build(root, root / "site", as_of=AS_OF)
    assert (root / "site/extra.html").exists()
    page.unlink()
    state = root / "site/.mulu-state"
    state.write_bytes(state.read_bytes()[:100])
    flow.build(root, root / "site", as_of=AS_OF)
    assert not (root / "site/extra.html").exists()


def test_a_build_that_fails_leaves_no_record_of_the_site(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    appended(faultless(root)[5], "\n又写一段。\n")

    def full(*arguments: Any, **options: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(flow, "write_index", full)
    with pytest.raises(OSError, match="No space"):
        flow.build(root, root / "site", as_of=AS_OF)
    assert not (root / "site/.mulu-standing").exists()


def _moved_behind_a_link(site: Path) -> None:
    (site / "items").rename(site.parent / "elsewhere")
    (site / "items").symlink_to(site.parent / "elsewhere")


def _folder_for(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "inside.txt").write_text("")


def _file_for(path: Path) -> None:
    shutil.rmtree(path)
    path.write_text("")


OBSTACLES: dict[str, Callable[[Path], object]] = {
    "a link for a folder": _moved_behind_a_link,
    "a folder for a page": lambda site: _folder_for(site / "index.html"),
    "a file for a folder": lambda site: _file_for(site / "entries"),
    "a folder for a shard": lambda site: _folder_for(site / "search/v1/manifest.json"),
    "a file for a folder of the index": lambda site: _file_for(next(each for each in (site / "search/v1").iterdir() if each.is_dir())),
}  # fmt: skip


@pytest.mark.parametrize("name", OBSTACLES)
@pytest.mark.parametrize("text", [False, True])
def test_what_stands_in_the_way_is_removed(name: str, text: bool, root: Path, tmp_path: Path) -> None:
    OBSTACLES[name](root / "site")
    if text:
        appended(faultless(root)[5], "\n又写一段。\n")
    flow.build(root, root / "site", as_of=AS_OF)
    assert contents(root / "site") == clean(root, tmp_path / "clean")[1]
