"""The due date of one publication: which clause is for it, and from which day it counts."""

from collections.abc import Iterable
from datetime import date

from mulu.judgement.values import Terms, Timing
from mulu.limits.clause import Before, Clause, Deadline, Prompt, Relative, TimeLimit
from mulu.limits.due import PERIOD_ENDS, due_date, period_due
from mulu.model.catalog import Awaited, Entry
from mulu.model.item import Item
from mulu.model.period import Period

_MADE = frozenset({"形成", "变更", "产生", "生成", "更新", "制作", "制定", "获取", "获得", "编制"})
"""Acts that happen when a period's information is put together: at the end of the period, unless somebody says otherwise."""

_ON_REQUEST = frozenset({"收到申请", "收到"})
_KINDS = (("许可", ("permit",)), ("处罚", ("penalty",)), ("执法", ("permit", "penalty")), ("强制", ("penalty",)))
_OTHERS = ("其他", "其它")

FOLLOWS = ("interprets", "part_of", "feedback_on")
"""Relations to the items from whose publication a limit can count."""


def item_timing(item: Item, entry: Entry, limit: TimeLimit, terms: Terms) -> Timing:
    """The due date of a published item, and whether it was met; where a period's day and a counted limit both hold, the earlier one."""
    counted = _counted_timing(item, entry, limit, terms)
    if entry.cycle and item.period:
        for clause in limit.clauses:
            due = period_due(clause, item.period, terms.days)
            if due and (counted.due is None or due < counted.due):
                return Timing(item.id, clause, item.period.end, due, item.published)
    return counted


def _counted_timing(item: Item, entry: Entry, limit: TimeLimit, terms: Terms) -> Timing:
    chosen = clause_for(item, entry, limit)
    start = _start(chosen, item, terms) if chosen else None
    if chosen is None or start is None:
        return Timing(item.id, chosen, None, None, item.published)
    due = due_date(chosen, start, terms.days, terms.settings)
    return Timing(item.id, chosen, start, due, item.published, assumed=item.counted_from is None and not _is_made(chosen))


def period_timing(period: Period, limit: TimeLimit, terms: Terms) -> Timing:
    """The due date of a period without any item.

    Where the limit counts from an act whose day nobody stated, information counts as made on the period's last day; what needs an
    approval is owed by the end of the period that follows.
    """
    for clause in limit.clauses:
        if due := period_due(clause, period, terms.days):
            return Timing("", clause, period.end, due, None)
    for clause in limit.clauses:
        if isinstance(clause, (Deadline, Prompt)) and not clause.scope:
            if _is_made(clause):
                due = due_date(clause, period.end, terms.days, terms.settings)
                return Timing("", clause, period.end, due, None, assumed=True)
            return Timing("", clause, None, period.next.end, None, assumed=True)
    return Timing("", None, None, None, None)


def awaited_timing(awaited: Awaited, limit: TimeLimit, terms: Terms) -> Timing:
    """The due date of something that exists and is not published."""
    for clause in _counted(limit.clauses):
        if due := due_date(clause, awaited.on, terms.days, terms.settings):
            return Timing("", clause, awaited.on, due, None)
    return Timing("", None, awaited.on, None, None)


def clause_for(item: Item, entry: Entry, limit: TimeLimit) -> Clause | None:
    """The clause for this item: one for its kind, title or elements; otherwise the general one."""
    if len(limit.clauses) == 1 and isinstance(only := limit.clauses[0], Deadline) and not only.scope:
        return only  # nine cells of ten
    counted = _counted(limit.clauses)
    general = [clause for clause in counted if not clause.scope or clause.scope.startswith(_OTHERS)]
    for clause in counted:
        if clause not in general and concerns(clause.scope, item, entry):
            return clause
    proactive = [clause for clause in general if not (_ON_REQUEST & set(_acts(clause)))]
    return next(iter(proactive or general), None)


def concerns(scope: str, item: Item, entry: Entry) -> bool:
    """Whether a part of the information, as a wording names it, is what this item holds."""
    if scope.startswith("除"):
        return not concerns(scope[1:].partition("外")[0], item, entry)
    for word, kinds in _KINDS:
        if word in scope and item.kind in kinds:
            return True
    named = {name for answer in item.entries if answer.entry == entry.id for name in answer.elements}
    return any(scope in name or name in scope for name in named) or scope in item.title


def _counted(clauses: Iterable[Clause]) -> list[Deadline | Prompt | Relative | Before]:
    return [clause for clause in clauses if isinstance(clause, (Deadline, Prompt, Relative, Before))]


def _start(clause: Clause, item: Item, terms: Terms) -> date | None:
    match clause:
        case Relative():
            followed = [id_ for relation in FOLLOWS for id_ in item.related(relation)]
            return max((terms.published[id_] for id_ in followed if id_ in terms.published), default=None)
        case Before():
            return item.counted_from
        case Deadline(trigger) if PERIOD_ENDS & set(trigger.acts) and item.period and not item.counted_from:
            return item.period.end
    return item.triggered


def _acts(clause: Clause) -> tuple[str, ...]:
    return clause.trigger.acts if isinstance(clause, (Deadline, Prompt)) else ()


def _is_made(clause: Clause) -> bool:
    return set(_acts(clause)) <= _MADE
