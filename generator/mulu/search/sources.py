"""The repository's items as documents of the index; an item's file is read only when something about it has changed."""

import hashlib
import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import msgspec

from mulu.files.frontmatter import split
from mulu.files.kept import read_kept, write_kept
from mulu.files.markdown import rendered, to_html
from mulu.files.text import decode
from mulu.files.tree import SourceFile, Tree
from mulu.model.item import Item
from mulu.model.repository import Repository
from mulu.model.schema import titles
from mulu.pages.plan import own_files
from mulu.pages.search import facets
from mulu.resources import program_digest
from mulu.search.attachment import AttachedText, attachment_text
from mulu.search.document import Attached, Document, Full
from mulu.search.index import Source

_BLOCK_TAG = re.compile(
    r"</?(?:p|h[1-6]|li|ul|ol|dl|dt|dd|table|caption|thead|tbody|tr|div|blockquote|pre|hr|figure|figcaption|br)\b[^>]*>"
)
_CELL = re.compile(r"<t[hd]\b[^>]*>")
_HEADING = re.compile(r"<h[1-6]\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_MARK = "\0"


class _KeptText(msgspec.Struct, frozen=True):
    """The text of an attachment, and the program that read it."""

    program: str
    found: AttachedText


def search_sources(repository: Repository) -> Iterator[Source]:
    """Every item with its key: what it says, and what is said of the entries it answers and of its department."""
    said = {
        id: hashlib.blake2b(f"{entry.field}\0{entry.wording}".encode(), digest_size=8).digest()
        for id, entry in repository.entries.items()
    }
    names = {code: each.name.encode() for code, each in repository.departments.items()}
    for item in repository.items.values():
        digest = hashlib.blake2b(item.blob.encode(), digest_size=12)
        digest.update(names.get(item.department, b""))
        for answer in item.entries:
            digest.update(said.get(answer.entry, b""))
        if item.attachments or item.body.links:
            for path in own_files(item, repository):
                digest.update(repository.files[path].blob.encode())
        yield Source(item.id, item.published.isoformat(), digest.digest())


def document_reader(repository: Repository, tree: Tree, cache: Path) -> Callable[[str], Full]:
    """Reads a document by its id; texts of attachments are kept in `cache` by content."""
    program = program_digest()

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
    body, headings = body_text(item.origin.path, tree.read(item.origin.path))
    document = Document(
        id=item.id,
        title=item.title,
        number=item.number or "",
        index_number=item.index_number,
        forms=_forms(item),
        catalog=tuple(
            (each.entry, " › ".join(filter(None, repository.entries[each.entry].wording)))
            for each in item.entries
            if each.entry in repository.entries
        ),
        kind=titles("item", "kind")[item.kind],
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


def _forms(item: Item) -> tuple[str, ...]:
    """Other writings of the number: as the file has it, and with 第 before the serial."""
    if not item.document_number or not item.number:
        return ()
    written = {item.document_number, re.sub(r"〕(?=\d+号)", "〕第", item.number)} - {item.number}
    return tuple(sorted(written))


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


def body_text(path: str, content: bytes) -> tuple[str, tuple[int, ...]]:
    """The words of an item's body as its page shows them, a line for each paragraph, heading, entry or row of a table; which lines are headings."""
    text, _ = decode(path, content)
    parts, _ = split(path, text or "")
    body = parts.body.replace(_MARK, "") if parts else ""
    made = (to_html if "<" in body else rendered)(body).replace("\n", " ")
    made = _CELL.sub(" ", made)
    made = _BLOCK_TAG.sub("\n", _HEADING.sub(f"\n{_MARK}", made))
    lines = [" ".join(line.split()) for line in html.unescape(_TAG.sub("", made)).split("\n")]
    lines = [line for line in lines if line.strip(_MARK)]
    headings = tuple(number for number, line in enumerate(lines) if line.startswith(_MARK))
    return "\n".join(lines).replace(_MARK, ""), headings
