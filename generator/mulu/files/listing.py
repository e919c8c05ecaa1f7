"""A folder told by names, sizes and times alone: whether anything in it can have changed, without opening or knowing any file.

A look takes 2 µs a file; large folders are looked at by several processes.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

import msgspec

from mulu.files.crew import crew

_CROWD = 60_000
"""Entries above which several processes look: to start one takes as long as looking at some thousand."""


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


def listing(folder: Path, *, workers: int, dots_below: bool) -> Listing:
    """Look at every file below `folder`; arguments as of `looks`."""
    return whole(looks(folder, workers=workers, dots_below=dots_below))


def looks(folder: Path, *, workers: int, dots_below: bool) -> dict[str, Look]:
    """Every folder below `folder`, by its path there, the top as the empty name; names that begin with a dot are passed over.

    With `dots_below` only those at its top are, but for what a killed writer leaves (`.NAME.tmp`).
    """
    folders = dict(_folders(str(folder), dots_below))
    crowd = workers if sum(folders.values()) > _CROWD else 1
    names = sorted(folders, key=lambda name: -folders[name])
    with crew(partial(_look, str(folder), dots_below), workers=crowd) as each:
        return dict(zip(names, each(names), strict=True))


def looked_again(folder: Path, known: Mapping[str, Look], changed: Iterable[str], *, dots_below: bool) -> dict[str, Look]:
    """The same, where only files directly in the `changed` folders can be others than is known."""
    now = dict(known)
    for name in changed:
        now.pop(name, None)
        if (folder / name).is_dir():
            now[name] = _look(str(folder), dots_below, name)
    return now


def whole(looks: Mapping[str, Look]) -> Listing:
    """Folders put together; those without files do not count."""
    digest = hashlib.blake2b(digest_size=20)
    for name in sorted(looks):
        if looks[name].newest:
            digest.update(os.fsencode(name) + b"\0" + looks[name].digest)
    newest = max((look.newest for look in looks.values()), default=0)
    return Listing(digest.hexdigest(), newest, all(look.ordinary for look in looks.values()))


def look(names: Iterable[str], sizes: Iterable[int], times: Sequence[int], *, ordinary: bool = True) -> Look:
    """A folder's files in one value, whatever their order: names, sizes in bytes, times of the last change in nanoseconds."""
    told = "\n".join(sorted([f"{name}\0{size}\0{time}" for name, size, time in zip(names, sizes, times, strict=True)]))
    digest = hashlib.blake2b(told.encode("utf-8", "surrogateescape"), digest_size=20).digest()
    return Look(digest, max(times, default=0), ordinary)


def _folders(top: str, dots_below: bool) -> Iterable[tuple[str, int]]:
    """Every folder with the number of its entries, the top as the empty name."""
    names = [""]
    while names:
        name = names.pop()
        count = 0
        with os.scandir(f"{top}/{name}") as entries:
            for entry in entries:
                count += 1
                if entry.is_dir(follow_symlinks=False) and not _passed(entry.name, name, dots_below):
                    names.append(f"{name}/{entry.name}" if name else entry.name)
        yield name, count


def _look(top: str, dots_below: bool, name: str) -> Look:
    """Files are asked for by name in the open folder: by their whole paths it takes half as long again."""
    files, abouts = [], []
    opened = os.open(f"{top}/{name}", os.O_RDONLY | os.O_DIRECTORY)
    try:
        with os.scandir(opened) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False) or (entry.name[0] == "." and _passed(entry.name, name, dots_below)):
                    continue
                files.append(entry.name)
                abouts.append(entry.stat(follow_symlinks=False))
    finally:
        os.close(opened)
    ordinary = all(stat.S_ISREG(about.st_mode) for about in abouts)
    return look(files, [about.st_size for about in abouts], [about.st_mtime_ns for about in abouts], ordinary=ordinary)


def _passed(name: str, folder: str, dots_below: bool) -> bool:
    return name.startswith(".") and not (dots_below and (folder or name.endswith(".tmp")))
