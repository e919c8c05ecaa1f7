"""A feed as Atom (RFC 4287), from a short summary of each of its newest items."""

import re
from xml.sax.saxutils import escape, quoteattr

import msgspec

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML 1.0 document may hold."""


class Line(msgspec.Struct, frozen=True, array_like=True):
    """One item in a feed. `address` is permanent and therefore the entry's id; days are written YYYY-MM-DD."""

    address: str
    title: str
    author: str
    kind: str
    kind_name: str
    published: str
    updated: str
    summary: str = ""


class Feed(msgspec.Struct, frozen=True):
    """A feed; `root` is the absolute address of the site, `page` what a browser shows for it, `since` the day of an empty one."""

    root: str
    address: str
    page: str
    title: str
    about: str
    author: str
    since: str
    lines: tuple[Line, ...]


def atom(feed: Feed) -> bytes:
    """The document. Days become midnight in China; the newest change is the feed's own."""
    updated = max((line.updated for line in feed.lines), default=feed.since)
    own = feed.root + feed.address
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<id>{_text(own)}</id>",
        f"<title>{_text(feed.title)}</title>",
        *([f"<subtitle>{_text(feed.about)}</subtitle>"] if feed.about else []),
        f"<updated>{_moment(updated)}</updated>",
        f"<author><name>{_text(feed.author)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={_attribute(own)}/>',
        f'<link rel="alternate" type="text/html" href={_attribute(feed.root + feed.page)}/>',
        "<generator>mulu</generator>",
    ]
    return "\n".join([*head, *(_entry(line, feed.root) for line in feed.lines), "</feed>", ""]).encode()


def _entry(line: Line, root: str) -> str:
    address = root + line.address
    summary = f'<summary type="text">{_text(line.summary)}</summary>' if line.summary else ""
    return (
        f"<entry><id>{_text(address)}</id><title>{_text(line.title)}</title>"
        f'<link rel="alternate" type="text/html" href={_attribute(address)}/>'
        f"<author><name>{_text(line.author)}</name></author>"
        f"<category term={_attribute(line.kind)} label={_attribute(line.kind_name)}/>"
        f"<published>{_moment(line.published)}</published><updated>{_moment(line.updated)}</updated>{summary}</entry>"
    )


def _moment(day: str) -> str:
    return f"{day}T00:00:00+08:00"


def _text(value: str) -> str:
    return escape(_NOT_XML.sub("", value))


def _attribute(value: str) -> str:
    return quoteattr(_NOT_XML.sub("", value))
