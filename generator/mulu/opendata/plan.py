"""Every file of open data, from the same frozen values as the pages."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

import msgspec

from mulu.mapping import Correspondence, Mapped
from mulu.model.district import Site
from mulu.model.item import Item
from mulu.model.repository import Repository
from mulu.model.schema import titles
from mulu.opendata.database import database_rows
from mulu.opendata.datasets import ROOT
from mulu.opendata.dcat import data_json, dcat
from mulu.opendata.described import department_record, entry_record, field_record, item_record
from mulu.opendata.pages import SHOWN, opendata_pages
from mulu.opendata.sitemap import llms_text, robots_text
from mulu.opendata.tables import CATALOG, ITEMS, MAPPING, catalog_rows, item_rows, mapping_rows, of_entries
from mulu.pages.page import Page, data_file, record_address, text_address

_DATABASE = f"{ROOT}catalog.sqlite"
_ENCODE = msgspec.json.Encoder(order="deterministic").encode


def item_files(item: Item, repository: Repository, correspondence: Correspondence, site: Site) -> Iterator[Page]:
    """The document and the plain text of one item."""
    kinds = titles("item", "kind")
    record = item_record(item, repository, correspondence, site, kinds)
    yield data_file(record_address("items", item.id), text=_ENCODE(record))
    yield _text(item, repository, site, kinds)


def _text(item: Item, repository: Repository, site: Site, kinds: dict[str, str]) -> Page:
    gone = item.withdrawn
    about = [
        ("类别", kinds[item.kind]), ("索引号", item.index_number), ("发文机关", "、".join(item.issuers)), ("发文字号", item.number or ""),
        ("成文日期", item.formed.isoformat()), ("发布日期", item.published.isoformat()), ("有效性", item.validity or ""),
        ("公开单位", repository.departments[item.department].name), ("网页", f"{site.root}items/{item.id}.html"),
    ]  # fmt: skip
    if gone:
        about += [("撤下", f"{gone.on}，{gone.by}，{gone.reason}")]
        return data_file(text_address(item.id), "text", title=f"已撤下：{item.title}", about=about)
    about += [("附件", "、".join(each.title or each.file for each in item.attachments)), ("内容概述", item.summary or "")]
    return data_file(text_address(item.id), "text", source=(item.origin.path, item.blob), title=item.title, about=about)


def entry_document(mapped: Mapped, repository: Repository, correspondence: Correspondence, site: Site) -> Page:
    """The document of one entry."""
    code = mapped.entry.field
    field = next((field.name for field in repository.fields if field.code == code), code)
    record = entry_record(mapped, repository, correspondence, site, field)
    return data_file(record_address("entries", mapped.entry.id), text=_ENCODE(record))


def document_files(repository: Repository, correspondence: Correspondence, site: Site) -> Iterator[Page]:
    """The documents of departments and fields."""
    counts = Counter(item.department for item in repository.items.values() if not item.withdrawn)
    for department in repository.departments.values():
        own = [each for each in correspondence.entries.values() if each.entry.department == department.code]
        record = department_record(department, own, counts[department.code], site)
        yield data_file(record_address("departments", department.code), text=_ENCODE(record))
    fields = of_entries(correspondence)
    for field in repository.fields:
        if field.code in fields:
            yield data_file(record_address("fields", field.code), text=_ENCODE(field_record(field, fields[field.code], site)))


def catalog_tables(repository: Repository, correspondence: Correspondence, site: Site) -> Iterator[Page]:
    """The catalogs as CSV and as a workbook, and what answers them."""
    fields = of_entries(correspondence)
    names = {field.code: field.name for field in repository.fields}
    rows = {code: catalog_rows(mapped, repository, site) for code, mapped in fields.items()}
    yield data_file(f"{ROOT}catalogs.csv", "csv", head=CATALOG, rows=[row for listed in rows.values() for row in listed])
    sheets = [(names.get(code, code), CATALOG, listed) for code, listed in rows.items()]
    yield data_file(f"{ROOT}catalogs.xlsx", "xlsx", sheets=sheets)
    for code, mapped in fields.items():
        yield data_file(_mapping_address(code), "csv", head=MAPPING, rows=mapping_rows(mapped, repository, site))


def item_tables(repository: Repository, site: Site) -> Iterator[Page]:
    """The items of each year of publication as CSV."""
    kinds = titles("item", "kind")
    years: dict[int, list[Item]] = defaultdict(list)
    for item in repository.items.values():
        years[item.published.year].append(item)
    for year, items in sorted(years.items()):
        yield data_file(_items_address(year), "csv", head=ITEMS, rows=item_rows(items, repository, site, kinds))


def database_file(repository: Repository, correspondence: Correspondence, site: Site) -> Iterator[Page]:
    """The database."""
    rows = database_rows(repository, correspondence, site, titles("item", "kind"))
    yield data_file(_DATABASE, "database", **rows)


def description_files(repository: Repository, correspondence: Correspondence, site: Site) -> Iterator[Page]:
    """Pages, schemas and descriptions of all that, robots.txt and llms.txt."""
    files, counts = _listed(repository, correspondence)
    modified = max((repository.modified(item) for item in repository.items.values()), default=date(1970, 1, 1))
    for name, value in (("data.json", data_json(site, files, modified)), ("dcat.jsonld", dcat(site, files, modified))):
        yield data_file(ROOT + name, text=msgspec.json.format(msgspec.json.encode(value), indent=2))
    yield from opendata_pages(site, files, counts)
    yield data_file("robots.txt", text=robots_text(site))
    yield data_file("llms.txt", text=llms_text(repository, site))


def _listed(repository: Repository, correspondence: Correspondence) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Addresses and number of files of every dataset; of documents only the first few addresses."""
    fields = list(of_entries(correspondence))
    known = [field.code for field in repository.fields if field.code in fields]
    years = sorted({item.published.year for item in repository.items.values()})
    named = {
        "item": ("items", list(repository.items)), "entry": ("entries", list(correspondence.entries)),
        "department": ("departments", list(repository.departments)), "field": ("fields", known),
    }  # fmt: skip
    files = {code: [record_address(folder, id) for id in ids[:SHOWN]] for code, (folder, ids) in named.items()}
    counts = {code: len(ids) for code, (_, ids) in named.items()}
    files |= {
        "database": [_DATABASE],
        "catalogs-csv": [f"{ROOT}catalogs.csv"],
        "catalogs-xlsx": [f"{ROOT}catalogs.xlsx"],
        "mapping": [_mapping_address(code) for code in fields],
        "items": [_items_address(year) for year in years],
        "description": [f"{ROOT}data.json", f"{ROOT}dcat.jsonld"],
        "checksums": [f"{ROOT}SHA256SUMS", *(f"{ROOT}items-{year}.sha256" for year in years)],
    }
    return files, {code: counts.get(code, len(listed)) for code, listed in files.items()}


def _mapping_address(field: str) -> str:
    return f"{ROOT}mapping-{field}.csv"


def _items_address(year: int) -> str:
    return f"{ROOT}items-{year}.csv"
