"""A deterministic content repository of any size: N items, N/8 entries, 40 departments, 20 fields, 10 years.

`python -m benchmarks.corpus FOLDER N` writes one. It passes `mulu check` without an error as of AS_OF.
"""

import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.items import Entry, Series
from benchmarks.vocabulary import BASES, BUREAUS, ELEMENTS, FIELDS, LIMITS, TOWNS
from mulu.checks.district import check_character

AS_OF = "2026-11-23"
PER_ENTRY = 8
DEPARTMENTS = tuple(f"示例区{name}" for name in BUREAUS + TOWNS)
_TOP = Path(__file__).parents[1]
_SORTS = ("policy", "yearly", "service", "quarterly", "opinion", "policy", "cases", "yearly")
_PERIODS = {"yearly": ("每年", "2018"), "quarterly": ("每季度", "2024Q4")}
_COMMITTED = {"GIT_AUTHOR_DATE": f"{AS_OF}T00:00:00Z", "GIT_COMMITTER_DATE": f"{AS_OF}T00:00:00Z"}


def write(root: Path, items: int, *, seed: int = 1, git: bool = False) -> None:
    """Write `items` items below `root`; the same arguments give the same bytes, and with `git` the same commit."""
    shutil.rmtree(root, ignore_errors=True)
    catalogs = root / "catalogs"
    for name in ("pages", "calendar", "site.yml"):
        (shutil.copytree if (_TOP / "catalogs" / name).is_dir() else shutil.copy)(
            _TOP / "catalogs" / name, _made(catalogs) / name
        )
    shutil.copy(_TOP / "mkdocs.yml", root)
    fields = "".join(
        f"  - code: {code}\n    name: {name}\n    order: {place}\n" for place, (code, name, _) in enumerate(FIELDS)
    )
    (catalogs / "fields.yml").write_text(f"fields:\n{fields}", "utf-8")
    entries = [_entry(number) for number in range(max(items // PER_ENTRY, 1))]
    _departments(catalogs, entries)
    _catalogs(catalogs, entries)
    _items(catalogs, entries, items, seed)
    if git:
        _commit(root)


def _entry(number: int) -> Entry:
    department = number % len(DEPARTMENTS)
    turn = number // len(DEPARTMENTS)
    code, _, things = FIELDS[(turn + number) % len(FIELDS)]
    sort = _SORTS[(turn + department) % len(_SORTS)]
    elements = tuple(ELEMENTS[(number + place * 5) % len(ELEMENTS)] for place in range(3 + number % 4))
    name = DEPARTMENTS[department]
    return Entry(
        f"d{department:02}-{code}-{turn:04}",
        sort,
        f"d{department:02}",
        name,
        name[3:5],
        _credit_code(department),
        things,
        elements,
    )


def _credit_code(department: int) -> str:
    first = f"11330299MB0A{department:05}"
    return first + check_character(first)


def _answered(number: int) -> bool:
    """A hundredth of the entries is explained and another booked in the ledger: neither has items."""
    return number % 50 != 49


def _departments(catalogs: Path, entries: list[Entry]) -> None:
    for number, name in enumerate(DEPARTMENTS[: len(entries)]):
        about = (
            f"name: {name}\nlevel: {'区级' if number < len(BUREAUS) else '镇街级'}\ncredit_code: {_credit_code(number)}\norder: {number}\n"
            f'address: 示例区政通路{number + 1}号\nhours: 工作日8:30—17:30\nphone: "0000-{number:08}"\nowners: ["@bench/d{number:02}"]\n'
        )
        (_made(catalogs / f"departments/d{number:02}") / "department.yml").write_text(about, "utf-8")
        gaps = [entry.id for place, entry in enumerate(entries) if place % 100 == 99 and entry.department == f"d{number:02}"]
        if gaps:
            booked = "".join(f"  - {{entry: {id}, owner: {name}办公室, due: 2027-03-31, booked: 2026-10-08}}\n" for id in gaps)
            (catalogs / f"departments/d{number:02}/ledger.yml").write_text(f"gaps:\n{booked}", "utf-8")


def _catalogs(catalogs: Path, entries: list[Entry]) -> None:
    tables: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for number, entry in enumerate(entries):
        tables[entry.department, entry.id.split("-")[1]].append(_row(number, entry))
    for (department, field), rows in tables.items():
        folder = _made(catalogs / f"departments/{department}/catalog")
        (folder / f"{field}.yml").write_text(f"field: {field}\nentries:\n{''.join(rows)}", "utf-8")


def _row(number: int, entry: Entry) -> str:
    title, document = BASES[number % len(BASES)]
    cycle = _PERIODS.get(entry.sort) if _answered(number) else None
    lines = [
        f"- id: {entry.id}", f"  topic: {entry.things[number % 8]}管理", f"  item: {entry.things[(number + 3) % 8]}（{number}）",
        f"  elements: [{', '.join(entry.elements)}]", f"  basis: [{{title: {title}{f', number: {document}' if document else ''}}}]",
        f"  time_limit: {LIMITS[number % len(LIMITS)]}", *([f"  cycle: {cycle[0]}", f"  since: {cycle[1]}"] if cycle else []),
        f"  responsible: [{entry.body}]", "  channels: [政府网站, 两微一端]", "  audience: [全社会]", "  method: 主动公开",
        f"  levels: [{'区级' if int(entry.department[1:]) < len(BUREAUS) else '镇街级'}]",
    ]  # fmt: skip
    if number % 100 == 49:
        lines.append(
            f"  explained: {{state: not_occurred, reason: 本期没有发生这类事项, reviewer: {entry.body}办公室, expires: 2027-12-31}}"
        )
    return "".join(f"  {line}\n" for line in lines)


def _items(catalogs: Path, entries: list[Entry], items: int, seed: int) -> None:
    series, folders = Series(seed), set[str]()
    for entry, count in _shares(entries, items):
        for made in series.items(entry, count):
            folder = f"{catalogs}/departments/{made.folder}"
            if folder not in folders:
                os.makedirs(folder, exist_ok=True)
                folders.add(folder)
            with open(f"{folder}/{made.id}.md", "wb") as file:
                file.write(made.text.encode())
            if made.attachment:
                (_made(Path(folder, made.id)) / made.attachment[0]).write_bytes(made.attachment[1])


def _shares(entries: list[Entry], items: int) -> Iterator[tuple[Entry, int]]:
    """How many items answer each entry: eight; what is left over goes to those of the first sort, which may have any number."""
    answered = [entry for number, entry in enumerate(entries) if _answered(number)]
    first = {entry.id: place for place, entry in enumerate(entry for entry in answered if entry.sort == _SORTS[0])}
    left = items - PER_ENTRY * len(answered)
    for entry in answered:
        place = first.get(entry.id) if left > 0 else None
        more = 0 if place is None else len(range(place, left, len(first)))
        yield entry, min(PER_ENTRY, items) + more


def _commit(root: Path) -> None:
    name = ["-c", "user.name=bench", "-c", "user.email=bench@example.gov.cn", "-c", "gc.auto=0", "-c", "core.compression=0"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "全部信息"]):
        subprocess.run(["git", *name, *arguments], cwd=root, check=True, env=os.environ | _COMMITTED)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), git=True)
