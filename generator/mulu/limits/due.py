"""From a clause and the day it counts from to the due date. Plain dates; the words for it are in derivation.py."""

from calendar import monthrange
from datetime import date, timedelta

from mulu.calendar.working_days import WorkingDays
from mulu.limits.clause import Amount, Before, Clause, Deadline, Frequency, PeriodDay, Prompt, Recurring, Relative, Unit
from mulu.model.district import Deadlines
from mulu.model.period import Period

IMMEDIATE = frozenset({"实时", "即时", "立即", "随时", "当天", "当日"})
"""Words that mean the same day."""

PERIOD_ENDS = frozenset({"结束", "终了", "期满", "届满"})
"""Acts that happen on the last day of a period."""


def due_date(clause: Clause, start: date, days: WorkingDays, settings: Deadlines) -> date | None:
    """The last day in time for what is counted from `start`; None for clauses that set no day."""
    match clause:
        case Deadline(amount=amount) | Relative(amount=amount):
            return added(start, amount, days, roll_over=settings.roll_over)
        case Prompt():
            return days.after(start, allowance(clause, settings))
        case Before(amount=amount):
            return taken(start, amount, days)
    return None


def allowance(clause: Prompt, settings: Deadlines) -> int:
    """Workdays that stand for the word: site.yml, or else 20 by 条例 art. 26 and none where the word means the same day."""
    return settings.realtime_workdays if clause.how in IMMEDIATE else settings.prompt_workdays


def period_due(clause: Clause, period: Period, days: WorkingDays) -> date | None:
    """The day by which a period's information is out, where the clause says so without any trigger."""
    match clause:
        case PeriodDay(years, month, day):
            return clamped(period.year + years, month, day)
        case Recurring(months, month, day) if months == period.months:
            start = period.next.start
            return clamped(start.year + (start.month + month - 2) // 12, (start.month + month - 2) % 12 + 1, day)
        case Deadline(trigger, amount) if PERIOD_ENDS & set(trigger.acts):
            return added(period.end, amount, days, roll_over=False)
    return None


def refresh_due(clause: Recurring | Frequency, last: date) -> date:
    """The day by which something new must be out, given the last publication."""
    if isinstance(clause, Frequency):
        return month_later(last, max(1, clause.months // clause.times))
    return _recurrence(clause, last)


def added(start: date, amount: Amount, days: WorkingDays, *, roll_over: bool) -> date:
    """`amount` after `start`, the start not counted (民法典 art. 201)."""
    match amount.unit:
        case Unit.WORKDAY:
            return days.after(start, amount.count)
        case Unit.DAY:
            due = start + timedelta(days=amount.count)
        case Unit.MONTH:
            due = month_later(start, amount.count)
    return days.next(due) if roll_over else due


def taken(start: date, amount: Amount, days: WorkingDays) -> date:
    """`amount` before `start`."""
    match amount.unit:
        case Unit.WORKDAY:
            return days.before(start, amount.count)
        case Unit.DAY:
            return start - timedelta(days=amount.count)
    return month_later(start, -amount.count)


def month_later(day: date, count: int) -> date:
    """The same day `count` months later, or the last of a shorter month (民法典 art. 202)."""
    month = day.year * 12 + day.month - 1 + count
    return clamped(month // 12, month % 12 + 1, day.day)


def clamped(year: int, month: int, day: int) -> date:
    """That day, or the last of the month where it has fewer."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def _recurrence(clause: Recurring, day: date) -> date:
    """The first recurrence after `day`."""
    index = day.year * 12 + day.month - 1
    first = index - index % clause.months + clause.month - 1
    for month in range(first - clause.months, first + 2 * clause.months + 1, clause.months):
        found = clamped(month // 12, month % 12 + 1, clause.day)
        if found > day:
            return found
    raise AssertionError("a recurrence lies within two cycles")
