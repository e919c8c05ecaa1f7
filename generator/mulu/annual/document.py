"""The annual report as a Word file: the same report gives the same bytes."""

from collections.abc import Iterator

from mulu.annual.report import Report
from mulu.paper.docx import paragraph, table, word_file


def document(report: Report) -> bytes:
    """The docx; what a person must still write stands in 【】, cells that do not balance are shaded."""
    return word_file("".join(_body(report)), title=report.title, creator=report.name)


def _body(report: Report) -> Iterator[str]:
    yield paragraph(report.title, "Title")
    yield paragraph(report.preface)
    for section in report.sections:
        yield paragraph(section.title, "Heading1")
        for text in section.text:
            yield paragraph(text)
        if section.missing:
            yield paragraph(f"【待填写：{section.advice}】")
        if section.grid:
            yield table(section.grid)
            yield paragraph("", "TableText")
