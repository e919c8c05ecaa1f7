"""M121–M128: was everything published in time, and not before it could be."""

from collections.abc import Iterator

from mulu.checks.rule import Finding, Over, View, at, rule
from mulu.diagnostics import Severity
from mulu.limits.clause import Before, Minimum
from mulu.mapping import Mapped
from mulu.model.item import Item
from mulu.model.state import State


@rule(
    "M121", Severity.ERROR, Over.EVERYTHING,
    zh=("“{entry}”有一件到期没有公开：{what}，{start} 起算，应在 {due} 前公开",
        "马上发布，并在那条信息里写上同一个起算日（counted_from）；一时发布不了的，用 mulu ledger add 登记到整改台账。"),
    en=("“{entry}” owes something past its due date: {what}, counted from {start}, due {due}",
        "Publish it with the same `counted_from`; if that takes time, book it with `mulu ledger add`."),
)  # fmt: skip
def awaited_overdue(view: View) -> Iterator[Finding]:
    """Information that the catalog says exists, past its limit, and nobody booked it."""
    for mapped in view.correspondence.entries.values():
        for index, awaited in enumerate(mapped.judgement.awaiting):
            if awaited.state is State.OVERDUE and mapped.gap is None:
                timing = awaited.timing
                place = ("awaiting", _place(mapped, awaited.what, index))
                yield at(mapped.entry, *place, entry=mapped.entry.title, what=awaited.what, start=timing.start, due=timing.due)


@rule(
    "M122", Severity.WARNING, Over.EVERYTHING,
    zh=("“{entry}”应在 {due} 前更新，最近一次公开是 {last}", "发布新的内容；内容没有变化的，也要核实后更新发布，或者写情况说明（explained）。"),
    en=("“{entry}” was to be refreshed by {due}; it was last published on {last}", "Publish what is new, or explain why nothing is."),
)  # fmt: skip
def content_stale(view: View) -> Iterator[Finding]:
    """The update cycle of the wording has passed."""
    for mapped in view.correspondence.entries.values():
        if mapped.state is State.STALE and mapped.gap is None:
            last = max(each.published for each in mapped.judgement.items if each.published)
            yield at(mapped.entry, "time_limit", entry=mapped.entry.title, due=mapped.judgement.refresh, last=last)


@rule(
    "M123", Severity.WARNING, Over.EVERYTHING,
    zh=("迟了 {days} 天公开：按“{entry}”的时限，{start} 起算，应在 {due} 前公开，实际 {published}",
        "已经迟了的改不回来，也不要改日期；起算日不是成文日期的，写明 counted_from；当天定稿却写早了成文日期的，改正 formed。"),
    en=("Published {days} days late: “{entry}” counts from {start}, due {due}, published {published}",
        "It cannot be undone; never change the date. If the limit counts from another day, give `counted_from`."),
)  # fmt: skip
def published_late(view: View) -> Iterator[Finding]:
    """A current item that came after its due date; former ones are history."""
    for mapped in view.correspondence.entries.values():
        for timing in mapped.judgement.late:
            item = view.repository.items[timing.item]
            if item.current and not mapped.entry.retired:
                yield at(
                    item, "published", related=[mapped.entry],
                    days=timing.late, entry=mapped.entry.title, start=timing.start, due=timing.due, published=item.published,
                )  # fmt: skip


@rule(
    "M124", Severity.ERROR, Over.EVERYTHING,
    zh=("发布日期 {published} 早于批准（作出）的日期 {counted}", "没有批准就公开，按规定要扣分；日期写错的，改正 published 或者 counted_from。"),
    en=("Published on {published}, before it was approved or made on {counted}", "Correct whichever date is wrong; nothing may be published before its approval."),
)  # fmt: skip
def published_before_approval(view: View) -> Iterator[Finding]:
    """A publication before the act it follows; invitations and the like are out before their event."""
    ahead = {
        timing.item
        for mapped in view.correspondence.entries.values()
        for timing in mapped.judgement.items
        if isinstance(timing.clause, Before)
    }
    for item in view.repository.all_items:
        if item.counted_from and item.published < item.counted_from and item.id not in ahead:
            yield at(item, "counted_from", published=item.published, counted=item.counted_from)


