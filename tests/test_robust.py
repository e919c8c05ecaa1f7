"""Builds that are disturbed: killed, doubled, without room, without rights, with sources that vanish. The last good site stays whole."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import corpus
from benchmarks.measure import descendants
from conftest import AS_OF
from mulu import flow
from mulu.cli import cli
from mulu.site.lock import Locked, locked
from test_incremental import contents

KILLS = int(os.environ.get("MULU_KILLS", "50"))
LINK = re.compile(r'(?:href|src)="(?!https?:|mailto:|data:|#)([^"#?]+)')


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    corpus.write(tmp_path / "root", 60)
    return tmp_path / "root"


def command(root: Path, out: Path, *options: str) -> list[str]:
    return [
        sys.executable,
        "-m",
        "mulu",
        "build",
        str(root),
        "--out",
        str(out),
        "--as-of",
        str(AS_OF),
        "--lang",
        "en",
        *options,
    ]


def ran(root: Path, out: Path, *options: str) -> tuple[int, str]:
    done = subprocess.run(command(root, out, *options), capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stderr


def edit_all(root: Path, turn: int) -> None:
    """Another title for every item: item pages, entries and lists all change."""
    for path in root.glob("catalogs/departments/*/items/*/*.md"):
        path.write_text(
            re.sub(r"^title: (.*?)(?:（改\d+）)?$", rf"title: \1（改{turn}）", path.read_text("utf-8"), flags=re.MULTILINE),
            "utf-8",
        )


def assert_servable(out: Path) -> None:
    """Every page is whole, and everything it links to is there."""
    files = contents(out)
    for address, content in files.items():
        if address.endswith(".html") and not address.rpartition("/")[2].startswith("."):
            text = content.decode("utf-8")
            assert text.rstrip().endswith("</html>"), address
            for target in LINK.findall(text):
                there = os.path.normpath(os.path.join(os.path.dirname(address), target.replace("&amp;", "&")))
                assert unquoted(there.lstrip("/")) in files, f"{address} links to {there}"


def unquoted(address: str) -> str:
    from urllib.parse import unquote

    return unquote(address)


def test_a_second_build_is_told_who_builds(repository: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    with locked(out):
        code, said = ran(repository, out)
    assert code == 2 and f"process {os.getpid()}" in said and str(out) in said
    assert not out.exists()
    assert ran(repository, out)[0] == 0


def test_a_lock_is_not_left_by_a_killed_process_nor_kept_by_its_children(tmp_path: Path) -> None:
    held = (
        "import os, sys, time\nfrom pathlib import Path\nfrom mulu.site.lock import locked\n"
        "with locked(Path(sys.argv[1])):\n    child = os.fork()\n    print(child, flush=True) if child else None\n    time.sleep(600)\n"
    )
    out = tmp_path / "site"
    holding = subprocess.Popen([sys.executable, "-c", held, str(out)], stdout=subprocess.PIPE, text=True)
    assert holding.stdout is not None
    child = int(holding.stdout.readline())
    try:
        with pytest.raises(Locked, match=f"process {holding.pid}"), locked(out):
            pass
        holding.kill()
        holding.wait()
        with locked(out):
            pass
    finally:
        os.kill(child, signal.SIGKILL)
        holding.stdout.close()


def mounted(tmp_path: Path, options: str) -> Path:
    target = tmp_path / "mounted"
    target.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(target)], capture_output=True, check=False
    ).returncode:
        pytest.skip("mounting needs root")
    return target


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with room for one site of sixty items but not for many more."""
    target = mounted(tmp_path, "size=12m")
    yield target
    subprocess.run(["umount", str(target)], check=True)


def test_a_full_disk_is_said_and_the_last_site_stays(repository: Path, small: Path) -> None:
    assert ran(repository, small / "site")[0] == 0
    before = contents(small / "site")
    with (small / "rest").open("wb") as rest, pytest.raises(OSError, match="No space"):
        while True:
            rest.write(bytes(65536))
            rest.flush()
    edit_all(repository, 1)
    code, said = ran(repository, small / "site")
    assert code == 2 and "No space left" in said and str(small / "site") in said
    assert contents(small / "site").keys() >= before.keys()
    assert_servable(small / "site")
    (small / "rest").unlink()
    assert ran(repository, small / "site")[0] == 0
    assert ran(repository, repository / "clean")[0] == 0
    assert contents(small / "site") == contents(repository / "clean")


def test_a_first_build_without_room_leaves_nothing(repository: Path, small: Path) -> None:
    (small / "rest").write_bytes(bytes(11 * 2**20))
    code, said = ran(repository, small / "site")
    assert code == 2 and "No space left" in said
    assert [path.name for path in small.iterdir() if path.is_dir()] == []


