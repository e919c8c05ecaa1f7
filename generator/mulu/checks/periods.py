"""M: the periods of entries that are published every month, quarter, half-year or year."""

from collections.abc import Iterator

from mulu.checks.catalog import PERIOD_FORMS
from mulu.checks.rule import Finding, Over, View, at, rule
from mulu.diagnostics import Severity, Text
from mulu.mapping import State
from mulu.model.catalog import Entry
from mulu.model.item import Item
from mulu.model.period import MONTHS_OF_CYCLE

_SHOWN = 6
"""How many absent periods a message names; a monthly entry may lack hundreds."""


@rule(
    "M107", Severity.ERROR, Over.EVERYTHING,
    zh=("“{entry}”{cycle}公开一次，这条信息没有写是哪一期的", "加一行 period，写成这样：{form}。"),
    en=("“{entry}” is periodic ({cycle}) but this item does not say its period", "Add a line `period`, such as {form}."),
)  # fmt: skip
def period_missing(view: View) -> Iterator[Finding]:
    """A current item answers a periodic entry for no period."""
    for entry, item in _periodic(view):
        if entry.cycle and item.period is None:
            yield at(item, "entries", entry=entry.title, cycle=entry.cycle, form=PERIOD_FORMS[entry.cycle])


@rule(
    "M108", Severity.ERROR, Over.EVERYTHING,
    zh=("“{entry}”{cycle}公开一次，所属期间却写成 {period}", "改成这样：{form}；周期不同的内容分成几条信息发布。"),
    en=("“{entry}” is periodic ({cycle}) but the period is written {period}",
        "Write it like this: {form}; publish content of other cycles as items of its own."),
)  # fmt: skip
def period_form_mismatch(view: View) -> Iterator[Finding]:
    """The period of an item is not as long as the cycle of its entry."""
    for entry, item in _periodic(view):
        if entry.cycle and item.period and item.period.months != MONTHS_OF_CYCLE[entry.cycle]:
            form = PERIOD_FORMS[entry.cycle]
            yield at(item, "period", entry=entry.title, cycle=entry.cycle, period=item.period, form=form)


@rule(
    "M109", Severity.NOTICE, Over.EVERYTHING,
    zh=("“{entry}”的 {period} 已经由 {other} 公开过",
        "核对期间有没有写错；新的一条取代旧的，就把旧的撤下；各讲一部分要素的，在 entries 里写明要素。"),
    en=("{period} of “{entry}” is already covered by {other}",
        "Check the period; withdraw the older item if this one takes its place; if each covers some elements, name them."),
)  # fmt: skip
def period_repeated(view: View) -> Iterator[Finding]:
    """Two current items of one department for the same entry, period and elements."""
    for mapped in view.correspondence.entries.values():
        first: dict[object, Item] = {}
        for item in reversed(mapped.items if len(mapped.items) > 1 else ()):
            for elements in {frozenset(each.elements) for each in item.entries if each.entry == mapped.entry.id}:
                other = first.setdefault((item.department, item.period, elements), item)
                if item.period and other is not item:
                    yield at(item, "period", related=[other], entry=mapped.entry.title, period=item.period, other=other.id)


@rule(
    "M110", Severity.WARNING, Over.EVERYTHING,
    zh=("“{entry}”最近一期之前缺 {count} 期：{periods}", "补上所缺的各期；起始期间写早了的，改事项的 since。"),
    en=("“{entry}” lacks {count} of the periods before its latest: {periods}",
        "Publish them, or correct `since` if the entry began later."),
)  # fmt: skip
def period_absent(view: View) -> Iterator[Finding]:
    """Periods between the first one expected and the latest published that have no item."""
    for mapped in view.correspondence.entries.values():
        if mapped.absent and mapped.state is not State.RETIRED:
            shown = [Text(each.chinese, str(each)) for each in mapped.absent[:_SHOWN]]
            rest = [Text("等", "…")] if len(mapped.absent) > _SHOWN else []
            yield at(mapped.entry, "cycle", entry=mapped.entry.title, count=len(mapped.absent), periods=[*shown, *rest])


@rule(
    "M120", Severity.WARNING, Over.EVERYTHING,
    zh=("所属期间 {period} 早于事项“{entry}”的起始期间 {since}", "核对年份；期间没有写错的，把事项的 since 提前到这一期。"),
    en=("The period {period} lies before {since}, the first period of “{entry}”",
        "Check the year; if it is right, move the entry's `since` back to it."),
)  # fmt: skip
def period_before_since(view: View) -> Iterator[Finding]:
    """An item for a period before the entry's first."""
    for entry, item in _periodic(view):
        if entry.since and item.period and item.period.months == entry.since.months and item.period < entry.since:
            yield at(item, "period", related=[entry], period=item.period, entry=entry.title, since=entry.since)


def _periodic(view: View) -> Iterator[tuple[Entry, Item]]:
    for mapped in view.correspondence.entries.values():
        if mapped.entry.cycle:
            for item in mapped.items:
                yield mapped.entry, item


RULES = (period_missing, period_form_mismatch, period_repeated, period_absent, period_before_since)
