"""`mulu import items`: every row of the list is accounted for, answers are proposed with reasons, decisions come back in."""

import io
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from mulu.flow import check
from mulu.legacy.listing import day, read_listing
from mulu.legacy.match import Candidates, decided, period_in
from mulu.legacy.plan import Outcome
from mulu.legacy.review import read_decisions
from mulu.legacy.run import Imported, import_items
from mulu.legacy.said import plan_text
from mulu.model.catalog import Element, Entry
from mulu.start.written import Refused

HEADS = ["序号", "标题", "文号", "成文日期", "发布时间", "单位", "文件名"]
GUIDE = ["1", "企业投资项目核准办事指南", "小发改〔2019〕3号", "2019-03-01", "2019年3月5日", "小样区发展和改革局", "a.docx"]


def workbook(path: Path, rows: list[list[object]], heads: list[str] = HEADS) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("名单")
    for number, row in enumerate([["2016年以来信息清理名单"], heads, *rows]):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, place, cell, book.add_format({"num_format": "yyyy-mm-dd"}))  # type: ignore[arg-type]
            else:
                sheet.write(number, place, cell)
    book.close()
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "files"
    made.mkdir()
    for name in ("a", "b"):
        document = docx.Document()
        for line in ("关于办事的公告", "各单位：", "一、要求", "请照办。", "小样区发展和改革局", "2019年3月1日"):
            document.add_paragraph(line)
        document.save(str(made / f"{name}.docx"))
    (made / "表.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\nendobj\n")
    (made / "程序.exe").write_bytes(b"MZ\0\0" * 40)
    (made / "没人要.pdf").write_bytes(b"%PDF-1.7\n")
    return made


def run(root: Path, source: Path, folder: Path, **more: object) -> Imported:
    return import_items(root, source, folder, review=source.with_name("待定.xlsx"), **more)  # type: ignore[arg-type]


def outcomes(done: Imported) -> list[str]:
    return [row.outcome.value for row in done.plan.rows]


def test_a_row_becomes_an_item_that_passes_the_check(minimal: Path, tmp_path: Path, folder: Path) -> None:
    source = workbook(tmp_path / "l.xlsx", [GUIDE])
    done = run(minimal, source, folder)
    text = (minimal / "catalogs/departments/fgj/items/2019/2019-fgj-001.md").read_text("utf-8")
    for line in (
        "title: 企业投资项目核准办事指南", "document_number: 小发改〔2019〕3号", "formed: 2019-03-01", "published: 2019-03-05",
        "  - fgj-project-guide  # 标题里有事项名称“办事指南”", "  - file: a.docx", "## 一、要求",
    ):  # fmt: skip
        assert line in text.splitlines()
    assert (minimal / "catalogs/departments/fgj/items/2019/2019-fgj-001/a.docx").is_file()
    assert done.review is None and not list((minimal / ".mulu").glob("legacy-*"))
    faults = [found for found in check(minimal, as_of=date(2026, 11, 23)).diagnostics if "2019-fgj-001" in found.place.file]
    assert not [found for found in faults if found.severity == "error"], faults


EVERY: list[tuple[list[object], str, str]] = [
    (GUIDE, "made", "办事指南"),
    ([*GUIDE[:1], "项目节能审查办事指南", *GUIDE[2:4], date(2019, 3, 6), "区发改局", "表.pdf"], "made", "办事指南"),
    (GUIDE, "left_out", "重复"),
    (["", "关于表彰先进的通报", "", "2019.3.1", "20190305", "fgj", "b.docx"], "unsure", ""),
    (["", "", "", "", "2019-03-05", "fgj", "b.docx"], "left_out", "没有标题"),
    (["", "办事指南甲", "", "", "2019-03-05", "某局", "b.docx"], "left_out", "没有这个单位"),
    (["", "办事指南乙", "", "", "", "fgj", "b.docx"], "left_out", "没有发布日期"),
    (["", "办事指南丙", "", "", "三月", "fgj", "b.docx"], "left_out", "读不出"),
    (["", "办事指南丁", "", "2019-02-30", "2019-03-05", "fgj", "b.docx"], "left_out", "2019-02-30"),
    (["", "办事指南戊", "", "2019-03-01", "2019-03-05", "fgj", "缺.docx"], "left_out", "找不到文件"),
    (["", "办事指南己", "", "2019-03-01", "2019-03-05", "fgj", "程序.exe"], "left_out", "没有读取"),
    (["", "办事指南庚", "", "", "2019-03-05", "fgj", "表.pdf"], "left_out", "没有成文日期"),
    (["", "办事指南辛", "", "2019-03-01", "2019-03-05", "fgj", "../a.docx"], "made", "办事指南"),
]


