"""Catalogs as a workbook: a sheet each, ready for printing on A3 across. Same catalogs, same bytes; nothing in it is a formula."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from mulu.tables.kept_columns import STATE, head, kept
from mulu.tables.layout import Column, Row, Table, text_width

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAME_LENGTH = 31
_A3 = 8
_TOP = 3
"""Rows above the entries: the title and two rows of headings."""

_EPOCH = datetime(2000, 1, 1)
_LINE, _ROW_LIMIT = 13.5, 409
_FONT = {"font_name": "宋体", "font_size": 10}
LAST = Column(STATE, None, 12)
"""The last column: the state of the entry, and the way to its page."""


def workbook(tables: Iterable[Table]) -> bytes:
    """The xlsx, one sheet for each table."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": "政务公开标准目录", "created": _EPOCH})
    formats = _formats(book)
    used: set[str] = set()
    for table in tables:
        sheet = book.add_worksheet(_sheet_name(table.name, used))
        _write(sheet, table, formats)
        _print(sheet, table)
    book.close()
    return stream.getvalue()


def _formats(book: Any) -> Mapping[str, Any]:
    bordered = _FONT | {"border": 1, "text_wrap": True, "valign": "vcenter"}
    return {
        "title": book.add_format({"font_name": "方正小标宋简体", "font_size": 18, "align": "center", "valign": "vcenter"}),
        "head": book.add_format(bordered | {"font_name": "黑体", "align": "center", "bg_color": "#EDF2F8"}),
        "short": book.add_format(bordered | {"align": "center"}),
        "long": book.add_format(bordered),
        "link": book.add_format(bordered | {"align": "center", "font_color": "#1F4E9E", "underline": 1}),
        "kept": book.add_format(_FONT | {"font_color": "#808080"}),
    }


def _write(sheet: Any, table: Table, formats: Mapping[str, Any]) -> None:
    columns = [*table.columns, LAST]
    sheet.merge_range(0, 0, 0, len(columns) - 1, _clean(table.title), formats["title"])
    sheet.set_row(0, 36)
    sheet.set_row(1, 20)
    sheet.set_row(2, 32)
    for place, (text, rows, width) in _heads(columns).items():
        if rows > 1 or width > 1:
            sheet.merge_range(1, place, rows, place + width - 1, text, formats["head"])
        else:
            sheet.write_string(1, place, text, formats["head"])
    for place, column in enumerate(columns):
        if column.group:
            sheet.write_string(2, place, _clean(column.name), formats["head"])
        sheet.set_column(place, place, column.width)
    _write_rows(sheet, table, formats)
    last = len(columns)
    sheet.write_string(2, last, head(table.catalog), formats["kept"])
    sheet.set_column(last, last, 12, None, {"hidden": True})


def _write_rows(sheet: Any, table: Table, formats: Mapping[str, Any]) -> None:
    covered = {(row, column): (first, last) for column, first, last in table.merges for row in range(first, last + 1)}
    for number, row in enumerate(table.rows):
        sheet.set_row(_TOP + number, _height(row, table.columns))
        for place, (text, column) in enumerate(zip(row.cells, table.columns, strict=True)):
            look = formats["long" if column.long else "short"]
            first, last = covered.get((number, place), (number, number))
            if first == last:
                sheet.write_string(_TOP + number, place, _clean(text), look)
            elif first == number:
                sheet.merge_range(_TOP + first, place, _TOP + last, place, _clean(text), look)
        last_column = len(table.columns)
        if row.link:
            sheet.write_url(_TOP + number, last_column, row.link, formats["link"], row.state or "打开")
        else:
            sheet.write_string(_TOP + number, last_column, row.state, formats["short"])
        sheet.write_string(_TOP + number, last_column + 1, _clean(kept(row.entry)), formats["kept"])


def _height(row: Row, columns: Sequence[Column]) -> float:
    """In points, so that the longest cell is seen whole: programs that show a workbook do not all work it out."""
    lines = max(
        sum(-(-max(text_width(line), 1) // (column.width - 1)) for line in text.split("\n"))
        for text, column in zip(row.cells, columns, strict=True)
    )
    return min(lines * _LINE + 6, _ROW_LIMIT)


def _print(sheet: Any, table: Table) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1, 2)
    sheet.print_area(0, 0, _TOP + len(table.rows) - 1 if table.rows else 2, len(table.columns))
    sheet.center_horizontally()
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.freeze_panes(_TOP, 3)
    sheet.set_zoom(85)


def _heads(columns: list[Column]) -> dict[int, tuple[str, int, int]]:
    """Where a heading begins → its text, the last row it covers, and over how many columns it stands."""
    found: dict[int, tuple[str, int, int]] = {}
    place = 0
    while place < len(columns):
        group = columns[place].group
        width = 1
        while group and place + width < len(columns) and columns[place + width].group == group:
            width += 1
        found[place] = (_clean(group), 1, width) if group else (_clean(columns[place].name), 2, 1)
        place += width
    return found


def _sheet_name(name: str, used: set[str]) -> str:
    """Unique, without what Excel forbids, 31 characters at most."""
    clean = _FORBIDDEN.sub(" ", _clean(name)).strip()[:_NAME_LENGTH] or "目录"
    number = 2
    chosen = clean
    while chosen.casefold() in used:
        chosen = f"{clean[: _NAME_LENGTH - 4]}({number})"
        number += 1
    used.add(chosen.casefold())
    return chosen


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("\ufffd", text)
