"""公开情况走势: the same counts at the end of every quarter and at every tag, from what the repository held then."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from mulu.diagnostics import Text
from mulu.evaluation.tally import Tally, tally
from mulu.files.mainline import Commit, Mainline
from mulu.mapping import Correspondence
from mulu.model.period import Period

QUARTERS = 20
"""Quarters and tags that are shown at most."""

NO_GIT = Text(
    "这里没有 git 的记录，只知道现在的情况，看不出走势。",
    "There is no git history here: only the present is known, and no trend.",
)
SHALLOW = Text(
    "这里只取了一部分 git 历史，更早的季度算不出来；取回全部历史以后才看得出完整的走势。",
    "Only a part of the git history is here: earlier quarters cannot be counted until all of it is fetched.",
)
YOUNG = Text(
    "git 的记录里还没有一个过完的季度，过了季度末才看得出走势。",
    "The git history holds no finished quarter yet, so there is no trend to see.",
)


class Point(msgspec.Struct, frozen=True):
    """The counts of one day. `unread` files could not be used, and what they held is not counted."""

    tally: Tally
    unread: int = 0


class Moment(msgspec.Struct, frozen=True):
    """A day in the past and the commit that held then: the end of a quarter, or where tags stand."""

    day: date
    commit: str
    quarter: Period | None = None
    tags: tuple[str, ...] = ()


class Step(msgspec.Struct, frozen=True):
    """One point of the trend; neither quarter nor tags means the day of the evaluation itself."""

    day: date
    point: Point
    quarter: Period | None = None
    tags: tuple[str, ...] = ()


class Trend(msgspec.Struct, frozen=True):
    """Steps by time, the present last; `lacking` says why earlier ones are not there."""

    steps: tuple[Step, ...]
    lacking: Text | None = None


def count(correspondence: Correspondence, *, unread: int = 0) -> Point:
    """Count what was judged."""
    return Point(tally(correspondence.entries.values()), unread)


def moments(line: Mainline, as_of: date) -> tuple[Moment, ...]:
    """The ends of the last quarters before `as_of`, and the tags since the first of these quarters began, by time."""
    quarters = list(_ended(line.commits, as_of))[-QUARTERS:]
    since = quarters[0].start if quarters else date.min
    found = [Moment(each.day, each.id, tags=each.tags) for each in line.tagged if each.day >= since][-QUARTERS:]
    for quarter in quarters:
        if held := _held(line.commits, quarter.end):
            found.append(Moment(quarter.end, held.id, quarter))
    return tuple(sorted(found, key=lambda each: (each.day, each.quarter is not None, each.tags)))


def trend(line: Mainline, known: Mapping[Moment, Point | None], now: Point, as_of: date) -> Trend:
    """A step for every known moment in its order; days on which the repository held no entry are left out."""
    past = [Step(each.day, point, each.quarter, each.tags) for each, point in known.items() if point and point.tally.entries]
    return Trend((*past, Step(as_of, now)), _lacking(line, past))


def _lacking(line: Mainline, past: Iterable[Step]) -> Text | None:
    if not line.recorded:
        return NO_GIT
    if line.shallow:
        return SHALLOW
    return None if any(each.quarter for each in past) else YOUNG


def _ended(commits: Sequence[Commit], as_of: date) -> Iterator[Period]:
    """Every quarter from the oldest commit's on that was over before `as_of`; a later commit with an earlier date moves nothing."""
    first = commits[-1].day if commits else as_of
    quarter = Period(first.year, first.month - (first.month - 1) % 3, 3)
    while quarter.end < as_of:
        yield quarter
        quarter = quarter.next


def _held(commits: Iterable[Commit], day: date) -> Commit | None:
    """The last commit on or before a day; of several on the same day the one that stands last on the line."""
    return max((each for each in commits if each.day <= day), key=lambda each: each.day, default=None)
