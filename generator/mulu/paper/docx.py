"""Word files: a minimal docx written by hand, so that the same content gives the same bytes.

Type follows the official document layout (GB/T 9704-2012): 仿宋 16 pt, headings 黑体, tables smaller.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from html import escape

import msgspec

from mulu.paper.table import Cell, Grid

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DEFAULT = ' w:default="1"'
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The one date of every part: a zip cannot say less, and the clock does not belong into the bytes."""


class Sheet(msgspec.Struct, frozen=True):
    """A page: its size and margins (top, right, bottom, left) in twentieths of a point."""

    width: int
    height: int
    margins: tuple[int, int, int, int]
    table_size: int = 18

    @property
    def line(self) -> int:
        """Width of a line."""
        return self.width - self.margins[1] - self.margins[3]


A4 = Sheet(11906, 16838, (2098, 1474, 1984, 1588))
"""The page of GB/T 9704-2012: margins of 37, 26, 35 and 28 mm."""


def word_file(body: str, *, title: str, creator: str, sheet: Sheet = A4) -> bytes:
    """The docx whose body is `body`, made of `paragraph` and `table`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in _parts(body, title, creator, sheet).items():
            about = zipfile.ZipInfo(name, _EARLIEST)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr = 0o644 << 16
            about.create_system = 3
            archive.writestr(about, (_DECLARATION + content).encode(), compresslevel=6)
    return out.getvalue()


def _parts(body: str, title: str, creator: str, sheet: Sheet) -> dict[str, str]:
    top, right, bottom, left = sheet.margins
    turned = ' w:orient="landscape"' if sheet.width > sheet.height else ""
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
            f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(creator)}</dc:creator></cp:coreProperties>"
        ),
        "word/_rels/document.xml.rels": _relations((f"{_OFFICE}/styles", "styles.xml"), (f"{_OFFICE}/footer", "footer1.xml")),
        "word/styles.xml": _styles(sheet),
        "word/footer1.xml": f'<w:ftr xmlns:w="{_MAIN}">{_page_number()}</w:ftr>',
        "word/document.xml": (
            f'<w:document xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}"><w:body>{body}'
            f'<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="{sheet.width}" w:h="{sheet.height}"{turned}/>'
            f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="851" w:footer="{min(1400, bottom * 2 // 3)}" w:gutter="0"/>'
            "</w:sectPr></w:body></w:document>"
        ),
    }


def _relations(*targets: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>' for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def paragraph(text: str, style: str = "Normal", *, link: str = "", hidden: str = "") -> str:
    """One paragraph in a style: Normal, Title, Heading1, TableHead, TableText or TableLong; lines of the text are kept."""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(printable(line))}</w:t>' for line in text.split("\n"))
    look = '<w:rPr><w:color w:val="1F4E9E"/><w:u w:val="single"/></w:rPr>' if link else ""
    run = f"<w:r>{look}{lines}</w:r>" if text else ""
    if link and text:
        run = f'<w:fldSimple w:instr="{escape(f" HYPERLINK {chr(34)}{link}{chr(34)} ")}">{run}</w:fldSimple>'
    if hidden:
        run += f'<w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space="preserve">{escape(printable(hidden))}</w:t></w:r>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def printable(text: str) -> str:
    """Without characters that XML cannot hold."""
    return _UNPRINTABLE.sub("\ufffd", text)


def table(grid: Grid, *, sheet: Sheet = A4) -> str:
    """The table over the whole line; its head is repeated on every page."""
    widths = [sheet.line * share // sum(grid.widths) for share in grid.widths]
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
    style = "TableHead" if cell.head else "TableLong" if cell.long else "TableText"
    text = paragraph("" if merge == "<w:vMerge/>" else cell.text, style, link=cell.link, hidden=cell.hidden)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{shade}<w:vAlign w:val="center"/></w:tcPr>{text}</w:tc>'
    )


def _styles(sheet: Sheet) -> str:
    indented = '<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/>'
    centred = '<w:spacing w:before="20" w:after="20"/><w:jc w:val="center"/>'
    listed = (
        ("Normal", "Normal", indented, "仿宋", 32, ""),
        ("Title", "Title", '<w:spacing w:after="480" w:line="640" w:lineRule="exact"/><w:jc w:val="center"/>', "宋体", 44, "<w:b/>"),
        ("Heading1", "heading 1", f"<w:keepNext/>{indented}<w:outlineLvl w:val=\"0\"/>", "黑体", 32, ""),
        ("TableHead", "Table Head", centred, "黑体", sheet.table_size, ""),
        ("TableText", "Table Text", centred, "仿宋", sheet.table_size, ""),
        ("TableTitle", "Table Title", '<w:keepNext/><w:spacing w:before="120" w:after="120"/><w:jc w:val="center"/>', "宋体", 32, "<w:b/>"),
        ("TableLong", "Table Long", '<w:spacing w:before="20" w:after="20"/>', "仿宋", sheet.table_size, ""),
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
