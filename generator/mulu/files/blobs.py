"""The blobs of a repository by their ids, through one `git cat-file --batch`; nothing is checked out."""

import subprocess
import weakref
from pathlib import Path


class Blobs:
    """One stream of blobs; a thread or process needs one of its own."""

    def __init__(self, repository: Path) -> None:
        """`repository` is any folder in which git finds it; nothing is started yet."""
        self._repository = repository
        self._cat: subprocess.Popen[bytes] | None = None

    def read(self, blob: str) -> bytes:
        """The bytes of a blob; raises KeyError where the repository has none of that id."""
        if self._cat is None:
            self._cat = subprocess.Popen(
                ["git", "cat-file", "--batch"], cwd=self._repository, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            weakref.finalize(self, self._cat.communicate)
        assert self._cat.stdin is not None and self._cat.stdout is not None
        self._cat.stdin.write(f"{blob}\n".encode())
        self._cat.stdin.flush()
        answer = self._cat.stdout.readline().split()
        if len(answer) != 3:
            raise KeyError(blob)
        content = self._cat.stdout.read(int(answer[2]))
        self._cat.stdout.read(1)
        return content
