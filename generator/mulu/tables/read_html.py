"""Saved web pages: every data table with rowspan and colspan, and the lines of the page around it."""

import re

from lxml import html

from mulu.start.written import Refused
from mulu.tables.encoding import decoded
from mulu.tables.grid import Cell, Grid
from mulu.tables.read_workbook import corrupt

_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_SILENT = frozenset({"script", "style", "noscript", "template", "head", "option", "textarea"})
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "br",
        "li",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "ul",
        "ol",
        "table",
        "td",
        "dd",
        "dt",
    }
)
_WIDEST = 200


def read_html(name: str, content: bytes) -> tuple[Grid, ...]:
    """A grid per table that holds no other table; a table around tables is only layout."""
    text = _decoded(name, content)
    try:
        root = html.document_fromstring(re.sub(r"\A\s*<\?xml[^>]*\?>", "", text))
    except (ValueError, html.etree.ParserError) as broken:
        raise Refused(corrupt(name, str(broken))) from broken
    tables = [table for table in root.iter("table") if next(table.iterdescendants("table"), None) is None]
    around: list[list[str]] = [[]]
    _walk(root, set(tables), around)
    return tuple(
        Grid(
            f"表{number}",
            tuple(_cells(table, number)),
            tuple(around[number - 1]),
            tuple(around[number]) if number == len(tables) else (),
        )
        for number, table in enumerate(tables, 1)
    )


def _decoded(name: str, content: bytes) -> str:
    declared = _CHARSET.search(content[:4096])
    if declared and not content.startswith(b"\xef\xbb\xbf"):
        charset = declared[1].decode("ascii").lower()
        try:
            return content.decode("gb18030" if charset in ("gb2312", "gbk", "gb_2312-80") else charset)
        except (LookupError, UnicodeDecodeError):
            pass
    return decoded(name, content)[0]


def _walk(element: html.HtmlElement, tables: set[html.HtmlElement], around: list[list[str]]) -> None:
    """Lines of text outside the tables, in order; a table begins the lines that follow it."""
    stack: list[tuple[html.HtmlElement, bool]] = [(element, False)]
    open_line = [""]

    def flush() -> None:
        line = " ".join(open_line[0].split())
        if line:
            around[-1].append(line)
        open_line[0] = ""

    while stack:
        node, leaving = stack.pop()
        name = node.tag if isinstance(node.tag, str) else "script"
        if leaving:
            if name in _BLOCKS:
                flush()
            open_line[0] += node.tail or ""
            continue
        if name in _BLOCKS:
            flush()
        stack.append((node, True))
        if node in tables:
            flush()
            around.append([])
        elif name not in _SILENT:
            open_line[0] += node.text or ""
            stack += [(child, False) for child in reversed(node)]
    flush()


def _cells(table: html.HtmlElement, number: int) -> list[Cell]:
    cells: list[Cell] = []
    until: dict[int, int] = {}
    rows = list(table.iter("tr"))
    for row, line in enumerate(rows):
        column = 0
        for place, cell in enumerate((child for child in line if child.tag in ("td", "th")), 1):
            while until.get(column, 0) > row:
                column += 1
            high, wide = _span(cell, "rowspan", len(rows) - row), _span(cell, "colspan", _WIDEST)
            cells.append(Cell(_text(cell), row, column, f"表{number}第{row + 1}行第{place}格", high, wide))
            for covered in range(column, column + wide):
                until[covered] = row + high
            column += wide
    return cells


def _span(cell: html.HtmlElement, name: str, rest: int) -> int:
    value = (cell.get(name) or "").strip()
    number = int(value) if value.isdigit() and len(value) < 6 else 1
    return max(1, min(rest if number == 0 and name == "rowspan" else number, rest))


def _text(cell: html.HtmlElement) -> str:
    """The cell's lines: source line breaks are spaces, blocks and <br> are line breaks."""
    parts: list[str] = []
    stack: list[tuple[html.HtmlElement, bool]] = [(cell, False)]
    while stack:
        node, leaving = stack.pop()
        name = node.tag if isinstance(node.tag, str) else "script"
        if leaving:
            parts.append("\n" if name in _BLOCKS and node is not cell else "")
            parts.append(_flat(node.tail) if node is not cell else "")
            continue
        parts.append("\n" if name in _BLOCKS and node is not cell and name != "br" else "")
        stack.append((node, True))
        if name not in _SILENT:
            parts.append(_flat(node.text))
            stack += [(child, False) for child in reversed(node)]
    lines = (" ".join(line.split(" ")).strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _flat(text: str | None) -> str:
    return re.sub(r"[ \t\r\n\u00a0]+", " ", text or "")
