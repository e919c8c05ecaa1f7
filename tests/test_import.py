"""Tables in: the 28 real cases as text, and the same tables as workbook, Word file and web page; nothing of them may get lost."""

import json
import random
import re
from io import BytesIO
from pathlib import Path

import docx
import jsonschema
import openpyxl
import pytest

from importing import CASES, HERE, catalog_text, planned, small_repository
from mulu.files.yaml import parse
from mulu.model.schema import quick, schema
from mulu.start.written import Refused
from mulu.tables.board import board
from mulu.tables.gather import Gathered, gather
from mulu.tables.grid import Cell, Grid
from mulu.tables.lines import divide
from mulu.tables.marks import level_names
from mulu.tables.read_text import read_text
from mulu.tables.report import report_json
from mulu.tables.words import header_key, is_ditto

IDS = [case.stem.split("_")[0] for case in CASES]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_repository(tmp_path_factory.mktemp("import"))


def test_all_cases_are_here() -> None:
    assert len(CASES) == 28


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_case_gives_its_catalog_and_its_report(case: Path, root: Path) -> None:
    plan = planned(root, case.name, case.read_bytes())
    assert catalog_text(plan) == case.with_suffix(".yml").read_text("utf-8")
    assert report_json(plan.report) == case.with_suffix(".report.json").read_bytes()
    assert quick("catalog")(parse("", catalog_text(plan))[0])
    jsonschema.validate(json.loads(report_json(plan.report)), schema("import"))


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_rows_balance_and_entries_are_counted(case: Path) -> None:
    report = json.loads(case.with_suffix(".report.json").read_text("utf-8"))
    entries = parse("", case.with_suffix(".yml").read_text("utf-8"))[0]["entries"]
    rows = report["rows"]
    assert rows["read"] == rows["entries"] + rows["continued"] + rows["reported"]
    assert rows["entries"] == len(entries) and rows["reported"] == len(report["reported"])


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_every_line_of_a_case_is_in_its_report(case: Path) -> None:
    report = json.loads(case.with_suffix(".report.json").read_text("utf-8"))
    texts = [each["text"] for key in ("cells", "guesses", "reported") for each in report[key]]
    texts += [column["header"] for table in report["tables"] for column in table["columns"]] + report["outside"]
    everything = " ".join("".join(text.split()) for text in texts)
    for line in case.read_text("utf-8").replace("|", "\n").splitlines():
        for word in line.split():
            known = (
                header_key(word)
                or header_key(line)
                or is_ditto(word)
                or word in ("公开", "事项", "时限", "主体", "二级", "一级")
            )
            assert word in everything or known or "表示" in line, line


def rebuilt(case: Path) -> tuple[Grid, list[tuple[str, ...]]]:
    """The table as it was before it was copied out: merged cells where the text lost them, ticks where the golden has them."""
    grid = read_text(case.read_text("utf-8"))[0]
    section = divide(grid, board(grid)).sections[0]
    entries = parse("", case.with_suffix(".yml").read_text("utf-8"))[0]["entries"]
    cells = {(cell.row, cell.column): cell for cell in grid.cells if cell.text}
    gathered = gather(grid, section)[0]
    for number, row in enumerate(gathered):
        for value in row.values:
            if value.origin in ("carried", "shared", "stacked") and (row.line.row, value.column.index) not in cells:
                _stretch(cells, value.column.index, row.line.row)
        if any(doubt.kind == "marks_moved" for doubt in row.doubts):
            _tick(cells, row, entries[number]["levels"])
    return grid, [(*grid.before,), [cells[key] for key in sorted(cells)], (*grid.after,)]


def _stretch(cells: dict[tuple[int, int], Cell], column: int, row: int) -> None:
    start = max(above for above, at in cells if at == column and above < row)
    cell = cells[start, column]
    cells[start, column] = Cell(cell.text, start, column, cell.place, row - start + 1, cell.columns)


def _tick(cells: dict[tuple[int, int], Cell], row: Gathered, levels: list[str]) -> None:
    for column in row.level_columns:
        cells.pop((row.line.row, column.index), None)
        if column.key == "level" and set(level_names(column.label)) <= set(levels):
            cells[row.line.row, column.index] = Cell("√", row.line.row, column.index, "")


