"""The trend over real histories with forged dates: which commit holds when, what is read again, and what is said when little is known."""

import json
import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import AS_OF, HERE
from mulu import flow
from mulu.cli import cli
from mulu.evaluation.tally import tally
from mulu.evaluation.trend import NO_GIT, QUARTERS, SHALLOW, YOUNG, Point, Step, Trend
from mulu.files.mainline import mainline
from mulu.pages.page import TREND
from mulu.site.points import read_points
from mulu.site.state import STATE_FILE
from test_incremental import build, contents, edit
from test_mkdocs import mkdocs

ITEM = "catalogs/departments/fgj/items/2026/2026-fgj-001.md"
CATALOG = "catalogs/departments/fgj/catalog/project.yml"
KEPT = ".mulu/trend.msgpack"


def git(root: Path, *arguments: str, day: str = "2026-01-01") -> str:
    when = f"{day}T23:30:00+0800"
    names = {f"GIT_{who}_{what}": "test@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    dates = {"GIT_AUTHOR_DATE": "2001-01-01T00:00:00+0000", "GIT_COMMITTER_DATE": when}
    done = subprocess.run(["git", *arguments], cwd=root, env=os.environ | names | dates, check=True, capture_output=True)
    return done.stdout.decode().strip()


def commit(root: Path, day: str) -> str:
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", "一次提交", day=day)
    return git(root, "rev-parse", "HEAD")


@pytest.fixture
def history(minimal: Path) -> Path:
    """2025Q3 without the item, 2025Q4 without a commit, a late item in 2026Q1, in time since 2026Q2; two tags."""
    config = (HERE.parent / "mkdocs.yml").read_text("utf-8")
    config = config.replace("  - 政府信息公开制度: system.md\n", "").replace("  - 依申请公开: request.md\n", "")
    (minimal / "mkdocs.yml").write_text(config.replace("  - mulu\n", f'  - mulu:\n      as_of: "{AS_OF}"\n'), "utf-8")
    (minimal / ".gitignore").write_text("/site/\n/clean/\n/by-mkdocs/\n.mulu/\n", "utf-8")
    text = (minimal / ITEM).read_text("utf-8")
    (minimal / ITEM).unlink()
    git(minimal, "init", "-q", "-b", "main")
    commit(minimal, "2025-07-15")
    (minimal / ITEM).parent.mkdir(exist_ok=True)
    (minimal / ITEM).write_text(text.replace("formed: 2026-03-09", "formed: 2026-01-09"), "utf-8")
    commit(minimal, "2026-03-31")
    git(minimal, "tag", "v1")
    (minimal / ITEM).write_text(text, "utf-8")
    commit(minimal, "2026-04-01")
    git(minimal, "tag", "-a", "v2,二", "-m", "第二版")
    commit(minimal, "2026-07-01")
    return minimal


def trend(root: Path, *, as_of: date = AS_OF, revision: str | None = None) -> Trend:
    return flow.trend(root, flow.check(root, as_of=as_of, revision=revision))


def names(found: Trend) -> list[str]:
    return [str(each.quarter) if each.quarter else ",".join(each.tags) or "now" for each in found.steps]


def step(found: Trend, name: str) -> Step:
    return found.steps[names(found).index(name)]


def trees_read(root: Path, monkeypatch: pytest.MonkeyPatch, **options: date) -> int:
    """How many commits git was asked to list, in its own words."""
    trace = root.parent / "trace"
    trace.unlink(missing_ok=True)
    checked = flow.check(root, as_of=options.get("as_of", AS_OF))
    monkeypatch.setenv("GIT_TRACE", str(trace))
    flow.trend(root, checked)
    monkeypatch.delenv("GIT_TRACE")
    said = trace.read_text("utf-8")
    assert said.count("built-in: git log") == 1 and "checkout" not in said
    assert said.count("built-in: git cat-file") == said.count("built-in: git ls-tree")
    return said.count("built-in: git ls-tree")


def test_every_quarter_and_tag_has_the_counts_of_its_own_day(history: Path) -> None:
    found = trend(history)
    assert names(found) == ["2025Q3", "2025Q4", "v1", "2026Q1", "v2,二", "2026Q2", "2026Q3", "now"]
    assert [each.day.isoformat() for each in found.steps][2:5] == ["2026-03-31", "2026-03-31", "2026-04-01"]
    assert [each.point.tally.coverage for each in found.steps] == [0, 0, 100, 100, 100, 100, 100, 100]
    assert [each.point.tally.timeliness for each in found.steps] == [None, None, 0, 0, 100, 100, 100, 100]
    assert step(found, "2025Q3").point.tally.open == 1 and step(found, "2026Q1").point.tally.elements == 2
    assert found.lacking is None


def test_a_new_tag_is_read_once(history: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trend(history)
    git(history, "tag", "later")
    assert [trees_read(history, monkeypatch) for _ in range(2)] == [1, 0]


def test_less_is_read_of_a_commit_and_the_counts_are_the_same(tmp_path: Path) -> None:
    shutil.copytree(HERE.parent / "catalogs", tmp_path / "catalogs")
    git(tmp_path, "init", "-q")
    commit(tmp_path, "2026-09-30")
    whole = flow.check(tmp_path, as_of=date(2026, 9, 30))
    found = trend(tmp_path)
    assert names(found) == ["2026Q3", "now"] and found.steps[0].point == Point(tally(whole.correspondence.entries.values()))


def test_only_what_was_committed_up_to_the_day_counts(history: Path) -> None:
    before = trend(history, as_of=date(2026, 3, 31), revision="v1")
    assert names(before) == ["2025Q3", "2025Q4", "v1", "now"]
    assert names(trend(history, as_of=date(2026, 3, 31))) == names(before)
    assert names(trend(history, as_of=date(2026, 4, 1))) == ["2025Q3", "2025Q4", "v1", "2026Q1", "v2,二", "now"]
    assert trend(history, revision="HEAD") == trend(history)


def test_side_branches_and_clocks_that_go_wrong(history: Path) -> None:
    git(history, "checkout", "-q", "-b", "side", "v1")
    edit(history / CATALOG, lambda text: text + text[text.index("  - id:") :].replace("project-guide", "project-second"))
    commit(history, "2026-06-29")
    git(history, "tag", "aside")
    git(history, "checkout", "-q", "main")
    assert "aside" not in names(trend(history))
    git(history, "merge", "-q", "--no-ff", "-m", "合并", "side", day="2026-08-01")
    merged = trend(history)
    assert step(merged, "aside").point.tally.entries == 2
    assert step(merged, "2026Q2").point.tally.entries == 1 and step(merged, "2026Q3").point.tally.entries == 2
    commit(history, "1999-01-01")
    commit(history, "2031-01-01")
    line = mainline(history, "HEAD", until=AS_OF)
    assert line.recorded and not line.shallow and len(line.commits) == 6
    found = trend(history)
    assert names(found) == names(merged) and step(found, "2026Q3") == step(merged, "2026Q3")


def test_a_commit_is_read_once(history: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert trees_read(history, monkeypatch) == 4
    assert trees_read(history, monkeypatch) == 0
    edit(history / ITEM, lambda text: text + "\n再加一句。\n")
    commit(history, "2026-11-20")
    assert trees_read(history, monkeypatch) == 0
    assert trees_read(history, monkeypatch, as_of=date(2027, 1, 1)) == 1
    assert trees_read(history, monkeypatch) == 0


def test_a_torn_or_foreign_cache_is_ignored(history: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = trend(history)
    kept = (history / KEPT).read_bytes()
    assert read_points(history, "") and not read_points(history, "demo/")
    turned = bytes([*kept[:-1], kept[-1] ^ 1])
    for broken in (kept[:-9], kept[:10], b"", b"{}", turned):
        (history / KEPT).write_bytes(broken)
        assert read_points(history, "") == {} and trend(history) == good
        assert (history / KEPT).read_bytes() == kept
    assert trees_read(history, monkeypatch) == 0


def test_a_folder_below_the_top_level_has_its_own_history(history: Path, tmp_path: Path) -> None:
    top = tmp_path / "top"
    top.mkdir()
    shutil.copytree(history / "catalogs", top / "one" / "catalogs")
    git(top, "init", "-q")
    commit(top, "2025-12-01")
    assert names(trend(top / "one")) == ["2025Q4", "2026Q1", "2026Q2", "2026Q3", "now"]
    shutil.copytree(top / "one", top / "two")
    commit(top, "2026-05-05")
    assert names(trend(top / "two")) == ["2026Q2", "2026Q3", "now"]


def test_files_that_could_not_be_read_then_are_counted(history: Path) -> None:
    edit(history / CATALOG, lambda text: text + text[text.index("  - id:") :].replace("project-guide", "project-second"))
    (history / ITEM).write_text("---\nkind: [\n---\n", "utf-8")
    commit(history, "2026-08-08")
    assert step(trend(history, revision="HEAD"), "2026Q3").point.unread == 1
    assert "2026-09-30：有 1 个文件读不出" in run(history).output


def test_two_clones_give_the_same_bytes(history: Path, tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        git(tmp_path, "clone", "-q", str(history), name)
        assert build(tmp_path / name).published is not None
        made.append(contents(tmp_path / name / "site"))
    assert made[0] == made[1]
    again = build(tmp_path / "one").published
    assert again is not None and again.written == ()
    page = made[0][TREND].decode()
    assert "<polyline" in page and "2026年第三季度末" in page and "标签 v2,二" in page and "mulu-banner" not in page
    assert not re.search(r"style=|<style", page[page.index("<h1>") :])


def test_incremental_equals_clean_and_mkdocs_equals_mulu(history: Path) -> None:
    build(history)
    edit(history / ITEM, lambda text: text.replace("备案", "登记", 1))
    commit(history, "2026-09-09")
    again = build(history).published
    assert again is not None and again.removed == ()
    (history / KEPT).unlink()
    build(history, "clean")
    assert contents(history / "site") == contents(history / "clean")
    done = mkdocs(history)
    assert done.returncode == 0, done.stderr
    assert contents(history / "by-mkdocs") == contents(history / "clean")
    assert (history / "site" / STATE_FILE).exists()


def test_little_history_is_said_in_words(history: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", history.as_uri(), "shallow")
    shallow = trend(tmp_path / "shallow")
    assert shallow.lacking == SHALLOW and names(shallow) == ["2026Q3", "now"]
    assert trend(history, as_of=date(2025, 9, 1), revision="main").lacking == YOUNG
    shutil.rmtree(history / ".git")
    alone = trend(history)
    assert alone.lacking == NO_GIT and names(alone) == ["now"]
    build(history)
    page = (history / "site" / TREND).read_text("utf-8")
    assert NO_GIT.zh in page and "<polyline" not in page and "评估日" in page


def test_at_most_twenty_quarters(history: Path) -> None:
    far = trend(history, as_of=date(2034, 5, 5), revision="HEAD")
    assert len(far.steps) == QUARTERS + 1 and far.steps[0].quarter and str(far.steps[0].quarter) == "2029Q2"


def run(root: Path, *options: str) -> Result:
    return CliRunner().invoke(cli, ["trend", str(root), "--as-of", str(AS_OF), *options])


def test_the_command_prints_the_same_numbers(history: Path, tmp_path: Path) -> None:
    said = run(history)
    assert said.exit_code == 0
    lines = said.output.splitlines()
    assert lines[3].startswith("评估日 ") and lines[-1].startswith("2025年第三季度末  2025-09-30")
    assert "end of 2026Q1" in run(history, "--lang", "en", "--at", "HEAD").output
    report = json.loads(run(history, "--json").output)
    assert report["version"] == 1 and report["lacking"] is None
    assert [each["coverage"] for each in report["steps"]] == [each.point.tally.coverage for each in trend(history).steps]
    assert run(tmp_path).exit_code == 2
