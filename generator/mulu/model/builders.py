"""YAML that follows its schema → frozen values, for every kind of file but items."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from mulu.files.yaml import Value
from mulu.model.audience import Audiences
from mulu.model.catalog import Catalog, Gap
from mulu.model.district import CalendarYear, Department, Field, Priorities, Site
from mulu.model.profile import Profile
from mulu.model.reading import list_of, period_of
from mulu.model.requests import Register


def _site(value: dict[str, Value], path: str, said: Mapping[str, str]) -> list[Site]:
    return [msgspec.convert(value | {"origin": {"path": path}}, Site)]


def _fields(value: dict[str, Value], path: str, said: Mapping[str, str]) -> list[Field]:
    return _each(value, "fields", path, Field, lambda raw: raw)


def _audiences(value: dict[str, Value], path: str, said: Mapping[str, str]) -> list[Audiences]:
    return [msgspec.convert(value | {"origin": {"path": path}}, Audiences)]


def _calendar(value: dict[str, Value], path: str, said: Mapping[str, str]) -> list[CalendarYear]:
    return [msgspec.convert(value | {"origin": {"path": path}}, CalendarYear)]


def _priorities(value: dict[str, Value], path: str, said: Mapping[str, str]) -> list[Priorities]:
    return [msgspec.convert(value | {"origin": {"path": path}}, Priorities)]


def _profile(value: dict[str, Value], path: str, said: Mapping[str, str]) -> list[Profile]:
    return [msgspec.convert(value | {"name": said["name"], "origin": {"path": path}}, Profile)]


def _department(value: dict[str, Value], path: str, said: Mapping[str, str]) -> list[Department]:
    return [msgspec.convert(value | {"code": said["department"], "origin": {"path": path}}, Department)]


def _catalog(value: dict[str, Value], path: str, said: Mapping[str, str]) -> list[Catalog]:
    def prepared(raw: dict[str, Value]) -> dict[str, Value]:
        elements: list[Value] = [{"name": each} if isinstance(each, str) else each for each in list_of(raw, "elements")]
        return raw | {
            "elements": elements, "since": period_of(raw.get("since")), "department": said["department"], "field": said["field"],
        }  # fmt: skip

    entries = _each(value, "entries", path, dict, prepared)
    return [msgspec.convert(value | {"entries": entries, "department": said["department"], "origin": {"path": path}}, Catalog)]


def _gaps(value: dict[str, Value], path: str, said: Mapping[str, str]) -> list[Gap]:
    return _each(
        value, "gaps", path, Gap, lambda raw: raw | {"period": period_of(raw.get("period")), "department": said["department"]}
    )


def _requests(value: dict[str, Value], path: str, said: Mapping[str, str]) -> list[Register]:
    each = {"requests": _each(value, "requests", path, dict, lambda raw: raw)} if "requests" in value else {}
    place = {"department": said["department"], "year": int(said["year"]), "origin": {"path": path}}
    return [msgspec.convert(value | each | place, Register)]


def _each(
    value: dict[str, Value], key: str, path: str, kind: type[Any], prepared: Callable[[dict[str, Value]], dict[str, Value]]
) -> list[Any]:
    """The list at `key`, each element prepared, told where it stands, and converted."""
    return [
        msgspec.convert(prepared(raw) | {"origin": {"path": path, "pointer": (key, index)}}, kind)
        for index, raw in enumerate(list_of(value, key))
        if isinstance(raw, dict)
    ]


BUILDERS: dict[str, Callable[[dict[str, Value], str, Mapping[str, str]], list[Any]]] = {
    "site": _site, "fields": _fields, "audiences": _audiences, "calendar": _calendar, "priorities": _priorities, "profile": _profile, "department": _department,
    "catalog": _catalog, "ledger": _gaps, "requests": _requests, "item": lambda value, path, said: [],
}  # fmt: skip
"""Schema → a function of the value, its path and what the path says, that gives the values in the file."""