def as_workbook(before: list[str], cells: list[Cell], after: list[str]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for line in before:
        sheet.append([line])
    top = len(before) + 1
    for cell in cells:
        sheet.cell(cell.row + top, cell.column + 1, cell.text)
        if cell.rows > 1 or cell.columns > 1:
            sheet.merge_cells(None, cell.row + top, cell.column + 1, cell.row + top + cell.rows - 1, cell.column + cell.columns)
    bottom = top + max(cell.row + cell.rows for cell in cells)
    for number, line in enumerate(after):
        sheet.cell(bottom + number, 1, line)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def as_word(before: list[str], cells: list[Cell], after: list[str]) -> bytes:
    document = docx.Document()
    for line in before:
        document.add_paragraph(line)
    grid = Grid("", tuple(cells))
    table = document.add_table(grid.rows, grid.columns)
    for cell in cells:
        there = table.cell(cell.row, cell.column)
        if cell.rows > 1 or cell.columns > 1:
            there = there.merge(table.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1))
        there.text = cell.text
    for line in after:
        document.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def as_page(before: list[str], cells: list[Cell], after: list[str]) -> bytes:
    def escaped(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")

    rows: dict[int, str] = {}
    grid = board(Grid("", tuple(cells)))
    for row, covered in enumerate(grid.rows):
        line = ""
        for column in range(max((max(each, default=0) for each in grid.rows), default=0) + 1):
            cell = covered.get(column)
            if cell is None:
                line += "<td>&nbsp;</td>"
            elif (cell.row, cell.column) == (row, column):
                line += f'<td rowspan="{cell.rows}" colspan={cell.columns}><p>{escaped(cell.text)}</p></td>'
        rows[row] = f"<tr>{line}</tr>"
    page = "".join(f"<p>{escaped(line)}</p>" for line in before)
    page += f"<table><tr><td>导航<table><tr><td>首页</td></tr></table><table>{''.join(rows.values())}</table></td></tr></table>"
    page += "".join(f"<div>{escaped(line)}</div>" for line in after)
    return f"<!DOCTYPE html><html><head><meta charset=gb2312><title>x</title></head><body><script>var 序号=1;</script>{page}</body></html>".encode(
        "gb18030"
    )


BUILDERS = {"xlsx": as_workbook, "docx": as_word, "html": as_page}


@pytest.mark.parametrize("kind", BUILDERS)
@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_the_same_table_in_another_file_is_the_same_catalog(case: Path, kind: str, root: Path) -> None:
    _, (before, cells, after) = rebuilt(case)
    plan = planned(root, f"{case.stem}.{kind}", BUILDERS[kind](before, cells, after))
    assert entries(catalog_text(plan)) == entries(case.with_suffix(".yml").read_text("utf-8"))
    rows = plan.report.rows
    assert rows.read == rows.entries + rows.continued + rows.reported


def entries(text: str) -> str:
    return re.sub(r"\Atitle: .*\n", "", text[text.index("entries:") :])


def damaged(text: str, seed: int) -> str:
    """The text with lines lost, swapped and cut, and marks in wrong places, as copying does it."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 5)):
        lines, at = text.split("\n"), chance.randrange(len(text))
        one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
        damage = chance.randrange(4)
        if damage == 0:
            del lines[one : one + chance.randint(1, 3)]
        elif damage == 1:
            lines[one], lines[two] = lines[two], lines[one]
        if damage < 2:
            text = "\n".join(lines) or "空"
        elif damage == 2:
            text = text[:at] + text[at + chance.randint(1, 4) :] or "空"
        else:
            text = text[:at] + chance.choice(["|", "\n", "√", "《", "(", "\n1\n", " ", "同上", "①", "："]) + text[at:]
    return text


@pytest.mark.parametrize("seed", range(60))
def test_damaged_texts_are_refused_or_balance_and_never_break(seed: int, root: Path) -> None:
    case = CASES[seed % len(CASES)]
    try:
        plan = planned(root, case.name, damaged(case.read_text("utf-8"), seed).encode())
    except Refused as refused:
        assert "balance" not in refused.text.en
        return
    rows = plan.report.rows
    assert rows.read == rows.entries + rows.continued + rows.reported
    assert all(quick("catalog")(parse("", file.content)[0]) for file in plan.files if file.path.startswith("catalogs/"))


@pytest.mark.parametrize("file", sorted((HERE / "tables" / "others").glob("*.[thm]*")), ids=lambda file: file.name)
def test_tables_of_other_shapes(file: Path, root: Path) -> None:
    assert catalog_text(planned(root, file.name, file.read_bytes())) == (file.with_suffix(".yml")).read_text("utf-8")
