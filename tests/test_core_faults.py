"""What hostile or unlucky input must not do: raise, overwrite, vanish, leak, or leave a build that cannot be taken up again."""

import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
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
from mulu.files.pdf import pdf_words
from mulu.flow import Checked
from mulu.limits.parse import parse_limit
from mulu.model.body import identity_numbers
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


def pdf_saying(words: str) -> bytes:
    """A pdf of one page, small and with no table of its objects, as careless programs write them."""
    described = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(described)} >>\nstream\n{described}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body = "".join(f"{number} 0 obj\n{each}\nendobj\n" for number, each in enumerate(objects, start=1))
    return f"%PDF-1.4\n{body}trailer << /Root 1 0 R /Size 6 >>\nstartxref\n0\n%%EOF\n".encode()


def test_a_pdf_is_read_as_far_as_it_can_be() -> None:
    assert not any(list(identity_numbers(text)) for text in pdf_words(pdf_saying("Wang 1101**********7715")))
    whole = pdf_saying("Wang 110101199003077715")
    assert any(list(identity_numbers(text)) for text in pdf_words(whole))
    for cut in range(0, len(whole), 7):
        list(pdf_words(whole[:cut]))
    loop = whole.replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")
    assert list(pdf_words(loop)) == []


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


def building(root: Path, *, workers: int) -> list[str]:
    options = ("--out", str(root / "site"), "--as-of", str(AS_OF), "--workers", str(workers))
    return [sys.executable, "-m", "mulu", "build", str(root), *options]


def test_a_killed_first_build_is_taken_up_again(tmp_path: Path) -> None:
    root = demo(tmp_path)
    flow.build(root, root / "clean", as_of=AS_OF)
    command = building(root, workers=1)
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        while running.poll() is None and not list(root.glob(".site.*.new/items/*.html")):
            time.sleep(0.002)
        running.send_signal(signal.SIGKILL)
    assert running.returncode == -signal.SIGKILL and not (root / "site").exists()
    flow.build(root, root / "site", as_of=AS_OF)
    assert not list(root.glob(".site.*"))
    assert contents(root / "site") == contents(root / "clean")


def test_a_killed_rebuild_serves_whole_pages_only(tmp_path: Path) -> None:
    root = demo(tmp_path)
    flow.build(root, root / "site", as_of=AS_OF)
    before = contents(root / "site")
    site = root / "catalogs/site.yml"
    site.write_text(site.read_text("utf-8").replace("示例区人民政府门户网站", "示例区门户"), "utf-8")  # a tag of every page
    flow.build(root, root / "clean", as_of=AS_OF)
    after = contents(root / "clean")
    page = root / "site/items/2026-fgj-002.html"
    stamp = page.stat().st_mtime_ns
    with subprocess.Popen(building(root, workers=1), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        while running.poll() is None and page.stat().st_mtime_ns == stamp:
            time.sleep(0.002)
        running.send_signal(signal.SIGKILL)
    assert running.returncode == -signal.SIGKILL
    torn = {address: content for address, content in contents(root / "site").items() if not address.endswith(".tmp")}
    assert before.keys() == torn.keys() and torn not in (before, after)
    assert all(content in (before[address], after[address]) for address, content in torn.items())
    flow.build(root, root / "site", as_of=AS_OF)
    assert contents(root / "site") == after


def test_a_killed_build_leaves_no_worker() -> None:
    program = "import os, time; from mulu.files.crew import crew\nwith crew(lambda _: (print(os.getpid(), flush=True), time.sleep(9999)), workers=2) as each: list(each([1, 2]))"
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        workers = {running.stdout.readline().strip() for _ in range(2)}
        running.send_signal(signal.SIGKILL)
        assert running.stdout.read() == ""  # ends only when the last process that could write has ended
    assert len(workers) == 2


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


@pytest.mark.parametrize("part", ["<", "<!---->", "<w:br ", "9", "a-", "-a", "\n", "\t", "零", "[", "![](", "&", "1 "])
def test_hostile_text_is_read_in_one_pass(minimal: Path, checked: Callable[[Path], Checked], part: str) -> None:
    """An expression that tries again at every character would be at it for hours."""
    text = part * (150_000 // len(part))
    good = (minimal / ITEM).read_text("utf-8")
    (minimal / ITEM).write_text(f"---\n{text}\n---\n", "utf-8")
    (minimal / CATALOG).write_text(text, "utf-8")
    (minimal / ITEM.replace("001", "002")).write_text(f"{good.replace('2026-fgj-001', '2026-fgj-002')}\n{text}", "utf-8")
    (minimal / ITEM).with_suffix("").mkdir(exist_ok=True)
    with zipfile.ZipFile(
        minimal / "catalogs/departments/fgj/items/2026/2026-fgj-001/x.docx", "w", zipfile.ZIP_DEFLATED
    ) as packed:
        packed.writestr("[Content_Types].xml", "")
        packed.writestr("word/document.xml", text * 20)
    (minimal / "catalogs/departments/fgj/items/2026/2026-fgj-001/x.txt").write_text(text, "utf-8")
    assert codes(checked(minimal)) & {"S103", "F105", "F107"}
    assert parse_limit(text + "日内").clauses == ()