def test_every_row_is_accounted_for_with_its_reason(minimal: Path, tmp_path: Path, folder: Path) -> None:
    source = workbook(tmp_path / "l.xlsx", [row for row, _, _ in EVERY[:9]] + [[]] + [row for row, _, _ in EVERY[9:]])
    done = run(minimal, source, folder)
    assert outcomes(done) == [outcome for _, outcome, _ in EVERY]
    for row, (_, _, said) in zip(done.plan.rows, EVERY, strict=True):
        assert said in row.reason.zh and row.line.place.startswith("名单!")
    assert done.listing.empty == 1 and done.plan.unused == (str(folder / "没人要.pdf"),)
    assert sum(done.plan.count(outcome) for outcome in Outcome) == len(EVERY)
    lines = list(plan_text(done.plan, done.listing, lang="zh"))
    assert f"读了 {len(EVERY)} 行 = 新建 3 + 已有 0 + 待定 1 + 没有导入 9" in lines
    sheet = openpyxl.load_workbook(tmp_path / "待定.xlsx")["全部"]
    assert sheet.max_row == 1 + len(EVERY)


def test_a_dry_run_writes_the_review_sheet_and_nothing_else(minimal: Path, tmp_path: Path, folder: Path) -> None:
    source = workbook(tmp_path / "l.xlsx", [row for row, _, _ in EVERY[:4]])
    before = {path: path.read_bytes() for path in minimal.rglob("*") if path.is_file()}
    dry = run(minimal, source, folder, dry_run=True)
    assert {path: path.read_bytes() for path in minimal.rglob("*") if path.is_file()} == before
    assert dry.files == () and dry.review == tmp_path / "待定.xlsx" and "made" in outcomes(dry)
    assert outcomes(run(minimal, source, folder)) == outcomes(dry)


def decide(path: Path, decision: str) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["待定"]
    column = [cell.value for cell in sheet[2]].index("决定") + 1
    sheet.cell(3, column).value = decision
    book.save(path)


@pytest.mark.parametrize(
    ("decision", "outcome", "said"),
    [("fgj-project-guide", "made", "fgj-project-guide"), ("无", "made", "不对应"), ("略", "left_out", "略"), ("fgj-nothing", "unsure", "fgj-nothing")],
)  # fmt: skip
def test_decisions_come_back_in(minimal: Path, tmp_path: Path, folder: Path, decision: str, outcome: str, said: str) -> None:
    source = workbook(tmp_path / "l.xlsx", [EVERY[3][0]])
    run(minimal, source, folder, dry_run=True)
    decide(tmp_path / "待定.xlsx", decision)
    done = run(minimal, source, folder, decisions=tmp_path / "待定.xlsx")
    assert outcomes(done) == [outcome]
    assert said in done.plan.rows[0].reason.zh or said in {each.entry for each in done.plan.rows[0].answers}
    if decision == "无":
        assert "entries: []  # 人工决定：不对应目录事项" in str(done.files[0].content)


def test_decisions_are_not_overwritten_and_not_lost(minimal: Path, tmp_path: Path, folder: Path) -> None:
    source = workbook(tmp_path / "l.xlsx", [EVERY[3][0]])
    run(minimal, source, folder, dry_run=True)
    decide(tmp_path / "待定.xlsx", "略")
    with pytest.raises(Refused, match="--decisions"):
        run(minimal, source, folder)
    changed = workbook(tmp_path / "l.xlsx", [[*EVERY[3][0][:1], "另一个标题", *EVERY[3][0][2:]]])
    with pytest.raises(Refused, match="new review sheet"):
        run(minimal, changed, folder, decisions=tmp_path / "待定.xlsx")
    assert list(read_decisions(tmp_path / "待定.xlsx").values()) == ["略"]


def test_running_it_again_makes_nothing_twice(minimal: Path, tmp_path: Path, folder: Path) -> None:
    source = workbook(tmp_path / "l.xlsx", [GUIDE, EVERY[1][0]])
    first = run(minimal, source, folder)
    again = run(minimal, source, folder)
    assert outcomes(again) == ["there", "there"] and again.files == ()
    assert [row.id for row in again.plan.rows] == [row.id for row in first.plan.rows] == ["2019-fgj-001", "2019-fgj-002"]


def test_workers_change_nothing(minimal: Path, tmp_path: Path, folder: Path) -> None:
    rows = [[*GUIDE[:1], f"第{number}批办事指南", "", *GUIDE[3:]] for number in range(45)]
    source = workbook(tmp_path / "l.xlsx", rows)
    one = run(minimal, source, folder, dry_run=True, workers=1)
    two = run(minimal, source, folder, dry_run=True, workers=2)
    assert one.plan == two.plan and outcomes(one) == ["made"] * 45


def test_csv_as_offices_save_it(tmp_path: Path) -> None:
    source = tmp_path / "l.csv"
    source.write_bytes("标题,发布日期\r\n甲,2019/3/5\r\n".encode("gb18030"))
    (line,) = read_listing(source).lines
    assert (line.title, line.place, day(line.published)) == ("甲", "CSV!2", date(2019, 3, 5))


