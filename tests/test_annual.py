"""The annual report: a worked example counted by hand, arithmetic, blanks, Word file, page, command."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from conftest import AS_OF, HERE
from mulu import flow
from mulu.annual.document import document
from mulu.annual.report import Report, reports
from mulu.annual.tables import shown
from mulu.cli import cli
from mulu.diagnostics import Severity
from mulu.flow import Checked
from mulu.model.schema import schema
from mulu.model.statutory import APPLICANTS, COLUMNS, FORWARD, OUTCOMES, ROWS
from mulu.paper.table import Cell, Grid

REGISTERS = "catalogs/departments/fgj/requests"
Check = Callable[[Path], Checked]

LISTED = """
closed: 2026-01-10
requests:
  - {id: 2024-009, applicant: 自然人, received: 2024-12-20, outcome: 予以公开, answered: 2025-01-10, carried_over: true}
  - {id: 2025-001, applicant: 自然人, received: 2025-02-05, outcome: 部分公开, answered: 2025-02-26}
  - {id: 2025-002, applicant: 商业企业, received: 2025-03-05, outcome: 属于行政执法案卷, answered: 2025-03-26}
  - {id: 2025-003, applicant: 法律服务机构, received: 2025-12-05, outcome: 结转下年度}
rules: {issued: /, repealed: /, in_force: /}
normative: {issued: 1, repealed: 0, in_force: 4}
permits: 0
coercions:
fees: 12.50
reviews: {upheld: 1, corrected: 0, other: 0, pending: 2}
sections:
  overview: |
    第一段
    没有完。

    第二段。
"""


def write(root: Path, year: int, text: str) -> None:
    (root / REGISTERS).mkdir(exist_ok=True)
    (root / REGISTERS / f"{year}.yml").write_text(text, "utf-8")


def made(root: Path, checked: Check, year: int = 2025) -> Report:
    return reports(checked(root).repository, year)[0]


def spread(grid: Grid) -> list[list[Cell]]:
    """Every place of the table with the cell that covers it; fails where cells overlap or leave a hole."""
    width = len(grid.widths)
    places: list[list[Cell | None]] = [[None] * width for _ in grid.rows]
    for number, row in enumerate(grid.rows):
        for cell in row:
            column = places[number].index(None)
            for down in range(cell.rows):
                for right in range(cell.columns):
                    assert places[number + down][column + right] is None
                    places[number + down][column + right] = cell
    assert all(cell is not None for row in places for cell in row)
    return [[cell for cell in row if cell] for row in places]


def lines(grid: Grid) -> dict[str, list[str]]:
    """Row label (the last head cell) → texts of the figures."""
    found = {}
    for row in spread(grid)[grid.top :]:
        heads = [cell.text for cell in row if cell.head]
        found[heads[-1]] = [cell.text for cell in row if not cell.head]
    return found


def test_a_register_counted_by_hand(minimal: Path, checked: Check) -> None:
    write(minimal, 2025, LISTED)
    assert not [found for found in checked(minimal).diagnostics if found.severity is Severity.ERROR]
    table = lines(made(minimal, checked).sections[2].grid)
    counted = {
        "一、本年新收政府信息公开申请数量": "1 1 0 0 1 0 3",
        "二、上年结转政府信息公开申请数量": "1 0 0 0 0 0 1",
        "（一）予以公开": "1 0 0 0 0 0 1",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": "1 0 0 0 0 0 1",
        "7.属于行政执法案卷": "0 1 0 0 0 0 1",
        "（七）总计": "2 1 0 0 0 0 3",
        "四、结转下年度继续办理": "0 0 0 0 1 0 1",
    }
    assert {label: " ".join(figures) for label, figures in table.items() if set(figures) != {"0"}} == counted


def test_blank_zero_and_no_power_are_three_things(minimal: Path, checked: Check) -> None:
    write(minimal, 2025, LISTED)
    report = made(minimal, checked)
    rows = {row[0].text: row[1:] for row in report.sections[1].grid.rows}
    assert [cell.text for cell in rows["规章"]] == ["/", "/", "/"]
    assert [(rows[name][0].text, rows[name][0].blank) for name in ("行政许可", "行政处罚", "行政强制", "行政事业性收费")] == [
        ("0", False), ("", True), ("", True), ("12.5", False),
    ]  # fmt: skip
    disputes = [cell.text for cell in report.sections[3].grid.rows[-1]]
    assert disputes == ["1", "0", "0", "2", "3"] + [""] * 10
    assert [shown(figure) for figure in (None, 0, 0.0, 0.86, 1234567.0, "/")] == ["", "0", "0", "0.86", "1234567", "/"]
    missing = [text.zh for text in report.missing]
    assert any(text.startswith("五、") for text in missing) and any(text.startswith("六、") for text in missing)
    assert "表二 行政处罚：本年处理决定数量" in missing and "表二 行政许可：本年处理决定数量" not in missing
    assert sum(text.startswith("表四") for text in missing) == 8 and not any(text.startswith("一、") for text in missing)


def test_paragraphs_and_tables_are_whole(minimal: Path, checked: Check) -> None:
    write(minimal, 2025, LISTED)
    report = made(minimal, checked)
    assert report.sections[0].text == ("第一段没有完。", "第二段。")
    for section in report.sections[1:4]:
        spread(section.grid)
    assert [len(section.grid.widths) for section in report.sections[1:4]] == [4, 10, 15]


def test_an_unbalanced_register_is_a_fault_and_everything_else_goes_on(minimal: Path, checked: Check) -> None:
    write(minimal, 2024, LISTED.replace("2025-", "2023-").replace("2024-12-20", "2022-12-20"))
    write(
        minimal,
        2025,
        """
