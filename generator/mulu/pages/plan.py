"""Every page of the site, in parts that can be planned apart from each other: by another process, on another machine."""

from collections.abc import Callable, Iterable, Iterator
from enum import Enum

import msgspec

from mulu.feeds.calendars import calendar_files
from mulu.feeds.plan import entry_feed, feed_files
from mulu.model.item import Item
from mulu.model.repository import Repository
from mulu.opendata.database import holds_texts
from mulu.opendata.plan import (
    catalog_tables,
    database_file,
    description_files,
    document_files,
    entry_document,
    item_files,
    item_tables,
)
from mulu.opendata.sitemap import closing_sitemaps, sitemap_files
from mulu.pages.annual import annual_pages
from mulu.pages.catalog import catalog_pages
from mulu.pages.checking import checking_pages
from mulu.pages.disclosure import disclosure_pages
from mulu.pages.edition import Edition
from mulu.pages.entry import entry_page
from mulu.pages.evaluation import evaluation_pages
from mulu.pages.finders import finder_pages
from mulu.pages.home import home_page
from mulu.pages.item import item_page
from mulu.pages.metadata import column
from mulu.pages.page import HOME, Copy, Crumb, Page, entry_address, item_address
from mulu.pages.policy import policy_pages
from mulu.pages.priorities import priorities_pages
from mulu.pages.search import search_page
from mulu.pages.sheet import sheet_pages
from mulu.pages.subscriptions import subscriptions_page
from mulu.pages.trend import trend_page

Planned = Page | Copy


class Sources(Enum):
    """Whose texts and attachments a part is planned from, beside everything else of the edition."""

    NONE = "none"
    OWN = "own"
    ALL = "all"


class Part(msgspec.Struct, frozen=True):
    """A part of the site: when it is written (items and entries 1, lists 2, home 3) and what it consists of.

    `size` says into how many pieces it can be cut; `planned` gives the pages of the pieces from `start` to `stop`.
    `sources` says of an edition what it is planned from; OWN where the pieces are the items themselves.
    """

    name: str
    rank: int
    size: Callable[[Edition], int]
    planned: Callable[[Edition, int, int], Iterator[Planned]]
    sources: Callable[[Edition], Sources] = lambda edition: Sources.NONE


def _whole(
    name: str, planned: Callable[[Edition], Iterator[Planned]], *, rank: int = 2,
    sources: Callable[[Edition], Sources] = lambda edition: Sources.NONE,
) -> Part:  # fmt: skip
    """A part that is planned at once."""
    return Part(name, rank, lambda edition: 1, lambda edition, start, stop: planned(edition), sources)


def _items(edition: Edition, start: int, stop: int) -> Iterator[Planned]:
    """Items with their plain text and document, each after its attachments; a withdrawn item takes its files along."""
    for item in edition.repository.all_items[start:stop]:
        if not item.withdrawn:
            for path in own_files(item, edition.repository):
                yield Copy(f"items/{item.id}/{path.rsplit('/', 1)[-1]}", path, edition.repository.files[path].blob)
        yield item_page(item, edition.repository, edition.correspondence, edition.site)
        yield from item_files(item, edition.repository, edition.correspondence, edition.site)


def _entries(edition: Edition, start: int, stop: int) -> Iterator[Planned]:
    for entry in edition.repository.all_entries[start:stop]:
        mapped = edition.correspondence.entries[entry.id]
        yield entry_page(mapped, edition.repository, edition.site, edition.correspondence.terms)
        yield entry_feed(mapped, edition.repository, edition.site)
        yield entry_document(mapped, edition.repository, edition.correspondence, edition.site)


def _database_sources(edition: Edition) -> Sources:
    return Sources.ALL if holds_texts(edition.repository, edition.site) else Sources.NONE


def _written(edition: Edition) -> Iterator[Planned]:
    for address, (title, html) in sorted(edition.written.items()):
        crumbs = (HOME, Crumb(title))
        meta = column(edition.site, title, title, title)
        yield Page(address, "written", title, title, crumbs, meta, {"html": html, "title": title})


