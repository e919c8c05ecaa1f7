"""Coverage by field and department, for `mulu status`."""

from datetime import date

import msgspec

from mulu.diagnostics import Text
from mulu.evaluation.tally import Tally, tally
from mulu.mapping import Correspondence
from mulu.model.repository import Repository
from mulu.reports.table import aligned

HEADS = (
    Text("目录事项", "entries"), Text("已公开", "published"), Text("有说明", "explained"), Text("期限内", "pending"),
    Text("未公开或逾期", "open"), Text("必选要素", "elements"),
)  # fmt: skip
"""The columns of coverage, as in the evaluation pages: 期限内 is nothing to be blamed for yet."""


class Coverage(msgspec.Struct, frozen=True):
    """One line: the counts of a field, a department or of everything."""

    label: str
    counts: Tally

    @property
    def cells(self) -> tuple[str, ...]:
        """A number for each of HEADS; required elements there / asked for."""
        of = self.counts
        numbers = (of.entries, of.published, of.explained, of.pending, of.open)
        return (*map(str, numbers), f"{of.elements}/{of.wanted}")


class Status(msgspec.Struct, frozen=True):
    """Coverage by field, by department, and of everything."""

    fields: tuple[Coverage, ...]
    departments: tuple[Coverage, ...]
    whole: Coverage


def status(repository: Repository, correspondence: Correspondence) -> Status:
    """Entries that were moved out of the catalog are not counted."""
    mapped = list(correspondence.entries.values())
    return Status(
        tuple(
            Coverage(field.name, tally(each for each in mapped if each.entry.field == field.code))
            for field in repository.fields
        ),
        tuple(
            Coverage(department.name, tally(each for each in mapped if each.entry.department == department.code))
            for department in repository.departments.values()
        ),
        Coverage("", tally(mapped)),
    )


def status_table(found: Status, *, as_of: date, lang: str) -> str:
    """Two tables of coverage as plain text; Chinese characters count as two columns."""
    zh = lang == "zh"
    heads = [head.spoken(lang) for head in HEADS]
    parts = [f"{'评估日期' if zh else 'as of'} {as_of}"]
    for title, lines in (("领域" if zh else "field", found.fields), ("单位" if zh else "department", found.departments)):
        whole = msgspec.structs.replace(found.whole, label="合计" if zh else "all")
        table = [(title, *heads), *((line.label, *line.cells) for line in (*lines, whole))]
        parts.append(aligned(table))
    return "\n\n".join(parts) + "\n\n"
