"""The `git` command, and what it says when it cannot."""

import io
import subprocess
from pathlib import Path

from mulu.diagnostics import CouldNotRun, Text


class UnknownRevision(CouldNotRun):
    """Git does not know the revision, or there is no git."""

    def __init__(self, said: str) -> None:
        """`said` is git's own word, or the revision."""
        super().__init__(Text(
            f"git 不认识这次提交：{said}。只取了一部分历史的，先取回全部：git fetch --unshallow。",
            f"git does not know this commit: {said}. In a shallow clone, first run `git fetch --unshallow`.",
        ))  # fmt: skip


class NoRepository(UnknownRevision):
    """The folder is not in a git repository, so it has no commits to look at."""

    def __init__(self, root: Path) -> None:
        """`root` is the folder that was asked for."""
        CouldNotRun.__init__(self, Text(
            f"{root} 不在 git 仓库里，没有可以查看的提交。先 git init 并提交一次，或者不用 --at 和 --since。",
            f"{root} is not in a git repository and has no commits. Run `git init` and commit once, or leave out --at and --since.",
        ))  # fmt: skip


def git(root: Path, *arguments: str) -> bytes:
    """What `git ARGUMENTS` prints in `root`; raises UnknownRevision where it fails."""
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)
    except FileNotFoundError as missing:
        raise UnknownRevision("git") from missing
    if done.returncode:
        raise UnknownRevision(done.stderr.decode("utf-8", "replace").strip() or " ".join(arguments))
    return done.stdout


def commit_of(root: Path, revision: str) -> str:
    """The full name of the commit that `revision` (a branch, tag or commit) means; raises UnknownRevision."""
    try:
        return git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    except UnknownRevision as unknown:
        try:
            git(root, "rev-parse", "--git-dir")
        except UnknownRevision:
            raise NoRepository(root) from unknown
        raise UnknownRevision(revision) from unknown


def exported(root: Path, commit: str, names: tuple[str, ...], target: Path) -> None:
    """Write those files and folders of a commit, as far as it has them, below the new folder `target`."""
    import tarfile

    target.mkdir(parents=True)
    there = [name for name in names if git(root, "ls-tree", "--name-only", commit, "--", name)]
    if there:
        with tarfile.open(fileobj=io.BytesIO(git(root, "archive", "--format=tar", commit, "--", *there))) as archive:
            archive.extractall(target, filter="data")


def last_commit(root: Path, revision: str | None = None) -> str:
    """The commit that `revision` (HEAD) means, empty outside git and before the first commit."""
    try:
        return git(root, "rev-parse", "--verify", "--quiet", f"{revision or 'HEAD'}^{{commit}}").decode().strip()
    except UnknownRevision:
        return ""


def tags(root: Path) -> str:
    """Every tag with what it names, as one text; empty outside git."""
    try:
        return git(root, "for-each-ref", "--format=%(refname) %(objectname)", "refs/tags").decode()
    except UnknownRevision:
        return ""


def git_prefix(root: Path) -> str:
    """The way from the git top level to `root` (`demo/`), empty at the top level and outside git."""
    try:
        return git(root, "rev-parse", "--show-prefix").decode().strip()
    except UnknownRevision:
        return ""
