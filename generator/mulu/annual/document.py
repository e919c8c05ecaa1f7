"""The annual report as a Word file: a minimal docx written by hand, so that the same report gives the same bytes.

Page and type follow the official document layout (GB/T 9704-2012): A4, 仿宋 16 pt, headings 黑体, tables smaller.
"""

import io
import zipfile
from collections.abc import Iterator
from html import escape

from mulu.annual.report import Report
from mulu.annual.tables import Cell, Grid

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LINE = 8844
"""Width of a line in twentieths of a point: A4 less margins of 28 and 26 mm."""
_DEFAULT = ' w:default="1"'
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The one date of every part: a zip cannot say less, and the clock does not belong into the bytes."""


def document(report: Report) -> bytes:
    """The docx; what a person must still write stands in 【】, cells that do not balance are shaded."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in _parts(report).items():
            about = zipfile.ZipInfo(name, _EARLIEST)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr = 0o644 << 16
            about.create_system = 3
            archive.writestr(about, (_DECLARATION + content).encode(), compresslevel=6)
    return out.getvalue()


def _parts(report: Report) -> dict[str, str]:
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
            f'<Override PartName="/word/footer1.xml" ContentType="{_TYPE}.footer+xml"/>'
            '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
            "</Types>"
        ),
        "_rels/.rels": _relations(
            (f"{_OFFICE}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": (
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{escape(report.title)}</dc:title><dc:creator>{escape(report.name)}</dc:creator></cp:coreProperties>"
        ),
        "word/_rels/document.xml.rels": _relations((f"{_OFFICE}/styles", "styles.xml"), (f"{_OFFICE}/footer", "footer1.xml")),
        "word/styles.xml": _styles(),
        "word/footer1.xml": f'<w:ftr xmlns:w="{_MAIN}">{_page_number()}</w:ftr>',
        "word/document.xml": (
            f'<w:document xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}"><w:body>{"".join(_body(report))}'
            '<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>'
            '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1400" w:gutter="0"/>'
            "</w:sectPr></w:body></w:document>"
        ),
    }


def _relations(*targets: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>' for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _body(report: Report) -> Iterator[str]:
    yield _paragraph(report.title, "Title")
    yield _paragraph(report.preface)
    for section in report.sections:
        yield _paragraph(section.title, "Heading1")
        for text in section.text:
            yield _paragraph(text)
        if section.missing:
            yield _paragraph(f"【待填写：{section.advice}】")
        if section.grid:
            yield _table(section.grid)
            yield _paragraph("", "TableText")


def _paragraph(text: str, style: str = "Normal") -> str:
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def _table(grid: Grid) -> str:
    widths = [_LINE * share // sum(grid.widths) for share in grid.widths]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{sides}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(_rows(grid, widths))}</w:tbl>"
    )


def _rows(grid: Grid, widths: list[int]) -> Iterator[str]:
    """Word has no row spans: a cell that goes on from above is written again, empty, as a continuation."""
    open_: dict[int, tuple[Cell, int]] = {}  # column → cell that goes on below, and how many rows it still has
    for number, row in enumerate(grid.rows):
        cells, column, written = [], 0, iter(row)
        while column < len(widths):
            cell, left = open_.pop(column, (None, 0))
            merge = "" if cell is None else "<w:vMerge/>"
            if cell is None:
                cell = next(written)
                left, merge = cell.rows, '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
            cells.append(_cell(cell, sum(widths[column : column + cell.columns]), merge))
            if left > 1:
                open_[column] = cell, left - 1
            column += cell.columns
        repeated = "<w:tblHeader/>" if number < grid.top else ""
        yield f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(cell: Cell, width: int, merge: str) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="F7CAC9"/>' if cell.fault else ""
    text = _paragraph("" if merge == "<w:vMerge/>" else cell.text, "TableHead" if cell.head else "TableText")
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{shade}<w:vAlign w:val="center"/></w:tcPr>{text}</w:tc>'
    )


def _styles() -> str:
    indented = '<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/>'
    centred = '<w:spacing w:before="20" w:after="20"/><w:jc w:val="center"/>'
    listed = (
        ("Normal", "Normal", indented, "仿宋", 32, ""),
        ("Title", "Title", '<w:spacing w:after="480" w:line="640" w:lineRule="exact"/><w:jc w:val="center"/>', "宋体", 44, "<w:b/>"),
        ("Heading1", "heading 1", f"<w:keepNext/>{indented}<w:outlineLvl w:val=\"0\"/>", "黑体", 32, ""),
        ("TableHead", "Table Head", centred, "黑体", 18, ""),
        ("TableText", "Table Text", centred, "仿宋", 18, ""),
    )  # fmt: skip
    made = "".join(
        f'<w:style w:type="paragraph"{_DEFAULT if code == "Normal" else ""} w:styleId="{code}"><w:name w:val="{name}"/>'
        f'<w:qFormat/><w:pPr>{layout}</w:pPr><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
        f'w:eastAsia="{font}" w:cs="Times New Roman"/>{weight}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
        for code, name, layout, font, size, weight in listed
    )
    return f'<w:styles xmlns:w="{_MAIN}">{made}</w:styles>'


def _page_number() -> str:
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    return f'<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr>{field}</w:p>'
