"""What the index is made of: the documents of each segment with their keys, and size and time of every file as it was written."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from mulu.diagnostics import Text
from mulu.files.kept import read_kept, write_kept
from mulu.search.document import Full, attached_name
from mulu.site.state import create_file, replace_file

STATE_FILE = ".mulu-search"


class Held(msgspec.Struct, frozen=True, array_like=True):
    """A document as it was indexed: its key, whether it can be found, its attachments that are searched, whether they have a file."""

    key: bytes
    found: bool
    searched: int = 0
    texts: bool = False
    unread: tuple[tuple[str, Text], ...] = ()

    @classmethod
    def of(cls, key: bytes, full: Full) -> "Held":
        """What is kept of a document."""
        searched = sum(each.searched for each in full.document.attachments)
        return cls(key, bool(full.document.title), searched, any(full.attached), full.unread)


class Segment(msgspec.Struct, frozen=True, array_like=True):
    """A segment: a mark that changes with any of its documents, and the documents in their order."""

    version: str
    documents: dict[str, Held]


class SearchState(msgspec.Struct, frozen=True):
    """The whole index; `files`: name → size and time of change in nanoseconds; `made_from` as in the state of the site."""

    program: str
    segments: dict[str, Segment]
    files: dict[str, tuple[int, int]]
    made_from: str = ""

    @property
    def unread(self) -> tuple[tuple[str, Text], ...]:
        """The attachments that could not be read, by path."""
        every = (each for segment in self.segments.values() for held in segment.documents.values() for each in held.unread)
        return tuple(sorted(every, key=lambda each: each[0]))


class Deed(msgspec.Struct):
    """The files of an index while it is written: as they were found, and as they are to be recorded."""

    folder: Path
    files: dict[str, tuple[int, int]]
    found: dict[str, tuple[int, int]]
    written: int = 0
    removed: int = 0


def begin(folder: Path, state: SearchState) -> Deed:
    """Look at every file that is there."""
    return Deed(folder, dict(state.files), dict(_present(folder)))


def _present(folder: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    stack = [("", str(folder))] if folder.is_dir() else []
    while stack:
        prefix, path = stack.pop()
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    stack.append((f"{prefix}{entry.name}/", entry.path))
                else:
                    about = entry.stat(follow_symlinks=False)
                    yield prefix + entry.name, (about.st_size, about.st_mtime_ns)


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
    own = {attached_name(id) for id, held in segment.documents.items() if held.texts}
    own |= {file for file in deed.files if file.startswith(f"{name}/")}
    return all(file in deed.files and deed.found.get(file) == deed.files[file] for file in own)


def put(deed: Deed, file: str, content: bytes | None) -> None:
    """Write a file whole, or remove it; equal bytes are left alone."""
    before = deed.files.pop(file, None)
    path = f"{deed.folder}/{file}"
    if content is None:
        Path(path).unlink(missing_ok=True)
        deed.found.pop(file, None)
        deed.removed += 1
        return
    deed.files[file] = replace_file(path, content) if file in deed.found else create_file(path, content)
    deed.found[file] = deed.files[file]
    deed.written += deed.files[file] != before


def remove_strangers(deed: Deed, needed: Callable[[str], bool]) -> None:
    """Remove what was found, but that no document needs or nobody wrote."""
    for file in sorted(file for file in deed.found if not (file in deed.files and needed(file))):
        (deed.folder / file).unlink(missing_ok=True)
        deed.removed += 1
        deed.files.pop(file, None)
