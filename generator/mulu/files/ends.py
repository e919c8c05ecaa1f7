"""The two ends of a comparison: the commit a change is built on, and the commit or work tree that holds it."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from mulu.files.git import UnknownRevision, commit_of, git
from mulu.files.tree import CONTENT, SourceFile


class Ends(msgspec.Struct, frozen=True):
    """Both commits; `edited` says that the work tree below `catalogs/` differs from the later one."""

    before: str
    now: str
    edited: bool


class EmptyTree:
    """A commit that has no `catalogs/` yet."""

    def __init__(self) -> None:
        """No files."""
        self.files: Mapping[str, SourceFile] = {}

    def read(self, path: str) -> bytes:
        """There is nothing to read; raises KeyError."""
        raise KeyError(path)

    def learn(self, path: str, blob: str) -> None:
        """There is nothing to learn."""

    def apart(self) -> "EmptyTree":
        """Itself."""
        return self


def ends(root: Path, since: str, revision: str | None) -> Ends:
    """From where the history of now left that of `since`: what others did there afterwards is no part of the change.

    Raises UnknownRevision where git does not know a commit, or (in a shallow clone) not how they are related.
    """
    earlier, now = commit_of(root, since), commit_of(root, revision or "HEAD")
    try:
        base = git(root, "merge-base", earlier, now).decode().strip()
    except UnknownRevision as unrelated:
        raise UnknownRevision(f"{since}...{revision or 'HEAD'}") from unrelated
    edited = revision is None and bool(git(root, "status", "--porcelain", "--", CONTENT))
    return Ends(base, now, edited)
