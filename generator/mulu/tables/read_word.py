"""Word documents, .docx: every table with its merged cells (gridSpan, vMerge), and the paragraphs between tables."""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from mulu.start.written import Refused
from mulu.tables.grid import Cell, Grid
from mulu.tables.read_workbook import corrupt

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
_SYMBOLS = {"F0FE": "☑", "F052": "☑", "F06E": "■", "F0A8": "□", "F06F": "□", "F0A3": "□", "F0FC": "√", "F0D6": "√", "F054": "☑"}
"""Wingdings characters of w:sym that mark a choice."""


def read_word(name: str, content: bytes) -> tuple[Grid, ...]:
    """A grid per table that no other table contains; raises Refused for a broken file."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            xml = parts.read("word/document.xml")
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, zlib.error) as broken:
        raise Refused(corrupt(name, str(broken))) from broken
    grids: list[tuple[list[Cell], list[str], list[str]]] = []
    lines: list[str] = []
    body = root.find(f"{_W}body")
    for block in _blocks(body) if body is not None else ():
        if block.tag == f"{_W}tbl":
            grids.append((_cells(block, len(grids) + 1), lines, []))
            lines = []
        elif text := _text(block).strip():
            lines.append(text)
    return tuple(
        Grid(f"表{number}", tuple(cells), tuple(before), tuple(lines) if number == len(grids) else ())
        for number, (cells, before, _) in enumerate(grids, 1)
    )


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables in order, out of content controls and insertions too."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            yield from _blocks(child)


def _cells(table: etree._Element, number: int) -> list[Cell]:
    cells: list[Cell] = []
    open_at: dict[int, int] = {}
    for row, line in enumerate(_children(table, "tr")):
        column = _number(line, "trPr", "gridBefore", 0)
        for place, cell in enumerate(_children(line, "tc"), 1):
            wide = _number(cell, "tcPr", "gridSpan", 1)
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            goes_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
            if goes_on and column in open_at:
                above = cells[open_at[column]]
                cells[open_at[column]] = Cell(
                    above.text, above.row, above.column, above.place, row - above.row + 1, above.columns
                )
            else:
                text = "\n".join(_text(block) for block in _blocks(cell))
                open_at[column] = len(cells)
                cells.append(Cell(text.strip("\n"), row, column, f"表{number}第{row + 1}行第{place}格", 1, wide))
            column += wide
    return cells


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _children(child, name)


def _number(element: etree._Element, properties: str, name: str, otherwise: int) -> int:
    found = element.find(f"{_W}{properties}/{_W}{name}")
    value = found.get(f"{_W}val", "") if found is not None else ""
    return min(int(value), 200) if value.isdigit() else otherwise


def _text(block: etree._Element) -> str:
    """The text of a paragraph, or of a table inside a cell line by line; deleted text is left out."""
    if block.tag == f"{_W}tbl":
        return "\n".join(_text(each) for each in block.iter(f"{_W}p"))
    parts: list[str] = []
    for node in block.iter():
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag == f"{_W}sym":
            parts.append(_SYMBOLS.get((node.get(f"{_W}char") or "").upper(), "�"))
        elif node.tag in _BREAKS and node.getparent().tag == f"{_W}r":
            parts.append(_BREAKS[node.tag])
    return "".join(parts).replace("\u00a0", " ")
