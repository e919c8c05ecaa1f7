"""M: booked gaps (整改台账) and the year's priorities, against the catalogs."""

from collections.abc import Iterator

from mulu.checks.rule import Finding, Over, View, at, rule
from mulu.diagnostics import Severity
from mulu.model.catalog import Gap
from mulu.model.state import State


@rule(
    "M113", Severity.ERROR, Over.EVERYTHING,
    zh=("登记的缺口到期没有补上：“{entry}”，{owner}应当在 {due} 前补齐",
        "补齐以后填办结日期（closed）；要延期的，经公开办同意后改期限（due），并在 note 里写明理由。"),
    en=("A booked gap is past due: “{entry}”, to be filled by {owner} until {due}",
        "Fill it and add `closed`; with the disclosure office's consent move `due` and say why in `note`."),
)  # fmt: skip
def gap_past_due(view: View) -> Iterator[Finding]:
    """An open gap whose day has passed."""
    for gap in view.repository.gaps:
        if gap.closed is None and gap.due < view.as_of:
            yield at(gap, "due", entry=_title(view, gap), owner=gap.owner, due=gap.due)


@rule(
    "M114", Severity.WARNING, Over.EVERYTHING,
    zh=("有登记在册的缺口：“{entry}”，由{owner}在 {due} 前补齐", "到期以前不影响发布；补齐以后填办结日期（closed）。"),
    en=("A gap is booked: “{entry}”, to be filled by {owner} until {due}",
        "It does not block before that day; add `closed` once it is filled."),
)  # fmt: skip
def gap_booked(view: View) -> Iterator[Finding]:
    """An open gap that still has time."""
    for gap in view.repository.gaps:
        if gap.closed is None and gap.due >= view.as_of:
            yield at(gap, entry=_title(view, gap), owner=gap.owner, due=gap.due)


@rule(
    "M115", Severity.ERROR, Over.EVERYTHING,
    zh=("缺口写明在 {closed} 办结，“{entry}”却仍然没有公开内容",
        "发布对应的信息；还没有补齐的，删去 closed 一行，重新定期限。"),
    en=("The gap was closed on {closed} but “{entry}” still has nothing published",
        "Publish the item, or delete `closed` and set a new due date."),
)  # fmt: skip
def gap_closed_but_missing(view: View) -> Iterator[Finding]:
    """A gap for a whole entry is closed while the entry is missing and has no other open gap."""
    for gap in view.repository.gaps:
        mapped = view.correspondence.entries.get(gap.entry)
        whole = gap.closed and not gap.elements and gap.period is None
        if whole and mapped and mapped.state is State.MISSING and mapped.gap is None:
            yield at(gap, "closed", related=[mapped.entry], closed=gap.closed, entry=mapped.entry.title)


@rule(
    "M116", Severity.ERROR, Over.EVERYTHING,
    zh=("缺口所指的事项“{id}”不存在", "核对编号：它是部门目录文件里 id 一行的内容。"),
    en=("The gap names an entry “{id}” that does not exist",
        "Check the id: it is what stands after `id` in the department's catalog file."),
)  # fmt: skip
def gap_unknown_entry(view: View) -> Iterator[Finding]:
    """A gap in an entry that no catalog has."""
    for gap in view.repository.gaps:
        if gap.entry not in view.repository.entries and gap.entry not in view.repository.broken_ids:
            yield at(gap, "entry", id=gap.entry)


@rule(
    "M117", Severity.ERROR, Over.EVERYTHING,
    zh=("缺口所指的事项“{entry}”没有叫“{element}”的要素", "从这些当中选，一字不差：{known}；缺的是整项就删去 elements。"),
    en=("The gap's entry “{entry}” has no element “{element}”",
        "Choose one of these, to the letter: {known}; delete `elements` if the whole entry is lacking."),
)  # fmt: skip
def gap_unknown_element(view: View) -> Iterator[Finding]:
    """A gap in an element that its entry does not have."""
    for gap in view.repository.gaps:
        entry = view.repository.entries.get(gap.entry)
        known = [element.name for element in entry.elements] if entry else []
        for index, name in enumerate(gap.elements):
            if entry and name not in known:
                yield at(gap, "elements", index, entry=entry.title, element=name, known=known)


@rule(
    "M118", Severity.ERROR, Over.EVERYTHING,
    zh=("任务 {task} 所指的事项“{id}”不存在", "核对编号；没有合适的事项，先在部门目录里增加一项，或者从这项任务中删去。"),
    en=("Task {task} names an entry “{id}” that does not exist",
        "Check the id; add an entry to a catalog first if none fits, or take it out of the task."),
)  # fmt: skip
def priority_unknown_entry(view: View) -> Iterator[Finding]:
    """A task of the year is covered by an entry that no catalog has."""
    known = view.repository.entries.keys() | view.repository.broken_ids
    for year in view.repository.priorities:
        for place, task in enumerate(year.tasks):
            for index, entry in enumerate(task.entries):
                if entry not in known:
                    yield at(year, "tasks", place, "entries", index, task=task.id, id=entry)


def _title(view: View, gap: Gap) -> str:
    entry = view.repository.entries.get(gap.entry)
    return entry.title if entry else gap.entry


RULES = (gap_past_due, gap_booked, gap_closed_but_missing, gap_unknown_entry, gap_unknown_element, priority_unknown_entry)
