"""What a judgement consists of; dates are days, lateness is in calendar days."""

from collections.abc import Mapping
from datetime import date

import msgspec

from mulu.calendar.working_days import WorkingDays
from mulu.limits.clause import Clause, TimeLimit
from mulu.model.district import Deadlines
from mulu.model.period import Period
from mulu.model.state import State


class Terms(msgspec.Struct, frozen=True):
    """All that judging needs beside the entry and its items: the day, the calendar, the place's settings, the parsed limits.

    `published` are the days of items from whose publication the limits of others can count.
    """

    as_of: date
    days: WorkingDays
    settings: Deadlines
    limits: Mapping[str, TimeLimit]
    published: Mapping[str, date]


class Timing(msgspec.Struct, frozen=True):
    """One publication, or one that is owed: by which clause it falls due, counted from when, and when it came.

    `item` is the item's id, empty where none is there. `assumed` says that nobody stated the day it counts from.
    """

    item: str
    clause: Clause | None
    start: date | None
    due: date | None
    published: date | None
    assumed: bool = False

    @property
    def late(self) -> int:
        """Days between the due date and publication; 0 in time or not judged."""
        return max(0, (self.published - self.due).days) if self.published and self.due else 0


class PeriodTiming(msgspec.Struct, frozen=True):
    """One period of a periodic entry."""

    period: Period
    state: State
    timing: Timing


class AwaitedTiming(msgspec.Struct, frozen=True):
    """Something that exists and is not yet published."""

    what: str
    state: State
    timing: Timing


class ElementTiming(msgspec.Struct, frozen=True):
    """One element: when it was first published; no state where it is optional and not there."""

    name: str
    required: bool
    state: State | None
    first: date | None


class Judgement(msgspec.Struct, frozen=True):
    """Everything that deadlines say about one entry. `refresh` is the day by which something new must be out."""

    state: State
    limit: TimeLimit
    items: tuple[Timing, ...] = ()
    periods: tuple[PeriodTiming, ...] = ()
    awaiting: tuple[AwaitedTiming, ...] = ()
    elements: tuple[ElementTiming, ...] = ()
    refresh: date | None = None
    first: date | None = None

    @property
    def late(self) -> tuple[Timing, ...]:
        """Publications that came after their due date."""
        return tuple(each for each in self.items if each.late)

    @property
    def judged(self) -> tuple[Timing, ...]:
        """Publications that have a due date."""
        return tuple(each for each in self.items if each.due)

    @property
    def owed(self) -> tuple[Timing, ...]:
        """What is not there yet, in time or not."""
        return tuple(
            each.timing
            for part in (self.periods, self.awaiting)
            for each in part
            if each.state in (State.PENDING, State.OVERDUE)
        )

    @property
    def overdue(self) -> tuple[Timing, ...]:
        """What is owed and past its due date."""
        return tuple(each.timing for part in (self.periods, self.awaiting) for each in part if each.state is State.OVERDUE)
