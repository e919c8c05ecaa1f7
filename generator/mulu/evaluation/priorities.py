"""年度工作要点: which of a year's tasks the catalogs cover, and what is lacking."""

import msgspec

from mulu.checks.priorities import Cover, TaskCover, task_cover
from mulu.mapping import Correspondence
from mulu.model.district import Priorities


class PlanResult(msgspec.Struct, frozen=True):
    """A plan with every task judged, in the order of the plan."""

    plan: Priorities
    tasks: tuple[TaskCover, ...]

    def count(self, cover: Cover) -> int:
        """How many tasks are covered so far."""
        return sum(each.cover is cover for each in self.tasks)


def plan_result(plan: Priorities, correspondence: Correspondence) -> PlanResult:
    """The plan as the mapping's date sees it."""
    return PlanResult(plan, tuple(task_cover(task, correspondence) for task in plan.tasks))
