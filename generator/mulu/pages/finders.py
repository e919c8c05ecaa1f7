"""Finders: items of some kinds as a list that behaves like a database; plain pages for everybody, shards for the browser."""

from collections import Counter, defaultdict
from collections.abc import Iterator

import msgspec

from mulu.model.district import Site
from mulu.model.item import Item
from mulu.model.repository import Repository
from mulu.model.schema import titles
from mulu.pages.lines import item_line
from mulu.pages.metadata import column
from mulu.pages.page import FINDERS_INDEX, HOME, Crumb, Page, data_file, finder_address, list_address

ON_A_PAGE = 50
SHARD = 400
"""Rows that a browser loads at once: about 20 KB compressed."""


class Finder(msgspec.Struct, frozen=True):
    """One list: its kinds of items, and the facets by which it is narrowed (keys of FACETS)."""

    code: str
    name: str
    about: str
    kinds: tuple[str, ...]
    facets: tuple[str, ...]


FACETS = {"validity": "有效性", "year": "年份", "department": "单位", "subject": "主题", "kind": "类别", "period": "所属期间"}
"""Facet → what readers call it."""

FINDERS = (
    Finder("documents", "政策文件", "规范性文件和其他文件", ("normative", "document"), ("validity", "year", "department", "subject", "kind")),
    Finder("plans", "规划计划", "规划、计划和项目清单", ("plan",), ("year", "department", "subject", "validity")),
    Finder("decisions", "重大决策", "征求意见、意见采纳反馈和决策", ("decision", "consultation", "feedback"), ("kind", "year", "department", "subject")),
    Finder("budgets", "财政预决算", "政府和部门的预算、决算", ("budget",), ("year", "department", "period")),
    Finder("services", "办事服务", "办事指南和常见问题", ("guide", "faq"), ("kind", "department", "subject", "year")),
    Finder("interpretations", "政策解读", "对文件的解读", ("interpretation",), ("year", "department", "subject")),
)  # fmt: skip

COLUMNS = ("id", "title", "number", "published", "validity", "department", "subject", "kind", "period")
"""The columns of a shard's rows."""

_FINDERS = Crumb("查找信息", FINDERS_INDEX)


def finder_pages(repository: Repository, site: Site) -> Iterator[Page]:
    """The overview and, for every finder, its plain pages, the summary of its shards and the shards."""
    of_kind: dict[str, list[Item]] = defaultdict(list)
    for item in repository.items.values():
        if not item.withdrawn:
            of_kind[item.kind].append(item)
    listed = []
    for finder in FINDERS:
        items = sorted((item for kind in finder.kinds for item in of_kind[kind]), key=lambda item: (item.published, item.id))
        listed.append((finder.name, finder_address(finder.code), finder.about, len(items)))
        yield from _plain(finder, items, repository, site)
        yield from _shards(finder, items, repository)
    about = "按有效性、年份、单位和主题查找文件、规划、决策、预决算、服务和解读"
    meta = column(site, "查找信息", about, "查找")
    yield Page(FINDERS_INDEX, "finders", "查找信息", about, (HOME, Crumb("查找信息")), meta, {"finders": listed})


def _plain(finder: Finder, items: list[Item], repository: Repository, site: Site) -> Iterator[Page]:
    """Pages numbered from the oldest, so that a new item changes only the first one; that one holds what is over."""
    older = max(0, len(items) // ON_A_PAGE - 1)
    years = sorted(
        {(kind, item.published.year) for item in items for kind in (item.kind,)},
        key=lambda each: (-each[1], finder.kinds.index(each[0])),
    )
    names = titles("item", "kind")
    for number in range(older + 1):
        first = number == older
        shown = items[number * ON_A_PAGE :] if first else items[number * ON_A_PAGE : (number + 1) * ON_A_PAGE]
        data = {
            "name": finder.name,
            "about": finder.about,
            "code": finder.code,
            "first": first,
            "count": len(items) if first else 0,
            "lines": [item_line(item, repository, item.validity or "") for item in reversed(shown)],
            "newer": finder_address(finder.code, None if number + 1 == older else number + 2) if not first else "",
            "older": finder_address(finder.code, number) if number else "",
            "years": [(f"{year}年{names[kind]}", list_address(kind, year)) for kind, year in years] if first else [],
            "others": [(each.name, finder_address(each.code), each is finder) for each in FINDERS],
        }
        span = f"{shown[0].published} 至 {shown[-1].published}" if shown else ""
        title = finder.name if first else f"{finder.name}（{span}）"
        crumbs = (
            (HOME, _FINDERS, Crumb(finder.name))
            if first
            else (HOME, _FINDERS, Crumb(finder.name, finder_address(finder.code)), Crumb(span))
        )
        yield Page(
            finder_address(finder.code, None if first else number + 1), "finder", title, f"{finder.about}，从新到旧排列", crumbs,
            column(site, finder.name, finder.about, finder.name), data,
        )  # fmt: skip


def _shards(finder: Finder, items: list[Item], repository: Repository) -> Iterator[Page]:
    """Shards by year of publication, oldest rows first in the files' numbering; the summary says which of them can hold what."""
    of_year: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        of_year[item.published.year].append(item)
    shards = []
    for year in sorted(of_year, reverse=True):
        for number in reversed(range(0, len(of_year[year]), SHARD)):
            rows = [_row(item) for item in reversed(of_year[year][number : number + SHARD])]
            file = f"{finder.code}-{year}-{number // SHARD + 1}.json"
            shards.append({"file": file, "rows": len(rows), "facets": _counts(finder, rows)})
            yield data_file(f"finders/{file}", text=msgspec.json.encode({"version": 1, "rows": rows}))
    summary = {
        "version": 1,
        "columns": COLUMNS,
        "facets": [(key, FACETS[key]) for key in finder.facets],
        "labels": {
            "department": {code: each.label for code, each in repository.departments.items()},
            "kind": {kind: name for kind, name in titles("item", "kind").items() if kind in finder.kinds},
        },
        "shards": shards,
    }
    yield data_file(f"finders/{finder.code}.json", text=msgspec.json.encode(summary))


def _row(item: Item) -> tuple[str, ...]:
    """One item in the order of COLUMNS; the subject without its subdivisions."""
    subject = (item.subject or "").replace("/", "\\").partition("\\")[0]
    period = item.period.chinese if item.period else ""
    return (
        item.id, item.title, item.number or "", item.published.isoformat(), item.validity or "", item.department, subject, item.kind, period,
    )  # fmt: skip


def _counts(finder: Finder, rows: list[tuple[str, ...]]) -> dict[str, dict[str, int]]:
    counted: dict[str, dict[str, int]] = {}
    for facet in finder.facets:
        values = (row[3][:4] if facet == "year" else row[COLUMNS.index(facet)] for row in rows)
        counted[facet] = dict(sorted(Counter(value for value in values if value).items()))
    return counted
