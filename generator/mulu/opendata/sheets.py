"""Tables as CSV and XLSX: text in every cell, never a formula; same rows, same bytes."""

import csv
import io
import re
from datetime import datetime
from typing import Any

Rows = list[list[str]]

_UNSAFE = re.compile(r"[=+\-@\t\r]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CELL = 32767
"""Characters in one cell of Excel."""


def csv_bytes(head: list[str], rows: Rows) -> bytes:
    """UTF-8 with a mark, for Excel; a cell that Excel would take for a formula begins with an apostrophe."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([f"'{cell}" if _UNSAFE.match(cell) else cell for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "backslashreplace")


def xlsx_bytes(sheets: list[tuple[str, list[str], Rows]]) -> bytes:
    """A workbook of (name, head, rows); the first line of each sheet stays in sight."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2000, 1, 1)})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for number, (name, head, rows) in enumerate(sheets, start=1):
        _fill(book.add_worksheet(f"{number} {_NOT_IN_NAMES.sub(' ', name)}"[:31]), head, rows, bold, wrapped)
    book.close()
    return stream.getvalue()


def _fill(sheet: Any, head: list[str], rows: Rows, bold: Any, wrapped: Any) -> None:
    for column, cell in enumerate(head):
        sheet.write_string(0, column, cell, bold)
    for line, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            sheet.write_string(line, column, _NOT_XML.sub("", cell)[:_CELL], wrapped)
    sheet.set_column(0, len(head) - 1, 18)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(rows)), len(head) - 1)
