"""What the index is made of: the documents of each segment with their keys, and size and time of every file as it was written."""

import os
from collections.abc import Container, Iterator, Mapping
from pathlib import Path

import msgspec

from mulu.diagnostics import Text
from mulu.files.kept import read_kept, write_kept
from mulu.search.document import Full, attached_name
from mulu.site.state import create_file, replace_file

STATE_FILE = ".mulu-search"

Stamp = tuple[int, int]
"""Size in bytes and time of change in nanoseconds."""

Files = dict[str, dict[str, Stamp]]
"""Folder below `search/v1/`, empty for itself → name of a file in it."""


class Held(msgspec.Struct, frozen=True, array_like=True):
    """A document as it was indexed: whether it can be found, its attachments that are searched, whether they have a file, those that could not be read."""

    found: bool = True
    searched: int = 0
    texts: bool = False
    unread: tuple[tuple[str, Text], ...] = ()

    @classmethod
    def of(cls, full: Full) -> "Held":
        """What is kept of a document."""
        searched = sum(each.searched for each in full.document.attachments)
        return cls(bool(full.document.title), searched, any(full.attached), full.unread)


PLAIN = Held()
"""What is kept of most documents, and therefore not written down."""


class Segment(msgspec.Struct, frozen=True, array_like=True):
    """A segment: a mark that changes with any of its documents, their keys in their order, and what is kept of those that are not plain."""

    version: str
    keys: dict[str, bytes]
    held: dict[str, Held]

    @property
    def found(self) -> int:
        """Documents that can be found."""
        return len(self.keys) - sum(not each.found for each in self.held.values())

    @property
    def searched(self) -> int:
        """Attachments that are searched."""
        return sum(each.searched for each in self.held.values())

    @property
    def unread(self) -> tuple[tuple[str, Text], ...]:
        """The attachments that could not be read."""
        return tuple(each for held in self.held.values() for each in held.unread)

    @property
    def attached(self) -> set[str]:
        """The files with texts of attachments."""
        return {attached_name(id) for id, held in self.held.items() if held.texts}


class SearchState(msgspec.Struct, frozen=True):
    """The whole index, and its files."""

    program: str
    segments: dict[str, Segment]
    files: Files


class Deed(msgspec.Struct):
    """The files of an index while it is written: as they were found, and as they are to be recorded."""

    folder: Path
    files: Files
    found: Files
    written: int = 0
    removed: int = 0


def begin(folder: Path, state: SearchState, *, untouched: bool) -> Deed:
    """Look at every file that is there, unless nobody touched the folder since the state was written."""
    found = {name: dict(files) for name, files in state.files.items()} if untouched and state.files else dict(_present(folder))
    return Deed(folder, {name: dict(files) for name, files in state.files.items()}, found)


def _present(folder: Path) -> Iterator[tuple[str, dict[str, Stamp]]]:
    names = [""] if folder.is_dir() else []
    while names:
        name = names.pop()
        files = {}
        with os.scandir(f"{folder}/{name}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    names.append(f"{name}/{entry.name}" if name else entry.name)
                else:
                    about = entry.stat(follow_symlinks=False)
                    files[entry.name] = about.st_size, about.st_mtime_ns
        yield name, files


def read_search_state(out: Path, program: str) -> SearchState:
    """The state of the last build, or an empty one."""
    kept = read_kept(out / STATE_FILE, SearchState)
    return kept if kept is not None and kept.program == program else SearchState(program, {}, {})


def write_search_state(out: Path, state: SearchState) -> None:
    """Replace the state file; a build that is killed before keeps the old one, and its files no longer match."""
    out.mkdir(parents=True, exist_ok=True)
    write_kept(out / STATE_FILE, state)


def healthy(deed: Deed, name: str, segment: Segment) -> bool:
    """Whether every file of the segment is as it was written."""
    folders = [folder for folder in deed.files if folder.startswith(f"{name}/")]
    own = all(deed.found.get(folder) == deed.files[folder] for folder in folders)
    return own and all(
        stamp and stamp == _stamp(deed.found, file) for file in segment.attached for stamp in [_stamp(deed.files, file)]
    )


def _stamp(files: Files, file: str) -> Stamp | None:
    folder, _, name = file.rpartition("/")
    return files.get(folder, {}).get(name)


def write_file(deed: Deed, file: str, content: bytes) -> Stamp:
    """Write a file whole; equal bytes are left alone. Whoever asks for it in another process books it here."""
    folder, _, name = file.rpartition("/")
    path = f"{deed.folder}/{file}"
    return replace_file(path, content) if name in deed.found.get(folder, ()) else create_file(path, content)


def book(deed: Deed, file: str, stamp: Stamp) -> None:
    """Record a file that was written."""
    folder, _, name = file.rpartition("/")
    deed.written += deed.files.get(folder, {}).get(name) != stamp
    deed.files.setdefault(folder, {})[name] = deed.found.setdefault(folder, {})[name] = stamp


def put(deed: Deed, file: str, content: bytes | None) -> None:
    """Write a file whole, or remove it."""
    if content is not None:
        book(deed, file, write_file(deed, file, content))
        return
    folder, _, name = file.rpartition("/")
    (deed.folder / file).unlink(missing_ok=True)
    for files in (deed.files, deed.found):
        files.get(folder, {}).pop(name, None)
    deed.removed += 1


def remove_strangers(deed: Deed, segments: Mapping[str, Segment], needed: Container[str]) -> None:
    """Remove what was found, but that nobody wrote, or that is neither needed nor of one of the segments."""
    for folder, found in deed.found.items():
        known, own = deed.files.get(folder, {}), folder.partition("/")[0] in segments
        if own and found.keys() == known.keys():
            continue
        for name in sorted(found):
            file = f"{folder}/{name}" if folder else name
            if name not in known or not (own or file in needed):
                put(deed, file, None)
