"""The text of an item file, rendered once for everything that shows it: its page and its plain-text twin."""

from functools import lru_cache

from mulu.files.frontmatter import split
from mulu.files.markdown import to_html
from mulu.files.text import decode


@lru_cache(maxsize=2)
def body_of(path: str, content: bytes) -> str:
    """The clean HTML of an item file's body; empty where the file has none. The last one is kept: page and twin follow each other."""
    text, _ = decode(path, content)
    parts, _ = split(path, text or "")
    return to_html(parts.body) if parts else ""
