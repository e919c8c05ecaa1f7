"""States, forecast and counts over the demo district and small repositories laid over with matters of time."""

import subprocess
from datetime import date
from pathlib import Path

import icalendar
import pytest
from click.testing import CliRunner

from conftest import AS_OF, commit
from mulu.cli import cli
from mulu.evaluation.forecast import Matter, forecast, past_due
from mulu.evaluation.ics import calendar
from mulu.evaluation.tally import tally
from mulu.flow import Checked, check
from mulu.model.state import State

DEMO = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def demo() -> Checked:
    return check(DEMO, as_of=AS_OF)


def entry(cycle: str, limit: str, extra: str = "") -> str:
    return f"""field: project
entries:
  - id: fgj-project-guide
    topic: 批准服务信息
    item: 办事指南
    elements: [申报材料清单, 办理时限]
    basis: [{{title: 中华人民共和国政府信息公开条例}}]
    time_limit: {limit}
    {f"cycle: {cycle}" if cycle else ""}
    {extra}
    responsible: [小样区发展和改革局]
    channels: [政府网站]
    audience: [全社会]
    method: 主动公开
    levels: [区级]
"""


def state(root: Path, catalog: str, as_of: date, *, period: str = "", keep_item: bool = True) -> State:
    item = root / "catalogs/departments/fgj/items/2026/2026-fgj-001.md"
    if not keep_item:
        item.unlink()
    elif period:
        item.write_text(item.read_text("utf-8").replace("summary:", f"period: {period}\nsummary:"), "utf-8")
    (root / "catalogs/departments/fgj/catalog/project.yml").write_text(catalog, "utf-8")
    return check(root, as_of=as_of).correspondence.entries["fgj-project-guide"].state


AWAITING = "awaiting: [{what: 新指南, on: 2026-09-21}]"
STATES = (
    ("", "信息形成之日起20个工作日内", "", "", True, "2026-11-23", State.PUBLISHED),
    ("", "信息形成之日起20个工作日内", "", "", False, "2026-11-23", State.MISSING),
    ("", "信息形成之日起20个工作日内", AWAITING, "", False, "2026-10-26", State.PENDING),
    ("", "信息形成之日起20个工作日内", AWAITING, "", False, "2026-10-27", State.OVERDUE),
    ("", "信息形成之日起20个工作日内", AWAITING, "", True, "2026-10-27", State.OVERDUE),
    ("", "半年至少更新1次", "", "", True, "2026-09-12", State.PUBLISHED),
    ("", "半年至少更新1次", "", "", True, "2026-09-13", State.STALE),
    ("每季度", "每季度首月20日", "since: 2026Q1", "2026Q1", True, "2026-07-20", State.PUBLISHED),
    ("每季度", "每季度首月20日", "since: 2026Q1", "2026Q1", True, "2026-07-21", State.OVERDUE),
    ("每年", "每年1月31日前", "since: 2025", "", False, "2026-01-31", State.PENDING),
    ("每年", "每年1月31日前", "since: 2025", "", False, "2026-02-01", State.OVERDUE),
    ("每年", "人大批准后20日内", "since: 2025", "2025", True, "2027-12-31", State.PUBLISHED),
    ("每年", "人大批准后20日内", "since: 2025", "2025", True, "2028-01-01", State.OVERDUE),
    (
        "每年",
        "信息形成之日起20个工作日内",
        "{since: 2025, limit: 次年8月31日前公开}",
        "2025",
        True,
        "2027-08-31",
        State.PUBLISHED,
    ),
    ("", "同上", "", "", True, "2026-11-23", State.PUBLISHED),
)


@pytest.mark.parametrize(("cycle", "limit", "extra", "period", "keep", "as_of", "expected"), STATES)
def test_states(
    minimal: Path, cycle: str, limit: str, extra: str, period: str, keep: bool, as_of: str, expected: State
) -> None:
    extra = "\n    ".join(extra.strip("{}").split(", ")) if extra.startswith("{") else extra
    found = state(minimal, entry(cycle, limit, extra), date.fromisoformat(as_of), period=period, keep_item=keep)
    assert found is expected


