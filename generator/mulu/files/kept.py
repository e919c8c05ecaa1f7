"""A file of results that were worked out before: torn, foreign or of another program, it is as if it were not there."""

import contextlib
import hashlib
import os
from pathlib import Path
from typing import TypeVar

import msgspec

Value = TypeVar("Value")
_SUM = 16


def read_kept(path: Path, kind: type[Value]) -> Value | None:
    """The value that `write_kept` wrote, or None where it cannot be used."""
    try:
        content = path.read_bytes()
        return msgspec.msgpack.decode(content[_SUM:], type=kind) if content[:_SUM] == _sum(content[_SUM:]) else None
    except (OSError, msgspec.MsgspecError):
        return None


def write_kept(path: Path, value: object) -> None:
    """Keep `value`; where nothing can be written, everything is worked out again next time."""
    content = msgspec.msgpack.encode(value)
    aside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(_sum(content) + content)
        aside.replace(path)


def _sum(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_SUM).digest()
