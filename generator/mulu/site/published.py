"""The outcome of a build."""

from collections.abc import Callable

import msgspec

from mulu.diagnostics import Text

Progress = Callable[[int, int], None]


class Published(msgspec.Struct, frozen=True):
    """Files planned, addresses written and removed, and the attachments whose text cannot be searched, with the reason."""

    planned: int
    written: tuple[str, ...]
    removed: tuple[str, ...]
    unread: tuple[tuple[str, Text], ...] = ()
