"""年度工作要点: which tasks are covered, what the rules say of the others, and the page of a year."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from conftest import AS_OF, HERE, lay_over
from mulu.checks.explain import explanation
from mulu.checks.priorities import Cover, task_cover
from mulu.evaluation.priorities import PlanResult, plan_result
from mulu.flow import build, check
from mulu.model.district import Task

GUIDE, BID = "fgj-project-guide", "fgj-project-bid"


def cover(root: Path, *entries: str) -> Cover:
    return task_cover(Task("t", "一", "任务", entries), check(root, as_of=AS_OF).correspondence).cover


def result(year: int) -> PlanResult:
    checked = check(HERE.parent, as_of=AS_OF)
    return plan_result(next(plan for plan in checked.repository.priorities if plan.year == year), checked.correspondence)


def test_a_task_is_covered_when_every_entry_does_its_part(minimal: Path) -> None:
    assert [cover(minimal, GUIDE), cover(minimal)] == [Cover.COVERED, Cover.NOT]
    assert [cover(minimal, GUIDE, "unknown"), cover(minimal, "unknown")] == [Cover.PARTLY, Cover.NOT]


def test_a_booked_gap_covers_nothing_and_an_explanation_does(minimal: Path) -> None:
    lay_over(minimal, explanation("M141").wrong)
    assert [cover(minimal, BID), cover(minimal, GUIDE, BID)] == [Cover.NOT, Cover.PARTLY]
    lay_over(minimal, explanation("M141").right)
    assert [cover(minimal, BID), cover(minimal, GUIDE, BID)] == [Cover.COVERED, Cover.COVERED]
    expired = check(minimal, as_of=date(2027, 1, 1)).correspondence
    assert task_cover(Task("t", "一", "任务", (BID,)), expired).cover is Cover.NOT


def test_a_retired_entry_covers_nothing(minimal: Path) -> None:
    catalog = minimal / "catalogs/departments/fgj/catalog/project.yml"
    retired = "    retired: {on: 2026-11-01, reason: 合并, by: 区政务公开办}\n"
    catalog.write_text(catalog.read_text("utf-8") + retired, "utf-8")
    assert cover(minimal, GUIDE) is Cover.NOT


@pytest.mark.parametrize(
    ("as_of", "codes"),
    [(date(2026, 11, 23), {"M140", "M142"}), (date(2025, 3, 1), {"M140", "M142"}), (date(2024, 3, 1), {"M142"})],
)
def test_only_the_newest_plan_that_has_begun_warns(minimal: Path, as_of: date, codes: set[str]) -> None:
    lay_over(minimal, explanation("M142").wrong)
    lay_over(minimal, explanation("M140").wrong)
    found = [each for each in check(minimal, as_of=as_of).diagnostics if each.code in ("M140", "M141", "M142")]
    current = f"catalogs/priorities/{as_of.year}.yml"
    assert {each.code for each in found} == codes and len(found) == 2
    assert all((each.code == "M140") == (each.place.file == current) for each in found)


def test_an_unknown_entry_is_reported_once(minimal: Path) -> None:
    lay_over(minimal, explanation("M118").wrong)
    assert {each.code for each in check(minimal, as_of=AS_OF).diagnostics if "/priorities/" in each.place.file} == {"M118"}


def test_the_demo_covers_this_years_tasks_but_one_and_part_of_2021() -> None:
    assert [each.task.section for each in result(2026).tasks if each.cover is not Cover.COVERED] == [
        "一(三)"
    ]  # its entry is overdue
    former = result(2021)
    assert {former.count(each) > 0 for each in Cover} == {True}
    assert {each.task.section[0] for each in former.tasks} == set("一二三四五六")
    assert [each.entry.id for each in former.tasks[2].lacking] == ["fgj-project-bid-approval"]


def test_every_year_has_its_page_and_the_catalog_leads_there(minimal: Path) -> None:
    lay_over(minimal, explanation("M142").wrong)
    shutil.copy(HERE.parent / "mkdocs.yml", minimal)
    assert build(minimal, minimal / "site", as_of=AS_OF).published is not None
    page = (minimal / "site/evaluation/priorities-2025.html").read_text("utf-8")
    assert '<span class="mulu-state missing">未覆盖</span>' in page and 'href="../evaluation/priorities-2026.html"' in page
    assert ">公开评价</a></li>" in page
    assert "evaluation/priorities-2025.html" in (minimal / "site/catalog/index.html").read_text("utf-8")
    assert "../entries/fgj-project-guide.html" in (minimal / "site/evaluation/priorities-2026.html").read_text("utf-8")
