"""Typed clauses → the one wording in which mulu writes them; reading that wording gives the same clauses again."""

from collections.abc import Iterable

from mulu.limits.clause import (
    Before,
    Clause,
    Deadline,
    Ditto,
    Frequency,
    Minimum,
    Notice,
    PeriodDay,
    Permanent,
    Prompt,
    Recurring,
    Relative,
    Statute,
    Trigger,
)  # fmt: skip
from mulu.limits.trigger import spoken

_CYCLES = {1: "每月", 3: "每季度", 6: "每半年", 12: "每年"}


_LONG_MONTHS = (1, 3, 5, 7, 8, 10, 12)


def format_limit(clauses: Iterable[Clause]) -> str:
    """All clauses, separated by semicolons."""
    return "；".join(format_clause(each) for each in clauses)


def format_clause(clause: Clause) -> str:
    """One clause, with the part of the information that it is for."""
    scope = getattr(clause, "scope", "")
    return f"{scope}：{_unscoped(clause)}" if scope else _unscoped(clause)


def _unscoped(clause: Clause) -> str:
    match clause:
        case Deadline(trigger, amount, extension):
            longer = f"，情况复杂的，经批准可延长{extension}" if extension else ""
            return f"{_since(trigger, '之日起')}{amount}内公开{longer}"
        case Prompt(how, trigger):
            return f"{_since(trigger, '后')}{how}公开"
        case Frequency(times, months):
            return f"每{months}个月至少更新{times}次"
        case Recurring(months, month, day):
            return f"{_recurring(months, month)}{_day(day, month if months == 12 else 0)}前公开"
        case PeriodDay(years, month, day):
            return f"{'次年' if years else '当年'}{month}月{_day(day, month)}前公开"
        case Permanent(dynamic):
            return "长期公开，动态调整" if dynamic else "长期公开"
        case Notice(amount):
            return f"公示{amount}"
        case Minimum(what, amount):
            return f"{what}不得少于{amount}"
        case Before(amount, event):
            return f"提前{amount}{event}"
        case Relative(to, amount):
            return f"与{to}同步公开" + (f"，不超过{amount}" if amount.count else "")
        case Statute():
            return "法律、法规另有规定的，从其规定"
        case Ditto():
            return "同上"


def _since(trigger: Trigger, after: str) -> str:
    return f"{spoken(trigger)}{after}" if trigger.acts else ""


def _recurring(months: int, month: int) -> str:
    if months == 1:
        return "每月"
    return f"每年{month}月" if months == 12 else f"{_CYCLES[months]}第{month}个月"


def _day(day: int, month: int) -> str:
    """The 31st of a month that has fewer days, or of no one month, is its last day."""
    return f"{day}日" if day < 31 or month in _LONG_MONTHS else "底"
