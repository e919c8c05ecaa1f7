"""Site maps with the days on which pages really changed, robots.txt, and llms.txt."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from xml.sax.saxutils import escape

from mulu.mapping import Correspondence
from mulu.model.district import Site
from mulu.model.repository import Repository
from mulu.opendata.datasets import INDEX, ROOT
from mulu.pages.finders import FINDERS
from mulu.pages.page import (
    FINDERS_INDEX,
    SITE_FEED,
    SUBSCRIPTIONS,
    Page,
    data_file,
    department_address,
    entry_address,
    finder_address,
    item_address,
)

LIMIT = 50_000
"""Addresses in one site map (sitemaps.org)."""

_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MISSING = "404.html"
Dated = tuple[str, date | None]


def sitemap_files(repository: Repository, correspondence: Correspondence, site: Site) -> Iterator[Page]:
    """The site maps of items, by year of publication, and of entries."""
    for name, listed in _dated(repository, correspondence).items():
        yield _part(name, listed, site)


def closing_sitemaps(
    repository: Repository, correspondence: Correspondence, site: Site, addresses: Iterable[str]
) -> Iterator[Page]:
    """The site map of all other pages, for which no day is known, and sitemap.xml as the list of the parts."""
    dated = _dated(repository, correspondence)
    known = {address for listed in dated.values() for address, _ in listed} | {_MISSING}
    others: list[Dated] = [(each, None) for each in sorted(addresses) if each.endswith(".html") and each not in known]
    pages = _split("pages", others)
    for name, listed in pages.items():
        yield _part(name, listed, site)
    yield data_file("sitemap.xml", text=_index(dated | pages, site))


def robots_text(site: Site) -> str:
    """Everything may be read by anybody."""
    return f"User-agent: *\nAllow: /\nSitemap: {site.root}sitemap.xml\n"


def _dated(repository: Repository, correspondence: Correspondence) -> dict[str, list[Dated]]:
    """Name of a part → its addresses, each with the day on which what it shows last changed."""
    parts: dict[str, list[Dated]] = {}
    of_year: dict[int, list[Dated]] = defaultdict(list)
    for item in repository.items.values():
        of_year[item.published.year].append((item_address(item.id), repository.modified(item)))
    for year in sorted(of_year):
        parts |= _split(f"items-{year}", of_year[year])
    entries: list[Dated] = [
        (entry_address(id), max((repository.modified(item) for item in (*mapped.items, *mapped.former)), default=None))
        for id, mapped in correspondence.entries.items()
    ]
    return parts | _split("entries", entries)


def _part(name: str, listed: list[Dated], site: Site) -> Page:
    return data_file(f"sitemaps/{name}.xml", text=_urls(listed, site))


def _split(name: str, listed: list[Dated]) -> dict[str, list[Dated]]:
    pieces = [listed[start : start + LIMIT] for start in range(0, len(listed), LIMIT)]
    return {name if len(pieces) == 1 else f"{name}-{number}": piece for number, piece in enumerate(pieces, start=1)}


def _urls(listed: list[Dated], site: Site) -> str:
    urls = [f"<url><loc>{escape(site.root + address)}</loc>{_lastmod(day)}</url>" for address, day in listed]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', f'<urlset xmlns="{_SPACE}">', *urls, "</urlset>", ""])


def _index(parts: dict[str, list[Dated]], site: Site) -> str:
    listed = [
        f"<sitemap><loc>{escape(f'{site.root}sitemaps/{name}.xml')}</loc>{_lastmod(max((day for _, day in urls if day), default=None))}</sitemap>"
        for name, urls in parts.items()
    ]
    return "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', f'<sitemapindex xmlns="{_SPACE}">', *listed, "</sitemapindex>", ""]
    )


def _lastmod(day: date | None) -> str:
    return f"<lastmod>{day.isoformat()}</lastmod>" if day else ""


def llms_text(repository: Repository, site: Site) -> str:
    """llms.txt (llmstxt.org): what is here, for programs that read; a short list, whatever the size of the site."""
    root = site.root
    links = [
        ("标准目录", "catalog/index.html", "各领域、各单位的标准目录和公开状态"),
        ("查找信息", FINDERS_INDEX, "按类别查找"),
        ("订阅", SUBSCRIPTIONS, "Atom 和 iCalendar"),
        ("最近公开", SITE_FEED, "Atom"),
        ("开放数据", INDEX, "JSON、SQLite、CSV、Excel，带 JSON Schema 和校验和"),
        ("全部数据（SQLite）", f"{ROOT}catalog.sqlite", "目录、信息和对应关系"),
        ("网站地图", "sitemap.xml", "全部网页和改动日期"),
    ]
    lines = [
        f"# {site.name}",
        "",
        f"> {site.sponsor}主办：政务公开事项标准目录和依法主动公开的政府信息。",
        "",
        f"每条信息的网页 {root}items/<信息编号>.html 都有纯文本 {root}items/<信息编号>.txt 和 JSON {root}{ROOT}items/<信息编号>.json。引用时请注明标题、发文字号、有效性和发布日期。",
        "",
        "## 入口",
        "",
        *(f"- [{name}]({root}{address}): {about}" for name, address, about in links),
        "",
        "## 分类",
        "",
        *(f"- [{finder.name}]({root}{finder_address(finder.code)}): {finder.about}" for finder in FINDERS),
        "",
        "## 单位",
        "",
        *(f"- [{each.name}]({root}{department_address(each.code)})" for each in repository.departments.values()),
    ]
    return "\n".join([*lines, ""])
