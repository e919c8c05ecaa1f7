"""查找: the page of the search, with every filter that the browser offers; without scripts it leads to the lists."""

from collections.abc import Iterator

from mulu.model.district import Site
from mulu.model.item import ENDED, Item
from mulu.model.repository import Repository
from mulu.model.schema import titles
from mulu.pages.metadata import column
from mulu.pages.page import HOME, SEARCH, Crumb, Page

ANSWERING = ("faq", "guide", "interpretation")
"""Kinds of items that are quoted as a direct answer (一网可答)."""

VALIDITY_CODES = {"现行有效": "valid", "已修改": "amended", "已废止": "repealed", "失效": "expired"}

Filter = tuple[str, str, list[tuple[str, str]]]


def search_page(repository: Repository, site: Site) -> Page:
    """The page; its filters offer what at least one item has."""
    items = [item for item in repository.items.values() if not item.withdrawn]
    said = "查找全部已公开的信息和附件"
    return Page(
        SEARCH,
        "search",
        "查找",
        said,
        (HOME, Crumb("查找")),
        column(site, "查找", said, "查找"),
        {"filters": _filters(items, repository)},
    )


def facets(item: Item, repository: Repository) -> Iterator[str]:
    """Every filter that an item passes, as `name-value`; `ended` and `answering` are not offered but used."""
    yield f"kind-{item.kind}"
    yield f"department-{item.department}"
    yield f"year-{item.published.year}"
    if item.validity in VALIDITY_CODES:
        yield f"validity-{VALIDITY_CODES[item.validity]}"
    if item.validity in ENDED:
        yield "ended"
    if item.kind in ANSWERING:
        yield "answering"
    for field in {repository.entries[each.entry].field for each in item.entries if each.entry in repository.entries}:
        yield f"field-{field}"


def _filters(items: list[Item], repository: Repository) -> list[Filter]:
    there = {facet for item in items for facet in facets(item, repository)}
    years = sorted({item.published.year for item in items}, reverse=True)
    offered = [
        ("kind", "类别", list(titles("item", "kind").items())),
        ("field", "领域", [(each.code, each.name) for each in repository.fields]),
        ("department", "单位", [(code, each.name) for code, each in repository.departments.items()]),
        ("year", "年份", [(str(year), f"{year}年") for year in years]),
        ("validity", "有效性", [(code, word) for word, code in VALIDITY_CODES.items()]),
    ]
    return [(name, label, [each for each in options if f"{name}-{each[0]}" in there]) for name, label, options in offered]
