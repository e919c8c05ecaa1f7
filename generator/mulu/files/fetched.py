"""One commit of a repository elsewhere, fetched into a bare repository here: never through a shell, only by plain transports."""

import re
import socket
import subprocess
import threading
from pathlib import Path
from urllib.parse import urlsplit

from mulu.diagnostics import CouldNotRun, Text
from mulu.files.git import UnknownRevision, git

TRANSPORTS = ("https", "ssh", "http", "file")
"""What git may speak; all others (`ext::` runs commands) are refused here and forbidden to git."""

_PATIENCE = 1800
"""Seconds that a fetch may take; a server that sends next to nothing is given up after one minute."""

_ALLOWED = ("protocol.allow=never", *(f"protocol.{each}.allow=always" for each in TRANSPORTS))
_SETTINGS = (*_ALLOWED, "fetch.unpackLimit=1", "http.lowSpeedLimit=1000", "http.lowSpeedTime=60", "core.askPass=true")
"""A pack is kept whole (`unpackLimit`): a commit that is there is there with all its files, even after a `kill -9`."""

_REMOTE = re.compile(r"\w[\w.-]*\Z")
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_SCP = re.compile(r"(?:[\w.-]+@)?\w[\w.-]*:(?!:)[^-].*\Z")
_one_at_a_time = threading.Lock()
"""The threads of a worker share its repository, and git locks it against a second fetch by failing."""


class UnusableSource(CouldNotRun):
    """The address from which commits are to be fetched is none that git may be given."""


class NotFetched(CouldNotRun):
    """A commit cannot be had from where it was to be fetched."""

    def __init__(self, address: str, commit: str, said: str) -> None:
        """`said` is git's own word; the machine is the one on which this is called."""
        host = socket.gethostname()
        super().__init__(Text(
            f"{host} 上取不到提交 {commit[:12]}：{said}。确认它已经推送到 {address}，而且那台机器无需输入口令就能读取。",
            f"{host} cannot fetch commit {commit[:12]}: {said}. Make sure that it was pushed to {address} and that this machine can read it without being asked for a password.",
        ))  # fmt: skip


def address_of(root: Path, source: str) -> str:
    """The address that git can fetch from: `source` is the name of a remote of the repository at `root`, a URL, or a path.

    Raises UnusableSource for transports other than TRANSPORTS, for passwords in addresses and for names that are no remote.
    """
    if not _REMOTE.match(source):
        return _plain(source)
    try:
        return _plain(git(root, "remote", "get-url", "--", source).decode().strip())
    except UnknownRevision as unknown:
        raise UnusableSource(Text(
            f"这个仓库没有叫 {source} 的远程仓库。用 git remote -v 看有哪些，或者写出完整的网址或路径（./{source}）。",
            f"The repository has no remote {source}. See `git remote -v`, or give a URL or path (./{source}).",
        )) from unknown  # fmt: skip


def _plain(source: str) -> str:
    if found := _URL.match(source):
        parts = urlsplit(source)
        if found[1] not in TRANSPORTS or (parts.hostname or "").startswith("-"):
            raise _unusable(found[0])
        if parts.password is not None or (parts.username and found[1] != "ssh"):
            raise UnusableSource(Text(
                "仓库地址里不能写用户名和口令，它会经过调度程序。去掉它，在各台机器上用 ssh 密钥或者 git 的凭据助手。",
                "No user name or password in the address of the repository: it passes through the scheduler. Leave it out; give each machine an ssh key or a credential helper.",
            ))  # fmt: skip
        return source
    if re.match(r"[\w+.-]+::", source):
        raise _unusable(source.partition("::")[0] + "::")
    return source if _SCP.match(source) else str(Path(source).absolute())


def _unusable(beginning: str) -> UnusableSource:
    known = ", ".join(TRANSPORTS)
    return UnusableSource(Text(
        f"不从 {beginning} 取仓库。可以用 {known}，也可以写路径。", f"Repositories are not fetched from {beginning}. Use {known}, or a path.",
    ))  # fmt: skip


def fetched(address: str, commit: str, into: Path) -> Path:
    """Have the files of `commit` in the bare repository `into`, made if it is not there; gives `into`. Raises NotFetched.

    History is not fetched, and of the files only those that no commit fetched before has. A server that gives out only what its
    branches name is asked for those.
    """
    with _one_at_a_time:
        try:
            if not (into / "HEAD").is_file():
                into.mkdir(parents=True, exist_ok=True)
                _run(into, "init", "--quiet", "--bare", ".")
            if _there(into, commit):
                return into
            said = _run(into, *_fetch, "--depth=1", "--", address, f"+{commit}:refs/mulu/{commit}")
            if "unadvertised object" in said:
                said = _run(into, *_fetch, "--", address, "+refs/heads/*:refs/mulu/heads/*")
        except (OSError, subprocess.TimeoutExpired) as broken:
            raise NotFetched(address, commit, str(broken)) from broken
        if not _there(into, commit):
            raise NotFetched(address, commit, said.rstrip(".") or "unknown commit")
    return into


_fetch = ("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-auto-maintenance", "--no-write-fetch-head")


def _there(into: Path, commit: str) -> bool:
    return _run(into, "cat-file", "-e", f"{commit}^{{commit}}", "--") == ""


def _run(into: Path, *arguments: str) -> str:
    """What git complains of, on one line, empty when it succeeds; without a terminal it cannot ask for passwords."""
    settings = [each for setting in _SETTINGS for each in ("-c", setting)]
    done = subprocess.run(
        ["git", *settings, *arguments], cwd=into, stdin=subprocess.DEVNULL, capture_output=True, start_new_session=True,
        timeout=_PATIENCE, check=False,
    )  # fmt: skip
    return " ".join((done.stderr.decode("utf-8", "replace") or "git failed").split()) if done.returncode else ""
