"""公开情况走势: coverage and timeliness by quarter and tag, as a chart and as the table behind it."""

import msgspec

from mulu.evaluation.tally import Tally
from mulu.evaluation.trend import Step, Trend
from mulu.model.district import Site
from mulu.pages.chart import Chart, Measure, chart
from mulu.pages.evaluation import MEASURES
from mulu.pages.metadata import column
from mulu.pages.page import HOME, TREND, Crumb, Page

_DRAWN = ("coverage", "timeliness")
"""The measures that have a line; completeness stands in the table."""


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
            Counted(step_label(each), each.day.isoformat(), each.point.unread, _numbers(each.point.tally))
            for each in reversed(trend.steps)
        ],
    }
    title, about = "公开情况走势", "按季度统计的目录事项公开情况：覆盖率、及时率和各项数字"
    crumbs = (HOME, Crumb("公开评价", "evaluation/index.html"), Crumb(title))
    return Page(TREND, "trend", title, about, crumbs, column(site, title, about, title), data)


def step_label(step: Step) -> str:
    """The day in words: 2026年第三季度末, 标签 v1, 评估日."""
    if step.quarter:
        return f"{step.quarter.chinese}末"
    return f"标签 {'、'.join(step.tags)}" if step.tags else "评估日"


def percent(value: int | None) -> str:
    """A share, or a dash where there is nothing to take a share of."""
    return "—" if value is None else f"{value}%"


def _numbers(counted: Tally) -> tuple[str, ...]:
    counts = (counted.entries, counted.published, counted.explained, counted.pending, counted.open)
    shares = (counted.coverage, counted.completeness, counted.timeliness)
    return (*map(str, counts), f"{counted.elements}/{counted.wanted}", *map(percent, shares))


def _drawn(trend: Trend) -> Chart | None:
    steps = trend.steps
    if steps[0].day == steps[-1].day:
        return None
    measures = [
        Measure(key, name, tuple((each.day, share, _tip(name, each, share)) for each in steps for share in [_share(each, key)]))
        for key, name, _ in MEASURES
        if key in _DRAWN
    ]
    tags = [(each.day, "、".join(each.tags)) for each in steps if each.tags]
    return chart(measures, [each.day for each in steps if each.quarter], tags)


def _tip(label: str, step: Step, value: int | None) -> str:
    return f"{step_label(step)}（{step.day}）{label} {percent(value)}"


def _share(step: Step, measure: str) -> int | None:
    share: int | None = getattr(step.point.tally, measure)
    return share


def _said(trend: Trend) -> str:
    """The chart in a sentence, for those who do not see it."""
    first, last = trend.steps[0], trend.steps[-1]
    shares = [
        f"{name}由 {percent(_share(first, key))} 到 {percent(_share(last, key))}" for key, name, _ in MEASURES if key in _DRAWN
    ]
    return f"从 {first.day} 到 {last.day}，{'，'.join(shares)}。"
