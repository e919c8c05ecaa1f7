"""评估方案: an assessment scheme as data. What a measure computes is code (evaluation.measures); weights and rules of scoring are not."""

import msgspec

from mulu.model.origin import Origin


class Only(msgspec.Struct, frozen=True):
    """Restricts an indicator to some entries; empty means no restriction."""

    fields: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()


class Indicator(msgspec.Struct, frozen=True):
    """One scored indicator: `share` gives weight × good ÷ all, `deduct` takes `points` for every case until nothing is left."""

    id: str
    title: str
    measure: str
    weight: float
    score: str
    points: float = 0
    note: str | None = None
    codes: tuple[str, ...] = ()
    days: int = 0
    kinds: tuple[str, ...] = ()
    only: Only = Only()


class Veto(msgspec.Struct, frozen=True):
    """单项否决: so many cases and the whole fails."""

    id: str
    title: str
    measure: str
    threshold: int
    codes: tuple[str, ...] = ()
    days: int = 0
    kinds: tuple[str, ...] = ()
    only: Only = Only()


class Sample(msgspec.Struct, frozen=True):
    """How many fields, and how many entries in each of them (or in all), are drawn."""

    entries: int
    fields: int | None = None


class Profile(msgspec.Struct, frozen=True, rename={"passing": "pass"}):
    """profiles/<name>.yml."""

    name: str
    title: str
    total: float
    indicators: tuple[Indicator, ...]
    basis: str | None = None
    passing: float | None = None
    grace_days: int = 0
    sample: Sample | None = None
    vetoes: tuple[Veto, ...] = ()
    origin: Origin = Origin("")
