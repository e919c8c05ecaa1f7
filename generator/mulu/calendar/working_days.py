"""Which days are worked, and the n-th working day after a day. Deadlines count from the day after (民法典 art. 201)."""

import enum
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import msgspec

from mulu.model.district import CalendarYear

_DAY = timedelta(days=1)


class Known(enum.StrEnum):
    """How well a year is known: by the State Council's notice, by custom until the notice is out, or not at all."""

    OFFICIAL = "official"
    PROVISIONAL = "provisional"
    UNKNOWN = "unknown"


class Exceptional(msgspec.Struct, frozen=True):
    """A run of days on the way to a deadline that a plain week would count otherwise."""

    name: str
    first: date
    last: date
    worked: bool


class WorkingDays(msgspec.Struct, frozen=True):
    """All working days (as ordinals, sorted) of the years `span`; outside it weekends alone are days off."""

    worked: tuple[int, ...]
    span: tuple[int, int]
    years: Mapping[int, Known]
    off: Mapping[date, str]
    made_up: frozenset[date]

    def is_worked(self, day: date) -> bool:
        """Whether offices work on that day."""
        return day in self.made_up or (day.weekday() < 5 and day not in self.off)

    def after(self, day: date, count: int) -> date:
        """The count-th working day after `day`; the day itself where count is 0."""
        if count <= 0:
            return day
        place = bisect_right(self.worked, day.toordinal()) + count - 1
        if self.span[0] <= day.year and place < len(self.worked):
            return date.fromordinal(self.worked[place])
        while count:
            day += _DAY
            count -= self.is_worked(day)
        return day

    def before(self, day: date, count: int) -> date:
        """The count-th working day before `day`."""
        while count > 0:
            day -= _DAY
            count -= self.is_worked(day)
        return day

    def next(self, day: date) -> date:
        """That day if it is worked, or the next one that is."""
        return day if self.is_worked(day) else self.after(day, 1)

    def between(self, first: date, last: date) -> int:
        """Working days after `first` up to and including `last`; 0 where `last` is not later."""
        if last <= first:
            return 0
        if self.span[0] <= first.year and last.year <= self.span[1]:
            return bisect_right(self.worked, last.toordinal()) - bisect_right(self.worked, first.toordinal())
        return sum(self.is_worked(first + _DAY * step) for step in range(1, (last - first).days + 1))

    def known(self, first: date, last: date) -> Known:
        """How well the years from `first` to `last` are known: the weakest of them."""
        ranks = [self.years.get(year, Known.UNKNOWN) for year in range(min(first, last).year, max(first, last).year + 1)]
        return max(ranks, key=(Known.OFFICIAL, Known.PROVISIONAL, Known.UNKNOWN).index)

    def exceptions(self, first: date, last: date) -> tuple[Exceptional, ...]:
        """Holidays on weekdays and make-up workdays after `first` up to `last`, in runs."""
        found: list[Exceptional] = []
        day = first + _DAY
        while day <= last:
            name = "调休上班" if day in self.made_up else self.off.get(day)
            if name:
                run = found[-1] if found else None
                joined = run and run.name == name and run.last == day - _DAY
                start = run.first if run and joined else day
                found[len(found) - bool(joined) :] = [Exceptional(name, start, day, day in self.made_up)]
            day += _DAY
        return tuple(found)


def working_days(calendars: Iterable[CalendarYear], *, until: int, since: int = 2008) -> WorkingDays:
    """Working days by the repository's calendars, listed for the years from `since` to `until`."""
    years: dict[int, Known] = {}
    off: dict[date, str] = {}
    made_up: set[date] = set()
    for calendar in calendars:
        years[calendar.year] = Known(calendar.status)
        made_up.update(calendar.workdays)
        for holiday in calendar.holidays:
            for step in range((holiday.last - holiday.first).days + 1):
                off[holiday.first + _DAY * step] = holiday.name
    first, last = date(since, 1, 1).toordinal(), date(until, 12, 31).toordinal()
    monday = date(1, 1, 1).toordinal()  # 0001-01-01 is a Monday: ordinal 1
    plain = {day for day in range(first, last + 1) if (day - monday) % 7 < 5}
    plain -= {day.toordinal() for day in off}
    plain |= {day.toordinal() for day in made_up if since <= day.year <= until}
    return WorkingDays(tuple(sorted(plain)), (since, until), years, off, frozenset(made_up))
