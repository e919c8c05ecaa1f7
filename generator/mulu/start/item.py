"""`mulu new item`: an item file in which everything still to be filled in is empty, so that the check names it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from mulu.files.frontmatter import split
from mulu.files.yaml import parse
from mulu.model.district import Department
from mulu.model.kinds import file_kind
from mulu.model.repository import Repository
from mulu.model.schema import VERSION, schema, titles
from mulu.start.known import checked_code, department_of, not_among, opened, schema_line
from mulu.start.written import AlreadyThere, WrittenFile, write
from mulu.start.yaml_text import Noted, Written, bare, block

_WHOLE_ENTRY = "回应全部要素；只回应一部分的，改成 entry: 和 elements: 两行"
_NO_ENTRY = "待填写：回应的目录事项编号，每行一个，行首写“- ”"
_ALWAYS = ("review",)
"""Keys that the schema leaves open but 条例 art. 17 demands of everything published."""
_NORMALLY = {"validity": "现行有效"}


class Serials(msgspec.Struct, frozen=True):
    """The highest numbers in use in a body's year: of ids, and of index numbers."""

    ids: int
    numbers: int


def new_item(
    root: Path, *, department: str, title: Written, kind: str, entries: Sequence[str], published: date,
    id: str | None = None, given: Mapping[str, Written] | None = None, body: str = "", beside: Mapping[str, bytes] | None = None,
) -> tuple[WrittenFile, ...]:  # fmt: skip
    """Write items/<year>/<id>.md with the next free numbers; `given` are other keys of the item, by their schema names.

    `body` is its Markdown, `beside` the files that go into its folder. Raises Refused for an unknown department, kind, entry or
    key; AlreadyThere for an id that is or was in use.
    """
    repository, found = opened(root)
    of = department_of(repository, found, department)
    refuse_unknown(repository, kind, entries, given or {})
    used = serials(root, repository, of, published.year)
    chosen = checked_code(id) if id else f"{published.year}-{department}-{max(used.ids, used.numbers) + 1:03}"
    for path in (*repository.files, *repository.history.deleted):
        if _item_id(path) == chosen:
            raise AlreadyThere(path)
    number = used.numbers + 1 if id else max(used.ids, used.numbers) + 1
    periodic = any(repository.entries[entry].cycle for entry in entries if entry in repository.entries)
    more = [*_ALWAYS, *(["period"] if periodic else [])]
    made = item_file(of, chosen, number, title, kind, entries, published, given or {}, body, more=more)
    folder = made.path.removesuffix(".md")
    return write(root, [made, *(WrittenFile(f"{folder}/{name}", content) for name, content in (beside or {}).items())])


def item_file(
    of: Department, id: str, number: int, title: Written, kind: str, entries: Sequence[str], published: date,
    given: Mapping[str, Written], body: str = "", *, more: Sequence[str] = (),
) -> WrittenFile:  # fmt: skip
    """The file of an item with these numbers; what its kind or `more` demands and is not given stands empty, with what it means."""
    numbered: dict[str, Written] = {"index_number": f"{of.credit_code}/{published.year}-{number:05}"}
    known = _known(id, title, kind, entries, of, published) | numbered | dict(given)
    path = f"catalogs/departments/{of.code}/items/{published.year}/{id}.md"
    return WrittenFile(path, _text(path, kind, known, more, body))


def serials(root: Path, repository: Repository, of: Department, year: int) -> Serials:
    """The highest numbers of the body's year that are or were in use, 0 where there are none."""
    ids = _ids(repository, f"{year}-{of.code}-")
    return Serials(max(ids, default=0), max(_numbers(root, repository, of, year), default=0))


def _known(id: str, title: Written, kind: str, entries: Sequence[str], body: Department, published: date) -> dict[str, Written]:
    return {
        "id": id,
        "title": title,
        "kind": Noted(kind, titles("item", "kind")[kind]),
        "entries": [Noted(entry, _WHOLE_ENTRY) for entry in entries] or Noted((), _NO_ENTRY),
        "issuers": (body.name,),
        "published": published,
    }


def required_keys(kind: str) -> tuple[str, ...]:
    """What the schema demands of an item of this kind."""
    described = schema("item")
    found: list[str] = list(described["required"])
    for part in described["allOf"]:
        condition = part["if"]["properties"]["kind"]
        if kind == condition.get("const") or kind in condition.get("enum", ()):
            found += part["then"]["required"]
    return tuple(found)


def refuse_unknown(repository: Repository, kind: str, entries: Iterable[str], given: Mapping[str, Written]) -> None:
    """Raises Refused for a kind, entry or key that does not exist, with those that look like it."""
    kinds = titles("item", "kind")
    if kind not in kinds:
        raise not_among("信息类别", "kind", kind, [f"{each}（{title}）" for each, title in kinds.items()])
    for entry in entries:
        if entry not in repository.entries and entry not in repository.broken_ids:
            raise not_among("目录事项", "catalog entry", entry, list(repository.entries))
    for key in given:
        if key not in schema("item")["properties"]:
            raise not_among("这个键：", "key", key, list(schema("item")["properties"]))


def _item_id(path: str) -> str | None:
    known = file_kind(path)
    return known[1]["id"] if known and known[0].name == "item" else None


def _ids(repository: Repository, prefix: str) -> list[int]:
    """Serials of ids that are or were in use; a deleted item's id is never given again."""
    used = [_item_id(path) for path in (*repository.files, *repository.history.deleted)]
    return [int(id[len(prefix) :]) for id in used if id and id.startswith(prefix) and id[len(prefix) :].isdigit()]


def _numbers(root: Path, repository: Repository, body: Department, year: int) -> list[int]:
    """Serials of index numbers in use, those of items with errors in them too."""
    form = re.compile(rf"^index_number:\s*[\"']?{re.escape(body.credit_code)}/{year}-(\d{{5}})\b".encode(), re.MULTILINE)
    folder = f"catalogs/departments/{body.code}/items/"
    items = [path for path in repository.files if path.startswith(folder) and _item_id(path)]
    return [int(serial) for path in items for serial in form.findall((root / path).read_bytes())]


def _text(path: str, kind: str, known: Mapping[str, Written], more: Sequence[str], body: str) -> str:
    wanted = {*required_keys(kind), *more, *known}
    properties = schema("item")["properties"]
    values = {key: known.get(key, _empty(key, properties[key])) for key in properties if key in wanted}
    optional = [f"# {key}:   # {properties[key]['title']}，可以不写" for key in ("summary", "keywords") if key not in wanted]
    last = [] if body else ["# 正文写在下一行“---”的后面。"]
    metadata = "\n".join([schema_line(path, "item", VERSION), *block(values), *optional, *last])
    text = f"---\n{metadata}\n---\n\n{body.strip(chr(10)) + chr(10) if body else ''}"
    parts, _ = split(path, text)
    assert parts is not None and parse(path, parts.metadata)[0] == bare(values), path
    return text


def _empty(key: str, described: Mapping[str, Any]) -> Written:
    """An empty value that the schema refuses, with what the key means beside it."""
    if key in _NORMALLY:
        return Noted(_NORMALLY[key], "或者 " + "、".join(each for each in described["enum"] if each != _NORMALLY[key]))
    note = f"待填写：{described['title']}。{described['description']}"
    if described.get("type") == "array":
        return Noted((), note)
    if described.get("type") == "object":
        inner = described["properties"]
        return {each: _empty(each, inner[each]) for each in described["required"]}
    return Noted("", note)
