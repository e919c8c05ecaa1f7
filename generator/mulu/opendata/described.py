"""The model → the records of open data: pure functions of one thing and its relations, cheap enough to call for every item."""

from urllib.parse import quote

from mulu.mapping import Correspondence, Mapped
from mulu.model.audience import DIMENSIONS
from mulu.model.district import Department, Field, Site
from mulu.model.item import RELATIONS, Item
from mulu.model.repository import Repository
from mulu.model.words import STATE_WORDS
from mulu.opendata.records import (
    Answered,
    AttachmentRecord,
    CommentRecord,
    Counted,
    DepartmentRecord,
    ElementRecord,
    EntryRecord,
    FieldRecord,
    ItemRecord,
    ServiceRecord,
    WithdrawnRecord,
)
from mulu.pages.lines import explanation, figures
from mulu.pages.page import (
    department_address,
    department_feed_address,
    entry_address,
    entry_feed_address,
    field_address,
    field_feed_address,
    item_address,
    text_address,
)

VERSION = 1
_ITEMS = 100
"""The newest items that an entry's document lists."""


def item_record(
    item: Item, repository: Repository, correspondence: Correspondence, site: Site, kinds: dict[str, str]
) -> ItemRecord:
    """An item; a withdrawn one keeps only what says that it is gone. `kinds` gives the names of kinds."""
    root = site.root
    gone = item.withdrawn
    base = ItemRecord(
        version=VERSION, url=root + item_address(item.id), id=item.id, index_number=item.index_number, title=item.title, kind=item.kind,
        kind_name=kinds[item.kind], department=item.department, department_name=repository.departments[item.department].name,
        formed=item.formed, published=item.published, modified=repository.modified(item),
        withdrawn=WithdrawnRecord(gone.on, gone.reason, gone.by) if gone else None,
    )  # fmt: skip
    if gone:
        return base
    pointing = correspondence.pointed_at.get(item.id)
    service, comment, audience = item.service, item.comment, item.audience
    return ItemRecord(
        **{name: getattr(base, name) for name in _BASE},
        issuers=item.issuers, document_number=item.number, validity=item.validity, effective=item.effective, expires=item.expires,
        period=str(item.period) if item.period else None, subject=item.subject, summary=item.summary, keywords=item.keywords, source=item.source,
        entries=tuple(Answered(each.entry, root + entry_address(each.entry), each.elements) for each in item.entries),
        audience={key: codes for key in DIMENSIONS if (codes := audience.codes(key))} if audience else {},
        relations={relation: ids for relation in RELATIONS if (ids := item.related(relation))},
        related_from=dict(pointing) if pointing else {},
        comment=CommentRecord(comment.first, comment.last, comment.how) if comment else None,
        service=ServiceRecord(service.handler, service.phone, service.time, service.fee, service.place, service.online) if service else None,
        attachments=tuple(
            AttachmentRecord(each.title or each.file, f"{root}items/{item.id}/{quote(each.file)}", repository.files[f"{item.folder}/{each.file}"].size)
            for each in item.attachments
        ),
        text=root + text_address(item.id),
    )  # fmt: skip


_BASE = (
    "version", "url", "id", "index_number", "title", "kind", "kind_name", "department", "department_name", "formed", "published", "modified",
    "withdrawn",
)  # fmt: skip


def entry_record(mapped: Mapped, repository: Repository, correspondence: Correspondence, site: Site, field: str) -> EntryRecord:
    """An entry as of the correspondence's date; `field` is the name of its field."""
    entry = mapped.entry
    return EntryRecord(
        version=VERSION, url=site.root + entry_address(entry.id), id=entry.id, field=entry.field, field_name=field,
        department=entry.department, department_name=repository.departments[entry.department].name, topic=entry.topic, item=entry.item,
        subitem=entry.subitem,
        elements=tuple(ElementRecord(each.name, each.required, bool(mapped.answered.get(each.name))) for each in entry.elements),
        basis=tuple(str(basis) for basis in entry.basis), time_limit=entry.time_limit, responsible=entry.responsible,
        channels=entry.channels, audience=entry.audience, method=entry.method, levels=entry.levels, extra=entry.extra,
        state=mapped.state.value, state_name=STATE_WORDS[mapped.state].zh, explanation=explanation(mapped), as_of=correspondence.terms.as_of,
        count=len(mapped.items), items=tuple(item.id for item in mapped.items[:_ITEMS]), feed=site.root + entry_feed_address(entry.id),
    )  # fmt: skip


def department_record(department: Department, mapped: list[Mapped], count: int, site: Site) -> DepartmentRecord:
    """A department with its entries; `count` are its items that are not withdrawn."""
    return DepartmentRecord(
        version=VERSION, url=site.root + department_address(department.code), code=department.code, name=department.name,
        short_name=department.short_name, level=department.level, credit_code=department.credit_code, address=department.address,
        hours=department.hours, phone=department.phone, counted=_counted(mapped), entries=tuple(each.entry.id for each in mapped),
        count=count, feed=site.root + department_feed_address(department.code),
    )  # fmt: skip


def field_record(field: Field, mapped: list[Mapped], site: Site) -> FieldRecord:
    """A field with its entries."""
    guideline = field.guideline
    said = (
        f"{guideline.issuer}{f'《{guideline.title}》' if guideline.title else ''}{guideline.number or ''}"
        if guideline
        else None
    )
    return FieldRecord(
        version=VERSION, url=site.root + field_address(field.code), code=field.code, name=field.name, guideline=said,
        counted=_counted(mapped), entries=tuple(each.entry.id for each in mapped), feed=site.root + field_feed_address(field.code),
    )  # fmt: skip


def _counted(mapped: list[Mapped]) -> Counted:
    made = figures(mapped)
    return Counted(made.entries, made.published, made.explained, made.pending, made.late)
