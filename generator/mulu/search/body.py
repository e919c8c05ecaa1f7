"""The words of an item's body as its page shows them, a line for each paragraph, heading, entry or row of a table."""

import html
import re

from mulu.files.frontmatter import split
from mulu.files.markdown import rendered, to_html
from mulu.files.text import decode

_BLOCK_TAG = re.compile(
    r"</?(?:p|h[1-6]|li|ul|ol|dl|dt|dd|table|caption|thead|tbody|tr|div|blockquote|pre|hr|figure|figcaption|br)\b[^>]*>"
)
_CELL = re.compile(r"<t[hd]\b[^>]*>")
_HEADING = re.compile(r"<h[1-6]\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_MARK = "\0"


def body_text(path: str, content: bytes) -> tuple[str, tuple[int, ...]]:
    """The lines of the body of an item file, and which of them are headings."""
    text, _ = decode(path, content)
    parts, _ = split(path, text or "")
    body = parts.body.replace(_MARK, "") if parts else ""
    made = (to_html if "<" in body else rendered)(body).replace("\n", " ")
    made = _BLOCK_TAG.sub("\n", _HEADING.sub(f"\n{_MARK}", _CELL.sub(" ", made)))
    lines = [" ".join(line.split()) for line in html.unescape(_TAG.sub("", made)).split("\n") if line]
    lines = [line for line in lines if line and line != _MARK]
    headings = tuple(number for number, line in enumerate(lines) if line[0] == _MARK)
    return "\n".join(lines).replace(_MARK, ""), headings
