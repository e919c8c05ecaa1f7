"""What was found in a state of the files that was judged before: the same files, the same day, the same program."""

import hashlib
from pathlib import Path

import msgspec

from mulu.diagnostics import Diagnostic
from mulu.files.kept import read_kept, write_kept

_MOST = 4
"""States that are kept: the last one of the work tree, and those that were compared with it."""


class Verdict(msgspec.Struct, frozen=True):
    """Everything wrong, the number of files, and whether there was nothing to check.

    `same_as` is the key of the state for which it was worked out: this one, or an earlier one from which this one differs in nothing
    but texts of items.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: int
    empty: bool
    same_as: str = ""


def verdict_key(*parts: str) -> str:
    """One key over everything on which a verdict depends."""
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=20).hexdigest()


def recalled(root: Path, key: str) -> Verdict | None:
    """The verdict of that key, if it is kept below `root/.mulu/`."""
    kept = read_kept(_file(root), dict[str, Verdict]) if key else None
    return kept.get(key) if kept else None


def remember(root: Path, key: str, verdict: Verdict) -> None:
    """Keep it, and a few others; without a key it is not kept."""
    if not key:
        return
    kept = read_kept(_file(root), dict[str, Verdict]) or {}
    kept.pop(key, None)
    newest = dict(list(kept.items())[1 - _MOST :])
    write_kept(_file(root), newest | {key: verdict})


def _file(root: Path) -> Path:
    return root / ".mulu" / "verdicts.msgpack"