@rule(
    "M125", Severity.ERROR, Over.EVERYTHING,
    zh=("用工作动态代替应当公开的内容：“{entry}”要的不是动态", "发布信息本身（文件、表格、决定），让它对应这个事项；动态可以保留，从 entries 里删去这个事项。"),
    en=("News stands in for the information itself: “{entry}” does not ask for news", "Publish the document itself for this entry; take the entry out of the news item."),
)  # fmt: skip
def news_instead_of_information(view: View) -> Iterator[Finding]:
    """A current news item bound to an entry that asks for something else (社科院 2017: 以新闻代替信息)."""
    for mapped in view.correspondence.entries.values():
        for item in mapped.substitutes:
            if item.current:
                index = [answer.entry for answer in item.entries].index(mapped.entry.id)
                yield at(item, "entries", index, related=[mapped.entry], entry=mapped.entry.title)


@rule(
    "M126", Severity.WARNING, Over.EVERYTHING,
    zh=("解读迟了：文件 {document} 公开，解读 {published} 公开，相隔 {days} 个工作日，应不超过 {limit} 个",
        "以后解读材料与文件同步起草、同步发布；期限在 site.yml 的 deadlines 里设定。"),
    en=("The interpretation is late: the document came on {document}, this on {published}, {days} workdays later; {limit} are allowed",
        "Draft and publish both together; the limit is set under `deadlines` in site.yml."),
)  # fmt: skip
def interpretation_late(view: View) -> Iterator[Finding]:
    """More than the allowed workdays after the document that it interprets."""
    terms = view.correspondence.terms
    allowed = terms.settings.interpretation_workdays
    for item in view.repository.all_items:
        for index, target in enumerate(item.interprets if item.kind == "interpretation" and item.current else ()):
            document = view.repository.items.get(target)
            if document and (days := terms.days.between(document.published, item.published)) > allowed:
                yield at(
                    item, "interprets", index, related=[document],
                    document=document.published, published=item.published, days=days, limit=allowed,
                )  # fmt: skip


@rule(
    "M127", Severity.ERROR, Over.EVERYTHING,
    zh=("征求意见只有 {days} 天，少于 {limit} 天，也没有说明理由", "延长到 {limit} 天以上；确需缩短的，在 comment 里写明 shortened_reason，公告中也要说明。"),
    en=("Opinions are taken for {days} days, fewer than {limit}, and no reason is given", "Extend it, or give `shortened_reason` and say so in the notice."),
)  # fmt: skip
def consultation_too_short(view: View) -> Iterator[Finding]:
    """国务院令第713号 art. 15: normally 30 days, shorter only with a stated reason; an entry's wording may ask for more."""
    for item in view.repository.all_items:
        if item.comment and not item.comment.shortened_reason and item.current and item.comment.last >= item.comment.first:
            days = (item.comment.last - item.comment.first).days + 1
            limit = _consultation_days(item, view)
            if days < limit:
                yield at(item, "comment", days=days, limit=limit)


@rule(
    "M128", Severity.WARNING, Over.EVERYTHING,
    zh=("征求意见在 {until} 结束，到 {due} 还没有公布意见采纳情况", "发布一条 kind: feedback 的信息，用 feedback_on 指向这次征求意见。"),
    en=("The consultation closed on {until}; its feedback was due on {due}", "Publish an item of kind `feedback` whose `feedback_on` points here."),
)  # fmt: skip
def feedback_missing(view: View) -> Iterator[Finding]:
    """No current feedback points at a consultation that closed longer ago than site.yml allows."""
    allowed = view.correspondence.terms.settings.feedback_days
    for item in view.repository.all_items:
        if item.comment and item.current and (view.as_of - item.comment.last).days > allowed:
            answers = view.correspondence.pointed_at.get(item.id, {}).get("feedback_on", ())
            if not any(view.repository.items[id].current for id in answers):
                due = item.comment.last.fromordinal(item.comment.last.toordinal() + allowed)
                yield at(item, "comment", "until", until=item.comment.last, due=due)


def _consultation_days(item: Item, view: View) -> int:
    terms = view.correspondence.terms
    wanted = [
        clause.amount.count
        for answer in item.entries
        if answer.entry in terms.limits
        for clause in terms.limits[answer.entry].clauses
        if isinstance(clause, Minimum) and "意见" in clause.what
    ]
    return max([terms.settings.consultation_days, *wanted])


def _place(mapped: Mapped, what: str, index: int) -> int:
    return next((place for place, each in enumerate(mapped.entry.awaiting) if each.what == what), index)


RULES = (
    awaited_overdue, content_stale, published_late, published_before_approval, news_instead_of_information, interpretation_late,
    consultation_too_short, feedback_missing,
)  # fmt: skip