@pytest.mark.parametrize(
    ("heads", "said"),
    [(["编码", "内容"], "找不到名单"), (["标题", "发布日期", "公开日期"], "B2“发布日期”和 名单!C2“公开日期”")],
)  # fmt: skip
def test_a_list_that_cannot_be_understood_is_refused_with_its_cells(tmp_path: Path, heads: list[str], said: str) -> None:
    with pytest.raises(Refused) as refused:
        read_listing(workbook(tmp_path / "l.xlsx", [["甲", "2019-03-05", ""]], heads))
    assert said in refused.value.text.zh


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04junk", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), b""]
)
def test_a_damaged_or_locked_list_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "l.xlsx").write_bytes(content)
    with pytest.raises(Refused):
        read_listing(tmp_path / "l.xlsx")


def entry(id: str, topic: str, item: str, *elements: str, cycle: str | None = None) -> Entry:
    return Entry(
        id,
        topic,
        item,
        tuple(map(Element, elements)),
        (),
        "20日",
        (),
        (),
        (),
        "主动公开",
        (),
        department="x",
        field="f",
        cycle=cycle,
    )


CATALOG = (
    entry("guide", "批准服务信息", "办事指南", "申报材料清单", "批准流程"), entry("report", "政务公开", "政府信息公开工作年度报告", cycle="每年"),
    entry("budget", "财政预决算", "部门预算", "收支总体情况表"), entry("final", "财政预决算", "部门决算", "收支决算总表"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("title", "entry", "elements"),
    [
        ("企业投资项目办事指南", ["guide"], ()), ("2019年部门预算公开", ["budget"], ()), ("项目申报材料清单", ["guide"], ("申报材料清单",)),
        ("2019年部门预算和部门决算", [], ()), ("关于表彰先进的通报", [], ()), ("财政预决算", [], ()),
    ],
)  # fmt: skip
def test_rules_come_before_likeness_and_two_that_come_near_are_asked(
    title: str, entry: list[str], elements: tuple[str, ...]
) -> None:
    found = decided(Candidates(CATALOG).proposals(title))
    assert [each.entry for each in found] == entry
    assert not found or found[0].elements == elements


def test_what_the_list_names_holds() -> None:
    assert [each.entry for each in decided(Candidates(CATALOG).proposals("无关", named="guide、budget"))] == ["guide", "budget"]
    assert Candidates(CATALOG).proposals("办事指南", named="nothing") == ()


@given(st.text(max_size=30))
def test_no_title_breaks_the_matching_and_certainty_is_a_share(title: str) -> None:
    found = Candidates(CATALOG).proposals(title)
    assert len(found) <= 3 and all(0 <= each.certainty <= 1.0001 and each.why.zh for each in found)


@pytest.mark.parametrize(
    ("title", "cycle", "period"),
    [
        ("2019年度报告", "每年", "2019"), ("2019年第三季度救助情况", "每季度", "2019Q3"), ("2019年4季度情况", "每季度", "2019Q4"), ("2019年上半年情况", "每半年", "2019H1"),
        ("2019年6月救助情况", "每月", "2019-06"), ("2019年第三季度救助情况", "每年", None), ("救助情况", "每月", None), ("2019年13月", "每月", None),
    ],
)  # fmt: skip
def test_the_period_that_a_title_names(title: str, cycle: str, period: str | None) -> None:
    found = period_in(title, cycle)
    assert (str(found) if found else None) == period


def test_a_periodic_entry_without_a_period_in_the_title_is_asked(minimal: Path, tmp_path: Path, folder: Path) -> None:
    path = minimal / "catalogs/departments/fgj/catalog/project.yml"
    path.write_text(path.read_text("utf-8") + "    cycle: 每年\n    since: 2019\n", "utf-8")
    source = workbook(tmp_path / "l.xlsx", [GUIDE, ["", "2019年办事指南", "", "2019-03-01", "2019-03-05", "fgj", "b.docx"]])
    done = run(minimal, source, folder)
    assert outcomes(done) == ["unsure", "made"]
    assert "period: 2019\n" in str(done.files[0].content)


def test_the_same_plan_gives_the_same_review_sheet(minimal: Path, tmp_path: Path, folder: Path) -> None:
    source = workbook(tmp_path / "l.xlsx", [row for row, _, _ in EVERY])
    run(minimal, source, folder, dry_run=True)
    first = (tmp_path / "待定.xlsx").read_bytes()
    run(minimal, source, folder, dry_run=True)
    assert (tmp_path / "待定.xlsx").read_bytes() == first
    sheet = openpyxl.load_workbook(io.BytesIO(first))["待定"]
    assert sheet.data_validations.dataValidation and sheet.column_dimensions["L"].hidden


@pytest.mark.parametrize(
    ("text", "read"), [("45445", date(2024, 6, 2)), ("45445.75", date(2024, 6, 2)), ("1", None), ("99999", None)]
)
def test_a_date_that_lost_its_format_is_read_as_excel_counts(text: str, read: date | None) -> None:
    assert day(text) == read


def test_a_word_file_is_no_review_sheet_and_no_list(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    docx.Document().save(path)
    for reader in (read_decisions, read_listing):
        with pytest.raises(Refused, match="no Excel workbook"):
            reader(path)
