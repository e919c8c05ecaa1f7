"""Every file of open data, from the same frozen values as the pages."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import blake2b

import msgspec

from mulu.mapping import Correspondence
from mulu.model.district import Site
from mulu.model.item import Item
from mulu.model.repository import Repository
from mulu.model.schema import titles
from mulu.opendata.database import database_rows
from mulu.opendata.datasets import ROOT
from mulu.opendata.dcat import data_json, dcat
from mulu.opendata.described import department_record, entry_record, field_record, item_record
from mulu.opendata.pages import SHOWN, opendata_pages
from mulu.opendata.sitemap import llms_text, sitemap_files
from mulu.opendata.sums import digest, lines
from mulu.opendata.tables import CATALOG, ITEMS, MAPPING, catalog_rows, item_rows, mapping_rows, of_entries
from mulu.pages.page import Page, data_file, record_address, text_address


def opendata_files(repository: Repository, correspondence: Correspondence, site: Site, lists: Iterable[str]) -> Iterator[Page]:
    """Documents, tables, database, descriptions, checksums, site maps, and the plain text of items; `lists` are the other pages' addresses."""
    kinds = titles("item", "kind")
    known: dict[str, str] = {}
    made: list[Page] = []
    yield from _items(repository, correspondence, site, kinds)
    for page in _documents(repository, correspondence, site):
        known[page.address.removeprefix(ROOT)] = digest(page.data["text"])
        yield page
    for page in _tables(repository, correspondence, site, kinds):
        made.append(page)
        yield page
    files, counts = _listed(made, repository, correspondence)
    modified = max((repository.modified(item) for item in repository.items.values()), default=date(1970, 1, 1))
    for name, value in (("data.json", data_json(site, files, modified)), ("dcat.jsonld", dcat(site, files, modified))):
        content = msgspec.json.format(msgspec.json.encode(value), indent=2)
        known[name] = digest(content)
        yield data_file(ROOT + name, text=content)
    described = list(opendata_pages(site, files, counts))
    known |= {page.address.removeprefix(ROOT): digest(page.data["text"]) for page in described if page.kind == "data"}
    yield from described
    read = {
        page.address.removeprefix(ROOT): (page.address, blake2b(msgspec.msgpack.encode(page), digest_size=16).hexdigest())
        for page in made
    }
    yield data_file(f"{ROOT}SHA256SUMS", "sums", known=known, read=read)
    shown = [*lists, *(page.address for page in described if page.kind != "data")]
    yield from sitemap_files(repository, correspondence, site, shown)
    yield data_file("llms.txt", text=llms_text(repository, site))


def _items(repository: Repository, correspondence: Correspondence, site: Site, kinds: dict[str, str]) -> Iterator[Page]:
    """The document and the plain text of every item, and the checksums of the documents by year."""
    sums: dict[int, dict[str, str]] = defaultdict(dict)
    encode = msgspec.json.Encoder(order="deterministic").encode
    for item in repository.items.values():
        content = encode(item_record(item, repository, correspondence, site, kinds))
        sums[item.published.year][f"items/{item.id}.json"] = digest(content)
        yield data_file(record_address("items", item.id), text=content)
        yield _text(item, repository, site, kinds)
    for year, known in sums.items():
        yield data_file(f"{ROOT}items-{year}.sha256", text=lines(known))


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


def _documents(repository: Repository, correspondence: Correspondence, site: Site) -> Iterator[Page]:
    """Entries, departments and fields as JSON."""
    names = {field.code: field.name for field in repository.fields}
    encode = msgspec.json.Encoder(order="deterministic").encode
    for id, mapped in correspondence.entries.items():
        field = names.get(mapped.entry.field, mapped.entry.field)
        yield data_file(
            record_address("entries", id), text=encode(entry_record(mapped, repository, correspondence, site, field))
        )
    counts = Counter(item.department for item in repository.items.values() if not item.withdrawn)
    for department in repository.departments.values():
        own = [each for each in correspondence.entries.values() if each.entry.department == department.code]
        record = department_record(department, own, counts[department.code], site)
        yield data_file(record_address("departments", department.code), text=encode(record))
    fields = of_entries(correspondence)
    for each in repository.fields:
        if each.code in fields:
            yield data_file(record_address("fields", each.code), text=encode(field_record(each, fields[each.code], site)))


def _tables(repository: Repository, correspondence: Correspondence, site: Site, kinds: dict[str, str]) -> Iterator[Page]:
    """The tables, whose bytes workers make from rows."""
    fields = of_entries(correspondence)
    names = {field.code: field.name for field in repository.fields}
    rows = {code: catalog_rows(mapped, repository, site) for code, mapped in fields.items()}
    yield data_file(f"{ROOT}catalogs.csv", "csv", head=CATALOG, rows=[row for listed in rows.values() for row in listed])
    sheets = [(names.get(code, code), CATALOG, listed) for code, listed in rows.items()]
    yield data_file(f"{ROOT}catalogs.xlsx", "xlsx", sheets=sheets)
    for code, mapped in fields.items():
        yield data_file(f"{ROOT}mapping-{code}.csv", "csv", head=MAPPING, rows=mapping_rows(mapped, repository, site))
    years: dict[int, list[Item]] = defaultdict(list)
    for item in repository.items.values():
        years[item.published.year].append(item)
    for year, items in sorted(years.items()):
        yield data_file(f"{ROOT}items-{year}.csv", "csv", head=ITEMS, rows=item_rows(items, repository, site, kinds))
    yield data_file(f"{ROOT}catalog.sqlite", "database", **database_rows(repository, correspondence, site, kinds))


def _listed(
    made: list[Page], repository: Repository, correspondence: Correspondence
) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Addresses and number of files of every dataset; of documents only the first few addresses."""
    fields = list(dict.fromkeys(mapped.entry.field for mapped in correspondence.entries.values()))
    known = [field.code for field in repository.fields if field.code in fields]
    named = {"item": ("items", list(repository.items)), "entry": ("entries", list(correspondence.entries)), "department": ("departments", list(repository.departments)), "field": ("fields", known)}  # fmt: skip
    files = {code: [record_address(folder, id) for id in ids[:SHOWN]] for code, (folder, ids) in named.items()}
    counts = {code: len(ids) for code, (_, ids) in named.items()}
    tables = [page.address for page in made]
    years = [f"{ROOT}items-{year}.sha256" for year in sorted({item.published.year for item in repository.items.values()})]
    files |= {
        "database": [each for each in tables if each.endswith(".sqlite")],
        "catalogs-csv": [f"{ROOT}catalogs.csv"],
        "catalogs-xlsx": [f"{ROOT}catalogs.xlsx"],
        "mapping": [each for each in tables if each.startswith(f"{ROOT}mapping-")],
        "items": [each for each in tables if each.startswith(f"{ROOT}items-")],
        "description": [f"{ROOT}data.json", f"{ROOT}dcat.jsonld"],
        "checksums": [f"{ROOT}SHA256SUMS", *years],
    }
    return files, {code: counts.get(code, len(listed)) for code, listed in files.items()}
