"""The list of old publications: rows of a workbook or CSV, its columns found by their headings, each row with its place."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec
from python_calamine import CalamineWorkbook

from mulu.diagnostics import Text
from mulu.documents.official import day_of
from mulu.documents.opened import damaged, no_workbook, opened
from mulu.documents.web import decoded
from mulu.start.written import Refused

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": ("标题", "题名", "信息标题", "公文标题", "文件标题", "信息名称", "文件名称", "名称", "信息题目"),
    "number": ("文号", "发文字号", "发文号", "文件编号", "公文文号", "文件号"),
    "formed": (
        "成文日期",
        "生成日期",
        "制发日期",
        "发文日期",
        "印发日期",
        "形成日期",
        "成文时间",
        "生成时间",
        "制作日期",
        "发文时间",
    ),
    "published": ("发布日期", "公开日期", "发布时间", "公开时间", "上网日期", "上网时间", "首次公开日期", "日期"),
    "department": (
        "部门",
        "单位",
        "公开主体",
        "发布单位",
        "责任部门",
        "发布机构",
        "责任单位",
        "所属单位",
        "公开单位",
        "单位代码",
        "来源单位",
    ),
    "issuers": ("发文机关", "制发机关", "发文单位", "印发单位", "成文单位"),
    "file": (
        "文件名",
        "附件",
        "附件名称",
        "附件名",
        "附件文件",
        "原文件",
        "文件路径",
        "正文文件",
        "电子文件",
        "电子文件名",
        "文件",
    ),
    "entry": ("目录编号", "事项编号", "目录事项编号", "目录事项", "对应目录", "对应事项"),
    "field": ("领域", "所属领域", "公开领域"),
}
"""What a column holds → the headings under which offices write it. Spaces and what stands in brackets do not count."""

_HEAD_ROWS = 20
ROW_LIMIT = 200_000

_SERIAL_EPOCH = date(1899, 12, 30)
_SERIAL = re.compile(r"(3[3-9]\d{3}|[4-6]\d{4})(?:\.\d+)?")
"""Days as Excel counts them, 1990 to 2091 (ECMA-376 18.17.4.1, from 1900); a cell whose format was lost shows them."""


class Line(msgspec.Struct, frozen=True):
    """One row of the list: where it stands, and the text of its cells; a date that Excel knows as one is written 2024-06-02."""

    place: str
    title: str
    number: str = ""
    formed: str = ""
    published: str = ""
    department: str = ""
    issuers: str = ""
    file: str = ""
    entry: str = ""
    field: str = ""

    @property
    def key(self) -> str:
        """By this a decision finds its row again, wherever the row has moved."""
        return "|".join((self.title, self.number, self.published or self.formed, self.department, self.file))


class Listing(msgspec.Struct, frozen=True):
    """Every row below the headings, how many were empty, headings that mean nothing here, and sheets without a list."""

    lines: tuple[Line, ...]
    empty: int
    unknown: tuple[str, ...]
    unread: tuple[str, ...]


def read_listing(path: Path) -> Listing:
    """The list at `path` (xlsx, xls or csv); raises Refused where it cannot be read, has no heading 标题, or one thing stands in two columns."""
    lines: list[Line] = []
    empty, unknown, unread = 0, [], []
    for sheet, rows in _sheets(path):
        head = next(
            (place for place, row in enumerate(rows[:_HEAD_ROWS]) if "title" in _columns(row) and len(_columns(row)) > 1), None
        )
        if head is None:
            unread.append(sheet)
            continue
        columns = _columns(rows[head])
        _refuse_ambiguous(path, sheet, head, rows[head])
        unknown += [
            f"{sheet}!{_letter(place)}{head + 1} {cell}"
            for place, cell in enumerate(rows[head])
            if cell and place not in columns.values()
        ]
        for number, row in enumerate(rows[head + 1 :], head + 2):
            cells = {name: row[place] if place < len(row) else "" for name, place in columns.items()}
            if any(row):
                lines.append(Line(f"{sheet}!{number}", **cells))
            else:
                empty += 1
    if not lines:
        wanted = "、".join(names[0] for names in COLUMNS.values())
        raise Refused(Text(
            f"{path.name} 里找不到名单：前 {_HEAD_ROWS} 行要有一行表头，至少有“标题”和另外一栏（{wanted}）。什么都没有改动。",
            f"{path.name} holds no list: one of the first {_HEAD_ROWS} rows must be headings, 标题 and one more of {wanted}. Nothing was changed.",
        ))  # fmt: skip
    return Listing(tuple(lines), empty, tuple(unknown), tuple(unread))


def _sheets(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    file = opened(path)
    if file.kind == "text":
        rows = list(csv.reader(io.StringIO(decoded(file.content), newline="")))
        yield "CSV", [[_text(cell) for cell in row] for row in rows[:ROW_LIMIT]]
        return
    if file.kind not in ("xlsx", "ole"):
        raise no_workbook(path)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(file.content))
        found = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except Exception as broken:  # the reader raises its own kinds for every damage, panics of its Rust side among them
        raise damaged(path) from broken
    for name, rows_of in found:
        if len(rows_of) > ROW_LIMIT:
            raise Refused(Text(f"{path.name} 的 {name} 超过 {ROW_LIMIT} 行，请拆成几份。", f"{path.name}, {name}, has over {ROW_LIMIT} rows; split it."))  # fmt: skip
        yield name, [[_text(cell) for cell in row] for row in rows_of]


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return re.sub(r"\s+", " ", str(cell)).strip() if cell is not None else ""


def _columns(row: Sequence[str]) -> dict[str, int]:
    """What the columns hold, the first of each."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        name = _meaning(cell)
        if name and name not in found:
            found[name] = place
    return found


def _meaning(cell: str) -> str | None:
    heading = re.sub(r"[（(【\[].*?[）)】\]]|[\s:：*]", "", unicodedata.normalize("NFKC", cell))
    return next((name for name, headings in COLUMNS.items() if heading in headings), None)


def _refuse_ambiguous(path: Path, sheet: str, head: int, row: Sequence[str]) -> None:
    first: dict[str, int] = {}
    for place, cell in enumerate(row):
        name = _meaning(cell)
        if name is None:
            continue
        other = first.setdefault(name, place)
        if other != place:
            cells = f"{sheet}!{_letter(other)}{head + 1}", f"{sheet}!{_letter(place)}{head + 1}"
            raise Refused(Text(
                f"{path.name} 的 {cells[0]}“{row[other]}”和 {cells[1]}“{cell}”都像是“{COLUMNS[name][0]}”，不知道用哪一栏。改掉其中一个的表头再试。什么都没有改动。",
                f"In {path.name}, {cells[0]} “{row[other]}” and {cells[1]} “{cell}” both look like {COLUMNS[name][0]}; rename one. Nothing was changed.",
            ))  # fmt: skip


def _letter(place: int) -> str:
    return ("" if place < 26 else _letter(place // 26 - 1)) + chr(ord("A") + place % 26)


def day(text: str) -> date | None:
    """A day of the list: 2024-06-02, 2024.6.2, 2024年6月2日, 20240602, with or without a time, or 45445 as Excel counts; None where it is none."""
    plain = re.sub(r"[ T]\d{1,2}:\d{2}(?::\d{2})?\Z", "", text.strip())
    if serial := _SERIAL.fullmatch(plain):
        return _SERIAL_EPOCH + timedelta(days=int(serial[1]))
    if re.fullmatch(r"(?:19|20)\d{6}", plain):
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    return day_of(plain)
