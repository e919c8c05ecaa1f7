"""Coverage, completeness and timeliness of any set of entries, as counts; shares are whole percents, never rounded up to 100."""

from collections.abc import Iterable

import msgspec

from mulu.mapping import Mapped
from mulu.model.state import EXPLAINED, OPEN, State


class Tally(msgspec.Struct, frozen=True):
    """Counts over entries. `elements` and `wanted` are required elements there and asked for; `in_time` of `judged` publications.

    Entries moved out of the catalog are not counted; entries with an explanation owe no elements.
    """

    entries: int = 0
    published: int = 0
    explained: int = 0
    pending: int = 0
    overdue: int = 0
    stale: int = 0
    missing: int = 0
    elements: int = 0
    wanted: int = 0
    judged: int = 0
    in_time: int = 0

    @property
    def open(self) -> int:
        """Entries that owe something."""
        return self.overdue + self.stale + self.missing

    @property
    def coverage(self) -> int | None:
        """Percent of entries answered, explained or within their limit; None where there is no entry."""
        return _percent(self.published + self.explained + self.pending, self.entries)

    @property
    def completeness(self) -> int | None:
        """Percent of required elements that are there."""
        return _percent(self.elements, self.wanted)

    @property
    def timeliness(self) -> int | None:
        """Percent of judged publications that came in time; what is overdue counts as judged and late."""
        return _percent(self.in_time, self.judged)


def tally(mapped: Iterable[Mapped]) -> Tally:
    """Count."""
    counts: dict[str, int] = dict.fromkeys(Tally.__struct_fields__, 0)
    for each in mapped:
        if each.state is State.RETIRED:
            continue
        counts["entries"] += 1
        counts["explained" if each.state in EXPLAINED else each.state.value] += 1
        if each.state not in EXPLAINED and each.state is not State.PENDING:
            counts["elements"] += each.covered[0]
            counts["wanted"] += each.covered[1]
        judged = each.judgement.judged
        counts["judged"] += len(judged) + len(each.judgement.overdue)
        counts["in_time"] += sum(not timing.late for timing in judged)
    return Tally(**counts)


def is_open(mapped: Mapped) -> bool:
    """Whether the entry owes something."""
    return mapped.state in OPEN


def _percent(part: int, whole: int) -> int | None:
    return part * 100 // whole if whole else None
