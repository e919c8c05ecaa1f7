"""A score sheet as text, JSON (schemas/v1/score.schema.json, version 1), CSV and XLSX. Same score, same bytes."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec

from mulu.diagnostics import Text
from mulu.evaluation.score import Score, Sheet
from mulu.model.words import STATE_WORDS
from mulu.reports.table import aligned

HEADS = (
    Text("单位", "department"), Text("指标", "indicator"), Text("扣分", "points lost"), Text("事项", "entry"), Text("信息或位置", "item or place"),
    Text("规则", "rule"), Text("时限条款", "clause"), Text("期限", "due"), Text("实际", "actual"), Text("迟延天数", "days late"), Text("内容", "detail"),
)  # fmt: skip
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def score_text(score: Score, lang: str) -> bytes:
    """For people: the points of every sheet, then every case of the whole."""
    zh = lang == "zh"
    lines = [f"{score.title}（{score.profile}）", f"{'评估日期' if zh else 'as of'} {score.as_of}  {score.commit}".rstrip()]
    if score.sample:
        fields = "" if score.sample.fields is None else f"{score.sample.fields} × "
        lines.append(f"{'抽样' if zh else 'sample'} {fields}{score.sample.entries}，{'种子' if zh else 'seed'} {score.seed}")
    rows = [("单位", "得分", "总分", "事项", "结果") if zh else ("department", "points", "total", "entries", "result")]
    rows += [
        (_name(each, lang), f"{each.points:g}", f"{each.total:g}", str(len(each.entries)), _result(each, lang))
        for each in score.sheets
    ]
    lines += ["", aligned(rows, left=(0, 4))]
    for sheet in score.sheets[:1]:
        parts = [("指标", "得分", "满分", "合格/全部") if zh else ("indicator", "points", "weight", "good/all")]
        parts += [
            (each.title, f"{each.points:g}", f"{each.weight:g}", f"{each.good}/{each.all}" if each.applies else "—")
            for each in sheet.indicators
        ]
        lines += ["", aligned(parts), ""]
        for veto in sheet.vetoes:
            lines.append(f"{'单项否决' if zh else 'veto'}：{veto.title}（{len(veto.cases)} ≥ {veto.threshold}）")
        for cells in _cases(sheet, lang):
            lines.append("  " + "  ".join(cell for cell in cells[1:] if cell))
        if sheet.explained:
            lines += ["", "有说明、不扣分的事项：" if zh else "explained, no points lost:"]
            lines += [f"  {entry}  {STATE_WORDS[state].spoken(lang)}" for entry, state in sheet.explained]
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")


def score_json(score: Score, lang: str) -> bytes:
    """For programs."""
    return msgspec.json.format(msgspec.json.encode({"version": 1, **msgspec.to_builtins(score)}), indent=2) + b"\n"


def score_csv(score: Score, lang: str) -> bytes:
    """Every case, for a spreadsheet: UTF-8 with a mark, cells that would be formulas defused."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([head.spoken(lang) for head in HEADS])
    for sheet in score.sheets:
        writer.writerows([_defused(cell) for cell in cells] for cells in _cases(sheet, lang))
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "backslashreplace")


def score_xlsx(score: Score, lang: str) -> bytes:
    """Three sheets: points by department, indicators, and every case. All cells are text or numbers, never formulas."""
    import xlsxwriter

    zh = lang == "zh"
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": score.title, "created": datetime.fromisoformat(score.as_of)})
    bold, wrap = (
        book.add_format({"bold": True, "bg_color": "#E8F0F9", "border": 1}),
        book.add_format({"text_wrap": True, "valign": "top", "border": 1}),
    )
    points = [[_name(each, lang), each.points, each.total, len(each.entries), _result(each, lang)] for each in score.sheets]
    parts = [
        [_name(sheet, lang), each.title, each.points, each.weight, each.good, each.all]
        for sheet in score.sheets
        for each in sheet.indicators
    ]
    cases: list[list[Any]] = [list(cells) for sheet in score.sheets for cells in _cases(sheet, lang)]
    tables: tuple[tuple[str, list[str], list[list[Any]]], ...] = (
        (
            "得分" if zh else "points",
            ["单位", "得分", "总分", "事项", "结果"] if zh else ["department", "points", "total", "entries", "result"],
            points,
        ),
        (
            "指标" if zh else "indicators",
            ["单位", "指标", "得分", "满分", "合格", "全部"]
            if zh
            else ["department", "indicator", "points", "weight", "good", "all"],
            parts,
        ),
        ("扣分明细" if zh else "points lost", [head.spoken(lang) for head in HEADS], cases),
    )
    for name, heads, rows in tables:
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.set_column(0, len(heads) - 1, 18)
        for row, cells in enumerate([heads, *rows]):
            for place, cell in enumerate(cells):
                kind = bold if row == 0 else wrap
                if isinstance(cell, str):
                    sheet.write_string(row, place, cell.encode("utf-8", "backslashreplace").decode(), kind)
                else:
                    sheet.write_number(row, place, cell, kind)
    book.close()
    return stream.getvalue()


SCORE_FORMATS: Mapping[str, Callable[[Score, str], bytes]] = {
    "text": score_text, "json": score_json, "csv": score_csv, "xlsx": score_xlsx,
}  # fmt: skip
"""Name of the format → its writer; the choices of `mulu evaluate --format`."""


def _name(sheet: Sheet, lang: str) -> str:
    return sheet.name or ("全部" if lang == "zh" else "all")


def _result(sheet: Sheet, lang: str) -> str:
    vetoes = "、".join(each.title for each in sheet.vetoes)
    if sheet.passed is None:
        return vetoes
    words = Text("合格", "passed") if sheet.passed else Text("不合格", "failed")
    return f"{words.spoken(lang)}{f'：{vetoes}' if vetoes else ''}"


def _cases(sheet: Sheet, lang: str) -> Iterator[tuple[str, ...]]:
    for indicator in sheet.indicators:
        for lost in indicator.lost:
            case = lost.case
            yield (
                _name(sheet, lang), indicator.title, f"{lost.points:g}", case.entry, case.item, case.rule, case.clause, case.due,
                STATE_WORDS[case.actual].spoken(lang) if case.actual in STATE_WORDS else case.actual, str(case.late or ""), case.detail,
            )  # fmt: skip


def _defused(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RISKY) else cell