def _missing(edition: Edition) -> Iterator[Planned]:
    meta, data = column(edition.site, "找不到页面", "找不到这个页面"), {"base": edition.site.base_path}
    yield Page("404.html", "missing", "找不到页面", "找不到这个页面", (), meta, data)


PARTS = (
    Part("items", 1, lambda edition: len(edition.repository.all_items), _items, lambda edition: Sources.OWN),
    Part("entries", 1, lambda edition: len(edition.repository.all_entries), _entries),
    _whole("disclosure", lambda edition: disclosure_pages(edition.repository, edition.site)),
    _whole("annual", lambda edition: annual_pages(edition.repository, edition.site, edition.as_of)),
    _whole("catalog", lambda edition: catalog_pages(edition.repository, edition.correspondence, edition.site, edition.as_of)),
    _whole("sheets", lambda edition: sheet_pages(edition.repository, edition.site)),
    _whole(
        "evaluation", lambda edition: evaluation_pages(edition.repository, edition.correspondence, edition.site, edition.as_of)
    ),
    _whole(
        "priorities", lambda edition: priorities_pages(edition.repository, edition.correspondence, edition.site, edition.as_of)
    ),
    _whole("trend", lambda edition: iter([trend_page(edition.trend, edition.site)])),
    _whole("finders", lambda edition: finder_pages(edition.repository, edition.site)),
    _whole("policy", lambda edition: policy_pages(edition.repository, edition.site)),
    _whole("subscriptions", lambda edition: iter([subscriptions_page(edition.repository, edition.site)])),
    _whole("feeds", lambda edition: feed_files(edition.repository, edition.correspondence, edition.site)),
    _whole("calendars", lambda edition: calendar_files(edition.repository, edition.correspondence, edition.site)),
    _whole(
        "database",
        lambda edition: database_file(edition.repository, edition.correspondence, edition.site),
        sources=_database_sources,
    ),
    _whole("documents", lambda edition: document_files(edition.repository, edition.correspondence, edition.site)),
    _whole("catalog tables", lambda edition: catalog_tables(edition.repository, edition.correspondence, edition.site)),
    _whole("item tables", lambda edition: item_tables(edition.repository, edition.site)),
    _whole("descriptions", lambda edition: description_files(edition.repository, edition.correspondence, edition.site)),
    _whole("site maps", lambda edition: sitemap_files(edition.repository, edition.correspondence, edition.site)),
    _whole("checks", lambda edition: checking_pages(edition.diagnostics, edition.site, edition.as_of)),
    _whole("written", _written),
    _whole("search", lambda edition: iter([search_page(edition.repository, edition.site)])),
    _whole("missing", _missing),
    _whole(
        "home",
        lambda edition: iter([home_page(edition.repository, edition.correspondence, edition.site, edition.as_of)]),
        rank=3,
    ),
)
"""Every part of the site. The addresses that two parts plan never meet."""


def pages(edition: Edition) -> Iterator[Page]:
    """All pages, in the order of the parts."""
    for part in PARTS:
        for planned in part.planned(edition, 0, part.size(edition)):
            if isinstance(planned, Page):
                yield planned


def closing(edition: Edition, addresses: Iterable[str]) -> Iterator[Planned]:
    """What can be said only when it is known what there is: the site map of pages that are neither items nor entries, and the list of all."""
    yield from closing_sitemaps(edition.repository, edition.correspondence, edition.site, addresses)


def permanent(edition: Edition) -> frozenset[str]:
    """The addresses that must never vanish once they are published: those of items and entries."""
    items = (item_address(each.id) for each in edition.repository.all_items)
    return frozenset([*items, *(entry_address(each.id) for each in edition.repository.all_entries)])


def own_files(item: Item, repository: Repository) -> list[str]:
    """The paths of the listed attachments and of files that the body links or shows, sorted."""
    names = {each.file for each in item.attachments} | {link.target.partition("#")[0] for link in item.body.links}
    return sorted(path for name in names if (path := f"{item.folder}/{name}") in repository.files)
