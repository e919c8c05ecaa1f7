"""A folder told by names, sizes and times alone: whether anything in it can have changed, without opening or knowing any file.

A look takes 6 µs a file. Several processes are no faster: they wait for each other in the kernel (500,000 files: 9 s by two, 7 s by one).
"""

import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path

import msgspec


class Listing(msgspec.Struct, frozen=True, array_like=True):
    """`digest` is over path, size and time of every file, `newest` the latest time in nanoseconds; `ordinary` is False where there are links."""

    digest: str
    newest: int
    ordinary: bool = True


class Look(msgspec.Struct, frozen=True, array_like=True):
    """One folder without those below it."""

    digest: bytes
    newest: int
    ordinary: bool


def listing(folder: Path, *, dots_below: bool) -> Listing:
    """Look at every file below `folder`; arguments as of `looks`."""
    return whole(looks(folder, dots_below=dots_below))


def looks(folder: Path, *, dots_below: bool) -> dict[str, Look]:
    """Every folder below `folder`, by its path there, the top as the empty name; names that begin with a dot are passed over.

    With `dots_below` only those at its top are, but for what a killed writer leaves (`.NAME.tmp`).
    """
    found: dict[str, Look] = {}
    names = [""]
    while names:
        name = names.pop()
        found[name], below = _look(str(folder), dots_below, name)
        names += [f"{name}/{each}" if name else each for each in below]
    return found


def whole(looks: Mapping[str, Look]) -> Listing:
    """Folders put together; those without files do not count."""
    digest = hashlib.blake2b(digest_size=20)
    for name in sorted(looks):
        if looks[name].newest:
            digest.update(os.fsencode(name) + b"\0" + looks[name].digest)
    newest = max((look.newest for look in looks.values()), default=0)
    return Listing(digest.hexdigest(), newest, all(look.ordinary for look in looks.values()))


def line(name: str, size: int, time: int) -> str:
    """What is told of one file: its size in bytes, and the time of its last change in nanoseconds."""
    return f"{name}\0{size}\0{time}"


def look(lines: list[str], newest: int, *, ordinary: bool) -> Look:
    """A folder's files in one value, whatever their order."""
    told = "\n".join(sorted(lines)).encode("utf-8", "surrogateescape")
    return Look(hashlib.blake2b(told, digest_size=20).digest(), newest, ordinary)


def _look(top: str, dots_below: bool, name: str) -> tuple[Look, list[str]]:
    """One folder, and the names of those in it. Files are asked for by name in the open folder; by whole paths it takes half as long again."""
    lines: list[str] = []
    below: list[str] = []
    newest, ordinary = 0, True
    opened = os.open(f"{top}/{name}", os.O_RDONLY | os.O_DIRECTORY)
    try:
        with os.scandir(opened) as entries:
            for entry in entries:
                if entry.name[0] == "." and _passed(entry.name, name, dots_below):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    below.append(entry.name)
                    continue
                about = entry.stat(follow_symlinks=False)
                ordinary &= stat.S_ISREG(about.st_mode)
                newest = max(newest, about.st_mtime_ns)
                lines.append(f"{entry.name}\0{about.st_size}\0{about.st_mtime_ns}")  # `line`, without a call
    finally:
        os.close(opened)
    return look(lines, newest, ordinary=ordinary), below


def _passed(name: str, folder: str, dots_below: bool) -> bool:
    return name.startswith(".") and not (dots_below and (folder or name.endswith(".tmp")))
