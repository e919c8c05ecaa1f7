"""The pages of a year's key tasks (年度工作要点) and the entries that cover them."""

from collections.abc import Iterator
from datetime import date

from mulu.checks.priorities import Cover, TaskCover
from mulu.evaluation.priorities import PlanResult, plan_result
from mulu.mapping import Correspondence
from mulu.model.district import Priorities, Site
from mulu.model.repository import Repository
from mulu.pages.lines import Chip, chip
from mulu.pages.metadata import column
from mulu.pages.page import HOME, Crumb, Page, entry_address, priorities_address

COVER_CHIPS = {
    Cover.COVERED: Chip("published", "已覆盖"),
    Cover.PARTLY: Chip("pending", "部分覆盖"),
    Cover.NOT: Chip("missing", "未覆盖"),
}


def priorities_pages(repository: Repository, correspondence: Correspondence, site: Site, as_of: date) -> Iterator[Page]:
    """One page for every plan, newest first."""
    for plan in reversed(repository.priorities):
        yield _plan(plan_result(plan, correspondence), repository, site, as_of)


def plan_links(repository: Repository, plan: Priorities | None = None) -> tuple[tuple[int, str, bool], ...]:
    """Year and address of every plan, newest first, and whether it is `plan`."""
    return tuple((each.year, priorities_address(each.year), each is plan) for each in reversed(repository.priorities))


def _plan(result: PlanResult, repository: Repository, site: Site, as_of: date) -> Page:
    plan = result.plan
    data = {
        "title": plan.title,
        "number": plan.number or "",
        "as_of": as_of.isoformat(),
        "years": plan_links(repository, plan),
        "counts": tuple((look.word, result.count(cover)) for cover, look in COVER_CHIPS.items()),
        "tasks": tuple(_task(each, repository) for each in result.tasks),
    }
    about = f"{plan.title}各项任务由哪些目录事项落实、是否已经公开"
    crumbs = (HOME, Crumb("公开评价", "evaluation/index.html"), Crumb(f"{plan.year}年重点工作"))
    meta = column(site, f"{plan.year}年重点工作", about, "工作要点", "评价")
    return Page(priorities_address(plan.year), "priorities", plan.title, about, crumbs, meta, data)


def _task(covered: TaskCover, repository: Repository) -> dict[str, object]:
    task = covered.task
    entries = [
        (each.entry.title, entry_address(each.entry.id), repository.departments[each.entry.department].label, chip(each))
        for each in covered.entries
    ]
    return {
        "section": task.section,
        "text": task.text,
        "chip": COVER_CHIPS[covered.cover],
        "entries": tuple(entries),
        "missing": (*(each.entry.title for each in covered.lacking), *covered.unknown),
    }
