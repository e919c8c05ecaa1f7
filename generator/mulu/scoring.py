"""Scores by an assessment scheme, and the calendar and settings by which a single time limit is counted."""

from pathlib import Path

from mulu.calendar.working_days import WorkingDays, working_days
from mulu.diagnostics import CouldNotRun, Severity, Text
from mulu.evaluation.measures import Ground
from mulu.evaluation.score import Score, score
from mulu.files.tree import CommitTree, NoContent, WorkTree
from mulu.flow import Checked
from mulu.model.district import Deadlines
from mulu.model.load import load_calendar, load_profile
from mulu.model.profile import Sample
from mulu.resources import resource


def calendar(root: Path, *, until: int) -> tuple[WorkingDays, Deadlines]:
    """The working days and settings of `root`, or those that come with the program where there is no content."""
    try:
        tree = WorkTree(root)
    except NoContent:
        tree = WorkTree(resource())
    calendars, site = load_calendar(tree)
    return working_days(calendars, until=until), site.deadlines if site else Deadlines()


class UnknownProfile(CouldNotRun):
    """No usable assessment scheme has that name."""

    def __init__(self, name: str) -> None:
        """`name` is what was asked for."""
        super().__init__(Text(
            f"没有这个评估方案：{name}。方案写在 catalogs/profiles/，文件名就是方案名；有错误的方案也不能用。",
            f"No such assessment scheme: {name}. Schemes stand in catalogs/profiles/; one with faults cannot be used.",
        ))  # fmt: skip


def evaluate(checked: Checked, name: str, *, sample: int | None = None, seed: str = "1") -> Score:
    """Score what was checked by the repository's scheme `name`, or by the one that comes with the program; raises UnknownProfile."""
    repository = checked.repository
    profile = next((each for each in repository.profiles if each.name == name), None)
    if profile is None:
        profile = load_profile(WorkTree(resource()), name)
    faulty = any(
        found.place.file == f"catalogs/profiles/{name}.yml" for found in checked.diagnostics if found.severity is Severity.ERROR
    )
    if profile is None or faulty:
        raise UnknownProfile(name)
    draw = profile.sample
    if sample is not None:
        draw = Sample(sample, profile.sample.fields if profile.sample else None)
    ground = Ground(
        repository,
        checked.correspondence,
        checked.diagnostics,
        tuple(checked.correspondence.entries.values()),
        None,
        0,
        checked.as_of,
    )
    commit = checked.tree.commit if isinstance(checked.tree, CommitTree) else ""
    return score(profile, ground, commit=commit, seed=seed, sample=draw, departments=repository.departments)
