"""Several values stacked in one cell that as many rows share."""

import re

from mulu.limits.clause import Certainty
from mulu.limits.parse import parse_limit
from mulu.tables.cells import unbroken

_AMOUNT = re.compile(r"\d+\s*个?(?:工作日|日|天|月)|及时|实时|随时|长期|永久|每")


def stacked_limits(text: str, rows: int) -> tuple[str, ...]:
    """The limits, if the cell holds exactly `rows` of them, each complete by itself; else none."""
    parts = _parts(text, rows)
    whole = all(_AMOUNT.search(part) and parse_limit(part).certainty is not Certainty.UNREAD for part in parts)
    return parts if parts and whole else ()


def stacked_bodies(text: str, rows: int) -> tuple[str, ...]:
    """The bodies, if the cell holds exactly `rows` of them."""
    return _parts(text, rows)


def _parts(text: str, rows: int) -> tuple[str, ...]:
    for pieces in (text.splitlines(), text.split()):
        parts = tuple(unbroken(piece) for piece in pieces if piece.strip())
        if len(parts) == rows:
            return parts
    return ()
