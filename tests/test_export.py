"""`mulu export`: the official layout, what stands in each cell, and the same bytes for the same catalogs."""

import csv
import io
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from conftest import HERE
from mulu.cli import cli
from mulu.flow import Checked, check
from mulu.model.catalog import Basis, Element
from mulu.model.district import Name
from mulu.tables.export import EXPORT_FORMATS, NothingToExport, exported
from mulu.tables.kept_columns import kept, read_kept
from mulu.tables.layout import basis_text, channels_text, elements_text, layouts

TODAY = date(2026, 11, 23)
DEMO = HERE.parent


@pytest.fixture(scope="module")
def demo() -> Checked:
    return check(DEMO, as_of=TODAY)


def book(checked: Checked, **chosen: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(exported(checked.repository, checked.correspondence, ".xlsx", **chosen)))


def test_the_workbook_has_the_official_layout(demo: Checked) -> None:
    made = book(demo, department="fgj", field="project")
    (sheet,) = made.worksheets
    heads = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=1, max_row=3)]
    assert sheet.title == "区发改局-重大建设项目" and heads[0][0] == "示例区发展和改革局重大建设项目领域基层政务公开标准目录"
    assert [each for each in heads[1] if each] == [
        "序号", "公开事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体", "公开对象", "公开方式", "公开层级", "公开情况",
    ]  # fmt: skip
    assert [each for each in heads[2] if each] == [
        "一级事项", "二级事项", "三级事项", "全社会", "特定群众", "主动", "依申请公开", "区级", "镇街级", "村级", "mulu:fgj/project",
    ]  # fmt: skip
    merged = {str(each) for each in sheet.merged_cells.ranges}
    assert {"A1:Q1", "A2:A3", "B2:D2", "B7:B9", "Q2:Q3"} <= merged
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.print_title_rows) == ("landscape", 8, "$2:$3")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.freeze_panes == "D4" and sheet.column_dimensions["R"].hidden


def test_the_last_column_says_the_state_and_leads_to_the_page(demo: Checked) -> None:
    for sheet in book(demo).worksheets:
        for row in sheet.iter_rows(min_row=4):
            entry = read_kept(row[-1].value)["id"]
            assert row[-2].hyperlink.target == f"https://www.example.gov.cn/entries/{entry}.html"
            assert row[-2].value


def test_every_entry_of_every_catalog_stands_in_each_format(demo: Checked) -> None:
    wanted = [entry.time_limit for entry in demo.repository.all_entries]
    files = {form: exported(demo.repository, demo.correspondence, form) for form in EXPORT_FORMATS}
    sheets = openpyxl.load_workbook(io.BytesIO(files[".xlsx"])).worksheets
    limits = [row[sheet_column(sheet)].value for sheet in sheets for row in sheet.iter_rows(min_row=4)]
    document = docx.Document(io.BytesIO(files[".docx"]))
    shown = [
        row.cells[heads.index("公开时限")].text
        for table in document.tables
        for heads in [[c.text for c in table.rows[0].cells]]
        for row in table.rows[2:]
    ]
    lines = list(csv.reader(io.StringIO(files[".csv"].decode("utf-8-sig"))))
    assert limits == wanted and shown == wanted
    assert [read_kept(line[-1])["time_limit"] for line in lines if line and line[-1].startswith("{")] == wanted


def sheet_column(sheet: openpyxl.worksheet.worksheet.Worksheet) -> int:
    return [cell.value for cell in sheet[2]].index("公开时限")


@pytest.mark.parametrize("form", EXPORT_FORMATS)
def test_the_same_catalogs_give_the_same_bytes(demo: Checked, form: str) -> None:
    assert exported(demo.repository, demo.correspondence, form) == exported(demo.repository, demo.correspondence, form)


def test_marks_as_the_official_tables_write_them() -> None:
    channels = [
        Name("政府网站", ("门户网站",)),
        Name("政府公报"),
        Name("社区/企事业单位/村公示栏(电子屏)"),
        Name("其他"),
        Name("信用中国网站"),
    ]
    assert channels_text(("门户网站", "信用中国网站", "村民大会"), channels).split() == [
        "■门户网站", "□政府公报", "□社区/企事业单位/村公示栏(电子屏)", "□其他", "■信用中国网站", "■村民大会",
    ]  # fmt: skip
    assert elements_text([Element("甲"), Element("乙")]) == "甲、乙"
    assert elements_text([Element("甲"), Element("乙", required=False)]) == "●甲\n〇乙"
    assert elements_text([Element("甲、丙"), Element("乙")]) == "●甲、丙\n●乙"
    assert (
        basis_text([Basis("预算法", "主席令第12号", "第十四条"), Basis("条例")])
        == "《预算法》（主席令第12号）第十四条\n《条例》"
    )


def test_what_looks_like_a_formula_is_text(minimal: Path) -> None:
    path = minimal / "catalogs/departments/fgj/catalog/project.yml"
    text = path.read_text("utf-8")
    path.write_text(text + '    note: "=1+1"\n', "utf-8")
    found = check(minimal, as_of=TODAY)
    sheet = book(found).worksheets[0]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1")
    assert cell.data_type == "s" or cell.data_type == "inlineStr"
    assert b",'=1+1," in exported(found.repository, found.correspondence, ".csv")


def test_the_hidden_column_says_the_entry_as_its_file_does(demo: Checked) -> None:
    entries = {each.id: each for each in demo.repository.all_entries}
    value = read_kept(kept(entries["fgj-project-guide"] if "fgj-project-guide" in entries else demo.repository.all_entries[0]))
    assert "origin" not in value and "department" not in value and value["id"]
    assert read_kept("{broken") == {} and read_kept("[1]") == {}


def test_tables_are_in_the_order_of_fields_and_departments(demo: Checked) -> None:
    found = [(each.catalog.field, each.catalog.department) for each in layouts(demo.repository, demo.correspondence)]
    assert found == [(each.field, each.department) for each in demo.repository.catalogs]


@pytest.mark.parametrize("wrong", [{"department": "xyz"}, {"field": "xyz"}])
def test_a_catalog_that_does_not_exist_is_named_with_those_that_do(demo: Checked, wrong: dict[str, str]) -> None:
    with pytest.raises(NothingToExport) as nothing:
        exported(demo.repository, demo.correspondence, ".xlsx", **wrong)
    assert "fgj/project" in nothing.value.text.zh


def test_a_file_that_is_there_is_not_overwritten_unasked(minimal: Path, tmp_path: Path) -> None:
    out = tmp_path / "目录.xlsx"
    out.write_text("手工改过", "utf-8")
    arguments = ["export", str(minimal), str(out), "--as-of", "2026-11-23"]
    refused = CliRunner().invoke(cli, arguments)
    assert refused.exit_code == 2 and "--overwrite" in refused.output and out.read_text("utf-8") == "手工改过"
    assert CliRunner().invoke(cli, [*arguments, "--overwrite"]).exit_code == 0 and out.read_bytes().startswith(b"PK")
    assert CliRunner().invoke(cli, ["export", str(minimal), str(tmp_path / "x.pdf")]).exit_code == 2
