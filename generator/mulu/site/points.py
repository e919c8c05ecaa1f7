"""Points of the trend that were counted before, kept in one file below `.mulu/`: a commit is read once for a day."""

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

import msgspec

from mulu.evaluation.trend import Point
from mulu.files.kept import read_kept, write_kept
from mulu.resources import program_digest

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
    kept = read_kept(_file(root), _Kept)
    if kept is None or (kept.program, kept.prefix) != (program_digest(), prefix):
        return {}
    return {(commit, day): point for commit, day, point in kept.points}


def write_points(
    root: Path, prefix: str, points: Mapping[tuple[str, date], Point | None], used: Collection[tuple[str, date]]
) -> None:
    """Keep them all, or only those in `used` when there are too many."""
    chosen = sorted(points if len(points) <= _MOST else used)
    write_kept(_file(root), _Kept(program_digest(), prefix, [(*key, points[key]) for key in chosen]))


def _file(root: Path) -> Path:
    return root / ".mulu" / "trend.msgpack"