def test_a_read_only_target_is_said(repository: Path, tmp_path: Path) -> None:
    target = mounted(tmp_path, "size=12m")
    try:
        assert ran(repository, target / "site")[0] == 0
        before = contents(target / "site")
        subprocess.run(["mount", "-o", "remount,ro", str(target)], check=True)
        edit_all(repository, 1)
        code, said = ran(repository, target / "site")
        assert code == 2 and "Read-only file system" in said and str(target) in said
        assert contents(target / "site") == before
    finally:
        subprocess.run(["umount", str(target)], check=True)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_source_that_vanishes_while_it_is_read_is_named(repository: Path, tmp_path: Path, workers: str) -> None:
    """It is listed, and gone at the moment it is opened."""
    out = tmp_path / "site"
    assert ran(repository, out, "--workers", workers)[0] == 0
    before = contents(out)
    victim = sorted(repository.glob("catalogs/departments/*/items/*/*.md"))[0]
    shutil.rmtree(repository / ".mulu")  # every file is read again
    gone = (
        "import sys, os\nvictim = sys.argv.pop(1)\n"
        "def watch(event, arguments):\n"
        "    if event == 'open' and str(arguments[0]) == victim and os.path.exists(victim): os.unlink(victim)\n"
        "sys.addaudithook(watch)\nfrom mulu.cli import main\nmain()\n"
    )
    arguments = command(repository, out, "--workers", workers)[3:]
    done = subprocess.run([sys.executable, "-c", gone, str(victim), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and victim.name in done.stderr and "Traceback" not in done.stderr, done.stderr
    assert contents(out) == before


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_source_saved_after_its_check_is_not_published(repository: Path, tmp_path: Path, workers: str) -> None:
    out = tmp_path / "site"
    assert ran(repository, out)[0] == 0
    before = contents(out)
    victim = sorted(repository.glob("catalogs/departments/*/items/*/*.md"))[0]
    victim.write_text(victim.read_text("utf-8") + "\n再加一句。\n", "utf-8")
    flow.check(repository, as_of=AS_OF)
    saved = (
        "import sys, os\nvictim = sys.argv.pop(1)\nfrom mulu import flow\ncheck = flow._checked\n"
        "def checked(*arguments, **options):\n"
        "    found = check(*arguments, **options)\n    open(victim, 'a').write('11010519491231002X')\n    return found\n"
        "flow._checked = checked\nfrom mulu.cli import main\nmain()\n"
    )
    arguments = command(repository, out, "--workers", workers)[3:]
    done = subprocess.run([sys.executable, "-c", saved, str(victim), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and f"{victim.name} was changed" in done.stderr, done.stderr
    assert contents(out)[f"items/{victim.stem}.html"] == before[f"items/{victim.stem}.html"]
    assert_servable(out)


def test_workers_end_with_the_build_that_started_them(repository: Path, tmp_path: Path) -> None:
    corpus.write(repository, 1500)
    with subprocess.Popen(
        command(repository, tmp_path / "site", "--workers", "2"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        while len(processes := descendants(running.pid)) < 3 and running.poll() is None:
            time.sleep(0.01)
        running.send_signal(signal.SIGKILL)
    assert len(processes) >= 3
    while any(alive(process) for process in processes):
        time.sleep(0.05)


def alive(process: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False


@pytest.mark.parametrize("options", [["--workers", "0"], ["--workers", "-1"], ["--workers", "many"], ["--workers", "1000"]])
def test_impossible_numbers_of_workers_are_refused(repository: Path, options: list[str]) -> None:
    done = CliRunner().invoke(cli, ["build", str(repository), *options])
    assert done.exit_code == 2 and "--workers" in done.stderr


def test_unusable_caches_are_made_again_and_told_when_asked(repository: Path) -> None:
    out = repository / "site"
    flow.build(repository, out, as_of=AS_OF)
    kept = [*repository.rglob(".mulu/**/*.msgpack"), out / ".mulu-state"]
    assert len(kept) > 3
    for harm in (lambda content: content[: len(content) // 2], lambda content: content[::-1], lambda content: b""):
        for path in kept:
            path.write_bytes(harm(path.read_bytes()))
        done = CliRunner().invoke(cli, ["build", str(repository), "--as-of", str(AS_OF), "--lang", "en", "-v"])
        assert done.exit_code == 0
        for name in (".mulu-state", "files.msgpack", "shell.msgpack"):
            assert f"{name} is incomplete or of another version" in done.stderr
    for path in kept:
        path.write_bytes(path.read_bytes()[:-1])
    assert CliRunner().invoke(cli, ["build", str(repository), "--as-of", str(AS_OF), "--lang", "en"]).stderr == ""
    shutil.rmtree(repository / ".mulu")
    flow.build(repository, repository / "clean", as_of=AS_OF)
    assert contents(out) == contents(repository / "clean")


def killed_builds(root: Path, kills: int, seed: int) -> None:
    """Builds over an edited site, each killed at a random moment; after each the folder can be served, at the end it equals a clean one."""
    chance, out = random.Random(seed), root / "site"
    flow.build(root, out, as_of=AS_OF, workers=2)
    edit_all(root, 0)
    began = time.perf_counter()
    flow.build(root, out, as_of=AS_OF, workers=2)
    usual = time.perf_counter() - began
    for turn in range(1, kills + 1):
        if turn % 5 == 1:  # the others take up what a killed one left
            edit_all(root, turn)
        with subprocess.Popen(
            command(root, out, "--workers", "2"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as running:
            time.sleep(chance.random() * (usual + 0.5))
            running.send_signal(signal.SIGKILL)
        assert_servable(out)
    edit_all(root, kills + 1)
    flow.build(root, out, as_of=AS_OF, workers=2)
    shutil.rmtree(root / ".mulu")
    flow.build(root, root / "clean", as_of=AS_OF)
    assert contents(out) == contents(root / "clean")


@pytest.mark.long
def test_builds_killed_at_random_moments(tmp_path: Path) -> None:
    """MULU_KILL_ITEMS sets the size; 5000 is that of the acceptance run."""
    items = int(os.environ.get("MULU_KILL_ITEMS", "400"))
    corpus.write(tmp_path / "root", items)
    killed_builds(tmp_path / "root", KILLS, seed=1)
