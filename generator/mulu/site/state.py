"""What the last build wrote: address → digest, size and time of the file. A file that does not match is written anew."""

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from mulu.diagnostics import CouldNotRun, Text
from mulu.files.kept import tell_forgotten
from mulu.pages.page import SEARCH_DATA

STATE_FILE = ".mulu-state"
STATE_VERSION = 4
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
LEFTOVER = re.compile(r"\..+\.\d+\.tmp\Z")
"""What a killed build leaves: the files that `replace_file` writes aside."""


class Written(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One file as it was written; `modified` in nanoseconds."""

    digest: bytes
    size: int
    modified: int


class Lot(msgspec.Struct, frozen=True, array_like=True):
    """The files of one chunk: the key of everything that they were planned from (site/lots.py), and how many they are."""

    key: bytes
    files: int


class State(msgspec.Struct, frozen=True):
    """The record of a whole build; `permanent` are the addresses of items and entries, which must never vanish.

    The files of the `lots` are the first of the pages, lot after lot; `world` is what all their keys have in common.
    """

    version: int
    pages: dict[str, Written]
    permanent: tuple[str, ...]
    lots: dict[str, Lot] = {}
    world: bytes = b""


class ForeignFolder(CouldNotRun):
    """The target folder holds files that mulu did not write; nothing in it is touched."""

    def __init__(self, folder: object) -> None:
        """`folder` is the target: a path, or a store."""
        super().__init__(Text(
            f"{folder} 里有不是 mulu 写的文件，没有改动。换一个文件夹，或者先清空它。",
            f"{folder} holds files that mulu did not write; nothing was changed. Choose another folder or empty it.",
        ))  # fmt: skip


def read_state(out: Path) -> State:
    """The state of the last build; an empty one for a new folder. Raises ForeignFolder for a non-empty folder without state.

    A state that cannot be read, or of another version, loses only what saves work: the permanent addresses are taken from the files.
    """
    try:
        state = msgspec.msgpack.decode((out / STATE_FILE).read_bytes(), type=State)
        if state.version == STATE_VERSION:
            return state
    except FileNotFoundError:
        if out.is_dir() and any(not name.startswith(".") for name in os.listdir(out)):
            raise ForeignFolder(out) from None
        return State(STATE_VERSION, {}, ())
    except msgspec.MsgspecError:
        pass
    tell_forgotten(out / STATE_FILE)
    return State(STATE_VERSION, {}, tuple(sorted(each for each in present(out) if is_permanent(each))))


def is_permanent(address: str) -> bool:
    """Whether it is the page of an item or entry, by its address."""
    folder, _, name = address.partition("/")
    return folder in ("items", "entries") and name.endswith(".html") and "/" not in name


def write_state(
    out: Path, pages: dict[str, Written], permanent: tuple[str, ...], lots: dict[str, Lot] | None = None, world: bytes = b""
) -> None:
    """Replace the state file."""
    replace_file(str(out / STATE_FILE), msgspec.msgpack.encode(State(STATE_VERSION, pages, permanent, lots or {}, world)))


def present(out: Path) -> Iterator[str]:
    """The address of every file below `out`, but for the search index, which keeps its own record.

    Files that begin with a dot at its top (.git, .nojekyll) are not ours, but for leftovers.
    """
    stack = [("", str(out))] if out.is_dir() else []
    while stack:
        prefix, folder = stack.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if not prefix and entry.name.startswith(".") and not LEFTOVER.match(entry.name):
                    continue
                if prefix + entry.name == SEARCH_DATA:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    stack.append((f"{prefix}{entry.name}/", entry.path))
                else:
                    yield prefix + entry.name


def modified(path: str) -> tuple[int, int] | None:
    """Size in bytes and time in nanoseconds of a file, None where there is none."""
    try:
        about = os.stat(path, follow_symlinks=False)
    except FileNotFoundError:
        return None
    return about.st_size, about.st_mtime_ns


def create_file(path: str, content: bytes) -> tuple[int, int]:
    """Write a new file where nobody looks yet; gives its size and time. Raises FileExistsError."""
    try:
        fd = os.open(path, _NEW, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        fd = os.open(path, _NEW, 0o666)
    try:
        with open(fd, "wb", buffering=0) as opened:
            _write_all(opened, content)
            about = os.fstat(fd)
    except OSError as broken:  # a full disk: the error does not say where, and half a file helps nobody
        with contextlib.suppress(OSError):
            os.unlink(path)
        raise OSError(broken.errno, broken.strerror, path) from broken
    return about.st_size, about.st_mtime_ns


def _write_all(opened: BinaryIO, content: bytes) -> None:
    """Without a buffer, `write` may take only a part: on a nearly full disk it does, and says so only in what it returns."""
    rest = memoryview(content)
    while rest:
        rest = rest[opened.write(rest) :]


def replace_file(path: str, content: bytes) -> tuple[int, int]:
    """Write aside, then replace: a reader sees the old file or the new one; gives its size and time. Equal bytes are left alone."""
    known = modified(path)
    if known is not None and known[0] == len(content):
        with open(path, "rb", buffering=0) as opened:
            if opened.read() == content:
                return known
    folder, name = os.path.split(path)
    aside = f"{folder}/.{name[:80]}.{os.getpid()}.tmp"
    with contextlib.suppress(FileNotFoundError):
        os.unlink(aside)
    size, when = create_file(aside, content)
    os.replace(aside, path)
    return size, when
