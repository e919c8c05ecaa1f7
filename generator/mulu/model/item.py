"""信息: one published item, as its front matter says and as its body shows.

A frozen value cannot come to hold itself, so the search for cycles (`gc`) need not know of it: 16 bytes less for each.
"""

from datetime import date

import msgspec

from mulu.model.audience import Audience
from mulu.model.document_number import parse_document_number
from mulu.model.origin import Origin
from mulu.model.period import Period

RELATIONS = ("interprets", "replaces", "repeals", "amends", "feedback_on", "part_of")
"""The front matter keys that point to other items."""

ENDED = ("已废止", "失效")
"""Validities under which a document no longer answers an entry."""


class Answer(msgspec.Struct, frozen=True, gc=False):
    """Which entry an item answers; no elements means all of them."""

    entry: str
    elements: tuple[str, ...] = ()


class Attachment(msgspec.Struct, frozen=True, gc=False):
    """A file published with the item, in the folder named after it."""

    file: str
    title: str | None = None


class Review(msgspec.Struct, frozen=True, gc=False):
    """公开审查 (条例 art. 17): who checked, and when."""

    by: str
    on: date
    conclusion: str | None = None


class Comment(msgspec.Struct, frozen=True, rename={"first": "from", "last": "until"}):
    """征求意见: the days on which opinions are taken."""

    first: date
    last: date
    how: str
    shortened_reason: str | None = None


class Service(msgspec.Struct, frozen=True):
    """The key points of a service guide."""

    handler: str
    phone: str
    time: str
    fee: str
    place: str | None = None
    online: str | None = None


class Withdrawn(msgspec.Struct, frozen=True):
    """Why an address that was once published now says no more."""

    on: date
    reason: str
    by: str


class Link(msgspec.Struct, frozen=True, gc=False):
    """A link or image in the body: its target as written, its line in the file, and an image's text for the blind."""

    target: str
    line: int
    image: bool = False
    alt: str = ""


class BodyFacts(msgspec.Struct, frozen=True, gc=False):
    """What checks need to know of a body without keeping it: length in characters, links, first unsafe HTML, numbers."""

    length: int
    links: tuple[Link, ...] = ()
    unsafe: tuple[str, int] | None = None
    identity_numbers: tuple[int, ...] = ()
    mobile_numbers: tuple[int, ...] = ()
    title_line: int = 0


class Item(msgspec.Struct, frozen=True, gc=False):
    """One published thing. Dates are days; `published` is the first publication on the site, at `published_time` (HH:MM)."""

    id: str
    index_number: str
    title: str
    kind: str
    entries: tuple[Answer, ...]
    issuers: tuple[str, ...]
    formed: date
    published: date
    department: str = ""
    document_number: str | None = None
    subject: str | None = None
    counted_from: date | None = None
    published_time: str = "00:00"
    effective: date | None = None
    expires: date | None = None
    validity: str | None = None
    period: Period | None = None
    summary: str | None = None
    keywords: tuple[str, ...] = ()
    source: str | None = None
    author: str | None = None
    review: Review | None = None
    interprets: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    repeals: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    feedback_on: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    comment: Comment | None = None
    service: Service | None = None
    attachments: tuple[Attachment, ...] = ()
    audience: Audience | None = None
    withdrawn: Withdrawn | None = None
    body: BodyFacts = BodyFacts(0)
    blob: str = ""
    origin: Origin = Origin("")

    @property
    def folder(self) -> str:
        """The folder of its attachments."""
        return self.origin.path.removesuffix(".md")

    @property
    def without_text(self) -> "Item":
        """The same without what follows from its text alone. Where its links point and which are pictures stays: other pages and rules depend on that."""
        links = tuple([Link(link.target, 0, link.image) for link in self.body.links])
        return msgspec.structs.replace(self, blob="", body=BodyFacts(0, links))

    @property
    def triggered(self) -> date:
        """The day from which its time limit counts."""
        return self.counted_from or self.formed

    @property
    def current(self) -> bool:
        """Whether it still answers its entries: neither withdrawn nor out of force."""
        return self.withdrawn is None and self.validity not in ENDED

    @property
    def number(self) -> str | None:
        """发文字号 in its canonical form, or as written where it has none."""
        parsed = parse_document_number(self.document_number) if self.document_number else None
        return parsed.canonical if parsed else self.document_number

    def related(self, relation: str) -> tuple[str, ...]:
        """Ids of the items to which `relation` (one of RELATIONS) points."""
        ids: tuple[str, ...] = getattr(self, relation)
        return ids
