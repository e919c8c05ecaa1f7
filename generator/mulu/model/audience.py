"""服务对象: whom a policy or service is for, as items say it, and the options that readers can choose from."""

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
