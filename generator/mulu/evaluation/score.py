"""A score by an assessment scheme: every point lost names its case. Exact fractions inside, two decimals outside."""

from collections.abc import Iterable
from fractions import Fraction

import msgspec

from mulu.evaluation.measures import MEASURES, Case, Ground, Measured, restricted
from mulu.evaluation.sample import drawn
from mulu.mapping import Mapped
from mulu.model.profile import Indicator, Profile, Sample, Veto
from mulu.model.state import EXPLAINED, State


class Lost(msgspec.Struct, frozen=True):
    """Points that one case costs."""

    points: float
    case: Case


class Scored(msgspec.Struct, frozen=True):
    """One indicator: points reached of its weight, counts, and what was lost; `applies` is False where there was nothing to measure."""

    id: str
    title: str
    measure: str
    weight: float
    points: float
    good: int
    all: int
    applies: bool
    lost: tuple[Lost, ...]


class Vetoed(msgspec.Struct, frozen=True):
    """A veto that was reached."""

    id: str
    title: str
    threshold: int
    cases: tuple[Case, ...]


class Sheet(msgspec.Struct, frozen=True):
    """The score of one department (or, with an empty code, of all)."""

    department: str
    name: str
    points: float
    total: float
    passed: bool | None
    entries: tuple[str, ...]
    explained: tuple[tuple[str, str], ...]
    indicators: tuple[Scored, ...]
    vetoes: tuple[Vetoed, ...]


class Score(msgspec.Struct, frozen=True):
    """The score sheets of a scheme as of a date, with what is needed to compute them again."""

    profile: str
    title: str
    basis: str
    as_of: str
    commit: str
    seed: str
    sample: Sample | None
    grace_days: int
    sheets: tuple[Sheet, ...]


def score(
    profile: Profile, ground: Ground, *, commit: str, seed: str, sample: Sample | None, departments: Iterable[str]
) -> Score:
    """The whole and every department; `ground` holds all entries that count."""
    chosen = drawn((each for each in ground.entries if each.state is not State.RETIRED), sample, seed)
    sheets = [_sheet(profile, _part(ground, chosen, None, profile), "")]
    for code in departments:
        own = tuple(each for each in chosen if each.entry.department == code)
        if own:
            sheets.append(_sheet(profile, _part(ground, own, code, profile), ground.repository.departments[code].name))
    return Score(
        profile.name,
        profile.title,
        profile.basis or "",
        ground.as_of.isoformat(),
        commit,
        seed,
        sample,
        profile.grace_days,
        tuple(sheets),
    )


def _part(ground: Ground, entries: tuple[Mapped, ...], department: str | None, profile: Profile) -> Ground:
    return msgspec.structs.replace(ground, entries=entries, department=department, grace_days=profile.grace_days)


def _sheet(profile: Profile, ground: Ground, name: str) -> Sheet:
    indicators = tuple(_scored(each, _measured(each, ground)) for each in profile.indicators)
    vetoes = tuple(each for veto in profile.vetoes if (each := _vetoed(veto, _measured(veto, ground))))
    points = _rounded(sum((Fraction(str(each.points)) for each in indicators), Fraction(0)))
    passed = None if profile.passing is None else not vetoes and points >= profile.passing
    return Sheet(
        ground.department or "", name, 0 if vetoes and profile.passing is not None else points, profile.total, passed,
        tuple(each.entry.id for each in ground.entries),
        tuple((each.entry.id, each.state.value) for each in ground.entries if each.state in EXPLAINED), indicators, vetoes,
    )  # fmt: skip


def _measured(asked: Indicator | Veto, ground: Ground) -> Measured:
    site = ground.repository.site
    levels = {spelling: level.name for level in site.levels for spelling in (level.name, *level.aliases)} if site else {}
    part = msgspec.structs.replace(ground, entries=restricted(ground.entries, asked, levels))
    return MEASURES[asked.measure](part, asked)


def _scored(indicator: Indicator, measured: Measured) -> Scored:
    weight = Fraction(str(indicator.weight))
    if indicator.score == "share":
        each = weight / measured.all if measured.all else Fraction(0)
        reached = weight - each * len(measured.cases)
    else:
        each = Fraction(str(indicator.points))
        reached = max(Fraction(0), weight - each * len(measured.cases))
    lost, left = [], weight
    for case in measured.cases:
        taken = min(each, left)
        left -= taken
        lost.append(Lost(_rounded(taken), case))
    return Scored(
        indicator.id, indicator.title, indicator.measure, indicator.weight, _rounded(reached), measured.good, measured.all,
        measured.all > 0, tuple(lost),
    )  # fmt: skip


def _vetoed(veto: Veto, measured: Measured) -> Vetoed | None:
    return Vetoed(veto.id, veto.title, veto.threshold, measured.cases) if len(measured.cases) >= veto.threshold else None


def _rounded(points: Fraction) -> float:
    """Two decimals, halves away from zero, as offices round."""
    return int(points * 100 + Fraction(1, 2)) / 100
