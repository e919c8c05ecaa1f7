"""A file of results that were worked out before: torn, foreign or of another program, it is as if it were not there."""

import contextlib
import hashlib
import logging
import os
from pathlib import Path
from typing import TypeVar

import msgspec

from mulu.diagnostics import Text

Value = TypeVar("Value")
_SUM = 16
_LOG = logging.getLogger("mulu")
"""Heard by the command line alone; the messages are Text values."""


def read_kept(path: Path, kind: type[Value]) -> Value | None:
    """The value that `write_kept` wrote, or None where it cannot be used."""
    try:
        content = path.read_bytes()
        if content[:_SUM] == _sum(content[_SUM:]):
            return msgspec.msgpack.decode(content[_SUM:], type=kind)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError):
        pass
    tell_forgotten(path)
    return None


def tell_forgotten(path: Path | str) -> None:
    """Say for those who asked (`-v`) that a kept file is of no use and is made again."""
    _LOG.info(Text(
        f"{path} 不完整，或者是另一个版本的程序写的，不用它，重新生成。",
        f"{path} is incomplete or of another version of the program; it is not used and made again.",
    ))  # fmt: skip


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
