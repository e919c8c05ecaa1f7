"""`mulu new entry`, `new field` and `new department`: catalogs are extended as text, so that comments in them stay."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from mulu.files.yaml import parse
from mulu.model.catalog import Basis, Element
from mulu.model.district import Department, Guideline
from mulu.model.repository import Repository
from mulu.model.schema import VERSION, schema
from mulu.start.appended import appended, unreadable
from mulu.start.known import checked_code, department_of, not_among, opened, schema_line
from mulu.start.owners import owner_files
from mulu.start.written import AlreadyThere, WrittenFile, write
from mulu.start.yaml_text import Noted, Written, bare, block, element

_FIELDS = "catalogs/fields.yml"


def new_entry(
    root: Path, *, department: str, field: str, topic: str, item: str, elements: Sequence[Element], time_limit: str = "",
    id: str | None = None, subitem: str | None = None, basis: Sequence[Basis] = (), cycle: str | None = None,
    since: str | None = None, responsible: Sequence[str] = (), channels: Sequence[str] = (),
    audience: Sequence[str] = ("全社会",), method: str = "主动公开", levels: Sequence[str] = (),
) -> tuple[WrittenFile, ...]:  # fmt: skip
    """Add an entry at the end of the department's catalog of the field; the catalog is made where there is none.

    What is not given and cannot be known is left empty with a comment, which the check refuses until it is filled in.
    Raises Refused for an unknown department or field and for a catalog that cannot be extended safely.
    """
    repository, found = opened(root)
    body = department_of(repository, found, department)
    if field not in [each.code for each in repository.fields]:
        raise not_among("领域", "field", field, [each.code for each in repository.fields])
    used = {*repository.entries, *repository.broken_ids}
    chosen = checked_code(id) if id else _free(f"{department}-{field}-", used)
    if chosen in used:
        raise AlreadyThere(repository.entries[chosen].origin.path if chosen in repository.entries else chosen)
    first_channel = tuple(each.name for each in repository.site.channels[:1]) if repository.site else ()
    known: dict[str, Written] = {
        "id": chosen, "topic": topic, "item": item, "subitem": subitem or (),
        "elements": [_element(each) for each in elements],
        "basis": [_chosen(each) for each in basis],
        "time_limit": time_limit, "cycle": cycle or (), "since": since or (),
        "responsible": tuple(responsible) or (body.name,),
        "channels": tuple(channels) or first_channel,
        "audience": tuple(audience), "method": method,
        "levels": tuple(levels) or (body.level,),
    }  # fmt: skip
    entry = _filled(schema("catalog")["properties"]["entries"]["items"], known)
    path = f"catalogs/departments/{department}/catalog/{field}.yml"
    return write(root, [extended(root, path, "catalog", {"field": field}, "entries", entry)])


def new_field(
    root: Path, *, code: str, name: str, aliases: Sequence[str] = (), order: int | None = None,
    guideline: Guideline | None = None,
) -> tuple[WrittenFile, ...]:  # fmt: skip
    """Add a field at the end of fields.yml; raises AlreadyThere for a code in use, Refused for an unfit code or file."""
    repository, _ = opened(root)
    if checked_code(code) in [field.code for field in repository.fields]:
        raise AlreadyThere(f"{_FIELDS}: {code}")
    last = max((field.order for field in repository.fields), default=0)
    described = schema("fields")["properties"]["fields"]["items"]
    field: dict[str, Written] = {"code": code, "name": name or _to_fill(described, "name")}
    if aliases:
        field["aliases"] = tuple(aliases)
    field["order"] = min(last + 10, 9999) if order is None else order
    if guideline is not None:
        field["guideline"] = _chosen(guideline)
    return write(root, [extended(root, _FIELDS, "fields", {}, "fields", field)])


def new_department(
    root: Path, *, code: str, name: str, level: str, credit_code: str, short_name: str | None = None,
    address: str = "", hours: str = "", phone: str = "", owners: Sequence[str] = (),
) -> tuple[WrittenFile, ...]:  # fmt: skip
    """Write department.yml and extend the CODEOWNERS files that exist.

    Raises AlreadyThere for a code in use, and Refused while another department.yml has errors: its owners would be lost.
    """
    path = f"catalogs/departments/{checked_code(code)}/department.yml"
    repository, found = opened(root)
    if path in repository.files:
        raise AlreadyThere(path)
    faulty = [each for each in found if each.place.file.endswith("/department.yml") and _lost(repository, each.place.file)]
    if faulty:
        raise unreadable(faulty[0])
    known: dict[str, Written] = {
        "name": name, "short_name": short_name or (), "level": level, "credit_code": credit_code,
        "order": min(max((each.order for each in repository.departments.values()), default=0) + 10, 9999),
        "address": address, "hours": hours, "phone": phone, "owners": tuple(owners),
    }  # fmt: skip
    values = _filled(schema("department"), known)
    text = "\n".join([schema_line(path, "department", VERSION), *block(values)]) + "\n"
    assert parse(path, text)[0] == bare(values), path
    made = Department(
        name=name, level=level, credit_code=credit_code, address=address, hours=hours, phone=phone, code=code,
        owners=tuple(owners),
    )  # fmt: skip
    return write(root, [WrittenFile(path, text), *owner_files(root, [*repository.departments.values(), made])])


def _lost(repository: Repository, path: str) -> bool:
    return path in repository.files and path.split("/")[2] not in repository.departments


def _free(prefix: str, used: set[str]) -> str:
    number = 1
    while f"{prefix}{number:02}" in used:
        number += 1
    return f"{prefix}{number:02}"


def _element(value: Element) -> Written:
    return value.name if value.required else {"name": value.name, "required": False}


def _chosen(value: Basis | Guideline) -> dict[str, Written]:
    """The parts that are known, in the order of the schema."""
    return {key: each for key in ("title", "number", "article", "issuer") if (each := getattr(value, key, None))}


def _filled(described: Mapping[str, object], known: Mapping[str, Written]) -> dict[str, Written]:
    """The known values in the schema's order; an empty one is left out, or marked for filling in where the schema wants it."""
    properties = msgspec.convert(described["properties"], dict[str, object])
    required = msgspec.convert(described["required"], list[str])
    ordered = {key: known[key] for key in properties if key in known}
    return {
        key: value if value or isinstance(value, int) else _to_fill(described, key)
        for key, value in ordered.items()
        if value or isinstance(value, int) or key in required
    }


def _to_fill(described: Mapping[str, object], key: str) -> Written:
    properties = msgspec.convert(described["properties"], dict[str, dict[str, object]])
    about = properties[key]
    return Noted(() if about.get("type") == "array" else "", f"待填写：{about['title']}。{about['description']}")


def extended(
    root: Path, path: str, name: str, head: Mapping[str, Written], key: str, value: Mapping[str, Written]
) -> WrittenFile:
    """The file with `value` at the end of its list `key`, or a new file of schema `name` that begins with `head`."""
    if (root / path).is_file():
        return WrittenFile(path, appended(path, (root / path).read_bytes(), key, value), appended=True)
    lines = [schema_line(path, name, VERSION), *block(head), f"{key}:", *element(value, indent=2)]
    return WrittenFile(path, "\n".join(lines) + "\n")
