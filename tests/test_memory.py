"""What earlier checks learned: used for files that did not change, never for others, and never a reason to fail."""

import os
from pathlib import Path

from conftest import AS_OF
from mulu.flow import Checked, check

ITEM = "catalogs/departments/fgj/items/2026/2026-fgj-001.md"
LONG_AGO = 1_700_000_000


def seen(root: Path) -> Checked:
    return check(root, as_of=AS_OF)


def title(found: Checked) -> str:
    return found.repository.items["2026-fgj-001"].title


def saved(path: Path, text: str, when: int) -> None:
    path.write_text(text, "utf-8")
    os.utime(path, (when, when))


def test_an_unchanged_file_is_not_read_again(minimal: Path) -> None:
    """Shown by a change that keeps size and time, which no program can see without reading."""
    path = minimal / ITEM
    good = path.read_text("utf-8")
    saved(path, good, LONG_AGO)
    first = seen(minimal)
    saved(path, good.replace("企业投资项目备案办事指南", "企业投资项目备案办事指北"), LONG_AGO)
    assert title(seen(minimal)) == title(first)
    saved(path, path.read_text("utf-8"), LONG_AGO + 1)
    assert title(seen(minimal)) == "企业投资项目备案办事指北"


def test_a_file_saved_just_now_is_not_trusted(minimal: Path) -> None:
    path = minimal / ITEM
    before = path.stat()
    seen(minimal)
    path.write_text(path.read_text("utf-8").replace("办事指南", "办事指北"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, (minimal / ".mulu/memory/files.msgpack").stat().st_mtime_ns))
    seen(minimal)
    path.write_text(path.read_text("utf-8").replace("办事指北", "办事指东"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, (minimal / ".mulu/memory/files.msgpack").stat().st_mtime_ns - 1000))
    assert title(seen(minimal)).endswith("办事指东")


def test_a_fault_is_found_every_time(minimal: Path) -> None:
    path = minimal / ITEM
    saved(path, path.read_text("utf-8").replace("review: {by: 局办公室, on: 2026-03-11}\n", ""), LONG_AGO)
    assert [each.code for each in seen(minimal).diagnostics] == [each.code for each in seen(minimal).diagnostics] == ["I115"]
    saved(path, path.read_text("utf-8").replace("kind: guide", "kind: nonsense"), LONG_AGO + 1)
    assert {each.code for each in seen(minimal).diagnostics} == {each.code for each in seen(minimal).diagnostics} >= {"S104"}


def test_a_damaged_memory_is_forgotten(minimal: Path) -> None:
    first = seen(minimal)
    for name in ("files.msgpack", "fgj-2026.items.msgpack"):
        kept = minimal / ".mulu/memory" / name
        for damage in (b"", b"\x00" * 40, kept.read_bytes()[:-7]):
            kept.write_bytes(damage)
            assert seen(minimal).diagnostics == first.diagnostics and title(seen(minimal)) == title(first)


def test_a_removed_file_is_forgotten(minimal: Path) -> None:
    seen(minimal)
    (minimal / ITEM).unlink()
    assert "2026-fgj-001" not in seen(minimal).repository.items
    assert ITEM.encode() not in b"".join(path.read_bytes() for path in (minimal / ".mulu/memory").iterdir())
