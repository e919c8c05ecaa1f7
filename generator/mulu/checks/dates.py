"""I110–I123: the dates of an item, against each other and against the day of the check."""

from collections.abc import Iterator

from mulu.checks.rule import Finding, Over, View, at, rule
from mulu.diagnostics import Severity, Text
from mulu.model.item import ENDED, Item

_AHEAD = ("plan", "budget")
"""Kinds that are rightly published before their period begins."""


@rule(
    "I110", Severity.ERROR, Over.ITEM,
    zh=("成文日期 {formed} 晚于发布日期 {published}", "对照文件落款和实际发布的日子，改正其中一个。"),
    en=("It was formed on {formed}, after it was published on {published}", "Check the paper and the day of publication; correct one."),
)  # fmt: skip
def formed_after_published(item: Item) -> Iterator[Finding]:
    """Nothing is published before it exists."""
    if item.formed > item.published:
        yield at(item, "formed", formed=item.formed, published=item.published)


@rule(
    "I111", Severity.ERROR, Over.EVERYTHING,
    zh=("{key}写的是 {date}，这一天还没有到（检查的日期是 {as_of}）", "核对年份和月份；要等到那一天发布的，到时再合并。"),
    en=("The date {key} is {date}, a day still to come (checked as of {as_of})", "Check year and month; what is to appear that day is merged that day."),
)  # fmt: skip
def date_in_future(view: View) -> Iterator[Finding]:
    """成文 and 发布 lie in the past."""
    for item in view.repository.all_items:
        for key, name, date in (("formed", "成文日期", item.formed), ("published", "发布日期", item.published)):
            if date > view.as_of:
                yield at(item, key, key=Text(name, key), date=date, as_of=view.as_of)


@rule(
    "I112", Severity.WARNING, Over.ITEM,
    zh=("施行日期 {effective} 早于成文日期 {formed}", "对照原文核对；文件确实溯及以前的，可以保留。"),
    en=("It takes effect on {effective}, before it was formed on {formed}", "Check the paper; keep it if the document really reaches back."),
)  # fmt: skip
def effective_before_formed(item: Item) -> Iterator[Finding]:
    """A document seldom binds before it is made."""
    if item.effective and item.effective < item.formed:
        yield at(item, "effective", effective=item.effective, formed=item.formed)


@rule(
    "I113", Severity.ERROR, Over.ITEM,
    zh=("失效日期 {expires} 早于施行日期 {effective}（没有填施行日期的，按成文日期）", "对照原文的有效期改正失效日期或者施行日期。"),
    en=("It expires on {expires}, before it takes effect on {effective} (its date where none is given)", "Correct one of the two from the paper."),
)  # fmt: skip
def expires_before_effective(item: Item) -> Iterator[Finding]:
    """A document lives for at least a day."""
    effective = item.effective or item.formed
    if item.expires and item.expires < effective:
        yield at(item, "expires", expires=item.expires, effective=effective)


@rule(
    "I114", Severity.ERROR, Over.ITEM,
    zh=("公开审查的日期 {reviewed} 晚于发布日期 {published}", "核对两个日期；确实先发布、后审查的，不要改日期掩盖，先撤下，审查后再发布。"),
    en=("It was reviewed on {reviewed}, after it was published on {published}", "Check both dates; if it really went out unreviewed, withdraw it and publish it after the review."),
)  # fmt: skip
def review_after_published(item: Item) -> Iterator[Finding]:
    """条例 art. 17: review comes before publication."""
    if item.review and item.review.on > item.published:
        yield at(item, "review", "on", reviewed=item.review.on, published=item.published)


@rule(
    "I115", Severity.WARNING, Over.ITEM,
    zh=("没有公开审查的记录", "补上“review”，写明谁（by）在哪天（on）审查的；没有审查过的先送审。"),
    en=("There is no record of a review", "Add `review` with who (by) and when (on); if nobody has, have it reviewed first."),
)  # fmt: skip
def review_missing(item: Item) -> Iterator[Finding]:
    """条例 art. 17: nothing is published unreviewed."""
    if item.review is None and item.withdrawn is None:
        yield at(item)


