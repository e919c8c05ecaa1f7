"""Writing a set of files: all of them whole, and none over a file that is already there."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import msgspec

from mulu.diagnostics import CouldNotRun, Text


class WrittenFile(msgspec.Struct, frozen=True):
    """One file below the content root: text, bytes, or the file to copy; `appended` means it was there before and has been extended."""

    path: str
    content: str | bytes | Path
    appended: bool = False


class Refused(CouldNotRun):
    """Nothing was written, because of something that the person at the keyboard can change; `text` says what."""


class AlreadyThere(Refused):
    """Nothing was written, because `path` exists."""

    def __init__(self, path: str) -> None:
        """`path` is below the content root."""
        super().__init__(Text(f"{path} 已经存在，什么都没有改动。", f"{path} already exists; nothing was changed."))
        self.path = path


def write(root: Path, files: Iterable[WrittenFile], *, overwrite: bool = False) -> tuple[WrittenFile, ...]:
    """Write all `files` and return them; raises AlreadyThere, before anything is written, for a new file that exists."""
    listed = tuple(files)
    for file in listed:
        if not (overwrite or file.appended) and os.path.lexists(root / file.path):
            raise AlreadyThere(file.path)
    _check_folders(root, listed)
    staged: list[tuple[Path, Path]] = []
    try:
        staged.extend(_stage(root / file.path, file.content) for file in listed)
        for aside, target in staged:
            aside.replace(target)
    finally:
        for aside, _ in staged:
            aside.unlink(missing_ok=True)
    return listed


def _check_folders(root: Path, files: tuple[WrittenFile, ...]) -> None:
    """A file that stands where a folder is needed is found before the first write."""
    for file in files:
        for folder in (root / file.path).parents:
            if folder == root.parent:
                break
            if os.path.lexists(folder) and not folder.is_dir():
                raise AlreadyThere(str(folder.relative_to(root)) if folder != root else str(root))


def _stage(target: Path, content: str | bytes | Path) -> tuple[Path, Path]:
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.part")
    if isinstance(content, Path):
        shutil.copyfile(content, aside)
    else:
        aside.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    if target.is_file():
        shutil.copymode(target, aside)
    return aside, target
