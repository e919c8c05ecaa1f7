"""What a time limit says and when it falls due, for `mulu limit`: as text and as JSON, version 1."""

from datetime import date
from typing import Any

import msgspec

from mulu.calendar.working_days import WorkingDays
from mulu.diagnostics import Text
from mulu.limits.clause import Clause, Frequency, Recurring, TimeLimit
from mulu.limits.derivation import Step, derivation
from mulu.limits.due import due_date, refresh_due
from mulu.limits.format import format_clause, format_limit
from mulu.limits.words import ASSUMED, CERTAINTY_WORDS
from mulu.model.district import Deadlines


class Due(msgspec.Struct, frozen=True):
    """One clause with its due date from a given day, if it sets one."""

    clause: Clause
    start: date
    due: date | None
    steps: tuple[Step, ...]


def due_dates(limit: TimeLimit, start: date, days: WorkingDays, settings: Deadlines) -> tuple[Due, ...]:
    """Every clause computed from `start`; for a cycle, the next day by which something new must be out."""
    found = []
    for clause in limit.clauses:
        if isinstance(clause, (Frequency, Recurring)):
            due: date | None = refresh_due(clause, start)
        else:
            due = due_date(clause, start, days, settings)
        found.append(Due(clause, start, due, derivation(clause, start, due, days, settings)))
    return tuple(found)


def limit_text(limit: TimeLimit, dues: tuple[Due, ...], *, as_of: date, lang: str) -> str:
    """For people."""
    zh = lang == "zh"
    lines = [
        f"{'原文' if zh else 'wording'}：{limit.wording}",
        f"{'读作' if zh else 'read as'}：{format_limit(limit.clauses) or '—'}",
        f"{'把握' if zh else 'certainty'}：{CERTAINTY_WORDS[limit.certainty.value].spoken(lang)}",
        *(f"  · {ASSUMED[each].spoken(lang)}" for each in limit.assumed),
        *(f"  · {'没有采用的话' if zh else 'words left aside'}：{each}" for each in limit.unread),
    ]
    for each in dues:
        lines += ["", format_clause(each.clause)]
        lines += [f"  {number}. {step.text.spoken(lang)}" for number, step in enumerate(each.steps[1:], start=1)]
        if each.due:
            lines.append(f"  → {each.due}（{_left(each.due, as_of).spoken(lang)}）")
    return "\n".join(lines) + "\n"


def limit_json(limit: TimeLimit, dues: tuple[Due, ...], *, as_of: date) -> str:
    """For programs."""
    said: dict[str, Any] = {
        "version": 1,
        "wording": limit.wording,
        "canonical": format_limit(limit.clauses),
        "certainty": limit.certainty.value,
        "assumed": [{"code": each, "zh": ASSUMED[each].zh, "en": ASSUMED[each].en} for each in limit.assumed],
        "unread": limit.unread,
        "clauses": [msgspec.to_builtins(each) | {"text": format_clause(each)} for each in limit.clauses],
        "as_of": as_of.isoformat(),
        "due": [
            {
                "clause": format_clause(each.clause),
                "from": each.start.isoformat(),
                "due": each.due.isoformat() if each.due else None,
                "days_left": (each.due - as_of).days if each.due else None,
                "steps": [
                    {"zh": step.text.zh, "en": step.text.en, "date": step.day.isoformat() if step.day else None} for step in each.steps
                ],
            }
            for each in dues
        ],
    }  # fmt: skip
    return msgspec.json.format(msgspec.json.encode(said), indent=2).decode() + "\n"


def _left(due: date, as_of: date) -> Text:
    left = (due - as_of).days
    if left < 0:
        return Text(f"已过 {-left} 天", f"{-left} days past")
    return Text(f"还有 {left} 天" if left else "就是今天", f"{left} days left" if left else "today")