@rule(
    "I117", Severity.WARNING, Over.ITEM,
    zh=("文件放在 {folder} 年的文件夹，发布日期却在 {published} 年", "核对发布日期，或者把文件（连同附件文件夹）移到 items/{published}/；网址不变。"),
    en=("The file stands in the folder of {folder} but was published in {published}", "Check the date, or move file and attachments to items/{published}/; the address stays."),
)  # fmt: skip
def year_folder_mismatch(item: Item) -> Iterator[Finding]:
    """items/<year>/ is the year of publication."""
    folder = item.origin.path.split("/")[-2]
    if folder != str(item.published.year):
        yield at(item, "published", folder=folder, published=item.published.year)


@rule(
    "I118", Severity.ERROR, Over.EVERYTHING,
    zh=("有效期在 {expires} 已经届满，有效性却写着“{validity}”", "把“validity”改成“失效”；延长了有效期的，改正“expires”。"),
    en=("It expired on {expires}, yet its validity says {validity}", "Set `validity` to 失效, or correct `expires` if the term was extended."),
)  # fmt: skip
def expired_but_valid(view: View) -> Iterator[Finding]:
    """An expired document does not count as current."""
    for item in view.repository.all_items:
        if item.expires and item.expires < view.as_of and item.validity and item.validity not in ENDED and not item.withdrawn:
            yield at(item, "validity", expires=item.expires, validity=item.validity)


@rule(
    "I119", Severity.ERROR, Over.ITEM,
    zh=("征求意见的截止日期 {until} 早于开始日期 {first}", "对照公告原文改正“comment”里的 from 和 until。"),
    en=("Comments close on {until}, before they open on {first}", "Correct `from` and `until` under `comment`."),
)  # fmt: skip
def comment_dates(item: Item) -> Iterator[Finding]:
    """A consultation ends on or after its first day."""
    if item.comment and item.comment.last < item.comment.first:
        yield at(item, "comment", "until", until=item.comment.last, first=item.comment.first)


@rule(
    "I122", Severity.ERROR, Over.ITEM,
    zh=("撤下日期 {withdrawn} 早于发布日期 {published}", "改正“withdrawn”里的 on，它不早于发布日期。"),
    en=("It was withdrawn on {withdrawn}, before it was published on {published}", "Correct `on` under `withdrawn`: it is not before the date of publication."),
)  # fmt: skip
def withdrawn_before_published(item: Item) -> Iterator[Finding]:
    """Only what was published can be withdrawn."""
    if item.withdrawn and item.withdrawn.on < item.published:
        yield at(item, "withdrawn", "on", withdrawn=item.withdrawn.on, published=item.published)


@rule(
    "I123", Severity.WARNING, Over.EVERYTHING,
    zh=("所属期间 {period} 还没有开始（检查的日期是 {as_of}）", "核对“period”；写的应当是数据所属的那一期，不是下一期。"),
    en=("Its period {period} has not begun (checked as of {as_of})", "Check `period`: it is the period of the data, not the next one."),
)  # fmt: skip
def period_in_future(view: View) -> Iterator[Finding]:
    """Figures follow their period; only plans and budgets run a year ahead."""
    for item in view.repository.all_items:
        ahead = item.kind in _AHEAD and item.period and item.period.year == view.as_of.year + 1
        if item.period and item.period.start > view.as_of and not ahead:
            yield at(item, "period", period=Text(item.period.chinese, str(item.period)), as_of=view.as_of)


RULES = (
    formed_after_published, date_in_future, effective_before_formed, expires_before_effective, review_after_published,
    review_missing, year_folder_mismatch, expired_but_valid, comment_dates, withdrawn_before_published, period_in_future,
)  # fmt: skip
