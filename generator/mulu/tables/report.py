"""The import report: the balance of rows, every assumption with its reason, every row not placed, every cell's place. Version 1."""

from collections.abc import Sequence

import msgspec

from mulu.diagnostics import Text
from mulu.tables.guesses import REASONS, UNPLACED, CellUse, Guess, Unplaced
from mulu.tables.understand import Rows, Table


class Catalogued(msgspec.Struct, frozen=True):
    """What an import does to one catalog file: ids that are new, changed, the same, and kept without a row in the table."""

    path: str
    field: str
    new: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]
    kept: tuple[str, ...]


class Report(msgspec.Struct, frozen=True):
    """Everything about one import."""

    files: tuple[str, ...]
    department: str
    rows: Rows
    tables: tuple[Table, ...]
    catalogs: tuple[Catalogued, ...]
    guesses: tuple[Guess, ...]
    unplaced: tuple[Unplaced, ...]
    outside: tuple[str, ...]
    cells: tuple[CellUse, ...]


def report_json(report: Report) -> bytes:
    """schemas/v1/import.schema.json."""
    value = {
        "version": 1,
        "files": report.files,
        "department": report.department,
        "rows": report.rows,
        "tables": [
            {"file": table.file, "name": table.name, "field": table.field, "title": table.title,
             "columns": [{"place": place, "header": header, "key": key} for place, header, key in table.columns]}
            for table in report.tables
        ],
        "catalogs": report.catalogs,
        "guesses": [{**msgspec.to_builtins(guess), "reason": REASONS[guess.kind]} for guess in report.guesses],
        "reported": [{**msgspec.to_builtins(row), "reason": UNPLACED[row.kind]} for row in report.unplaced],
        "outside": report.outside,
        "cells": report.cells,
    }  # fmt: skip
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def report_text(report: Report, *, lang: str) -> str:
    """For people: the balance, what is not placed, and the assumptions grouped by kind with the first places."""
    zh = lang == "zh"
    rows = report.rows
    lines = [
        f"读了 {rows.read} 行 = 事项 {rows.entries} + 接在事项里 {rows.continued} + 没有放进目录 {rows.reported}"
        if zh
        else f"{rows.read} rows read = {rows.entries} entries + {rows.continued} continued + {rows.reported} not placed"
    ]
    for each in report.catalogs:
        numbers = len(each.new), len(each.changed), len(each.same), len(each.kept)
        said = (
            "新 {}，改 {}，不变 {}，表里没有而保留 {}"
            if zh
            else "{} new, {} changed, {} the same, {} kept that the table lacks"
        )
        lines.append(f"{each.path}: {said.format(*numbers)}")
    lines += [f"  {row.place}  {_one_line(row.text)}  — {UNPLACED[row.kind].spoken(lang)}" for row in report.unplaced]
    lines += _grouped(report.guesses, lang)
    return "\n".join(lines) + "\n"


def _grouped(guesses: Sequence[Guess], lang: str) -> list[str]:
    by_kind: dict[str, list[Guess]] = {}
    for guess in guesses:
        by_kind.setdefault(guess.kind, []).append(guess)
    lines = []
    for kind, some in by_kind.items():
        shown = "、".join(f"{guess.place}“{_one_line(guess.text)[:24]}”" for guess in some[:3])
        more = "" if len(some) <= 3 else f" 等 {len(some)} 处" if lang == "zh" else f" … {len(some)} in all"
        lines.append(f"  {_reason(kind).spoken(lang)} {shown}{more}")
    return lines


def _reason(kind: str) -> Text:
    return REASONS[kind]


def _one_line(text: str) -> str:
    short = " ".join(text.split())
    return short if len(short) <= 60 else f"{short[:59]}…"
