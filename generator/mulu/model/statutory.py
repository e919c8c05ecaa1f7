"""Table 3 of the annual report (国办公开办函〔2021〕30号): its rows and columns, counted from a register, and its arithmetic."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from mulu.model.requests import Register, ReportedRow, Request

APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
ALL = "总计"
COLUMNS = (*APPLICANTS, ALL)

NEW, CARRIED, TOTAL, FORWARD = "本年新收", "上年结转", "总计", "结转下年度"


class Outcome(msgspec.Struct, frozen=True):
    """A row of 三、本年度办理结果: the word in registers, the row's wording, and the group that it stands in."""

    name: str
    label: str
    group: str | None = None


_REFUSED, _UNABLE, _NOT_HANDLED, _OTHERWISE = "（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理"

OUTCOMES = (
    Outcome("予以公开", "（一）予以公开"),
    Outcome("部分公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    Outcome("属于国家秘密", "1.属于国家秘密", _REFUSED),
    Outcome("其他法律行政法规禁止公开", "2.其他法律行政法规禁止公开", _REFUSED),
    Outcome("危及三安全一稳定", "3.危及“三安全一稳定”", _REFUSED),
    Outcome("保护第三方合法权益", "4.保护第三方合法权益", _REFUSED),
    Outcome("属于三类内部事务信息", "5.属于三类内部事务信息", _REFUSED),
    Outcome("属于四类过程性信息", "6.属于四类过程性信息", _REFUSED),
    Outcome("属于行政执法案卷", "7.属于行政执法案卷", _REFUSED),
    Outcome("属于行政查询事项", "8.属于行政查询事项", _REFUSED),
    Outcome("本机关不掌握相关政府信息", "1.本机关不掌握相关政府信息", _UNABLE),
    Outcome("没有现成信息需要另行制作", "2.没有现成信息需要另行制作", _UNABLE),
    Outcome("补正后申请内容仍不明确", "3.补正后申请内容仍不明确", _UNABLE),
    Outcome("信访举报投诉类申请", "1.信访举报投诉类申请", _NOT_HANDLED),
    Outcome("重复申请", "2.重复申请", _NOT_HANDLED),
    Outcome("要求提供公开出版物", "3.要求提供公开出版物", _NOT_HANDLED),
    Outcome("无正当理由大量反复申请", "4.无正当理由大量反复申请", _NOT_HANDLED),
    Outcome("要求确认或重新出具已获取信息", "5.要求行政机关确认或重新出具已获取信息", _NOT_HANDLED),
    Outcome("逾期不补正", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", _OTHERWISE),
    Outcome("逾期未缴费", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", _OTHERWISE),
    Outcome("其他", "3.其他", _OTHERWISE),
)

ROWS = (NEW, CARRIED, *(outcome.name for outcome in OUTCOMES), TOTAL, FORWARD)

RequestTable = Mapping[str, tuple[int | None, ...]]
"""Row → figures of COLUMNS; None where nobody has written them. Every row of ROWS is there."""


class Imbalance(msgspec.Struct, frozen=True):
    """勾稽: in this column, new + carried over (`received`) is not handled + carried forward (`handled`)."""

    column: str
    received: int
    handled: int


class WrongSum(msgspec.Struct, frozen=True):
    """A written total that is not the sum of its parts."""

    row: str
    column: str
    written: int
    summed: int


def request_table(register: Register) -> RequestTable:
    """Counted from the requests where they are kept one by one, else as reported, else blank."""
    if register.requests is not None:
        return counted(register.requests)
    return reported(register.reported)


def counted(requests: Iterable[Request]) -> RequestTable:
    """The table of a list of requests; those without an outcome are in rows one and two only."""
    numbers: Counter[tuple[str, str]] = Counter()
    for request in requests:
        rows = [CARRIED if request.carried_over else NEW]
        if request.outcome:
            rows += [request.outcome] + ([TOTAL] if request.outcome != FORWARD else [])
        for row in rows:
            numbers[row, request.applicant] += 1
            numbers[row, ALL] += 1
    return {row: tuple(numbers[row, column] for column in COLUMNS) for row in ROWS}


def reported(rows: Iterable[ReportedRow]) -> RequestTable:
    """The table as people wrote it; its row 总计 is summed up where they left it out."""
    written = {each.row: each.figures for each in rows}
    if written and TOTAL not in written:
        handled = [written[outcome.name] for outcome in OUTCOMES if outcome.name in written]
        written[TOTAL] = tuple(map(sum, zip(*handled, strict=True))) if handled else (0,) * len(COLUMNS)
    return {row: written.get(row, (None,) * len(COLUMNS)) for row in ROWS}


def imbalances(table: RequestTable) -> Iterator[Imbalance]:
    """The columns in which 第一项加第二项之和 is not 第三项加第四项之和; a blank counts as nothing."""
    for place, column in enumerate(COLUMNS):
        received = (table[NEW][place] or 0) + (table[CARRIED][place] or 0)
        handled = (table[TOTAL][place] or 0) + (table[FORWARD][place] or 0)
        if received != handled:
            yield Imbalance(column, received, handled)


def wrong_sums(table: RequestTable) -> Iterator[WrongSum]:
    """Rows whose 总计 is not the sum of the six applicants, columns whose （七）总计 is not the sum of the outcomes."""
    for row, figures in table.items():
        *parts, total = (figure or 0 for figure in figures)
        if sum(parts) != total:
            yield WrongSum(row, ALL, total, sum(parts))
    for place, column in enumerate(COLUMNS):
        summed = sum(table[outcome.name][place] or 0 for outcome in OUTCOMES)
        total = table[TOTAL][place] or 0
        if summed != total:
            yield WrongSum(TOTAL, column, total, summed)
