"""Where files come from: the work tree as it is on disk, or any commit, read through one `git cat-file --batch`."""

import copy
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import msgspec

from mulu.diagnostics import CouldNotRun, Text
from mulu.files.blobs import Blobs
from mulu.files.git import commit_of, git
from mulu.files.listing import Look, line, look, whole

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


class SourceFile(msgspec.Struct, frozen=True, gc=False):
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

        `listing` is what `listing` of files/listing.py gives at that moment. A file whose size and time are as in `known` has the blob id that is known; the others, `unread`, get theirs when they are read.
        """
        self.root = root
        if not (root / CONTENT).is_dir():
            raise NoContent(root / CONTENT)
        self._times: dict[str, int] = {}
        walked = _Walk(root, known or {}, self._times)
        self._files: dict[str, SourceFile] = dict(sorted(walked.files()))
        self.listing = whole(walked.looks)
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

    def read(self, path: str) -> bytes:
        """The bytes on disk now."""
        fd = os.open(f"{self.root}/{self._files[path].path}", os.O_RDONLY | os.O_CLOEXEC)
        with open(fd, "rb", buffering=0) as opened:
            content = opened.read()
        found = blob_id(content)
        if found != self._files[path].blob:  # read for the first time, or saved since it was listed
            self.learn(path, found)
        return content

    def apart(self) -> "WorkTree":
        """Itself: files are opened one by one."""
        return self

    def learn(self, path: str, blob: str) -> None:
        """Take the blob id of a file that was read elsewhere."""
        file = self._files[path]
        self._files[path] = SourceFile(file.path, file.size, blob, file.link)


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


class _Walk:
    """One pass over the folders; files are asked for by name in their open folder, as in files/listing.py."""

    def __init__(self, root: Path, known: Mapping[str, Stamp], times: dict[str, int]) -> None:
        self.root, self.known, self.times = root, known, times
        self.looks: dict[str, Look] = {}

    def files(self) -> Iterator[tuple[str, SourceFile]]:
        """Every file; what was met of each folder is in `looks` afterwards."""
        folders = [CONTENT]
        while folders:
            folder = folders.pop()
            opened = os.open(self.root / folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                with os.scandir(opened) as entries:
                    yield from self._folder(folder, entries, folders)
            finally:
                os.close(opened)

    def _folder(self, folder: str, entries: Iterable[os.DirEntry[str]], folders: list[str]) -> Iterator[tuple[str, SourceFile]]:
        lines, newest, ordinary = [], 0, True
        for entry in entries:
            name = entry.name
            if name[0] == ".":
                continue
            path = f"{folder}/{name}"
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
                continue
            about = entry.stat(follow_symlinks=False)
            size, time = about.st_size, about.st_mtime_ns
            lines.append(line(name, size, time))
            newest = max(newest, time)
            if not stat.S_ISREG(about.st_mode):
                ordinary = False
                yield path, _strange(path, self.root, about)
                continue
            self.times[path] = time
            stamp = self.known.get(path)
            yield path, SourceFile(path, size, stamp[2] if stamp and stamp[0] == size and stamp[1] == time else "")
        self.looks[folder[len(CONTENT) + 1 :]] = look(lines, newest, ordinary=ordinary)


def _strange(path: str, root: Path, about: os.stat_result) -> SourceFile:
    """No ordinary file: a link is told by where it points; a pipe would be waited for, a device read without end."""
    blob = blob_id(os.readlink(root / path).encode("utf-8", "surrogateescape")) if stat.S_ISLNK(about.st_mode) else ""
    return SourceFile(path, 0, blob, link=True)


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
