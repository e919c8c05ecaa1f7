"""M: the periods of entries that are published every month, quarter, half-year or year."""

from collections.abc import Iterator

from mulu.checks.catalog import PERIOD_FORMS
from mulu.checks.rule import Finding, Over, View, at, rule
from mulu.diagnostics import Severity, Text
from mulu.model.catalog import Entry
from mulu.model.item import Item
from mulu.model.period import MONTHS_OF_CYCLE
from mulu.model.state import State

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
    "M110", Severity.ERROR, Over.EVERYTHING,
    zh=("“{entry}”有 {count} 期到期没有公开：{periods}",
        "补上所缺的各期，一时补不齐的用 mulu ledger add 登记。起始期间写早了的，改 since；每期公开得更晚的，加一行 limit，如“次年8月31日前公开”。"),
    en=("“{entry}” owes {count} periods past their due dates: {periods}",
        "Publish them or book them with `mulu ledger add`. Correct `since` if the entry began later; if periods come out later, say so with `limit`."),
)  # fmt: skip
def period_absent(view: View) -> Iterator[Finding]:
    """Periods past their due date with no current item, not booked, of entries whose items all say their period."""
    booked = {(gap.entry, gap.period) for gap in view.repository.gaps if gap.closed is None}
    for mapped in view.correspondence.entries.values():
        entry = mapped.entry
        owed = [
            each for each in mapped.judgement.periods if each.state is State.OVERDUE and (entry.id, each.period) not in booked
        ]
        unplaced = any(not item.period or item.period.months != MONTHS_OF_CYCLE[entry.cycle or "每年"] for item in mapped.items)
        if owed and mapped.gap is None and not unplaced and entry.id not in view.repository.broken_ids:
            shown = [
                Text(f"{each.period.chinese}（应在 {each.timing.due} 前）", f"{each.period} (due {each.timing.due})")
                for each in owed[:_SHOWN]
            ]
            rest = [Text("等", "…")] if len(owed) > _SHOWN else []
            yield at(entry, "cycle", entry=entry.title, count=len(owed), periods=[*shown, *rest])


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
