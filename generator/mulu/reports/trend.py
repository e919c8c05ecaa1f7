"""The trend by quarter and tag, for `mulu trend`: as a table and as JSON, version 1."""

from datetime import date

import msgspec

from mulu.evaluation.trend import Step, Trend
from mulu.reports.table import aligned

VERSION = 1
_ZH = ("时间", "日期", "目录事项", "已公开", "有说明", "期限内", "未公开或逾期", "必选要素", "覆盖率", "完整率", "及时率")
_EN = (
    "time",
    "date",
    "entries",
    "published",
    "explained",
    "pending",
    "open or late",
    "elements",
    "coverage",
    "completeness",
    "timeliness",
)


def trend_table(found: Trend, *, as_of: date, lang: str) -> str:
    """One line a day, the present first; below it what the numbers do not hold."""
    zh = lang == "zh"
    rows = [_ZH if zh else _EN, *(_cells(each, zh=zh) for each in reversed(found.steps))]
    notes = [found.lacking.spoken(lang)] if found.lacking else []
    for each in found.steps:
        if each.point.unread:
            said = "{}：有 {} 个文件读不出，没有计入。" if zh else "{}: {} files could not be read and are not counted."
            notes.append(said.format(each.day, each.point.unread))
    parts = [f"{'评估日期' if zh else 'as of'} {as_of}", aligned(rows, left=(0, 1)), *(["\n".join(notes)] if notes else [])]
    return "\n\n".join(parts) + "\n"


def trend_json(found: Trend, *, as_of: date) -> str:
    """Every step with all its counts, by time; shares are whole percents, null where there is nothing to take them of."""
    report = {"version": VERSION, "as_of": as_of, "lacking": found.lacking, "steps": [_step(each) for each in found.steps]}
    return msgspec.json.format(msgspec.json.encode(report)).decode() + "\n"


def _step(each: Step) -> dict[str, object]:
    counted = each.point.tally
    return {
        "day": each.day, "quarter": str(each.quarter) if each.quarter else None, "tags": each.tags, **msgspec.structs.asdict(counted),
        "coverage": counted.coverage, "completeness": counted.completeness, "timeliness": counted.timeliness, "unread": each.point.unread,
    }  # fmt: skip


def _cells(each: Step, *, zh: bool) -> tuple[str, ...]:
    counted = each.point.tally
    counts = (counted.entries, counted.published, counted.explained, counted.pending, counted.open)
    shares = (counted.coverage, counted.completeness, counted.timeliness)
    return (
        _label(each, zh=zh),
        each.day.isoformat(),
        *map(str, counts),
        f"{counted.elements}/{counted.wanted}",
        *("-" if each is None else f"{each}%" for each in shares),
    )


def _label(each: Step, *, zh: bool) -> str:
    if each.quarter:
        return f"{each.quarter.chinese}末" if zh else f"end of {each.quarter}"
    if each.tags:
        return f"{'标签' if zh else 'tag'} {', '.join(each.tags)}"
    return "评估日" if zh else "as of"