def test_every_state_occurs_in_the_demo(demo: Checked) -> None:
    assert {each.state for each in demo.correspondence.entries.values()} == set(State)


def test_an_explanation_covers_what_is_owed(minimal: Path) -> None:
    said = "explained: {state: not_occurred, reason: 本期没有, reviewer: 办公室, reviewed: 2026-09-01, expires: 2026-12-31}"
    found = state(minimal, entry("", "20个工作日", f"{AWAITING}\n    {said}"), AS_OF, keep_item=False)
    assert found is State.NOT_OCCURRED
    assert state(minimal, entry("", "20个工作日", f"{AWAITING}\n    {said}"), date(2027, 1, 4)) is State.OVERDUE


def test_news_does_not_answer(minimal: Path) -> None:
    item = minimal / "catalogs/departments/fgj/items/2026/2026-fgj-001.md"
    text = item.read_text("utf-8")
    item.write_text(text.split("service:")[0].replace("kind: guide", "kind: news") + "---\n一条动态。\n", "utf-8")
    mapped = check(minimal, as_of=AS_OF).correspondence.entries["fgj-project-guide"]
    assert mapped.state is State.MISSING and len(mapped.substitutes) == 1


def test_the_forecast_of_the_demo(demo: Checked) -> None:
    coming = forecast(demo.repository, demo.correspondence)
    assert [(each.entry, each.matter, each.due.isoformat()) for each in coming] == [
        ("jyj-education-supervision", Matter.AWAITED, "2026-12-03"),
        ("fgj-project-bid-approval", Matter.GAP, "2026-12-20"),
    ]
    assert [each.entry for each in past_due(demo.repository, demo.correspondence)] == [
        "fgj-project-supervision",
        "czj-finance-performance",
    ]


def test_the_calendar_file_is_read_by_another_program(demo: Checked, tmp_path: Path) -> None:
    target = tmp_path / "due.ics"
    done = CliRunner().invoke(cli, ["status", str(DEMO), "--as-of", str(AS_OF), "--due", "20", "--ics", str(target)])
    assert done.exit_code == 0 and "督导结果" in done.output and "逾期" in done.output
    content = target.read_bytes()
    events = list(icalendar.Calendar.from_ical(content).walk("VEVENT"))
    assert [each["DTSTART"].dt for each in events] == [date(2026, 12, 3), date(2026, 12, 20)]
    assert len({each["UID"] for each in events}) == 2
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_hostile_text_stays_text_in_a_calendar(demo: Checked) -> None:
    coming = forecast(demo.repository, demo.correspondence)[0]
    evil = type(coming)(coming.due, "x", coming.matter, "e", "a\r\nEND:VCALENDAR;,\\", "\x00\n" + "长" * 100, "id")
    text = calendar([evil], name="n", domain="d", as_of=AS_OF, departments={})
    (event,) = icalendar.Calendar.from_ical(text.encode()).walk("VEVENT")
    assert "END:VCALENDAR;,\\" in event["SUMMARY"] and event["DESCRIPTION"].strip() == "长" * 100


def test_counts(demo: Checked) -> None:
    counted = tally(demo.correspondence.entries.values())
    assert (counted.entries, counted.published, counted.explained) == (44, 36, 4)
    assert (counted.pending, counted.overdue, counted.stale, counted.missing) == (1, 1, 1, 1)
    assert counted.coverage == 41 * 100 // 44
    assert tally([]).coverage is None


def test_two_clones_say_the_same(minimal: Path, tmp_path: Path) -> None:
    commit(minimal)
    said = []
    for name in ("a", "b"):
        subprocess.run(["git", "clone", "-q", str(minimal), str(tmp_path / name)], check=True)
        arguments = ["check", str(tmp_path / name), "--as-of", "2029-03-01", "--format", "json"]
        said.append(CliRunner().invoke(cli, arguments).output)
    assert said[0] == said[1] != ""
