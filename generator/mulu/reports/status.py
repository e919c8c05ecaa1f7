"""Coverage by field and department, for `mulu status`."""

from collections.abc import Iterable
from datetime import date

import msgspec

from mulu.mapping import Correspondence, Mapped
from mulu.model.repository import Repository
from mulu.model.state import EXPLAINED, State
from mulu.reports.table import aligned


class Coverage(msgspec.Struct, frozen=True):
    """One line: how many entries, how many of them answered, explained, and neither; required elements there / wanted."""

    label: str
    entries: int
    published: int
    explained: int
    open: int
    elements: tuple[int, int]


class Status(msgspec.Struct, frozen=True):
    """Coverage by field, by department, and of everything."""

    fields: tuple[Coverage, ...]
    departments: tuple[Coverage, ...]
    whole: Coverage


def status(repository: Repository, correspondence: Correspondence) -> Status:
    """Entries that were moved out of the catalog are not counted."""
    mapped = [each for each in correspondence.entries.values() if each.state is not State.RETIRED]
    return Status(
        tuple(
            _coverage(field.name, [each for each in mapped if each.entry.field == field.code]) for field in repository.fields
        ),
        tuple(
            _coverage(department.name, [each for each in mapped if each.entry.department == department.code])
            for department in repository.departments.values()
        ),
        _coverage("", mapped),
    )


def _coverage(label: str, mapped: Iterable[Mapped]) -> Coverage:
    listed = list(mapped)
    published = [each for each in listed if each.state is State.PUBLISHED]
    explained = sum(each.state in EXPLAINED for each in listed)
    there = sum(each.covered[0] for each in published)
    wanted = sum(each.covered[1] for each in published)
    return Coverage(label, len(listed), len(published), explained, len(listed) - len(published) - explained, (there, wanted))


def status_table(found: Status, *, as_of: date, lang: str) -> str:
    """Two tables of coverage as plain text; Chinese characters count as two columns."""
    zh = lang == "zh"
    heads = (
        ("目录事项", "已公开", "有说明", "未公开", "必选要素")
        if zh
        else ("entries", "published", "explained", "open", "elements")
    )
    parts = [f"{'评估日期' if zh else 'as of'} {as_of}"]
    for title, lines in (("领域" if zh else "field", found.fields), ("单位" if zh else "department", found.departments)):
        whole = msgspec.structs.replace(found.whole, label="合计" if zh else "all")
        table = [(title, *heads), *(_cells(line) for line in (*lines, whole))]
        parts.append(aligned(table))
    return "\n\n".join(parts) + "\n\n"


def _cells(line: Coverage) -> tuple[str, ...]:
    return (
        line.label,
        str(line.entries),
        str(line.published),
        str(line.explained),
        str(line.open),
        "{}/{}".format(*line.elements),
    )