closed: 2026-01-10
reported:
  - {row: 本年新收, figures: [3, 0, 0, 0, 0, 0, 3]}
  - {row: 予以公开, figures: [1, 0, 0, 0, 0, 0, 2]}
""",
    )
    found = {each.code for each in checked(minimal).diagnostics if each.place.file.endswith("2025.yml")}
    assert {"M156", "M157"} <= found
    report = made(minimal, checked)
    faulty = {(row[-1].text, place) for row in report.sections[2].grid.rows for place, cell in enumerate(row) if cell.fault}
    assert faulty and len(report.sections) == 6
    assert "表三 上年结转" in [text.zh for text in report.missing]


def test_documents_are_counted_from_items(checked: Check) -> None:
    """财政局: a document of 2022, amended and in force; one of 2025. 发改局's documents were issued by another office."""
    report = next(each for each in reports(flow.check(HERE.parent, as_of=AS_OF).repository, 2025) if each.department == "czj")
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in report.sections[1].grid.rows}
    assert rows["行政规范性文件"] == ["1", "0", "2"]


def test_the_demo_repeats_its_published_report() -> None:
    """What the register of 民政局 counts is what its report of 2025 says."""
    report = next(each for each in reports(flow.check(HERE.parent, as_of=AS_OF).repository, 2025) if each.department == "mzj")
    published = (HERE.parent / "catalogs/departments/mzj/items/2026/2026-mzj-002.md").read_text("utf-8")
    for label, figures in lines(report.sections[2].grid).items():
        row = next(line for line in published.splitlines() if line.startswith("|") and label[:12] in line)
        assert [cell.strip() for cell in row.strip("|").split("|")][1:] == figures, label
    assert report.missing == ()


def test_the_schema_and_the_rows_are_one_list() -> None:
    described = schema("requests")["properties"]
    request = described["requests"]["items"]["properties"]
    assert tuple(request["applicant"]["enum"]) == APPLICANTS == COLUMNS[:-1]
    assert request["outcome"]["enum"] == [outcome.name for outcome in OUTCOMES] + [FORWARD]
    assert tuple(described["reported"]["items"]["properties"]["row"]["enum"]) == ROWS
    assert not {"name", "phone", "address"} & set(request)


@pytest.mark.parametrize("extra", ["name: 张三", "phone: '0'", "note: x"])
def test_a_register_has_no_room_for_persons(minimal: Path, checked: Check, extra: str) -> None:
    write(minimal, 2025, LISTED.replace("id: 2025-001,", f"id: 2025-001, {extra},"))
    assert "S102" in {found.code for found in checked(minimal).diagnostics}


def test_whole_numbers_may_be_written_as_decimals(minimal: Path, checked: Check) -> None:
    write(minimal, 2025, LISTED.replace("permits: 0", "permits: 3.0"))
    rows = {row[0].text: row[1:] for row in made(minimal, checked).sections[1].grid.rows}
    assert rows["行政许可"][0].text == "3"


def test_word_opens_it_and_the_bytes_are_the_same_twice(minimal: Path, checked: Check) -> None:
    write(minimal, 2025, LISTED)
    report = made(minimal, checked)
    content = document(report)
    assert content == document(made(minimal, checked))
    opened = docx.Document(io.BytesIO(content))
    said = [paragraph.text for paragraph in opened.paragraphs]
    assert said[0] == report.title == opened.core_properties.title
    assert "第一段没有完。" in said and any(text.startswith("【待填写：") for text in said)
    for section, table in zip(report.sections[1:4], opened.tables, strict=True):
        written = [[cell.text for cell in row.cells] for row in table.rows]
        assert written == [[cell.text for cell in row] for row in spread(section.grid)]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


def test_the_command(minimal: Path, tmp_path: Path) -> None:
    def annual(*options: object) -> Result:
        return run("annual", 2025, minimal, "--as-of", AS_OF, *options)

    assert annual().exit_code == 2
    write(minimal, 2025, LISTED)
    said = annual("--out", tmp_path / "out")
    assert said.exit_code == 1 and "还要填写" in said.output and (tmp_path / "out" / "fgj-2025.docx").is_file()
    assert "Still to be written" in annual("--lang", "en").output
    assert annual("--department", "nobody").exit_code == 2
    write(minimal, 2025, LISTED + "name: x\n")
    broken = annual()
    assert broken.exit_code == 2 and "S102" in broken.output
    demo = run("annual", 2025, HERE.parent, "--as-of", AS_OF, "--department", "mzj")
    assert demo.exit_code == 0 and "数字平衡" in demo.output


def test_the_page_and_the_overview(minimal: Path, tmp_path: Path) -> None:
    config = (HERE.parent / "mkdocs.yml").read_text("utf-8")
    (minimal / "mkdocs.yml").write_text(
        config.replace("  - 政府信息公开制度: system.md\n", "").replace("  - 依申请公开: request.md\n", ""), "utf-8"
    )
    write(minimal, 2025, LISTED)
    carried = "{id: 2025-003, applicant: 法律服务机构, received: 2025-12-05, carried_over: true}"
    write(minimal, 2026, f"requests: [{carried}]\n")
    assert flow.build(minimal, tmp_path / "site", as_of=AS_OF).published is not None
    page = (tmp_path / "site/annual/fgj-2025.html").read_text("utf-8")
    assert "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）" in page
    assert page.count("<h2>") == 6 and "待填写" in page and "2025-001" not in page
    overview = (tmp_path / "site/annual/index.html").read_text("utf-8")
    assert "fgj-2025.html" in overview and not (tmp_path / "site/annual/fgj-2026.html").exists()
