"""Where files come from: the work tree as it is on disk, or any commit, read through one `git cat-file --batch`."""

import copy
import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import msgspec

from mulu.diagnostics import CouldNotRun, Text
from mulu.files.blobs import Blobs
from mulu.files.git import commit_of, git
from mulu.files.listing import Listing, Look, line, look, whole

CONTENT = "catalogs"
"""The folder of the data; nothing outside it is read."""


class NoContent(CouldNotRun):
    """There is no `catalogs/` where it was looked for."""

    def __init__(self, folder: Path) -> None:
        """`folder` is what was not found."""
        super().__init__(Text(
            f"找不到 {folder}。用 mulu init 可以新建一个内容库。", f"Not found: {folder}. `mulu init` makes a content repository.",
        ))  # fmt: skip


Stamp = tuple[int, int, str]
"""Size in bytes, time of the last change in nanoseconds, blob id."""


class SourceFile(msgspec.Struct, frozen=True):
    """One file: path below the content root (with `/`), size in bytes, git blob id; `link` where it is no ordinary file.

    The blob id is empty until a file of a work tree is read for the first time.
    """

    path: str
    size: int
    blob: str
    link: bool = False


class Tree(Protocol):
    """What the rest of the program knows of storage."""

    @property
    def files(self) -> Mapping[str, SourceFile]:
        """Every file below `catalogs/`, by path, sorted."""

    def read(self, path: str) -> bytes:
        """The bytes of one file; raises KeyError for a path that `files` does not hold."""

    def learn(self, path: str, blob: str) -> None:
        """Take the blob id of a file that another process read."""

    def apart(self) -> "Tree":
        """The same tree for another process, with no stream in common."""


class WorkTree:
    """The files on disk: listed when the tree is made, read when asked for."""

    def __init__(self, root: Path, known: Mapping[str, "Stamp"] | None = None) -> None:
        """List the files; raises NoContent if there is no `catalogs/` below `root`.

        A file whose size and time are as in `known` has the blob id that is known; the others, `unread`, get theirs when they are read.
        """
        self.root = root
        self._times: dict[str, int] = {}
        self._files: dict[str, SourceFile] = dict(sorted(_walk(root, known or {}, self._times)))
        self.unread = tuple(path for path, file in self._files.items() if not file.blob and not file.link)

    @property
    def files(self) -> Mapping[str, SourceFile]:
        """Every file below `catalogs/`, by path, sorted."""
        return self._files

    @property
    def stamps(self) -> dict[str, Stamp]:
        """Size, time and blob id of every file whose content is known."""
        return {
            path: (file.size, self._times[path], file.blob)
            for path, file in self._files.items()
            if file.blob and path in self._times
        }

    @property
    def listing(self) -> Listing:
        """What `listing` of files/listing.py gave at the moment at which the files were listed."""
        folders: dict[str, list[str]] = {}
        for path in self._times:
            folders.setdefault(path.rpartition("/")[0], []).append(path)
        ordinary = len(self._times) == len(self._files)
        return whole({folder[len(CONTENT) + 1 :]: self._look(folder, paths, ordinary) for folder, paths in folders.items()})

    def _look(self, folder: str, paths: list[str], ordinary: bool) -> Look:
        lines = [line(path[len(folder) + 1 :], self._files[path].size, self._times[path]) for path in paths]
        return look(lines, max(self._times[path] for path in paths), ordinary=ordinary)

    def read(self, path: str) -> bytes:
        """The bytes on disk now."""
        fd = os.open(f"{self.root}/{self._files[path].path}", os.O_RDONLY | os.O_CLOEXEC)
        with open(fd, "rb", buffering=0) as opened:
            content = opened.read()
        if not self._files[path].blob:
            self.learn(path, blob_id(content))
        return content

    def apart(self) -> "WorkTree":
        """Itself: files are opened one by one."""
        return self

    def learn(self, path: str, blob: str) -> None:
        """Take the blob id of a file that was read elsewhere."""
        file = self._files[path]
        self._files[path] = SourceFile(path, file.size, blob, file.link)


class CommitTree:
    """The files of one commit."""

    def __init__(self, root: Path, revision: str) -> None:
        """List the commit's files; raises UnknownRevision when git does not know `revision`."""
        self.root = root
        self.commit = commit_of(root, revision)
        self.files: Mapping[str, SourceFile] = dict(sorted(_listed(root, self.commit)))
        self._blobs = Blobs(root)

    def learn(self, path: str, blob: str) -> None:
        """Nothing new: a commit knows its blobs."""

    def apart(self) -> "CommitTree":
        """The same commit with a `git cat-file` of its own."""
        other = copy.copy(self)
        other._blobs = Blobs(self.root)
        return other

    def read(self, path: str) -> bytes:
        """The bytes of the file's blob."""
        return self._blobs.read(self.files[path].blob)


def blob_id(content: bytes) -> str:
    """Git's own id of these bytes, so that a work tree and a commit with the same content compare equal."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def content_digest(tree: Tree, *, most: int = 100, instead: Mapping[str, SourceFile] = MappingProxyType({})) -> str | None:
    """Over path, size and blob id of every file, by which the content of two trees is the same.

    A work tree's files that were not read before are read now; None where there are more than `most` of them. With `instead`, as if
    those files were these.
    """
    unread = [path for path, file in tree.files.items() if not file.blob and not file.link and path not in instead]
    if len(unread) > most:
        return None
    for path in unread:
        tree.read(path)
    files = ({**tree.files, **instead} if instead else tree.files).values()
    listed = "\n".join([f"{file.path}\0{file.size}\0{file.blob}\0{file.link}" for file in files])
    return hashlib.blake2b(listed.encode("utf-8", "surrogateescape"), digest_size=20).hexdigest()


def _walk(root: Path, known: Mapping[str, Stamp], times: dict[str, int]) -> Iterator[tuple[str, SourceFile]]:
    if not (root / CONTENT).is_dir():
        raise NoContent(root / CONTENT)
    folders = [CONTENT]
    while folders:
        folder = folders.pop()
        with os.scandir(root / folder) as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}"
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                else:
                    yield path, _described(path, entry, known, times)


def _described(path: str, entry: os.DirEntry[str], known: Mapping[str, Stamp], times: dict[str, int]) -> SourceFile:
    about = entry.stat(follow_symlinks=False)
    if stat.S_ISLNK(about.st_mode):
        return SourceFile(path, 0, blob_id(os.readlink(entry.path).encode("utf-8", "surrogateescape")), link=True)
    if not stat.S_ISREG(about.st_mode):  # a pipe would be waited for, a device read without end
        return SourceFile(path, 0, "", link=True)
    times[path] = about.st_mtime_ns
    stamp = known.get(path)
    same = stamp is not None and stamp[0] == about.st_size and stamp[1] == about.st_mtime_ns
    return SourceFile(path, about.st_size, stamp[2] if stamp and same else "")


def _listed(root: Path, commit: str) -> list[tuple[str, SourceFile]]:
    found = []
    for record in git(root, "ls-tree", "-r", "-l", "-z", commit, "--", CONTENT).split(b"\0"):
        if not record:
            continue
        described, name = record.split(b"\t", 1)
        mode, _, blob, size = described.split()
        path = name.decode("utf-8", "surrogateescape")
        if not any(part.startswith(".") for part in path.split("/")):
            link = not mode.startswith(b"100")  # symbolic links are 120000, submodules 160000
            found.append((path, SourceFile(path, 0 if link else int(size), blob.decode(), link)))
    if not found:
        raise NoContent(root / CONTENT)
    return found
