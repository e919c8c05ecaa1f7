"""How a due date came about, step by step, for people: the rule, the day it counts from, days off and made up, the result."""

from datetime import date

import msgspec

from mulu.calendar.working_days import Known, WorkingDays
from mulu.diagnostics import Text
from mulu.limits.clause import Amount, Before, Clause, Deadline, Prompt, Relative, Unit
from mulu.limits.due import IMMEDIATE, added, allowance
from mulu.limits.format import format_clause
from mulu.model.district import Deadlines

_KNOWN = {
    Known.PROVISIONAL: Text(
        "这期间有的年份放假通知还没有发布，按暂定日历推算", "a year on the way is provisional: its notice is not out"
    ),
    Known.UNKNOWN: Text(
        "这期间有的年份没有工作日历，只扣除周末，结果未定", "a year on the way has no calendar: weekends alone were left out"
    ),
}


class Step(msgspec.Struct, frozen=True):
    """One step; `day` is the date it speaks of, where it speaks of one."""

    text: Text
    day: date | None = None


def derivation(
    clause: Clause, start: date | None, due: date | None, days: WorkingDays, settings: Deadlines, *, assumed: bool = False
) -> tuple[Step, ...]:
    """The steps from the clause to its due date; the rule alone where nothing was computed."""
    rule = Step(Text(f"适用的规则：{format_clause(clause)}", f"the rule: {format_clause(clause)}"))
    if due is None:
        return (rule,)
    if start is None:
        last = Text(
            f"没有写批准的日期，最迟按下一期结束：{due}",
            f"the day of approval is not given; owed by the end of the next period: {due}",
        )
        return (rule, Step(last, due))
    steps = [rule, _start(start, assumed=assumed)]
    counted = _workdays(clause, settings)
    if counted is not None and counted > 0:
        steps += _exceptions(start, due, days)
    steps.append(_result(clause, counted, due))
    if not days.is_worked(due) and counted is None:
        steps.append(
            Step(Text("最后一日是休息日，按自然日计算，不顺延", "the last day is a day off; calendar days are not moved"), due)
        )
    if isinstance(clause, Deadline) and clause.extension:
        longest = added(due, clause.extension, days, roll_over=settings.roll_over)
        steps.append(
            Step(
                Text(
                    f"经批准延长{clause.extension}的，到 {longest}",
                    f"if extended by {clause.extension} with approval: {longest}",
                ),
                longest,
            )
        )
    if (known := days.known(start, due)) is not Known.OFFICIAL:
        steps.append(Step(_KNOWN[known]))
    return tuple(steps)


def _start(start: date, *, assumed: bool) -> Step:
    note = (
        Text("（没有写明起算日，按成文日期或者期末）", " (not stated: the day it was made, or the period's end)")
        if assumed
        else Text("", "")
    )
    return Step(Text(f"从 {start} 起算{note.zh}，当日不计入", f"counted from {start}{note.en}, that day not included"), start)


def _exceptions(start: date, due: date, days: WorkingDays) -> list[Step]:
    steps = []
    for run in days.exceptions(min(start, due), max(start, due)):
        when = f"{run.first}" if run.first == run.last else f"{run.first} 至 {run.last}"
        when_en = f"{run.first}" if run.first == run.last else f"{run.first} to {run.last}"
        if run.worked:
            steps.append(Step(Text(f"{when} 调休上班，计入", f"{when_en}: made-up workday, counted"), run.first))
        else:
            steps.append(Step(Text(f"{when} {run.name}放假，不计", f"{when_en}: {run.name}, days off, left out"), run.first))
    return steps


def _result(clause: Clause, counted: int | None, due: date) -> Step:
    if isinstance(clause, Prompt) and clause.how in IMMEDIATE and counted == 0:
        return Step(Text(f"“{clause.how}”就是当日：{due}", f"“{clause.how}” means the same day: {due}"), due)
    if isinstance(clause, Prompt):
        return Step(
            Text(
                f"“{clause.how}”折合{counted}个工作日，第{counted}个工作日是 {due}",
                f"“{clause.how}” stands for {counted} workdays; the last is {due}",
            ),
            due,
        )
    amount = _amount(clause)
    if amount and isinstance(clause, Before):
        return Step(Text(f"提前{amount}是 {due}", f"{amount} earlier is {due}"), due)
    if amount and amount.unit is Unit.WORKDAY:
        return Step(Text(f"第{amount.count}个工作日是 {due}", f"workday number {amount.count} is {due}"), due)
    if amount:
        return Step(Text(f"{amount}后的最后一日是 {due}", f"the last day after {amount} is {due}"), due)
    return Step(Text(f"最后一日是 {due}", f"the last day is {due}"), due)


def _amount(clause: Clause) -> Amount | None:
    return clause.amount if isinstance(clause, (Deadline, Relative, Before)) else None


def _workdays(clause: Clause, settings: Deadlines) -> int | None:
    """How many workdays were counted; None where the clause counts none."""
    if isinstance(clause, Prompt):
        return allowance(clause, settings)
    amount = _amount(clause)
    return amount.count if amount and amount.unit is Unit.WORKDAY else None
