"""The repository's items as documents of the index; an item's file is read only when something about it has changed."""

import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import quote

import msgspec

from mulu.files.kept import read_kept, write_kept
from mulu.files.tree import SourceFile, Tree
from mulu.model.item import Item
from mulu.model.repository import Repository
from mulu.model.schema import titles
from mulu.pages.plan import own_files
from mulu.pages.search import facets
from mulu.resources import program_digest
from mulu.search.attachment import AttachedText, attachment_text
from mulu.search.body import body_text
from mulu.search.document import Attached, Document, Full
from mulu.search.index import Source


class _KeptText(msgspec.Struct, frozen=True):
    """The text of an attachment, and the program that read it."""

    program: str
    found: AttachedText


def search_sources(repository: Repository) -> Iterator[Source]:
    """Every item with its key: what it says, and what is said of the entries it answers and of its department."""
    said = {id: _digest(f"{entry.field}\0{entry.wording}") for id, entry in repository.entries.items()}
    names = {code: _digest(each.name) for code, each in repository.departments.items()}
    folders = {_item_path(path) for path in repository.attachments}
    days: dict[date, str] = {}
    for item in repository.items.values():
        key = item.blob.encode() + names.get(item.department, b"")
        for answer in item.entries:
            key += said.get(answer.entry, b"")
        if item.origin.path in folders:
            key += b"".join(repository.files[path].blob.encode() for path in own_files(item, repository))
        day = item.published
        yield Source(item.id, days.get(day) or days.setdefault(day, day.isoformat()), key)


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def _item_path(attachment: str) -> str:
    """The item to which a file belongs that lies in `catalogs/departments/CODE/items/YEAR/ID/`."""
    return "/".join(attachment.split("/", 6)[:6]) + ".md"


def document_reader(repository: Repository, tree: Tree, cache: Path) -> Callable[[str], Full]:
    """Reads a document by its id; texts of attachments are kept in `cache` by content. Each process needs one of its own."""
    program, tree = program_digest(), tree.apart()

    def text_of(file: SourceFile) -> AttachedText:
        path = cache / f"{file.blob}.msgpack"
        kept = read_kept(path, _KeptText)
        if kept is not None and kept.program == program:
            return kept.found
        found = attachment_text(tree.read(file.path))
        write_kept(path, _KeptText(program, found))
        return found

    def read(id: str) -> Full:
        item = repository.items[id]
        return Full(Document(id)) if item.withdrawn else _full(item, repository, tree, text_of)

    return read


def _full(item: Item, repository: Repository, tree: Tree, text_of: Callable[[SourceFile], AttachedText]) -> Full:
    attached, texts, unread = [], [], []
    listed = {each.file: each.title for each in item.attachments}
    for path in own_files(item, repository):
        name = path.rsplit("/", 1)[-1]
        if name not in listed and repository.attachments.get(path) in ("png", "jpeg", "gif", "webp"):
            continue  # a picture in the text
        found = text_of(repository.files[path])
        attached.append(Attached(f"items/{item.id}/{quote(name)}", listed.get(name) or name, bool(found.text)))
        texts.append(found.text)
        if found.fault:
            unread.append((path, found.fault))
    number = item.number or ""
    body, headings = body_text(item.origin.path, tree.read(item.origin.path))
    document = Document(
        id=item.id,
        title=item.title,
        number=number,
        index_number=item.index_number,
        forms=_forms(item.document_number, number),
        catalog=tuple(
            (each.entry, " › ".join(filter(None, repository.entries[each.entry].wording)))
            for each in item.entries
            if each.entry in repository.entries
        ),
        kind=_kinds()[item.kind],
        source="、".join(item.issuers),
        published=item.published.isoformat(),
        validity=item.validity or "",
        facets=tuple(sorted(facets(item, repository))),
        about=tuple(filter(None, _about(item))),
        body=body,
        attachments=tuple(attached),
        headings=headings,
    )
    return Full(document, tuple(texts), tuple(unread))


@cache
def _kinds() -> dict[str, str]:
    return titles("item", "kind")


def _forms(written: str | None, number: str) -> tuple[str, ...]:
    """Other writings of the number: as the file has it, and with 第 before the serial."""
    if not written or not number:
        return ()
    return tuple(sorted({written, re.sub(r"〕(?=\d+号)", "〕第", number)} - {number}))


def _about(item: Item) -> Iterator[str | None]:
    yield item.summary
    yield "、".join(item.keywords)
    yield "、".join(item.issuers)
    yield item.subject
    yield item.source
    if item.service:
        yield from (item.service.handler, item.service.phone, item.service.time, item.service.fee, item.service.place)
    if item.comment:
        yield item.comment.how
