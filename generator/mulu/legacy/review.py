"""The review sheet: rows that a person must settle, with what comes near; it comes back in with the decisions. Every row is in it."""

import io
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from mulu.diagnostics import Text
from mulu.documents.opened import damaged, no_workbook, opened
from mulu.legacy.match import Proposal
from mulu.legacy.plan import NONE, SKIP, Outcome, Plan, Planned
from mulu.model.catalog import Entry
from mulu.start.written import Refused

OPEN, ALL, UNUSED = "待定", "全部", "没有用到的文件"
_DECISION, _KEY = "决定", "mulu"
_HEADS = ("位置", "标题", "文号", "发布日期", "单位", "文件", "为什么没有把握", "建议一", "建议二", "建议三", _DECISION, _KEY)
_WIDTHS = (12, 44, 18, 12, 12, 24, 36, 34, 34, 34, 26, 4)
_OUTCOMES = {
    Outcome.MADE: "新建", Outcome.THERE: "已经有了", Outcome.UNSURE: "待定", Outcome.LEFT_OUT: "没有导入",
}  # fmt: skip
_EPOCH = datetime(2000, 1, 1)
_HOW = f"在“{_DECISION}”一栏选一个事项编号（几个用顿号隔开）；不对应任何事项的写“{NONE}”，不导入的写“{SKIP}”。存盘后用 --decisions 交回。"


def review_sheet(plan: Plan, entries: Mapping[str, Entry], decisions: Mapping[str, str]) -> bytes:
    """The xlsx. Same plan, same bytes; what was decided before stands in it again."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": "旧信息导入的待定事项", "created": _EPOCH})
    looks = {
        "head": book.add_format({"bold": True, "bg_color": "#EDF2F8", "border": 1, "text_wrap": True, "valign": "vcenter"}),
        "cell": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
        "fill": book.add_format({"border": 1, "bg_color": "#FFF6D6", "valign": "top"}),
        "how": book.add_format({"italic": True}),
    }
    _write_open(book.add_worksheet(OPEN), plan, entries, decisions, looks)
    _write_table(
        book.add_worksheet(ALL), ("位置", "标题", "结果", "信息编号", "目录事项", "把握", "原因"), (12, 50, 10, 20, 30, 8, 60),
        [_summary(row) for row in plan.rows], looks,
    )  # fmt: skip
    _write_table(book.add_worksheet(UNUSED), ("文件",), (100,), [(path,) for path in plan.unused], looks)
    book.close()
    return stream.getvalue()


def read_decisions(path: Path) -> dict[str, str]:
    """Key of a row → what a person decided; raises Refused for a file that is no review sheet."""
    file = opened(path)
    if file.kind not in ("xlsx", "ole"):
        raise no_workbook(path)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(file.content))
        rows = book.get_sheet_by_name(OPEN).to_python() if OPEN in book.sheet_names else []
    except Exception as broken:  # as in legacy.listing
        raise damaged(path) from broken
    head = next((place for place, row in enumerate(rows) if _DECISION in row and _KEY in row), None)
    if head is None:
        raise Refused(Text(
            f"{path.name} 不是待定表：要有工作表“{OPEN}”，里面有“{_DECISION}”和“{_KEY}”两栏。什么都没有改动。",
            f"{path.name} is no review sheet: it needs a sheet {OPEN} with the columns {_DECISION} and {_KEY}. Nothing was changed.",
        ))  # fmt: skip
    key, decision = rows[head].index(_KEY), rows[head].index(_DECISION)
    return {str(row[key]): str(row[decision]).strip() for row in rows[head + 1 :] if row[key] and str(row[decision]).strip()}


def _write_open(
    sheet: Any, plan: Plan, entries: Mapping[str, Entry], decisions: Mapping[str, str], looks: Mapping[str, Any]
) -> None:
    sheet.write_string(0, 0, _HOW, looks["how"])
    for place, (name, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True)):
        sheet.write_string(1, place, name, looks["head"])
        sheet.set_column(place, place, width, None, {"hidden": name == _KEY})
    for number, row in enumerate((each for each in plan.rows if each.outcome is Outcome.UNSURE), 2):
        line = row.line
        proposals = [_shown(each, entries) for each in row.proposals]
        cells = [line.place, line.title, line.number, line.published, line.department, line.file, row.reason.zh, *proposals, *[""] * (3 - len(proposals))]  # fmt: skip
        for place, text in enumerate(cells):
            sheet.write_string(number, place, text, looks["cell"])
        sheet.write_string(number, len(cells), decisions.get(line.key, ""), looks["fill"])
        sheet.write_string(number, len(cells) + 1, line.key)
        choices = [*(each.entry for each in row.proposals), NONE, SKIP]
        sheet.data_validation(number, len(cells), number, len(cells), {
            "validate": "list", "source": choices, "error_type": "warning", "error_title": "其他编号",
            "error_message": "不在建议里；确实是别的事项编号的，选“是”。",
        })  # fmt: skip
    sheet.freeze_panes(2, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_table(
    sheet: Any, heads: tuple[str, ...], widths: tuple[int, ...], rows: list[tuple[str, ...]], looks: Mapping[str, Any]
) -> None:
    for place, (name, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.write_string(0, place, name, looks["head"])
        sheet.set_column(place, place, width)
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row):
            sheet.write_string(number, place, text)
    sheet.freeze_panes(1, 0)


def _summary(row: Planned) -> tuple[str, ...]:
    best = row.answers or row.proposals[:1]
    return (
        row.line.place, row.line.title, _OUTCOMES[row.outcome], row.id, "、".join(each.entry for each in row.answers),
        f"{best[0].certainty:.0%}" if best else "", row.reason.zh,
    )  # fmt: skip


def _shown(proposal: Proposal, entries: Mapping[str, Entry]) -> str:
    entry = entries[proposal.entry]
    name = "／".join(each for each in entry.wording if each)
    return f"{proposal.entry}（{name}）{proposal.certainty:.0%}：{proposal.why.zh}"
