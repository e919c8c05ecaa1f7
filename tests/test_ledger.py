"""`mulu ledger`: bookings are added and closed as text, and listed by what is due first."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mulu.cli import cli
from mulu.files.tree import WorkTree
from mulu.flow import check
from mulu.model.catalog import Basis, Element, Gap
from mulu.model.load import load
from mulu.reports.table import aligned
from mulu.start.appended import appended_key
from mulu.start.ledger import book_gap, close_gap
from mulu.start.new import new_entry
from mulu.start.written import Refused, WrittenFile

TODAY, DUE = date(2026, 11, 23), date(2026, 12, 31)
PATH = "catalogs/departments/fgj/ledger.yml"
ENTRY = "fgj-project-guide"


def gaps(root: Path) -> tuple[Gap, ...]:
    return load(WorkTree(root))[0].gaps


def book(root: Path, **more: object) -> WrittenFile:
    arguments: dict[str, object] = {"entry": ENTRY, "owner": "局办公室 周某", "due": DUE, "booked": TODAY} | more
    (file,) = book_gap(root, **arguments)  # type: ignore[arg-type]
    return file


def close(root: Path, **more: object) -> WrittenFile:
    arguments: dict[str, object] = {"entry": ENTRY, "closed": date(2026, 12, 1)} | more
    (file,) = close_gap(root, **arguments)  # type: ignore[arg-type]
    return file


def periodic(root: Path) -> str:
    new_entry(
        root, department="fgj", field="project", topic="实施信息", item="季度进展", elements=[Element("进展")], cycle="每季度",
        since="2026Q1", time_limit="20日", basis=[Basis("预算法")], id="fgj-project-progress",
    )  # fmt: skip
    return "fgj-project-progress"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["ledger", *(str(each) for each in arguments)])


# Booking


def test_the_first_booking_makes_the_ledger(minimal: Path) -> None:
    file = book(minimal, elements=["办理时限"], note="正在核对")
    assert (file.path, file.appended) == (PATH, False)
    assert file.content == (
        "# yaml-language-server: $schema=../../../schemas/v1/ledger.schema.json\n"
        "gaps:\n  - entry: fgj-project-guide\n    elements: [办理时限]\n    note: 正在核对\n    owner: 局办公室 周某\n"
        "    booked: 2026-11-23\n    due: 2026-12-31\n"
    )
    (gap,) = gaps(minimal)
    assert (gap.entry, gap.elements, gap.owner, gap.booked, gap.due) == (ENTRY, ("办理时限",), "局办公室 周某", TODAY, DUE)
    assert {found.code for found in check(minimal, as_of=TODAY).diagnostics if found.place.file == PATH} == {"M114"}


def test_a_later_booking_leaves_everything_else(minimal: Path) -> None:
    before = "# 表头\n" + book(minimal, elements=["办理时限"]).content + "    # 一条备注\n"
    (minimal / PATH).write_text(before, "utf-8")
    file = book(minimal, entry=periodic(minimal), period="2026Q3")
    assert file.appended and file.content.startswith(before) and "period: 2026Q3\n" in file.content
    assert [str(gap.period) for gap in gaps(minimal)] == ["None", "2026Q3"]


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ({"entry": "fgj-project-giude"}, ENTRY), ({"elements": ["办理时间"]}, "办理时限"), ({"due": date(2026, 11, 22)}, "早于"),
        ({"period": "2026Q3"}, "不分期"), ({"period": "第三季度"}, "2026Q3"), ({"owner": ""}, "owner"), ({"note": "长" * 2001}, "note"),
    ],
)  # fmt: skip
def test_what_cannot_be_booked_is_refused(minimal: Path, wrong: dict[str, object], near: str) -> None:
    with pytest.raises(Refused) as refused:
        book(minimal, **wrong)
    assert near in refused.value.text.zh and not (minimal / PATH).exists()


def test_a_period_of_another_length_is_refused(minimal: Path) -> None:
    with pytest.raises(Refused, match="2026-06"):
        book(minimal, entry=periodic(minimal), period="2026-06")


def test_an_open_booking_is_not_booked_again(minimal: Path) -> None:
    book(minimal, elements=["办理时限"])
    for again in ({}, {"elements": ["办理时限", "申报材料清单"]}):
        with pytest.raises(Refused, match="already"):
            book(minimal, **again)
    book(minimal, elements=["申报材料清单"])
    close(minimal, elements=["办理时限"])
    book(minimal, elements=["办理时限"])
    assert len(gaps(minimal)) == 3


def test_nothing_is_booked_beside_a_ledger_with_errors(minimal: Path) -> None:
    (minimal / PATH).write_text("gaps:\n  - entry: fgj-project-guide\n", "utf-8")
    for change in (book, close):
        with pytest.raises(Refused, match=r"ledger\.yml:2"):
            change(minimal)


# Closing


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_closing_adds_one_line_and_keeps_comments(minimal: Path, end: str) -> None:
    text = book(minimal).content.replace("due: 2026-12-31\n", "due: 2026-12-31  # 经公开办同意\n    # 办结前再核对\n# 页脚\n")
    (minimal / PATH).write_bytes(text.replace("\n", end).encode())
    file = close(minimal)
    lines = file.content.split(end)
    assert file.appended and lines.pop(6) == "    closed: 2026-12-01" and lines == text.split("\n")
    assert gaps(minimal)[0].closed == date(2026, 12, 1)


def test_the_first_key_may_be_the_due_date(minimal: Path) -> None:
    (minimal / PATH).write_text("gaps:\n- due: 2026-12-31\n  entry: fgj-project-guide\n  owner: 周某\n", "utf-8")
    assert "- due: 2026-12-31\n  closed: 2026-12-01\n  entry: " in close(minimal).content


def test_what_cannot_be_closed_is_refused(minimal: Path) -> None:
    with pytest.raises(Refused, match="no such open booking"):
        close(minimal)
    book(minimal, elements=["办理时限"])
    with pytest.raises(Refused, match="before the booking"):
        close(minimal, closed=date(2026, 11, 1))
    book(minimal, elements=["申报材料清单"])
    with pytest.raises(Refused) as ambiguous:
        close(minimal)
    assert "办理时限" in ambiguous.value.text.zh and "申报材料清单" in ambiguous.value.text.zh
    close(minimal, elements=["申报材料清单"])
    close(minimal)
    with pytest.raises(Refused):
        close(minimal)


def test_periods_tell_bookings_apart(minimal: Path) -> None:
    entry = periodic(minimal)
    book(minimal, entry=entry, period="2026Q2")
    book(minimal, entry=entry, period="2026Q3")
    close(minimal, entry=entry, period="2026Q3")
    assert [(str(gap.period), gap.closed is None) for gap in gaps(minimal)] == [("2026Q2", True), ("2026Q3", False)]


@pytest.mark.parametrize("text", ["gaps: [{due: 2026-12-31}]\n", "gaps:\n- due:\n    2026-12-31\n", "gaps:\n- entry: x\n"])
def test_a_key_that_does_not_fit_in_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        appended_key("x.yml", text.encode(), ("gaps", 0), after="due", key="closed", value=DUE)


# Listing


def test_the_command_books_lists_and_closes(minimal: Path) -> None:
    there = ("--root", minimal, "--as-of", TODAY)
    assert "没有登记" in run("list", *there).output
    booked = run(
        "add", *there, "--entry", ENTRY, "--owner", "周某", "--due", "2026-12-31", "--element", "办理时限", "--note", "缺"
    )
    assert (booked.exit_code, booked.output) == (0, f"新建 {PATH}\n")
    assert "38 天" in run("list", *there).output
    assert "逾期 1 天" in run("list", "--root", minimal, "--as-of", "2027-01-01").output
    assert "1 d overdue" in run("list", "--root", minimal, "--as-of", "2027-01-01", "--lang", "en").output
    assert run("close", *there, "--entry", ENTRY).output == f"改动 {PATH}\n"
    assert "没有登记" in run("list", *there).output and "2026-11-23 办结" in run("list", *there, "--all").output
    again = run("close", *there, "--entry", ENTRY)
    assert again.exit_code == 2 and "没有这样的未办结登记" in again.output


def test_the_list_as_json(minimal: Path) -> None:
    book(minimal, due=date(2026, 12, 3), elements=["办理时限"])
    there = ("--root", minimal, "--as-of", TODAY, "--json")
    said = json.loads(run("list", *there, "--department", "fgj").output)
    assert (said["version"], said["as_of"], said["gaps"][0]["days"], said["gaps"][0]["closed"]) == (1, "2026-11-23", 10, None)
    wrong = run("list", *there, "--department", "fgi")
    assert wrong.exit_code == 2 and "fgj" in wrong.output


def test_chinese_characters_take_two_columns() -> None:
    assert aligned([("领域", "甲"), ("a", "1"), ("bbbbb", "22")]) == "领域   甲\na       1\nbbbbb  22"
    assert aligned([("a", "甲乙", "x"), ("bb", "c", "y")], left=(0, 1, 2)) == "a   甲乙  x\nbb  c     y"
