"""Clean HTML of a document to Markdown blocks: official numbers make headings, tables with merged cells stay HTML."""

import re
import unicodedata
from typing import Any

from bs4 import Tag
from markdownify import MarkdownConverter

from mulu.files.markdown import clean

_HEADINGS = (
    (re.compile(r"第[一二三四五六七八九十百零〇\d]{1,5}[编章][\s　]"), 2),
    (re.compile(r"[一二三四五六七八九十]{1,3}、"), 2),
    (re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"), 3),
    (re.compile(r"\d{1,2}(?:[.．](?!\d)|、)"), 4),
)
"""层次序数 of GB/T 9704-2012: 一、 then （一） then 1. ; chapters of regulations come first."""

_HEADING_LENGTH = 40
_ENDS = re.compile(r"[。；;：:，,！？!?]\Z")
_MARKUP = re.compile(r"\\([^\w\s])")
_ORDERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_BLOCKS = frozenset(["ul", "ol", "img", "table"])
_INLINE = frozenset(["a", "b", "strong", "br", "img", "sup", "sub", "del"])
_LISTED = re.compile(r"\d{1,9}\. ")
_WRAPPED = re.compile(r"(?<=[\u2e80-\uffef])\n(?=[\u2e80-\uffef])")
_INNER_SPACE = re.compile(r"[ \t\u00a0\u3000]+")


def blocks(html: str) -> list[str]:
    """The document as Markdown blocks (paragraphs, headings, lists, tables), in order; every tag outside the short list is gone."""
    text = _Converter(heading_style="atx", bullets="-", autolinks=False).convert(clean(html))
    found = [block.strip("\n") for block in re.split(r"\n[ \t\u3000]*\n+", text)]
    return [_headed(block) for block in found if block.strip(" \t\n\u3000\u00a0")]


def plain(block: str) -> str:
    """The words of a block without Markdown's signs, spaces at the ends, and marks of emphasis."""
    text = re.sub(r"^#{1,6} |\*\*|~~", "", block)
    return _MARKUP.sub(r"\1", text).replace("&lt;", "<").replace("&amp;", "&").strip(" \n\t\u3000\u00a0")


def heading_level(line: str) -> int:
    """2, 3 or 4 for a line that stands as a heading by its official number; 0 for running text."""
    if len(line) > _HEADING_LENGTH or _ENDS.search(line):
        return 0
    return next((level for pattern, level in _HEADINGS if pattern.match(line)), 0)


def _headed(block: str) -> str:
    """Headings as they count in official documents, whatever style Word had for them."""
    if block.startswith(("<", "|", "-", ">", "![")) or "\n" in block or _LISTED.match(block):
        return block
    line = plain(block)
    level = heading_level(line)
    if level:
        return "#" * level + " " + _escaped(line).replace("\\.", ".", 1)
    if block.startswith("# "):
        return "#" + block  # the page has its title already
    return block


def _escaped(text: str) -> str:
    text = re.sub(r"([\\`*_\[\]~|#])", r"\\\1", text)
    return _ORDERED.sub(r"\1\\\2", text.replace("&", "&amp;").replace("<", "&lt;"))


class _Converter(MarkdownConverter):
    """Markdown that reads back as the same words: text is never taken for HTML, lists or marks."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """The text with everything in it that Markdown would read as a sign made harmless."""
        return _escaped(_INNER_SPACE.sub(" ", _WRAPPED.sub("", text).replace("\n", " "))) if text else ""

    def process_tag(self, node: Tag, parent_tags: set[str] | None = None) -> str:
        """Tables are written cell by cell, everything else from the inside out."""
        if node.name == "table":
            return self.convert_table(node, "", parent_tags or set())
        text: str = super().process_tag(node, parent_tags)  # type: ignore[misc]  # the stubs leave it out
        return text

    def convert_table(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A pipe table where every cell is one line and none spans; HTML otherwise."""
        if el.find_parent("table"):
            return str(el)
        if _complex(el.find_all(["td", "th"])):
            return f"\n\n{_html_table(el)}\n\n"
        rows = [[_cell_text(self, cell) for cell in row.find_all(["td", "th"])] for row in el.find_all("tr")]
        rows = [row for row in rows if row]
        width = max((len(row) for row in rows), default=0)
        if not width:
            return ""
        lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
        return "\n\n" + "\n".join([lines[0], "|" + "---|" * width, *lines[1:]]) + "\n\n"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A picture with a text for those who cannot see it; of a lost one only that it was there."""
        source, alt = str(el.get("src") or ""), _INNER_SPACE.sub(" ", str(el.get("alt") or "")).strip()
        if not source:
            return f"〔{_escaped(alt)}〕" if alt else ""
        return f"![{_escaped(alt or source.rpartition('.')[0])}]({source})"

    def convert_b(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Bold; punctuation at its ends stands outside, or Markdown would not see the end of it beside a letter."""
        if "_inline" in parent_tags or not text.strip():
            return text
        start, end = 0, len(text)
        while end and (text[end - 1].isspace() or unicodedata.category(text[end - 1])[0] in "PS"):
            end -= 1
        while start < end and (text[start].isspace() or unicodedata.category(text[start])[0] in "PS"):
            start += 1
        return f"{text[:start]}**{text[start:end]}**{text[end:]}" if start < end else text

    convert_strong = convert_b

    def convert_em(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Slanted Chinese type is a fault of the source; the words stay."""
        return text

    convert_i = convert_em
    convert_u = convert_em

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A link to another site; what pointed inside the document is its words."""
        target = str(el.get("href") or "")
        if not target.startswith(("http://", "https://", "mailto:")) or not text.strip():
            return text
        return f"[{text.strip()}]({target.replace('(', '%28').replace(')', '%29').replace(' ', '%20')})"


def _spans(cell: Tag) -> bool:
    return any(str(cell.get(name) or "1") != "1" for name in ("rowspan", "colspan"))


def _complex(cells: list[Tag]) -> bool:
    for cell in cells:
        inside = [each.name for each in cell.descendants if isinstance(each, Tag)]
        if _spans(cell) or not _BLOCKS.isdisjoint(inside) or inside.count("p") > 1:
            return True
    return False


def _cell_text(converter: Any, cell: Tag) -> str:
    if _INLINE.isdisjoint(each.name for each in cell.descendants if isinstance(each, Tag)):
        return _escaped(_INNER_SPACE.sub(" ", _WRAPPED.sub("", cell.get_text().strip()).replace("\n", " ")))
    parts = [str(converter.process_element(child, parent_tags={"td", "_inline"})) for child in cell.children]
    return _INNER_SPACE.sub(" ", "".join(parts).replace("\n", " ")).strip()


def _html_table(table: Tag) -> str:
    """HTML in one line a row, without blank lines, so that Markdown takes it as one block."""
    rows = []
    for row in table.find_all("tr"):
        for cell in row.find_all(["td", "th"], recursive=False):
            if len(cell.find_all("p")) == 1:
                cell.find_all("p")[0].unwrap()
        cells = "".join(str(cell).replace("\n", " ") for cell in row.find_all(["td", "th"], recursive=False))
        rows.append(f"<tr>{cells}</tr>")
    return "\n".join(["<table>", *rows, "</table>"])
