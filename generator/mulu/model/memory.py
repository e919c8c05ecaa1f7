"""What earlier checks learned of files that have not changed since: their blob ids, parsed items, attachments' types.

Items are kept in one file for each department and year, so that a change in one leaves the others as they are.
"""

from functools import cached_property
from pathlib import Path

import msgspec

from mulu.files.kept import read_kept, tell_forgotten, write_kept
from mulu.files.tree import SourceFile, Stamp
from mulu.model.catalog import Catalog
from mulu.model.item import Item
from mulu.model.reading import AttachmentFile, ItemFile
from mulu.resources import program_digest

_FILES = "files.msgpack"
_CATALOGS = "catalogs.msgpack"
_SHELF = ".items.msgpack"
_RACE = 2_000_000_000
"""Nanoseconds: a file saved so shortly before the memory was written may be saved again with the same size and time; it is read again."""


class _Files(msgspec.Struct, array_like=True):
    """`attachments`: path → blob id, type, whether a citizen identity number is inside."""

    program: str
    stamps: dict[str, Stamp] = {}
    attachments: dict[str, tuple[str, str, bool]] = {}


class _Shelf(msgspec.Struct, array_like=True):
    """The faultless files of one folder: path → the item, and whether the rules over single items found nothing."""

    program: str
    items: dict[str, tuple[Item, bool]] = {}


class _Catalogs(msgspec.Struct, array_like=True):
    """Path → blob id and what the catalog says; only catalogs in which reading found nothing."""

    program: str
    known: dict[str, tuple[str, Catalog]] = {}


class Memory:
    """Filled while reading; holds only files without any fault. Every value carries the blob id of the content it was made from."""

    def __init__(
        self, folder: Path | None, program: str, files: _Files | None = None, unsure: dict[str, Stamp] | None = None
    ) -> None:
        """Where it is kept, by which program, and what was known of the files; shelves are fetched when they are asked for.

        `unsure` are stamps of files that have to be read again.
        """
        self.folder, self.program = folder, program
        self.unsure = unsure or {}
        self.files = files or _Files(program)
        self.shelves: dict[str, _Shelf] = {}
        self.changed: set[str] = set() if files else {""}

    @cached_property
    def catalogs(self) -> _Catalogs:
        """The catalogs as they were read before."""
        kept = read_kept(self.folder / _CATALOGS, _Catalogs) if self.folder else None
        return kept if kept and kept.program == self.program else _Catalogs(self.program, {})

    def catalog(self, file: SourceFile) -> Catalog | None:
        """The catalog in this file if it was read before."""
        known = self.catalogs.known.get(file.path)
        return known[1] if known and known[0] == file.blob else None

    def keep_catalog(self, path: str, blob: str, catalog: Catalog) -> None:
        """Remember a faultless catalog."""
        self.catalogs.known[path] = blob, catalog
        self.changed.add(_CATALOGS)

    def item(self, file: SourceFile) -> tuple[Item, bool] | None:
        """The item in this file if it was read before, and whether the rules over single items found nothing."""
        name = _shelf_name(file.path)
        known = self._shelf(name).items.get(file.path) if name else None
        return known if known and known[0].blob == file.blob else None

    def earlier(self, path: str) -> SourceFile | None:
        """The file as it was read before."""
        stamp = self.files.stamps.get(path) or self.unsure.get(path)
        return SourceFile(path, stamp[0], stamp[2]) if stamp else None

    def keep_item(self, read: ItemFile) -> None:
        """Remember a faultless file."""
        name = _shelf_name(read.path)
        assert read.item is not None
        self._shelf(name).items[read.path] = read.item, read.clean
        self.changed.add(name)

    def _shelf(self, name: str) -> _Shelf:
        if name not in self.shelves:
            kept = read_kept(_shelf_file(self.folder, name), _Shelf) if self.folder else None
            self.shelves[name] = kept if kept and kept.program == self.program else _Shelf(self.program, {})
        return self.shelves[name]

    def attachment(self, file: SourceFile) -> tuple[str, bool] | None:
        """An attachment's type, and whether a citizen identity number is inside; None for a file that was not read yet or changed."""
        known = self.files.attachments.get(file.path)
        return known[1:] if known and file.blob and known[0] == file.blob else None

    def keep_attachment(self, read: AttachmentFile) -> None:
        """Remember an attachment."""
        self.files.attachments[read.path] = (read.blob, read.kind, read.personal)
        self.changed.add("")


def recall(root: Path) -> Memory:
    """The memory of `root`; an empty one where it was written by another version of the program."""
    folder = root / ".mulu" / "memory"
    program = program_digest()
    files = read_kept(folder / _FILES, _Files)
    if files is not None and files.program != program:
        tell_forgotten(folder / _FILES)
        files = None
    if files is None:
        return Memory(folder, program)
    limit = (folder / _FILES).stat().st_mtime_ns - _RACE
    unsure = {path: stamp for path, stamp in files.stamps.items() if stamp[1] >= limit}
    for path in unsure:
        del files.stamps[path]
    return Memory(folder, program, files, unsure)


def keep(memory: Memory, stamps: dict[str, Stamp]) -> None:
    """After everything was read: write down what is new, and forget files that are gone. Called once: then the memory itself is empty."""
    assert memory.folder is not None, "only what was recalled is kept"
    for name, shelf in memory.shelves.items():
        for gone in [path for path in shelf.items if path not in stamps]:
            del shelf.items[gone]
            memory.changed.add(name)
        if name in memory.changed:
            write_kept(_shelf_file(memory.folder, name), shelf)
    needed = {_shelf_name(f"{folder}/") for folder in {path.rpartition("/")[0] for path in stamps}}
    for path in memory.folder.glob(f"*{_SHELF}"):
        if path.name.removesuffix(_SHELF) not in needed:
            path.unlink(missing_ok=True)
    known = memory.catalogs.known if "catalogs" in vars(memory) else {}  # where no catalog was asked for, none is gone
    for gone in known.keys() - stamps.keys():
        del known[gone]
        memory.changed.add(_CATALOGS)
    if _CATALOGS in memory.changed:
        write_kept(memory.folder / _CATALOGS, memory.catalogs)
    if "" in memory.changed or memory.unsure or stamps != memory.files.stamps:
        attachments = {path: known for path, known in memory.files.attachments.items() if path in stamps}
        write_kept(memory.folder / _FILES, _Files(memory.program, stamps, attachments))
    memory.shelves.clear()
    memory.unsure.clear()
    vars(memory).pop("catalogs", None)
    memory.files = _Files(memory.program)


def _shelf_name(path: str) -> str:
    """The shelf for files of that kind of path; none for others than items."""
    parts = path.split("/")
    return f"{parts[2]}-{parts[4]}" if len(parts) == 6 and parts[3] == "items" else ""


def _shelf_file(folder: Path, name: str) -> Path:
    return folder / f"{name}{_SHELF}"
