"""M129, M130: the dates of items against git's own record (伪造发稿日期, 国办秘函〔2019〕19号: a veto)."""

from collections.abc import Iterator

from mulu.checks.rule import Finding, Over, View, at, rule
from mulu.diagnostics import Severity, Text


@rule(
    "M129", Severity.WARNING, Over.EVERYTHING,
    zh=("发布日期改过：git 里先前是 {earlier}，现在是 {published}", "发布日期是首次公开的日期，以后修改内容也不改它；确系更正录入错误的，在提交说明里写清楚。"),
    en=("The date of publication was changed: git had {earlier}, now it says {published}", "It is the day of first publication and stays; if a typing error was corrected, say so in the commit."),
)  # fmt: skip
def published_date_changed(view: View) -> Iterator[Finding]:
    """An earlier commit gave another `published`."""
    for item in view.repository.all_items:
        earlier = [each for each in view.repository.history.redated.get(item.id, ()) if each != item.published.isoformat()]
        if earlier:
            yield at(item, "published", earlier=[Text(each, each) for each in dict.fromkeys(earlier)], published=item.published)


@rule(
    "M130", Severity.WARNING, Over.EVERYTHING,
    zh=("发布日期写的是 {published}，git 里到 {added} 才有这条信息，相差 {days} 天",
        "写真实的发布日期；补录以前在别处公开过的信息，把 site.yml 里 deadlines 的 history_since 设到补录完成的那一天。"),
    en=("It says it was published on {published}, but git has it only since {added}, {days} days later",
        "Give the real date; for a back-file of older publications set `history_since` in site.yml to the day it was complete."),
)  # fmt: skip
def published_date_backdated(view: View) -> Iterator[Finding]:
    """First committed longer after its publication than allowed. What was published before the record begins is not compared."""
    history, settings = view.repository.history, view.correspondence.terms.settings
    since = settings.history_since or history.since
    for item in view.repository.all_items:
        added = history.added.get(item.id)
        if since and added and item.published >= since and (days := (added - item.published).days) > settings.backdating_days:
            yield at(item, "published", published=item.published, added=added, days=days)


RULES = (published_date_changed, published_date_backdated)
