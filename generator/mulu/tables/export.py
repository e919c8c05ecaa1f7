"""`mulu export`: the catalogs of a repository in the official layout, as a workbook, a Word file or CSV."""

from collections.abc import Callable, Iterable, Mapping

from mulu.diagnostics import CouldNotRun, Text
from mulu.mapping import Correspondence
from mulu.model.repository import Repository
from mulu.tables.layout import Table, layouts
from mulu.tables.write_csv import comma_separated
from mulu.tables.write_docx import word_document
from mulu.tables.write_xlsx import workbook

EXPORT_FORMATS: Mapping[str, Callable[[Iterable[Table]], bytes]] = {
    ".xlsx": workbook, ".docx": word_document, ".csv": comma_separated,
}  # fmt: skip
"""Extension of the file → its writer."""


class NothingToExport(CouldNotRun):
    """No catalog fits, or the extension is none of ours."""


def exported(
    repository: Repository, correspondence: Correspondence, extension: str, *, department: str | None = None, field: str | None = None
) -> bytes:  # fmt: skip
    """The file's bytes: the same catalogs and the same day give the same. Raises NothingToExport."""
    if extension not in EXPORT_FORMATS:
        raise NothingToExport(Text(
            f"不能写成“{extension}”：文件名以 {'、'.join(EXPORT_FORMATS)} 结尾。",
            f"Cannot write “{extension}”: the file name ends in {', '.join(EXPORT_FORMATS)}.",
        ))  # fmt: skip
    tables = layouts(repository, correspondence, department=department, field=field)
    if not tables:
        known = "、".join(f"{each.department}/{each.field}" for each in repository.catalogs[:20])
        raise NothingToExport(Text(
            f"没有这样的目录。现有（单位/领域）：{known or '一个也没有'}。",
            f"There is no such catalog. There are (department/field): {known or 'none'}.",
        ))  # fmt: skip
    return EXPORT_FORMATS[extension](tables)
