"""What hostile or unlucky input must not do: raise, overwrite, vanish, leak, or leave a build that cannot be taken up again."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import AS_OF, HERE, commit
from mulu import flow
from mulu.cli import cli
from mulu.flow import Checked
from mulu.model.kinds import RESERVED
from mulu.pages.edition import Edition
from mulu.pages.plan import pages
from test_incremental import contents

ITEM = "catalogs/departments/fgj/items/2026/2026-fgj-001.md"
CATALOG = "catalogs/departments/fgj/catalog/project.yml"


def codes(found: Checked) -> set[str]:
    return {each.code for each in found.diagnostics}


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (ITEM, "kind: guide", "kind: &k guide\n*k : 2"), (ITEM, "formed: 2026-03-09", "formed: 0000-01-01"),
        (ITEM, "kind: guide", 'kind: guide\nperiod: "0000"'), (CATALOG, "levels:", "since: 3.0\n    levels:"),
        ("catalogs/calendar/2026.yml", "year: 2026", "year: 2026.0"),
    ],
)  # fmt: skip
def test_bad_data_is_a_value(minimal: Path, checked: Callable[[Path], Checked], path: str, old: str, new: str) -> None:
    (minimal / path).write_text((minimal / path).read_text("utf-8").replace(old, new), "utf-8")
    checked(minimal)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_check_ever_raises(minimal: Path, checked: Callable[[Path], Checked], data: st.DataObject) -> None:
    """Lines of good files exchanged for others' and for fragments that YAML knows."""
    path = data.draw(st.sampled_from([ITEM, CATALOG, "catalogs/site.yml", "catalogs/calendar/2026.yml"]))
    good = (minimal / path).read_text("utf-8")
    fragments = [
        "*a",
        "&a [*a]",
        "? x",
        "- - -",
        "{",
        "key: [",
        "0",
        "-1",
        "1e9",
        "2026-13-45",
        "''",
        "~",
        "!!python/object:x",
        "|",
        "\t",
        "a: b: c",
        "---",
        "%",
    ]
    lines = good.splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(lines) - 1))
        key, colon, _ = lines[place].partition(":")
        lines[place] = (
            key + colon + " " + data.draw(st.sampled_from(fragments)) if colon else data.draw(st.sampled_from(fragments))
        )
    try:
        (minimal / path).write_text("\n".join(lines) + "\n", "utf-8")
        checked(minimal)
    finally:
        (minimal / path).write_text(good, "utf-8")


def test_pipes_and_submodules_are_no_files(minimal: Path, checked: Callable[[Path], Checked]) -> None:
    os.mkfifo(minimal / "catalogs/pages/pipe.md")
    assert "F111" in codes(checked(minimal))
    (minimal / "catalogs/pages/pipe.md").unlink()
    commit(minimal)
    entry = f"160000,{'1' * 40},catalogs/pages/module"
    subprocess.run(["git", "update-index", "--add", "--cacheinfo", entry], cwd=minimal, check=True)
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "m"], cwd=minimal, check=True)
    assert "F111" in codes(flow.check(minimal, as_of=AS_OF, revision="HEAD"))


def test_names_that_are_not_utf8_are_reported(minimal: Path) -> None:
    (minimal / "catalogs/pages" / os.fsdecode(b"\xd2\xb3.md")).write_text("x", "utf-8")
    for form in ("text", "json", "github", "gitlab", "sarif"):
        done = CliRunner().invoke(cli, ["check", str(minimal), "--as-of", str(AS_OF), "--format", form])
        assert done.exception is None or isinstance(done.exception, SystemExit)


def test_an_identity_number_is_published_nowhere(minimal: Path, checked: Callable[[Path], Checked]) -> None:
    for path in ("catalogs/site.yml", "catalogs/pages/guide.md", "catalogs/departments/fgj/department.yml"):
        good = (minimal / path).read_text("utf-8")
        (minimal / path).write_text(good + "# 11010519491231002X\n", "utf-8")
        assert "P104" in codes(checked(minimal))
        (minimal / path).write_text(good, "utf-8")


