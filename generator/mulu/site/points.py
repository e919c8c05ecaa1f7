"""Points of the trend that were counted before, kept in one file below `.mulu/`: a commit is read once for a day."""

import contextlib
import hashlib
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

import msgspec

from mulu.evaluation.trend import Point
from mulu.resources import package_file, resource
from mulu.site.state import replace_file

_SUM = 16
_MOST = 1000
"""Points that are kept at most: beside those of the last trend, those of other commits and dates."""

Points = dict[tuple[str, date], Point | None]
"""(commit, day) → its point; None where the commit had no `catalogs/`."""


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """`program` and `prefix` say by which program, and for which folder of the git repository, the points were counted."""

    program: str
    prefix: str
    points: list[tuple[str, date, Point | None]]


def read_points(root: Path, prefix: str) -> Points:
    """What is kept; nothing where the file is torn, or was written by another program or for another folder."""
    try:
        content = _file(root).read_bytes()
        if content[:_SUM] != _sum(content[_SUM:]):
            return {}
        kept = msgspec.msgpack.decode(content[_SUM:], type=_Kept)
    except (OSError, msgspec.MsgspecError):
        return {}
    if (kept.program, kept.prefix) != (_program(), prefix):
        return {}
    return {(commit, day): point for commit, day, point in kept.points}


def write_points(
    root: Path, prefix: str, points: Mapping[tuple[str, date], Point | None], used: Collection[tuple[str, date]]
) -> None:
    """Keep them all, or only those in `used` when there are too many."""
    chosen = sorted(points if len(points) <= _MOST else used)
    content = msgspec.msgpack.encode(_Kept(_program(), prefix, [(*key, points[key]) for key in chosen]))
    with contextlib.suppress(OSError):  # where nothing can be kept, everything is counted again
        replace_file(_file(root), _sum(content) + content)


def _file(root: Path) -> Path:
    return root / ".mulu" / "trend.msgpack"


def _sum(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_SUM).digest()


def _program() -> str:
    """Over the code and the schemas by which commits are read and judged: stricter than a version number."""
    digest = hashlib.sha256()
    for folder, pattern in ((package_file(), "*.py"), (resource("schemas"), "*.json")):
        for path in sorted(folder.rglob(pattern)):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:32]
