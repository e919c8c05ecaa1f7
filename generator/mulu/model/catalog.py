"""标准目录: entries (one row of the official table), explanations and booked gaps."""

from datetime import date

import msgspec

from mulu.model.origin import Origin
from mulu.model.period import Period


class Element(msgspec.Struct, frozen=True):
    """要素: one thing the entry must (●) or may (〇) contain."""

    name: str
    required: bool = True


class Basis(msgspec.Struct, frozen=True):
    """公开依据: title, number and article as the catalog cites them."""

    title: str
    number: str | None = None
    article: str | None = None

    def __str__(self) -> str:
        """《title》（number）article."""
        return f"《{self.title}》" + (f"（{self.number}）" if self.number else "") + (self.article or "")


class Explained(msgspec.Struct, frozen=True):
    """情况说明: why an entry rightly has no content, who reviewed that, and until when it holds."""

    state: str
    reason: str | None = None
    reviewer: str | None = None
    reviewed: date | None = None
    expires: date | None = None
    url: str | None = None


class Retired(msgspec.Struct, frozen=True):
    """An entry taken out of the catalog; its id and address stay."""

    on: date
    reason: str
    by: str
    replaced_by: str | None = None


class Awaited(msgspec.Struct, frozen=True):
    """待公开: information that exists since a day and is not published yet."""

    what: str
    on: date


class Entry(msgspec.Struct, frozen=True):
    """目录事项: one row of the standard table, with its ten official columns."""

    id: str
    topic: str
    item: str
    elements: tuple[Element, ...]
    basis: tuple[Basis, ...]
    time_limit: str
    responsible: tuple[str, ...]
    channels: tuple[str, ...]
    audience: tuple[str, ...]
    method: str
    levels: tuple[str, ...]
    department: str = ""
    field: str = ""
    subitem: str | None = None
    limit: str | None = None
    awaiting: tuple[Awaited, ...] = ()
    cycle: str | None = None
    since: Period | None = None
    explained: Explained | None = None
    retired: Retired | None = None
    note: str | None = None
    extra: dict[str, str] = {}
    origin: Origin = Origin("")

    @property
    def title(self) -> str:
        """The most specific 事项 name."""
        return self.subitem or self.item

    @property
    def wording(self) -> tuple[str, str, str]:
        """一级, 二级, 三级事项."""
        return self.topic, self.item, self.subitem or ""

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the required elements."""
        return tuple(element.name for element in self.elements if element.required)


class Catalog(msgspec.Struct, frozen=True):
    """One file: a department's entries in one field."""

    department: str
    field: str
    entries: tuple[Entry, ...]
    title: str | None = None
    origin: Origin = Origin("")


class Gap(msgspec.Struct, frozen=True):
    """整改台账: a known gap, who fills it and by when; owner and due are demanded by a rule that explains why."""

    entry: str
    owner: str
    due: date
    department: str = ""
    elements: tuple[str, ...] = ()
    period: Period | None = None
    note: str | None = None
    booked: date | None = None
    closed: date | None = None
    origin: Origin = Origin("")
