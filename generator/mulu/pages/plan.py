"""Every page of the site, in a fixed order."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from mulu.diagnostics import Diagnostic
from mulu.evaluation.trend import Trend
from mulu.files.tree import SourceFile
from mulu.mapping import Correspondence
from mulu.model.district import Site
from mulu.model.item import Item
from mulu.model.repository import Repository
from mulu.pages.annual import annual_pages
from mulu.pages.catalog import catalog_pages
from mulu.pages.checking import checking_pages
from mulu.pages.disclosure import disclosure_pages
from mulu.pages.entry import entry_page
from mulu.pages.evaluation import evaluation_pages
from mulu.pages.home import home_page
from mulu.pages.item import item_page
from mulu.pages.metadata import column
from mulu.pages.page import HOME, Crumb, Page
from mulu.pages.priorities import priorities_pages
from mulu.pages.sheet import sheet_pages
from mulu.pages.trend import trend_page


def pages(
    repository: Repository, correspondence: Correspondence, diagnostics: Iterable[Diagnostic], written: Mapping[str, tuple[str, str]],
    as_of: date, *, trend: Trend,
) -> Iterator[Page]:  # fmt: skip
    """All pages, for a repository without errors; `written` are the hand-written pages: address → title, HTML."""
    site = repository.site
    assert site is not None, "a repository without site.yml has an error and is never built"
    for item in repository.items.values():
        yield item_page(item, repository, correspondence, site)
    for mapped in correspondence.entries.values():
        yield entry_page(mapped, repository, site, correspondence.terms)
    yield from disclosure_pages(repository, site)
    yield from annual_pages(repository, site, as_of)
    yield from catalog_pages(repository, correspondence, site, as_of)
    yield from sheet_pages(repository, site)
    yield from evaluation_pages(repository, correspondence, site, as_of)
    yield from priorities_pages(repository, correspondence, site, as_of)
    yield trend_page(trend, site)
    yield from checking_pages(diagnostics, site, as_of)
    for address, (title, html) in sorted(written.items()):
        yield _written(address, title, html, site)
    yield _missing(site)
    yield home_page(repository, correspondence, site, as_of)


def _written(address: str, title: str, html: str, site: Site) -> Page:
    crumbs = (HOME, Crumb(title))
    return Page(address, "written", title, title, crumbs, column(site, title, title, title), {"html": html, "title": title})


def _missing(site: Site) -> Page:
    return Page(
        "404.html",
        "missing",
        "找不到页面",
        "找不到这个页面",
        (),
        column(site, "找不到页面", "找不到这个页面"),
        {"base": site.base_path},
    )


def attachments(repository: Repository) -> Iterator[tuple[str, SourceFile]]:
    """Address and source of every file that is published with an item; a withdrawn item takes its files along."""
    for item in repository.items.values():
        if not item.withdrawn:
            for path in own_files(item, repository):
                yield f"items/{item.id}/{path.rsplit('/', 1)[-1]}", repository.files[path]


def own_files(item: Item, repository: Repository) -> list[str]:
    """The paths of the listed attachments and of files that the body links or shows, sorted."""
    names = {each.file for each in item.attachments} | {link.target.partition("#")[0] for link in item.body.links}
    return sorted(path for name in names if (path := f"{item.folder}/{name}") in repository.files)
