"""公开情况走势: coverage and timeliness by quarter and tag, as a chart and as the table behind it."""

import msgspec

from mulu.evaluation.trend import Point, Step, Trend
from mulu.model.district import Site
from mulu.pages.chart import Chart, Measure, chart
from mulu.pages.metadata import column
from mulu.pages.page import TREND, Crumb, Page


class Counted(msgspec.Struct, frozen=True):
    """One row of the table."""

    label: str
    day: str
    unread: int
    numbers: tuple[str, ...]


def trend_page(trend: Trend, site: Site) -> Page:
    """The page; its chart is there when there are two days to join, otherwise it says why there is none."""
    drawn = _drawn(trend)
    data = {
        "lacking": trend.lacking.zh if trend.lacking else "",
        "chart": drawn,
        "said": _said(trend) if drawn else "",
        "rows": [
            Counted(step_label(each), each.day.isoformat(), each.point.unread, _numbers(each.point))
            for each in reversed(trend.steps)
        ],
    }
    title, about = "公开情况走势", "按季度统计的目录事项公开情况：覆盖率、按时率和各项数字"
    crumbs = (Crumb("首页", "index.html"), Crumb("标准目录", "catalog/index.html"), Crumb(title))
    return Page(TREND, "trend", title, about, crumbs, column(site, title, about, title), data)


def step_label(step: Step) -> str:
    """The day in words: 2026年第三季度末, 标签 v1, 评估日."""
    if step.quarter:
        return f"{step.quarter.chinese}末"
    return f"标签 {'、'.join(step.tags)}" if step.tags else "评估日"


def percent(value: int | None) -> str:
    """A share, or a dash where there is nothing to take a share of."""
    return "—" if value is None else f"{value}%"


def _numbers(point: Point) -> tuple[str, ...]:
    counts = (point.entries, point.published, point.explained, point.pending, point.open)
    return (*map(str, counts), percent(point.coverage), percent(point.timeliness), f"{point.covered}/{point.required}")


def _drawn(trend: Trend) -> Chart | None:
    steps = trend.steps
    if steps[0].day == steps[-1].day:
        return None
    measures = (
        Measure("coverage", "覆盖率", tuple((each.day, each.point.coverage, _tip("覆盖率", each, each.point.coverage)) for each in steps)),
        Measure("timeliness", "按时率", tuple((each.day, each.point.timeliness, _tip("按时率", each, each.point.timeliness)) for each in steps)),
    )  # fmt: skip
    tags = [(each.day, "、".join(each.tags)) for each in steps if each.tags]
    return chart(measures, [each.day for each in steps if each.quarter], tags)


def _tip(label: str, step: Step, value: int | None) -> str:
    return f"{step_label(step)}（{step.day}）{label} {percent(value)}"


def _said(trend: Trend) -> str:
    """The chart in a sentence, for those who do not see it."""
    first, last = trend.steps[0], trend.steps[-1]
    return (
        f"从 {first.day} 到 {last.day}，覆盖率由 {percent(first.point.coverage)} 到 {percent(last.point.coverage)}，"
        f"按时率由 {percent(first.point.timeliness)} 到 {percent(last.point.timeliness)}。"
    )
