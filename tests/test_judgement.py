"""Deadlines worked by hand across Spring Festival and National Day, and the states that follow from them."""

from datetime import date
from pathlib import Path

import pytest

from conftest import AS_OF
from mulu.calendar.working_days import Known, WorkingDays, working_days
from mulu.files.tree import WorkTree
from mulu.limits.clause import Certainty
from mulu.limits.due import due_date, month_later, refresh_due
from mulu.limits.parse import parse_limit
from mulu.model.district import Deadlines
from mulu.model.load import load
from mulu.resources import resource


@pytest.fixture(scope="module")
def days() -> WorkingDays:
    root = Path(str(resource("mkdocs.yml"))).parent
    repository, _ = load(WorkTree(root))
    return working_days(repository.calendars, until=2028)


WORKED_BY_HAND = (
    # 2026: Spring Festival 15–23 February, worked on 14 and 28 February; National Day 1–7 October, worked on 20 September and 10 October;
    # Mid-Autumn 25–27 September. Counted on paper with a printed calendar.
    ("信息形成之日起20个工作日内", "2026-02-10", "2026-03-16"),
    ("信息形成之日起20个工作日内", "2026-01-30", "2026-03-05"),
    ("信息形成之日起10个工作日内", "2026-02-13", "2026-03-05"),
    ("作出决定之日起7个工作日内", "2026-02-14", "2026-03-03"),
    ("信息形成之日起20个工作日内", "2026-09-15", "2026-10-19"),
    ("信息形成之日起5个工作日内", "2026-09-30", "2026-10-13"),
    ("信息形成之日起7个工作日内", "2026-09-18", "2026-09-29"),
    ("信息形成之日起3个工作日内", "2026-04-30", "2026-05-08"),
    ("本级人民代表大会或其常务委员会批准后20日内", "2026-02-05", "2026-02-25"),
    ("印发之日起1个月内", "2026-01-31", "2026-02-28"),
)


@pytest.mark.parametrize(("wording", "start", "due"), WORKED_BY_HAND)
def test_deadlines_worked_by_hand(wording: str, start: str, due: str, days: WorkingDays) -> None:
    limit = parse_limit(wording)
    assert limit.certainty is Certainty.SURE
    assert due_date(limit.clauses[0], date.fromisoformat(start), days, Deadlines()) == date.fromisoformat(due)


def test_a_deadline_on_a_day_off_moves_only_where_the_place_says_so(days: WorkingDays) -> None:
    clause = parse_limit("批准后20日内").clauses[0]
    assert due_date(clause, date(2026, 1, 27), days, Deadlines()) == date(2026, 2, 16)
    assert due_date(clause, date(2026, 1, 27), days, Deadlines(roll_over=True)) == date(2026, 2, 24)


def test_words_instead_of_numbers(days: WorkingDays) -> None:
    start = date(2026, 11, 2)
    assert due_date(parse_limit("实时公开").clauses[0], start, days, Deadlines()) == start
    assert due_date(parse_limit("及时公开").clauses[0], start, days, Deadlines()) == date(2026, 11, 30)
    assert due_date(parse_limit("及时公开").clauses[0], start, days, Deadlines(prompt_workdays=5)) == date(2026, 11, 9)


def test_unknown_years_are_computed_and_labelled(days: WorkingDays) -> None:
    assert days.after(date(2029, 1, 1), 5) == date(2029, 1, 8)
    assert days.known(date(2026, 1, 1), date(2026, 2, 1)) is Known.OFFICIAL
    assert days.known(date(2026, 12, 1), date(2029, 1, 8)) is Known.UNKNOWN
    assert working_days((), until=2027).after(date(2026, 9, 30), 1) == date(2026, 10, 1)


def test_between_is_the_inverse_of_after(days: WorkingDays) -> None:
    for count in range(40):
        assert days.between(AS_OF, days.after(AS_OF, count)) == count
    assert days.before(days.after(date(2026, 9, 30), 3), 3) == date(2026, 9, 30)


def test_months_and_cycles() -> None:
    assert month_later(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert refresh_due(parse_limit("半年至少更新1次").clauses[0], date(2026, 3, 5)) == date(2026, 9, 5)  # type: ignore[arg-type]
    assert refresh_due(parse_limit("每季度首月20日").clauses[0], date(2026, 4, 20)) == date(2026, 7, 20)  # type: ignore[arg-type]
