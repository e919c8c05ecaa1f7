"""What the index is made of: the documents of each segment with their keys, and size and time of every file as it was written."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from mulu.diagnostics import Text
from mulu.files.kept import read_kept, write_kept
from mulu.search.document import Full, attached_name
from mulu.site.state import present, replace_file

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
    """The whole index; `files`: name → size and time of change in nanoseconds."""

    program: str
    segments: dict[str, Segment]
    files: dict[str, tuple[int, int]]


class Deed(msgspec.Struct):
    """The files of an index while it is written: as they were found, and as they are to be recorded."""

    folder: Path
    files: dict[str, tuple[int, int]]
    found: dict[str, tuple[int, int]]
    written: int = 0
    removed: int = 0


def begin(folder: Path, state: SearchState) -> Deed:
    """Look at every file that is there."""
    return Deed(folder, dict(state.files), {file: (stat.st_size, stat.st_mtime_ns) for file, stat in present(folder)})


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
    path = deed.folder / file
    if content is None:
        path.unlink(missing_ok=True)
        deed.found.pop(file, None)
        deed.removed += 1
        return
    stat = replace_file(path, content)
    deed.files[file] = (stat.st_size, stat.st_mtime_ns)
    deed.written += deed.files[file] != before


def remove_strangers(deed: Deed, needed: Callable[[str], bool]) -> None:
    """Remove what was found, but that no document needs or nobody wrote."""
    for file in sorted(file for file in deed.found if not (file in deed.files and needed(file))):
        (deed.folder / file).unlink(missing_ok=True)
        deed.removed += 1
        deed.files.pop(file, None)
