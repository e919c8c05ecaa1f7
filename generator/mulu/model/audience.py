"""服务对象: whom a policy or service is for, as items say it, and the options that readers can choose from."""

import itertools
from collections.abc import Iterable

import msgspec

from mulu.model.origin import Origin

DIMENSIONS = {"who": "身份", "size": "规模", "trade": "行业", "place": "所在地", "event": "要办的事"}
"""The keys of an audience → what readers call them, in the order in which they are asked."""


class Option(msgspec.Struct, frozen=True):
    """One thing that a reader can choose; `who` is set where it makes sense for only that kind of reader."""

    code: str
    name: str
    who: str | None = None


class Audiences(msgspec.Struct, frozen=True):
    """audiences.yml: the options of every dimension."""

    who: tuple[Option, ...] = ()
    size: tuple[Option, ...] = ()
    trade: tuple[Option, ...] = ()
    place: tuple[Option, ...] = ()
    event: tuple[Option, ...] = ()
    origin: Origin = Origin("catalogs/audiences.yml")

    def options(self, dimension: str) -> tuple[Option, ...]:
        """The options of one of DIMENSIONS."""
        found: tuple[Option, ...] = getattr(self, dimension)
        return found


class Audience(msgspec.Struct, frozen=True):
    """Codes by dimension; an empty one means everybody."""

    who: tuple[str, ...] = ()
    size: tuple[str, ...] = ()
    trade: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    event: tuple[str, ...] = ()

    def codes(self, dimension: str) -> tuple[str, ...]:
        """The codes in one of DIMENSIONS."""
        found: tuple[str, ...] = getattr(self, dimension)
        return found


Choice = tuple[tuple[str, str], ...]
"""What a reader has chosen: (dimension, code) in the order of DIMENSIONS, at most one of each."""

_PRODUCTS = 64
"""The most choices of three or more options that one audience gives: a text for everybody in twelve trades names no single reader."""


def fits(audience: Audience, choice: Choice, audiences: Audiences) -> bool:
    """Whether a text for `audience` is for the reader who chose; what a text leaves open fits everybody."""
    told = dict(choice) | ({"who": who} if (who := implied(choice, audiences)) else {})
    return all(not audience.codes(key) or code in audience.codes(key) for key, code in told.items())


def implied(choice: Choice, audiences: Audiences) -> str | None:
    """The kind of reader to which a chosen option belongs."""
    chosen = set(choice)
    return next(
        (each.who for key in DIMENSIONS for each in audiences.options(key) if each.who and (key, each.code) in chosen), None
    )


def canonical(choice: Choice, audiences: Audiences) -> Choice:
    """The choice without the kind of reader where another option says it: one address for one choice."""
    listed = sorted(set(choice), key=lambda each: list(DIMENSIONS).index(each[0]))
    return tuple(each for each in listed if each[0] != "who" or not implied(choice, audiences))


def choices(audiences: Audiences, tagged: Iterable[Audience]) -> tuple[Choice, ...]:
    """The choices that have a feed: one or two of the options in use, and more where a text names them all."""
    distinct = dict.fromkeys(tagged)
    used = {(key, code) for audience in distinct for key in DIMENSIONS for code in audience.codes(key)}
    options = [(key, each) for key in DIMENSIONS for each in audiences.options(key) if key == "who" or (key, each.code) in used]
    made = {canonical(((key, each.code),), audiences): None for key, each in options}
    for (key, each), (other, second) in itertools.combinations(options, 2):
        if (
            key != other
            and len({who for who in (each.who, second.who) if who}) < 2
            and (key != "who" or second.who in (None, each.code))
        ):
            made[canonical(((key, each.code), (other, second.code)), audiences)] = None
    for audience in distinct:
        named = [[(key, code) for code in audience.codes(key)] for key in DIMENSIONS if key != "who" and audience.codes(key)]
        if len(named) > 2:
            made |= {canonical(each, audiences): None for each in itertools.islice(itertools.product(*named), _PRODUCTS)}
    return tuple(made)


def words(choice: Choice, audiences: Audiences) -> str:
    """The names of what was chosen."""
    names = {(key, each.code): each.name for key in DIMENSIONS for each in audiences.options(key)}
    return "、".join(names[each] for each in choice)
