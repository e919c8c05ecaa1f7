"""The parts of a docx that say how things look, without what nobody reads here: mammoth builds a tree of everything (0.4 s for the styles alone)."""

import re
from functools import lru_cache
from xml.etree import ElementTree as Xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLE_PARTS = frozenset(f"{W}{name}" for name in ("name", "pPr", "numPr", "numId", "ilvl"))
_LEVEL_PARTS = frozenset(f"{W}{name}" for name in ("numFmt", "lvlText", "start", "pStyle"))
_USED = re.compile(rb'<w:(?:p|r|tbl)Style\s+w:val="([^"]+)"')
_LOOKS = re.compile(
    rb"<w:(?:rFonts|sz|szCs|lang|spacing|color|kern|w|position|shd|snapToGrid|bCs|iCs|proofErr|lastRenderedPageBreak|bookmarkEnd|widowControl"
    rb"|adjustRightInd|autoSpaceDE|autoSpaceDN|kinsoku|overflowPunct|topLinePunct|wordWrap|jc|ind|textAlignment)(?:\s[^<>]*)?/>"
)
"""Empty elements of runs and paragraphs that say nothing of text, marks, numbers or tables."""
_KEPT = 32
"""Documents of one office share their template."""


def slim_document(content: bytes) -> bytes:
    """document.xml without fonts, sizes, colours and spacing, which in an office's file are most of its elements."""
    return _LOOKS.sub(b"", content)


def slim_styles(content: bytes, document: bytes) -> bytes:
    """styles.xml with the names of the styles that the document uses, and the numbering that they bring along."""
    return _slim_styles(content, frozenset(_USED.findall(document)))


@lru_cache(maxsize=_KEPT)
def _slim_styles(content: bytes, used: frozenset[bytes]) -> bytes:
    tree = Xml.fromstring(content)  # noqa: S314  bounded by documents.opened; expat ends entity floods
    for child in list(tree):
        if child.tag != f"{W}style" or (
            (child.get(f"{W}styleId") or "").encode() not in used and child.get(f"{W}type") != "numbering"
        ):
            tree.remove(child)
        else:
            _prune(child)
    return Xml.tostring(tree)


@lru_cache(maxsize=_KEPT)
def slim_numbering(content: bytes) -> bytes:
    """numbering.xml with the form of every number and where it begins."""
    tree = Xml.fromstring(content)  # noqa: S314  bounded by documents.opened; expat ends entity floods
    for level in tree.iter(f"{W}lvl"):
        for part in list(level):
            if part.tag not in _LEVEL_PARTS:
                level.remove(part)
    return Xml.tostring(tree)


def _prune(element: Xml.Element) -> None:
    for part in list(element):
        if part.tag in _STYLE_PARTS:
            _prune(part)
        else:
            element.remove(part)
