"""The calendars that travel with the program: every day of them against two independent packages."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import chinese_calendar
import holidays
import pytest

from conftest import AS_OF, HERE
from mulu.files.tree import WorkTree
from mulu.flow import check
from mulu.model.district import CalendarYear
from mulu.model.load import load
from mulu.resources import resource

OFFICIAL = range(2016, 2027)
STATUTORY = 13
"""Days off by the 全国年节及纪念日放假办法 as amended in 2024."""


@cache
def calendars() -> dict[int, CalendarYear]:
    return {each.year: each for each in load(WorkTree(HERE.parent))[0].calendars}


def days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def works(day: date) -> bool:
    """Working by all calendars: the New Year holiday of a year may begin in the one before."""
    if any(day in year.workdays for year in calendars().values()):
        return True
    off = any(each.first <= day <= each.last for year in calendars().values() for each in year.holidays)
    return not off and day.weekday() < 5


def test_every_year_is_there_and_says_what_it_is() -> None:
    status = {year: calendar.status for year, calendar in calendars().items()}
    assert status == dict.fromkeys(OFFICIAL, "official") | {2027: "provisional"}


@pytest.mark.parametrize("year", OFFICIAL)
def test_every_day_agrees_with_both_packages(year: int) -> None:
    china = holidays.country_holidays("CN", years=[year - 1, year, year + 1])
    for day in days(date(year, 1, 1), date(year, 12, 31)):
        assert works(day) == chinese_calendar.is_workday(day) == china.is_working_day(day), day


def test_the_provisional_year_has_the_statutory_days_and_guesses_nothing() -> None:
    provisional = calendars()[2027]
    off = [day for each in provisional.holidays for day in days(each.first, each.last)]
    known = holidays.country_holidays("CN", years=2027)
    assert len(off) == STATUTORY and provisional.workdays == ()
    assert off == sorted(day for day, name in known.items() if "observed" not in name)


def test_a_holiday_stands_in_one_file_only() -> None:
    listed = [day for year in calendars().values() for each in year.holidays for day in days(each.first, each.last)]
    made_up = [day for year in calendars().values() for day in year.workdays]
    assert len(listed) == len(set(listed)) and len(made_up) == len(set(made_up)) and not {*listed} & {*made_up}


def test_the_check_has_nothing_to_say_about_them() -> None:
    found = check(HERE.parent, as_of=AS_OF).diagnostics
    assert [each for each in found if "/calendar/" in each.place.file] == []


def test_they_travel_with_the_program() -> None:
    shipped = sorted(path.stem for path in resource("catalogs", "calendar").glob("*.yml"))
    assert shipped == [str(year) for year in calendars()]
