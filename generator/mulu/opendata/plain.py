"""The plain-text twin of an item: what it is, then its text, for programs and for readers with little bandwidth."""

import html
import re

from mulu.files.frontmatter import split
from mulu.files.markdown import to_html
from mulu.files.text import decode

MARK = "\ufeff"
"""Tells a browser that the file is UTF-8 where the server does not: many portals serve text as GB 18030."""

_TAG = re.compile(r"<(?:[^\"'<>]|\"[^\"]*\"|'[^']*')*>")
_PARAGRAPH = re.compile(r"</?(?:p|h[1-6]|ul|ol|dl|table|blockquote|pre|figcaption|caption|div|hr)\b[^>]*>\n?")
_LINE = re.compile(r"\s*<(?:br|/li|/tr|/dt|/dd)\b[^>]*>\s*")
_ROWS = re.compile(r"\s*</?t(?:head|body|foot)\b[^>]*>\s*")
_CELL = re.compile(r"\s*</t[dh]>\s*")
_BULLET = re.compile(r"<li>")
_IMAGE = re.compile(r'<img [^>]*?alt="([^"]*)"[^>]*>')
_BLANK = re.compile(r"[ \t]*\n\s*\n+")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)


def plain_text(path: str, content: bytes) -> str:
    """The words of an item file's body: a line for a paragraph or row, tabs between cells, no markup."""
    text, _ = decode(path, content)
    parts, _ = split(path, text or "")
    made = to_html(parts.body) if parts else ""
    made = _IMAGE.sub(lambda image: f"〔图：{image[1]}〕" if image[1] else "", made)
    made = _CELL.sub("\t", _ROWS.sub("", _BULLET.sub("· ", made)))
    made = html.unescape(_TAG.sub("", _PARAGRAPH.sub("\n\n", _LINE.sub("\n", made))))
    return _TRAILING.sub("", _BLANK.sub("\n\n", made)).strip()


def twin(title: str, about: list[tuple[str, str]], body: str) -> bytes:
    """Title, a line for each thing known, and the body."""
    head = "\n".join(f"{label}：{' '.join(value.split())}" for label, value in about if value)
    return f"{MARK}{title}\n\n{head}\n{f'{chr(10)}{body}{chr(10)}' if body else ''}".encode()
