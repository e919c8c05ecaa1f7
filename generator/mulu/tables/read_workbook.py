"""Excel workbooks, .xlsx and .xls: every sheet as a grid with its merged cells (python-calamine: 16 times as fast as openpyxl)."""

import re
import zipfile
from datetime import date, datetime, time, timedelta
from io import BytesIO

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from mulu.diagnostics import Text
from mulu.files.distrust import LOCKED
from mulu.start.written import Refused
from mulu.tables.grid import Cell, Grid

_MOST_ROWS = 200_000
_MOST_COLUMNS = 500
_ERRORS = frozenset({"#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"})
_UNCALCULATED = re.compile(rb'<c\s[^>]*\br="([A-Z]+\d+)"[^>]*>\s*<f[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>')
_XLSX_ERROR = re.compile(rb'<c\s(?=[^>]*\bt="e")[^>]*\br="([A-Z]+\d+)"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?\s*<v>([^<]*)</v>')
_XLS_ERROR = re.compile(
    rb"\x05\x02\x08\x00(..)(..)..[\x00\x07\x0f\x17\x1d\x24\x2a]\x01|\x06\x00..(..)(..)..\x02.[\x00\x07\x0f\x17\x1d\x24\x2a]...\xff\xff",
    re.DOTALL,
)
"""Records BOOLERR and FORMULA whose value is an error ([MS-XLS] 2.4.24, 2.4.127)."""
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)

Value = int | float | str | bool | time | date | datetime | timedelta


def read_workbook(name: str, content: bytes) -> tuple[tuple[Grid, ...], tuple[str, ...]]:
    """A grid per sheet that holds anything, and the names of hidden sheets; raises Refused for what cannot be trusted."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
    except PasswordError as locked:
        raise Refused(_locked(name)) from locked
    except (CalamineError, OSError) as broken:
        raise Refused(corrupt(name, str(broken))) from broken
    _trusted(name, content)
    grids, hidden = [], []
    for number, sheet in enumerate(book.sheets_metadata):
        grid = _grid(name, book, number, sheet.name)
        if grid.cells:
            grids.append(grid)
            if sheet.visible is not SheetVisibleEnum.Visible:
                hidden.append(sheet.name)
    return tuple(grids), tuple(hidden)


def _grid(name: str, book: CalamineWorkbook, number: int, title: str) -> Grid:
    try:
        sheet = book.get_sheet_by_index(number)
        if sheet.total_height > _MOST_ROWS or sheet.total_width > _MOST_COLUMNS:
            raise Refused(_too_large(name, title, sheet.total_height, sheet.total_width))
        rows = sheet.to_python(skip_empty_area=False)
        merged = sheet.merged_cell_ranges or []
    except CalamineError as broken:
        raise Refused(corrupt(name, str(broken))) from broken
    spans = {start: (end[0] - start[0] + 1, end[1] - start[1] + 1) for start, end in merged}
    cells = []
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value == "" and (row, column) not in spans:
                continue
            text, place = _text(value), f"{title}!{_letters(column)}{row + 1}"
            if text in _ERRORS:
                raise Refused(_formula_error(name, place, text))
            high, wide = spans.get((row, column), (1, 1))
            cells.append(Cell(text, row, column, place, min(high, len(rows) - row), wide))
    return Grid(title, tuple(cells))


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "√" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").replace("\u00a0", " ")


def _letters(column: int) -> str:
    letters = ""
    while column >= 0:
        letters = chr(ord("A") + column % 26) + letters
        column = column // 26 - 1
    return letters


def _trusted(name: str, content: bytes) -> None:
    """A formula's error, or a formula that no program has calculated, has no value that could be read: calamine gives a blank."""
    if content[:2] != b"PK":
        found = _XLS_ERROR.search(content)
        if found:
            row, column = (int.from_bytes(found[group] or found[group + 2], "little") for group in (1, 2))
            raise Refused(_formula_error(name, f"{_letters(column)}{row + 1}", "#…!"))
        return
    with zipfile.ZipFile(BytesIO(content)) as parts:
        titles = _titles(parts)
        for part in sorted(each for each in parts.namelist() if each.startswith("xl/worksheets/")):
            xml, title = parts.read(part), titles.get(part, part.rsplit("/", 1)[-1])
            if wrong := _XLSX_ERROR.search(xml):
                raise Refused(_formula_error(name, f"{title}!{wrong[1].decode()}", wrong[2].decode()))
            if b"<f" in xml and (blank := _UNCALCULATED.search(xml)):
                raise Refused(_uncalculated(name, f"{title}!{blank[1].decode()}"))


def _titles(parts: zipfile.ZipFile) -> dict[str, str]:
    """The file of each sheet → its name on the tab."""
    rels = (
        etree.fromstring(parts.read("xl/_rels/workbook.xml.rels"), _PARSER)
        if "xl/_rels/workbook.xml.rels" in parts.namelist()
        else ()
    )
    targets = {each.get("Id"): "xl/" + each.get("Target", "").removeprefix("/xl/") for each in rels}
    sheets = etree.fromstring(parts.read("xl/workbook.xml"), _PARSER).iter("{*}sheet")
    ids = {next((value for key, value in sheet.items() if key.endswith("}id")), ""): sheet.get("name", "") for sheet in sheets}
    return {target: ids[id] for id, target in targets.items() if id in ids}


def _locked(name: str) -> Text:
    return Text(
        f"{name} {LOCKED.zh}。请{LOCKED.advice_zh}，再导入。什么都没有写。",
        f"{name} {LOCKED.en}; {LOCKED.advice_en}. Nothing was written.",
    )


def corrupt(name: str, why: str) -> Text:
    """A file that is not what it says it is."""
    return Text(
        f"{name} 损坏了，打不开（{why}）。请用 Excel 或者 WPS 打开修复，另存为 .xlsx，再导入。什么都没有写。",
        f"{name} is corrupt ({why}). Repair it in Excel or WPS, save it as .xlsx, and import again. Nothing was written.",
    )


def _uncalculated(name: str, place: str) -> Text:
    return Text(
        f"{name} 的 {place} 是公式，还没有算出结果。请用 Excel 或者 WPS 打开，保存一次，再导入。什么都没有写。",
        f"{name}, {place}: a formula without a result. Open and save it in Excel or WPS, then import again. Nothing was written.",
    )


def _formula_error(name: str, place: str, text: str) -> Text:
    return Text(
        f"{name} 的 {place} 是公式错误 {text}，不知道本来是什么内容。请在表里改正这一格，再导入。什么都没有写。",
        f"{name}, {place}: the formula error {text}. Correct the cell and import again. Nothing was written.",
    )


def _too_large(name: str, title: str, rows: int, columns: int) -> Text:
    return Text(
        f"{name} 的工作表“{title}”有 {rows} 行 {columns} 列，不像目录表。请删去表外的空行空列（选中后删除，不是清除），再导入。什么都没有写。",
        f"{name}: sheet “{title}” has {rows} rows and {columns} columns. Delete the empty ones and import again. Nothing was written.",
    )
