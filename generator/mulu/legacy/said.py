"""What became of the list, in words: a line for each row, then the balance."""

from collections.abc import Iterator

from mulu.legacy.listing import Listing
from mulu.legacy.plan import Outcome, Plan, Planned

_WORDS = {
    Outcome.MADE: ("新建", "new"), Outcome.THERE: ("已有", "there"), Outcome.UNSURE: ("待定", "unsure"), Outcome.LEFT_OUT: ("没有导入", "left out"),
}  # fmt: skip


def plan_text(plan: Plan, listing: Listing, *, lang: str) -> Iterator[str]:
    """The lines. Rows read = new + there + unsure + left out."""
    for row in plan.rows:
        yield _row(row, lang)
    zh = lang == "zh"
    counts = {outcome: plan.count(outcome) for outcome in Outcome}
    assert sum(counts.values()) == len(listing.lines)
    parts = [f"{words[0] if zh else words[1]} {counts[outcome]}" for outcome, words in _WORDS.items()]
    yield f"读了 {len(plan.rows)} 行 = {' + '.join(parts)}" if zh else f"{len(plan.rows)} rows read = {' + '.join(parts)}"
    for heading in listing.unknown:
        yield f"不认识的栏，没有用：{heading}" if zh else f"unknown column, not used: {heading}"
    for sheet in listing.unread:
        yield f"没有名单的工作表：{sheet}" if zh else f"sheet without a list: {sheet}"
    if plan.unused:
        yield f"文件夹里有 {len(plan.unused)} 个文件没有用到" if zh else f"{len(plan.unused)} files of the folder were not used"


def _row(row: Planned, lang: str) -> str:
    zh = lang == "zh"
    word = _WORDS[row.outcome][0 if zh else 1]
    entries = ("、" if zh else ", ").join(each.entry for each in row.answers)
    sure = f" {row.answers[0].certainty:.0%}" if row.answers else ""
    arrow = f" → {entries}{sure}" if entries else ""
    return (
        f"{row.line.place} {word} {row.line.title}{arrow}（{row.reason.zh}）"
        if zh
        else f"{row.line.place} {word} {row.line.title}{arrow} ({row.reason.en})"
    )
