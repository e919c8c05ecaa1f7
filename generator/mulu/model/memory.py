"""What earlier checks learned of files that have not changed since: their blob ids, parsed items, attachments' types."""

from pathlib import Path

import msgspec

from mulu.files.kept import read_kept, write_kept
from mulu.files.tree import SourceFile, Stamp
from mulu.model.item import Item
from mulu.resources import program_digest

_RACE = 2_000_000_000
"""Nanoseconds: a file saved so shortly before the memory was written may be saved again with the same size and time; it is read again."""


class Memory(msgspec.Struct, array_like=True):
    """Filled while reading; `items` and `attachments` hold only files without any fault, `clean` items without a finding of their own.

    Keys are paths; every value carries the blob id of the content it was made from.
    """

    program: str
    stamps: dict[str, Stamp] = msgspec.field(default_factory=dict)
    items: dict[str, tuple[str, Item]] = msgspec.field(default_factory=dict)
    attachments: dict[str, tuple[str, str, bool]] = msgspec.field(default_factory=dict)
    clean: dict[str, str] = msgspec.field(default_factory=dict)
    changed: bool = False

    def item(self, file: SourceFile) -> Item | None:
        """The item in this file, if it was read before."""
        known = self.items.get(file.path)
        return known[1] if known and known[0] == file.blob else None

    def keep_item(self, file: SourceFile, item: Item) -> None:
        """Remember a faultless item."""
        self.items[file.path] = (file.blob, item)
        self.changed = True

    def attachment(self, file: SourceFile) -> tuple[str, bool] | None:
        """An attachment's type, and whether a citizen identity number is inside."""
        known = self.attachments.get(file.path)
        return known[1:] if known and known[0] == file.blob else None

    def keep_attachment(self, file: SourceFile, kind: str, personal: bool) -> None:
        """Remember an attachment."""
        self.attachments[file.path] = (file.blob, kind, personal)
        self.changed = True


def recall(root: Path) -> Memory:
    """The memory of `root`; an empty one where it was written by another version of the program."""
    kept = read_kept(_file(root), Memory)
    program = program_digest()
    if kept is None or kept.program != program:
        return Memory(program, changed=True)
    limit = _file(root).stat().st_mtime_ns - _RACE
    kept.stamps = {path: stamp for path, stamp in kept.stamps.items() if stamp[1] < limit}
    return kept


def keep(root: Path, memory: Memory, stamps: dict[str, Stamp]) -> None:
    """Write it down if anything is new."""
    if not memory.changed and stamps == memory.stamps:
        return
    memory.stamps = stamps
    for learned in (memory.items, memory.attachments, memory.clean):
        for gone in learned.keys() - stamps.keys():
            del learned[gone]
    memory.changed = False
    write_kept(_file(root), memory)


def _file(root: Path) -> Path:
    return root / ".mulu" / "memory.msgpack"
