"""One build of a target folder at a time: a lock beside it that says who holds it, and that a killed build does not leave behind."""

import contextlib
import errno
import importlib.util
import os
import socket
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from mulu.diagnostics import CouldNotRun, Text

_BUSY = (errno.EACCES, errno.EAGAIN)
_CLOSED = (errno.EACCES, errno.EROFS, errno.EPERM)


class Holder(msgspec.Struct, frozen=True):
    """The process that builds, and the name of its machine."""

    process: int
    host: str


class Locked(CouldNotRun):
    """Another build writes to the same folder."""

    def __init__(self, out: Path, holder: Holder | None, since: datetime) -> None:
        """`since` is when the lock was taken, by the clock of the file system; `holder` is None where that cannot be read."""
        process, host = (holder.process, holder.host) if holder else ("?", "?")
        super().__init__(Text(
            f"另一个 mulu 正在生成 {out}：主机 {host}，进程 {process}，{since:%Y-%m-%d %H:%M:%S} 开始。等它结束再运行，或者用 --out 换一个文件夹。",
            f"Another mulu is building {out}: host {host}, process {process}, since {since:%Y-%m-%d %H:%M:%S}. Wait for it, or choose another folder with --out.",
        ))  # fmt: skip


@contextlib.contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold the lock of the folder `out`, which need not exist; raises Locked when another process does.

    It is a lock of the system (`fcntl`), which ends with the process that took it, however that ends; the file is only where it hangs, and is
    taken away with it. Processes forked while it is held do not hold it. Where the system has no such locks, nothing is held.
    """
    if importlib.util.find_spec("fcntl") is None:
        yield
        return
    place, file = _opened(out)
    while not _taken(out, place, file):
        place, file = _opened(out)
    try:
        with contextlib.suppress(OSError):  # on a full disk the lock holds all the same; it only does not say who holds it
            os.ftruncate(file, 0)
            os.pwrite(file, msgspec.json.encode(Holder(os.getpid(), socket.gethostname())), 0)
        yield
    finally:
        with contextlib.suppress(
            OSError
        ):  # a folder in which nothing can be removed keeps it; an empty lock is in nobody's way
            place.unlink()  # while it is still held: nobody else's can stand there
        os.close(file)


def _taken(out: Path, place: Path, file: int) -> bool:
    """Lock an open file; False, and closed, where its holder took it away between our opening and locking it."""
    import fcntl

    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(file), place.stat()):
            return True
    except FileNotFoundError:
        pass
    except OSError as refused:
        if refused.errno not in _BUSY:
            raise
        holder, since = _holder(file), datetime.fromtimestamp(os.fstat(file).st_mtime)
        os.close(file)
        raise Locked(out, holder, since) from None
    os.close(file)
    return False


def _opened(out: Path) -> tuple[Path, int]:
    """The lock's file: beside the folder, which may not be there yet; inside it where nothing may be written beside it."""
    flags, beside = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, out.absolute()
    beside.parent.mkdir(parents=True, exist_ok=True)
    try:
        place = beside.parent / f".{beside.name}.lock"
        return place, os.open(place, flags, 0o666)
    except OSError as refused:
        if refused.errno not in _CLOSED or not out.is_dir():
            raise
        return out / ".mulu-lock", os.open(out / ".mulu-lock", flags, 0o666)


def _holder(file: int) -> Holder | None:
    try:
        return msgspec.json.decode(os.pread(file, 4096, 0), type=Holder)
    except msgspec.MsgspecError:
        return None
