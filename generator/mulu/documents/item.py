"""`mulu new item --from`: a document becomes an item; what was read from it stands in the front matter for confirmation."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec

from mulu.documents.kinds import kind_of
from mulu.documents.opened import Opened, refused
from mulu.documents.read import Document, read
from mulu.model.schema import schema, titles
from mulu.start.item import new_item
from mulu.start.written import WrittenFile
from mulu.start.yaml_text import Noted, Written

CONFIRM = "从文件里读出，请核对"
_UNFIT = re.compile(r"[^\w\-.（）()《》〈〉、，·+ 〔〕]+")
_ATTACHED = {
    "docx": ("docx",), "ole": ("doc", "wps", "xls", "et", "ppt"), "pdf": ("pdf",), "ofd": ("ofd",), "xlsx": ("xlsx",), "pptx": ("pptx",),
    "png": ("png",), "jpeg": ("jpg", "jpeg"),
}  # fmt: skip
"""What the bytes are → the extensions under which the original is published as an attachment."""


class Made(msgspec.Struct, frozen=True):
    """The files written for a document, and what became of the parts that do not stand in the text."""

    files: tuple[WrittenFile, ...]
    document: Document
    attached: str | None


def item_from(
    root: Path, source: Path, *, department: str, published: date, title: str | None = None, kind: str | None = None,
    entries: Sequence[str] = (), id: str | None = None,
) -> Made:  # fmt: skip
    """Write an item from the document at `source`: its text as Markdown, pictures and the original in its folder.

    Raises Refused for a document that cannot be read and for one without a title when none is given.
    """
    document = read(source)
    named = title or document.facts.title
    if not named:
        raise refused(source, "读不出标题", "用 --title 写明标题", "shows no title", "give it with --title")
    named = named[: schema("item")["properties"]["title"]["maxLength"]]
    attached = attachment_name(document.original)
    given: dict[str, Written] = dict(given_by(document))
    beside = {picture.name: picture.content for picture in document.pictures}
    if attached:
        given["attachments"] = [{"file": attached, "title": f"{named[:200]}（原文件）"}]
        beside[attached] = document.original.content
    chosen = kind or kind_of(named)
    if kind is None:
        given["kind"] = Noted(chosen, titles("item", "kind")[chosen] + "；按标题推测，请核对")
    files = new_item(
        root, department=department, title=named if title else Noted(named, CONFIRM), kind=chosen, entries=entries,
        published=published, id=id, given=given, body=document.body, beside=beside,
    )  # fmt: skip
    return Made(files, document, attached)


def given_by(document: Document) -> Mapping[str, Written]:
    """The keys of the front matter that the document answers, each marked for confirmation."""
    facts = document.facts
    found: dict[str, Written] = {}
    if facts.issuers:
        found["issuers"] = Noted(facts.issuers, CONFIRM)
    for key in ("document_number", "formed", "effective"):
        value = getattr(facts, key)
        if value is not None:
            found[key] = Noted(value, CONFIRM)
    return found


def attachment_name(file: Opened) -> str | None:
    """The name under which the original is attached; None for a web page, Markdown or a file whose name says something else."""
    extension = file.path.suffix.lower().removeprefix(".")
    if extension not in _ATTACHED.get(file.kind, ()):
        return None
    return f"{fit_name(file.path.stem)}.{extension}"


def fit_name(stem: str) -> str:
    """A file name that can stand in an address: letters, digits and the punctuation of Chinese titles."""
    return _UNFIT.sub("-", stem).strip("-. ")[:100] or "原文件"
