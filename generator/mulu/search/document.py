"""What is indexed of one item, and the files in which a hit is verified and quoted."""

import unicodedata
from collections.abc import Iterable

import msgspec

from mulu.diagnostics import Text
from mulu.search.fold import fold_number, simplified

BLOCK = 4
"""Documents in one text file: ten hits in ten files are 60 KB, and 100,000 documents 25,000 files."""


class Attached(msgspec.Struct, frozen=True, array_like=True):
    """An attachment's address from the root of the site, its title, and whether its text could be read and is searched."""

    address: str
    title: str
    searched: bool = True


class Document(msgspec.Struct, frozen=True, array_like=True):
    """One item as search sees it; the fields stand in the order of the JSON array that the browser reads.

    `forms` are other writings of its numbers, `catalog` the entries it answers (id, wording), `about` what its page says beside
    the body, `facets` the filters that it passes. `published` is YYYY-MM-DD. `simplified` lists the traditional characters in any of
    its texts, each followed by its simplified form; `headings` are the lines of `body` that are headings. A withdrawn item keeps its number and has nothing to be found by.
    """

    id: str
    title: str = ""
    number: str = ""
    index_number: str = ""
    forms: tuple[str, ...] = ()
    catalog: tuple[tuple[str, str], ...] = ()
    kind: str = ""
    source: str = ""
    published: str = ""
    validity: str = ""
    facets: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    body: str = ""
    attachments: tuple[Attached, ...] = ()
    simplified: str = ""
    headings: tuple[int, ...] = ()

    @property
    def strong(self) -> tuple[str, ...]:
        """The texts whose words count most."""
        return self.title, self.number, self.index_number, *self.forms, *(words for _, words in self.catalog)

    @property
    def weak(self) -> tuple[str, ...]:
        """All other texts but those of the attachments."""
        return *self.about, self.body, *(each.title for each in self.attachments)


class Full(msgspec.Struct, frozen=True):
    """A document with the texts of its attachments, in their order, and the files that could not be read, with a reason in both languages."""

    document: Document
    attached: tuple[str, ...] = ()
    unread: tuple[tuple[str, Text], ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that is searched."""
        return *self.document.strong, *self.document.weak, *self.attached

    @property
    def names(self) -> tuple[str, ...]:
        """Terms that are looked up whole: the entries it answers, and its numbers."""
        held = self.document
        numbers = {fold_number(each) for each in (held.number, held.index_number, *held.forms) if each}
        return *sorted({f"entry={id}" for id, _ in held.catalog}), *sorted(f"number={each}" for each in numbers)


def with_simplified(full: Full) -> Full:
    """The same with the traditional characters listed, so that a reader of the text needs no other table."""
    parts = (each for character in set("".join(full.texts)) for each in unicodedata.normalize("NFKC", character))
    seen = sorted(simplified().keys() & set(parts))
    if not seen:
        return full
    pairs = "".join(each + simplified()[each] for each in seen)
    return msgspec.structs.replace(full, document=msgspec.structs.replace(full.document, simplified=pairs))


def pack_block(documents: Iterable[Document]) -> bytes:
    """A text file: a JSON array in UTF-16, two bytes for a Chinese character instead of three."""
    return msgspec.json.encode(list(documents)).decode("utf-8").encode("utf-16-le", "replace")


def unpack_block(content: bytes) -> list[Document]:
    """The documents of a text file."""
    return msgspec.json.decode(content.decode("utf-16-le"), type=list[Document])


def pack_attached(texts: Iterable[str]) -> bytes:
    """The file with the texts of a document's attachments."""
    return msgspec.json.encode(list(texts)).decode("utf-8").encode("utf-16-le", "replace")


def unpack_attached(content: bytes) -> tuple[str, ...]:
    """The texts of a document's attachments."""
    return msgspec.json.decode(content.decode("utf-16-le"), type=tuple[str, ...])


def block_name(number: int) -> str:
    """The text file of a document, by its number in the segment."""
    return f"texts/{number // BLOCK}.u16"


def attached_name(id: str) -> str:
    """The file with the texts of a document's attachments, below the root of the index."""
    return f"attachments/{id}.u16"
