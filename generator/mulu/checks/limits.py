"""C124–C128: can the time limits of the catalogs be read, and does the calendar reach far enough."""

from collections.abc import Iterator

from mulu.calendar.working_days import Known
from mulu.checks.rule import Finding, Over, View, at, rule
from mulu.diagnostics import Severity, Text
from mulu.limits.clause import Certainty, Ditto
from mulu.limits.parse import parse_limit
from mulu.limits.words import ASSUMED
from mulu.model.catalog import Entry

_SHOWN = 6
"""Years that the message names."""


@rule(
    "C124", Severity.WARNING, Over.ENTRY,
    zh=("读不懂公开时限：“{wording}”",
        "原文照旧不改，在下面加一行 limit，用规范的说法写明规则，如“信息形成之日起20个工作日内公开”。用 mulu limit 可以试读。"),
    en=("The time limit cannot be read: “{wording}”",
        "Leave the wording; add a line `limit` that says the rule in standard words. Try it with `mulu limit`."),
)  # fmt: skip
def limit_unreadable(entry: Entry) -> Iterator[Finding]:
    """No rule in the wording and none beside it: nothing of this entry can be judged."""
    if entry.limit is None and entry.retired is None and parse_limit(entry.time_limit).certainty is Certainty.UNREAD:
        yield at(entry, "time_limit", wording=entry.time_limit)


@rule(
    "C125", Severity.NOTICE, Over.ENTRY,
    zh=("公开时限“{wording}”是估计着读的：{reasons}", "读得对就不用改；要写准，加一行 limit。"),
    en=("The time limit “{wording}” was read with a guess: {reasons}", "Leave it if the reading is right; else add a line `limit`."),
)  # fmt: skip
def limit_assumed(entry: Entry) -> Iterator[Finding]:
    """The reading assumes something, or leaves words aside."""
    limit = parse_limit(entry.time_limit)
    if entry.limit is None and entry.retired is None and limit.certainty is Certainty.LIKELY:
        yield at(entry, "time_limit", wording=entry.time_limit, reasons=[ASSUMED[each] for each in limit.assumed])


@rule(
    "C126", Severity.ERROR, Over.ENTRY,
    zh=("limit 里写的规则读不懂：“{limit}”", "只用规范的说法，如“批准之日起20日内公开”“次年8月31日前公开”“每季度第1个月20日前公开”；用 mulu limit 可以试读。"),
    en=("The rule under `limit` cannot be read: “{limit}”", "Use standard words only; try them with `mulu limit`."),
)  # fmt: skip
def limit_rule_unreadable(entry: Entry) -> Iterator[Finding]:
    """An explicit rule is there to be sure; a guess will not do."""
    if entry.limit is not None:
        read = parse_limit(entry.limit)
        ditto = any(isinstance(clause, Ditto) for clause in read.clauses)
        if read.certainty is Certainty.UNREAD or read.unread or ditto:
            yield at(entry, "limit", limit=entry.limit)


@rule(
    "C127", Severity.ERROR, Over.EVERYTHING,
    zh=("“{wording}”上面没有可以照用的时限", "这是目录的第一行，或者上面一行的时限也读不懂；把时限写全。"),
    en=("“{wording}” has no limit above it to repeat", "It is the first row, or the row above has no readable limit; write it in full."),
)  # fmt: skip
def ditto_without_row_above(view: View) -> Iterator[Finding]:
    """同上 in the first row of a catalog."""
    for entry in view.repository.entries.values():
        limit = view.correspondence.terms.limits.get(entry.id)
        if limit and entry.retired is None and any(isinstance(clause, Ditto) for clause in limit.clauses):
            yield at(entry, "time_limit", wording=entry.time_limit)


@rule(
    "C128", Severity.NOTICE, Over.EVERYTHING,
    zh=("有 {count} 个期限落在没有工作日历的年份：{years}", "在 calendar/ 补上这些年份；通知还没有发布的，先写成 status: provisional。期限已经按周末推算，标为未定。"),
    en=("{count} deadlines reach into years without a calendar: {years}", "Add calendar/<year>.yml; `status: provisional` until the notice is out. They are computed by weekends and labelled."),
)  # fmt: skip
def calendar_year_unknown(view: View) -> Iterator[Finding]:
    """Deadlines of current items and of what is owed that no calendar covers; one finding for the repository."""
    years: set[int] = set()
    count = 0
    site = view.repository.site
    for mapped in view.correspondence.entries.values():
        for timing in (*mapped.judgement.items[-1:], *mapped.judgement.owed):
            if timing.start and timing.due and view.correspondence.terms.days.known(timing.start, timing.due) is Known.UNKNOWN:
                count += 1
                known = view.correspondence.terms.days.years
                first, last = sorted((timing.start.year, timing.due.year))
                years |= {year for year in range(first, last + 1) if year not in known}
    if site and count:
        named = [Text(str(year), str(year)) for year in sorted(years)[:_SHOWN]]
        yield at(site, count=count, years=[*named, *([Text("等", "…")] if len(years) > _SHOWN else [])])


RULES = (limit_unreadable, limit_assumed, limit_rule_unreadable, ditto_without_row_above, calendar_year_unknown)
