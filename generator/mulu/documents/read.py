"""A Word file, web page or Markdown file → the text of an item, what it says of itself, and its pictures."""

import re
from pathlib import Path

import msgspec

from mulu.documents.markdown import blocks
from mulu.documents.official import Facts, facts
from mulu.documents.opened import Opened, damaged, opened, refused
from mulu.documents.web import decoded, from_html
from mulu.documents.word import READERS, Html, Picture
from mulu.files.frontmatter import split

READABLE = ("docx", "doc", "wps", "rtf", "html", "htm", "md")
"""Extensions that can be read as text, for messages; what counts is the content."""


class Document(msgspec.Struct, frozen=True):
    """A document that was read: Markdown, facts, pictures, lines set aside because the page shows them elsewhere, and the file itself."""

    body: str
    facts: Facts
    original: Opened
    pictures: tuple[Picture, ...] = ()
    aside: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def read(path: Path) -> Document:
    """The document at `path`; raises Refused for one that cannot or must not be published, and says what to do."""
    return document_of(opened(path))


def document_of(file: Opened) -> Document:
    """The document in bytes that have been looked at; raises Refused as `read` does."""
    path = file.path
    if file.kind == "text":
        return _checked(_from_markdown(file))
    reader = from_html if file.kind == "html" else READERS.get(file.kind)
    if reader is None:
        raise refused(path, f"不是可以读成正文的文件（{file.kind}）", f"能读的有：{'、'.join(READABLE)}；其他文件作为附件放进信息的文件夹",
                      f"holds no text that can be read ({file.kind})", f"these can be read: {', '.join(READABLE)}")  # fmt: skip
    try:
        made: Html = reader(file)
        found, body, aside = facts(blocks(made.html))
    except RecursionError as deep:  # elements inside each other by the thousand: no office writes that
        raise damaged(path) from deep
    return _checked(Document("\n\n".join(body), found, file, made.pictures, tuple(aside), made.lost))


def _from_markdown(file: Opened) -> Document:
    """Markdown stays as it was written; only a first heading that is the title is set aside."""
    text = decoded(file.content).replace("\r\n", "\n").replace("\r", "\n")
    parts, _ = split(file.path.name, text)
    body = (parts.body if parts else text).strip("\n")
    title = re.match(r"# +(?P<title>[^\n]+?)\s*#*(?:\n+|\Z)", body)
    found, _, _ = facts([block for block in re.split(r"\n{2,}", body[title.end() :] if title else body) if block.strip()])
    if title:
        return Document(
            body[title.end() :], msgspec.structs.replace(found, title=title["title"]), file, aside=(title["title"],)
        )
    return Document(body, found, file)


def _checked(document: Document) -> Document:
    if document.facts.secret:
        raise refused(
            document.original.path, f"标有密级：“{document.facts.secret}”", "涉密文件不能公开；已经解密的，先删去密级标志并办好解密手续",
            f"is marked as secret: “{document.facts.secret}”", "secret documents are not published; remove the mark only if it was declassified",
        )  # fmt: skip
    if not document.body.strip():
        raise refused(
            document.original.path,
            "里没有文字",
            "扫描件先识别成文字，或者把它作为附件",
            "holds no text",
            "recognise the scan as text first, or attach it",
        )
    return document
