"""What falls due and what is past due, for `mulu status --due`."""

from collections.abc import Iterable
from datetime import date

from mulu.evaluation.forecast import MATTERS, Coming
from mulu.model.repository import Repository
from mulu.reports.table import aligned


def due_table(coming: Iterable[Coming], repository: Repository, *, as_of: date, lang: str) -> str:
    """One line for each, the most urgent first; days left are calendar days, negative when past."""
    zh = lang == "zh"
    heads = ("期限", "剩余", "单位", "事项", "内容", "说明") if zh else ("due", "left", "department", "entry", "what", "detail")
    rows = [heads]
    for each in coming:
        department = repository.departments.get(each.department)
        rows.append(
            (
                each.due.isoformat(), str((each.due - as_of).days), department.label if department else each.department,
                each.title, MATTERS[each.matter].spoken(lang), each.detail,
            )
        )  # fmt: skip
    if len(rows) == 1:
        return "没有。\n" if zh else "Nothing.\n"
    return aligned(rows, left=(0, 2, 3, 4, 5)) + "\n"
