"""The statutory tables laid out: rows of cells that span rows and columns, as the national format prints them."""

from collections.abc import Iterator

from mulu.annual.figures import Figures, unbalanced_documents
from mulu.model.requests import Documents, Results
from mulu.model.statutory import (
    APPLICANTS,
    CARRIED,
    COLUMNS,
    FORWARD,
    NEW,
    OUTCOMES,
    TOTAL,
    RequestTable,
    imbalances,
    wrong_sums,
)
from mulu.paper.table import Cell, Grid, Row

BALANCE_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def proactive_table(found: Figures) -> Grid:
    """表二: 主动公开政府信息情况 (条例 art. 20, items 1, 5, 6 and 8)."""
    decided = "本年处理决定数量"
    rows = (
        (_head("第二十条第（一）项", columns=4),),
        tuple(map(_head, ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"))),
        _documents("规章", found.rules, fault=unbalanced_documents(found.rules, found.before[0])),
        _documents("行政规范性文件", found.normative, fault=unbalanced_documents(found.normative, found.before[1])),
        (_head("第二十条第（五）项", columns=4),),
        (_head("信息内容"), _head(decided, columns=3)),
        (_head("行政许可"), _figure(found.permits, columns=3)),
        (_head("第二十条第（六）项", columns=4),),
        (_head("信息内容"), _head(decided, columns=3)),
        (_head("行政处罚"), _figure(found.penalties, columns=3)),
        (_head("行政强制"), _figure(found.coercions, columns=3)),
        (_head("第二十条第（八）项", columns=4),),
        (_head("信息内容"), _head("本年收费金额（单位：万元）", columns=3)),
        (_head("行政事业性收费"), _figure(found.fees, columns=3)),
    )
    return Grid("主动公开政府信息情况", rows, 0, (3, 2, 2, 2))


def request_grid(table: RequestTable) -> Grid:
    """表三: 收到和处理政府信息公开申请情况."""
    faults = _faults(table)
    rows = [
        (_head(BALANCE_NOTE, columns=3, rows=3), _head("申请人情况", columns=7)),
        (_head("自然人", rows=2), _head("法人或其他组织", columns=5), _head("总计", rows=2)),
        tuple(map(_head, APPLICANTS[1:])),
        (_head("一、本年新收政府信息公开申请数量", columns=3), *_line(table, NEW, faults)),
        (_head("二、上年结转政府信息公开申请数量", columns=3), *_line(table, CARRIED, faults)),
        *_outcomes(table, faults),
        (_head("四、结转下年度继续办理", columns=3), *_line(table, FORWARD, faults)),
    ]
    return Grid("收到和处理政府信息公开申请情况", tuple(rows), 3, (6, 7, 18, 5, 5, 5, 5, 5, 5, 5))


def dispute_table(found: Figures) -> Grid:
    """表四: 政府信息公开行政复议、行政诉讼情况."""
    groups = (found.reviews, found.direct, found.after_review)
    rows = (
        (_head("行政复议", columns=5), _head("行政诉讼", columns=10)),
        (
            *(_head(name, rows=2) for name in _RESULTS),
            _head("未经复议直接起诉", columns=5),
            _head("复议后起诉", columns=5),
        ),
        tuple(_head(name) for name in _RESULTS * 2),
        tuple(cell for results in groups for cell in _results(results)),
    )
    return Grid("政府信息公开行政复议、行政诉讼情况", rows, 3, (1,) * 15)


def shown(figure: float | str | None) -> str:
    """A figure as the table prints it: blank stays blank, 0 is 0, amounts without idle zeros."""
    if isinstance(figure, float):
        return f"{figure:.6f}".rstrip("0").rstrip(".")
    return "" if figure is None else str(figure)


def _head(text: str, *, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(text, columns, rows, head=True)


def _figure(figure: float | str | None, *, columns: int = 1, fault: bool = False) -> Cell:
    return Cell(shown(figure), columns, blank=figure is None, fault=fault)


def _documents(name: str, found: Documents, *, fault: bool) -> Row:
    return _head(name), _figure(found.issued), _figure(found.repealed), _figure(found.in_force, fault=fault)


def _results(results: Results) -> Iterator[Cell]:
    yield from map(_figure, results.parts)
    yield _figure(results.total, fault=isinstance(results.total, int) and results.total != results.summed)


def _outcomes(table: RequestTable, faults: set[tuple[str, str]]) -> Iterator[Row]:
    """三、本年度办理结果, down to its （七）总计."""
    before: str | None = None
    for place, outcome in enumerate(OUTCOMES):
        cells = [_head("三、本年度办理结果", rows=len(OUTCOMES) + 1)] if place == 0 else []
        if outcome.group is None:
            cells.append(_head(outcome.label, columns=2))
        elif outcome.group != before:
            cells.append(_head(outcome.group, rows=sum(each.group == outcome.group for each in OUTCOMES)))
        if outcome.group is not None:
            cells.append(_head(outcome.label))
        before = outcome.group
        yield *cells, *_line(table, outcome.name, faults)
    yield _head("（七）总计", columns=2), *_line(table, TOTAL, faults)


def _line(table: RequestTable, row: str, faults: set[tuple[str, str]]) -> Iterator[Cell]:
    for column, figure in zip(COLUMNS, table[row], strict=True):
        yield _figure(figure, fault=(row, column) in faults)


def _faults(table: RequestTable) -> set[tuple[str, str]]:
    """The cells to be looked at: row and column of every wrong sum, the four rows of every column out of balance."""
    summed = {(found.row, found.column) for found in wrong_sums(table)}
    return summed | {(row, found.column) for found in imbalances(table) for row in (NEW, CARRIED, TOTAL, FORWARD)}
