"""`mulu import`: files → what would be written and the report; nothing is written here but by `carry_out`, and then everything."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from mulu.diagnostics import Text
from mulu.files.text import TEXT_LIMIT, decode
from mulu.files.yaml import parse
from mulu.model.repository import Repository
from mulu.model.schema import quick
from mulu.start.appended import unreadable
from mulu.start.known import department_of, not_among, opened
from mulu.start.written import Refused, WrittenFile, write
from mulu.tables.catalog_file import Row, difference, entries_of, fresh, merged, plain
from mulu.tables.entry import Made
from mulu.tables.guesses import CellUse, Guess
from mulu.tables.identity import identified
from mulu.tables.marks import Standing
from mulu.tables.reading import read
from mulu.tables.report import Catalogued, Report
from mulu.tables.understand import understand

_FALLBACK = "政府网站"


class Planned(msgspec.Struct, frozen=True):
    """What an import would do: the files, how they differ from those that are there, and the report."""

    files: tuple[WrittenFile, ...]
    differences: tuple[str, ...]
    report: Report


def plan_import(
    root: Path, files: Sequence[tuple[str, bytes]], *, department: str, field: str | None = None, table_first: bool = False
) -> Planned:
    """Read `files` (name, content) into the catalogs of the department; raises Refused, with nothing done, for what cannot be."""
    repository, found = opened(root)
    body = department_of(repository, found, department)
    codes = [each.code for each in repository.fields]
    if field is not None and field not in codes:
        raise not_among("领域", "field", field, codes)
    site = repository.site
    levels = {name: each.name for each in (site.levels if site else ()) for name in (each.name, *each.aliases)}
    channel = site.channels[0].name if site and site.channels else _FALLBACK
    standing = Standing(body.name, body.level, channel, levels)
    understood = understand([read(name, content) for name, content in files], standing, repository.fields, field)
    parts = [
        _catalog(root, repository, department, code, understood.titles.get(code, ""), made, table_first=table_first)
        for code, made in sorted(understood.entries.items())
    ]
    return Planned(
        tuple(file for part in parts for file in part.files),
        tuple(part.difference for part in parts if part.difference),
        Report(
            tuple(name for name, _ in files), department, understood.rows, understood.tables, tuple(part.done for part in parts),
            (*understood.guesses, *(guess for part in parts for guess in part.guesses)), understood.unplaced,
            understood.outside, tuple(cell for part in parts for cell in part.cells),
        ),
    )  # fmt: skip


def carry_out(root: Path, planned: Planned) -> tuple[WrittenFile, ...]:
    """Write all files of the plan, whole; the catalogs among them are returned."""
    write(root, planned.files)
    return tuple(file for file in planned.files if file.path.startswith("catalogs/"))


class _Part(msgspec.Struct, frozen=True):
    files: tuple[WrittenFile, ...]
    difference: str
    done: Catalogued
    guesses: tuple[Guess, ...]
    cells: tuple[CellUse, ...]


def _catalog(
    root: Path, repository: Repository, department: str, field: str, title: str, made: Sequence[Made], *, table_first: bool
) -> _Part:
    path, remembered = f"catalogs/departments/{department}/catalog/{field}.yml", f".mulu/imports/{department}/{field}.json"
    before = _text(path, (root / path).read_bytes()) if (root / path).is_file() else ""
    there = entries_of(path, before) if before.strip() else []
    rows, named = identified(made, there, f"{department}-{field}-", {*repository.entries, *repository.broken_ids})
    base = _remembered(root / remembered)
    if before.strip():
        after, edited = merged(path, before, rows, base, table_first=table_first)
    else:
        after, edited = fresh(path, field, title, rows), ()
    entries = _valid(path, after)
    by_id = {entry.get("id"): entry for entry in entries}
    now = {row.id: by_id[row.id] if row.index is None else plain(row.made, row.id) for row in rows}
    done = _done(path, field, rows, there, entries)
    kept = tuple(Guess("kept", path, _wording(entry), entry["id"]) for entry in there if entry.get("id") in done.kept)
    size = len(after.encode())
    large = (Guess("file_too_large", path, f"{size / 1048576:.1f} MB"),) if size > TEXT_LIMIT else ()
    guesses = (*named, *_of_rows(rows), *edited, *kept, *large)
    files = [WrittenFile(path, after, appended=bool(before))] if after != before else []
    memory = json.dumps({**base, **now}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    files.append(WrittenFile(remembered, memory, appended=True))
    cells = tuple(msgspec.structs.replace(cell, entry=row.id) for row in rows for cell in row.made.cells)
    return _Part(tuple(files), difference(path, before, after), done, guesses, cells)


def _text(path: str, content: bytes) -> str:
    text, found = decode(path, content)
    if text is None:
        raise unreadable(found[-1])
    return text


def _remembered(path: Path) -> dict[str, Any]:
    """What the last import wrote, by id; nothing where it is not known (another machine)."""
    try:
        value = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _done(
    path: str, field: str, rows: Sequence[Row], there: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]
) -> Catalogued:
    old, new = ({entry.get("id"): entry for entry in entries} for entries in (there, after))
    ids = [row.id for row in rows]
    return Catalogued(
        path, field,
        tuple(each for each in ids if each not in old),
        tuple(each for each in ids if each in old and old[each] != new.get(each)),
        tuple(each for each in ids if each in old and old[each] == new.get(each)),
        tuple(str(each) for each in old if each not in ids and each is not None and "retired" not in old[each]),
    )  # fmt: skip


def _of_rows(rows: Sequence[Row]) -> tuple[Guess, ...]:
    """Assumptions about each row under its id, and rows that say the same as one above."""
    guesses = [msgspec.structs.replace(guess, entry=row.id) for row in rows for guess in row.made.guesses]
    seen: dict[tuple[object, ...], str] = {}
    for row in rows:
        key = (row.made.wording, row.made.responsible)
        if key in seen:
            guesses.append(Guess("duplicate", row.made.place, " ".join(row.made.wording).strip(), row.id, "item"))
        seen.setdefault(key, row.id)
    return tuple(guesses)


def _wording(entry: dict[str, Any]) -> str:
    return " ".join(str(entry.get(key)) for key in ("topic", "item", "subitem") if entry.get(key))


def _valid(path: str, text: str) -> list[dict[str, Any]]:
    """The entries of the text. Only what the schema allows is written; anything else is a fault of the program, or stood in the file before."""
    value, found = parse(path, text)
    if found or not isinstance(value, dict) or not quick("catalog")(value):
        raise Refused(
            Text(
                f"{path} 写出来不符合目录的格式，什么都没有写。原来的文件有问题的话，先用 mulu check 改好；不然是程序的错误，请把表交给维护人员。",
                f"{path} would not be a valid catalog; nothing was written. If the file was faulty before, correct it with mulu check first; "
                "else this is a fault of the program.",
            )
        )
    return msgspec.convert(value["entries"], list[dict[str, Any]])
