"""M140–M142: are the tasks of the year's plan (年度工作要点) covered by entries that are answered or explained?"""

import enum
from collections.abc import Iterator

import msgspec

from mulu.checks.rule import Finding, Over, View, at, rule
from mulu.diagnostics import Severity, Text
from mulu.files.yaml import Pointer
from mulu.mapping import Correspondence, Mapped
from mulu.model.district import Priorities, Task
from mulu.model.state import OPEN


class Cover(enum.StrEnum):
    """How far the catalogs cover a task."""

    COVERED = "covered"
    PARTLY = "partly"
    NOT = "not"


class TaskCover(msgspec.Struct, frozen=True):
    """A task with the entries named for it that exist, and the ids of those that do not."""

    task: Task
    entries: tuple[Mapped, ...]
    unknown: tuple[str, ...]

    @property
    def lacking(self) -> tuple[Mapped, ...]:
        """Entries that are retired, or neither answered in time nor explained."""
        return tuple(each for each in self.entries if not _does(each))

    @property
    def cover(self) -> Cover:
        """Covered when every named entry does its part and there is one; partly when only some do."""
        doing = len(self.entries) - len(self.lacking)
        if not doing:
            return Cover.NOT
        return Cover.PARTLY if self.lacking or self.unknown else Cover.COVERED


def task_cover(task: Task, correspondence: Correspondence) -> TaskCover:
    """The task against the catalogs."""
    known = correspondence.entries
    return TaskCover(
        task,
        tuple(known[entry] for entry in task.entries if entry in known),
        tuple(entry for entry in task.entries if entry not in known),
    )


def _does(mapped: Mapped) -> bool:
    explained = mapped.entry.explained
    holds = explained is not None and mapped.state.value == explained.state
    return mapped.entry.retired is None and (holds or (bool(mapped.items) and mapped.state not in OPEN))


@rule(
    "M140", Severity.WARNING, Over.EVERYTHING,
    zh=("{year} 年工作要点的任务{section}“{text}”没有落到目录上：{why}",
        "在 entries 里写上落实它的目录事项，还没有的先请负责单位增加；事项都写了的，督促公开，或者写明情况说明。"),
    en=("Task {section} “{text}” of the plan of {year} is not covered: {why}",
        "Name the entries that cover it, have one added if there is none, or have them published or explained."),
)  # fmt: skip
def priority_not_covered(view: View) -> Iterator[Finding]:
    """A task of the current plan for which no named entry is answered or explained."""
    for plan in _plans(view, current=True):
        for place, covered in _open_tasks(plan, view):
            if covered.cover is Cover.NOT:
                yield _finding(plan, place, covered)


@rule(
    "M141", Severity.WARNING, Over.EVERYTHING,
    zh=("{year} 年工作要点的任务{section}“{text}”只落实了一部分：{why}",
        "补上所缺事项的公开内容或者情况说明；事项已经废止的，换成接替它的事项。"),
    en=("Task {section} “{text}” of the plan of {year} is covered in part: {why}",
        "Have what is lacking published or explained; replace a retired entry by its successor."),
)  # fmt: skip
def priority_partly_covered(view: View) -> Iterator[Finding]:
    """A task of the current plan for which only some of the named entries are answered or explained."""
    for plan in _plans(view, current=True):
        for place, covered in _open_tasks(plan, view):
            if covered.cover is Cover.PARTLY:
                yield _finding(plan, place, covered)


@rule(
    "M142", Severity.NOTICE, Over.EVERYTHING,
    zh=("{year} 年工作要点的任务{section}“{text}”没有全部落实：{why}",
        "往年的任务仍然要求公开的，照样补上；已经不要求的，可以不管。"),
    en=("Task {section} “{text}” of the plan of {year} is not covered entirely: {why}",
        "Cover it if it is still asked for; otherwise this may stay."),
)  # fmt: skip
def former_priority_open(view: View) -> Iterator[Finding]:
    """A task of any other plan that is not, or only partly, covered."""
    for plan in _plans(view, current=False):
        for place, covered in _open_tasks(plan, view):
            yield _finding(plan, place, covered)


def _plans(view: View, *, current: bool) -> list[Priorities]:
    """The newest plan that has begun, or all others."""
    plans = view.repository.priorities
    newest = max((plan.year for plan in plans if plan.year <= view.as_of.year), default=None)
    return [plan for plan in plans if (plan.year == newest) == current]


def _open_tasks(plan: Priorities, view: View) -> Iterator[tuple[int, TaskCover]]:
    """Tasks that are not covered; one that names an unknown entry is priority_unknown_entry's."""
    for place, task in enumerate(plan.tasks):
        covered = task_cover(task, view.correspondence)
        if covered.cover is not Cover.COVERED and not covered.unknown:
            yield place, covered


def _finding(plan: Priorities, place: int, covered: TaskCover) -> Finding:
    key: Pointer = ("tasks", place, "entries")
    titles = [each.entry.title for each in covered.lacking]
    why = Text(
        f"没有公开、逾期或者待更新而没有说明的事项有{'、'.join(titles)}" if titles else "没有写明由哪些目录事项落实",
        f"not published, overdue or stale, and not explained: {', '.join(titles)}" if titles else "no entry is named",
    )
    task = covered.task
    related = [each.entry for each in covered.lacking]
    return at(plan, *key, related=related, year=plan.year, section=task.section, why=why, text=task.text)


RULES = (priority_not_covered, priority_partly_covered, former_priority_open)