def test_reserved_folders_are_those_that_are_written(minimal: Path, checked: Callable[[Path], Checked]) -> None:
    found = flow.check(HERE.parent, as_of=AS_OF)
    planned = pages(
        Edition(found.repository, found.correspondence, found.diagnostics, {}, AS_OF, flow.trend(HERE.parent, found))
    )
    assert {page.address.split("/")[0] for page in planned if "/" in page.address} <= RESERVED


def demo(folder: Path) -> Path:
    shutil.copytree(HERE.parent / "catalogs", folder / "catalogs")
    shutil.copy(HERE.parent / "mkdocs.yml", folder)
    return folder


def test_a_killed_first_build_is_taken_up_again(tmp_path: Path) -> None:
    root = demo(tmp_path)
    flow.build(root, root / "clean", as_of=AS_OF)
    command = [
        sys.executable,
        "-m",
        "mulu",
        "build",
        str(root),
        "--out",
        str(root / "site"),
        "--as-of",
        str(AS_OF),
        "--workers",
        "1",
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        while running.poll() is None and not list(root.glob(".site.*.new/items/*.html")):
            time.sleep(0.002)
        running.send_signal(signal.SIGKILL)
    assert running.returncode == -signal.SIGKILL and not (root / "site").exists()
    flow.build(root, root / "site", as_of=AS_OF)
    assert not list(root.glob(".site.*"))
    assert contents(root / "site") == contents(root / "clean")


def test_a_damaged_state_does_not_forget_what_is_permanent(tmp_path: Path) -> None:
    from mulu.site.publish import Vanishing

    root = demo(tmp_path)
    flow.build(root, root / "site", as_of=AS_OF)
    (root / "site" / ".mulu-state").write_bytes(b"\x00damaged")
    (root / "site" / ".index.html.7.tmp").write_bytes(b"left over")
    (root / "site" / "entries" / "once-there.html").write_text("an entry of an earlier catalog", "utf-8")
    with pytest.raises(Vanishing):
        flow.build(root, root / "site", as_of=AS_OF)
    (root / "site" / "entries" / "once-there.html").unlink()
    flow.build(root, root / "site", as_of=AS_OF)
    assert not (root / "site" / ".index.html.7.tmp").exists()


def test_mkdocs_leaves_what_is_not_its_own(tmp_path: Path) -> None:
    root = demo(tmp_path)
    (root / "site" / ".git").mkdir(parents=True)
    (root / "site" / ".git" / "HEAD").write_text("kept", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(root / "mkdocs.yml")], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert (root / "site" / ".git" / "HEAD").read_text("utf-8") == "kept" and (root / "site" / "index.html").exists()


def test_no_template_is_shipped(tmp_path: Path) -> None:
    root = demo(tmp_path)
    flow.build(root, root / "site", as_of=AS_OF)
    for path in (root / "site").rglob("*"):
        if path.suffix in (".html", ".xml", ".txt"):
            assert "{%" not in path.read_text("utf-8"), path


def test_a_commit_brings_its_own_look(tmp_path: Path) -> None:
    root = demo(tmp_path)
    commit(root)
    flow.build(root, root / "before", as_of=AS_OF, revision="HEAD")
    config = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(config.replace("标准目录: catalog", "改了的导航: catalog"), "utf-8")
    flow.build(root, root / "after", as_of=AS_OF, revision="HEAD")
    assert contents(root / "before") == contents(root / "after")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_cannot_run_says_so(tmp_path: Path, lang: str) -> None:
    root = demo(tmp_path)
    for text in (None, "plugins: []\nsite_name: x\ndocs_dir: catalogs/pages\n", "site_name: [\n"):
        (root / "mkdocs.yml").unlink(missing_ok=True)
        if text is not None:
            (root / "mkdocs.yml").write_text(text, "utf-8")
        done = CliRunner().invoke(cli, ["build", str(root), "--as-of", str(AS_OF), "--lang", lang])
        assert done.exit_code == 2 and "mkdocs.yml" in done.output


def test_a_relative_root_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    demo(tmp_path / "here")
    monkeypatch.chdir(tmp_path)
    assert flow.build(Path("here"), Path("here/site"), as_of=date(2026, 11, 23)).published
