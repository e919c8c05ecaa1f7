"""法定主动公开内容: all items by kind and year of publication."""

from collections import defaultdict
from collections.abc import Iterator

from mulu.mapping import newest_first
from mulu.model.district import Site
from mulu.model.item import Item
from mulu.model.repository import Repository
from mulu.model.schema import titles
from mulu.pages.lines import item_line
from mulu.pages.metadata import column
from mulu.pages.page import HOME, Crumb, Page, department_address, department_list_address, list_address

NEWEST = 15

_DISCLOSURE = Crumb("法定主动公开内容", "disclosure/index.html")


def disclosure_pages(repository: Repository, site: Site) -> Iterator[Page]:
    """The overview, and one list for every kind and year, and for every department and year."""
    groups: dict[str, dict[int, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for item in repository.items.values():
        if not item.withdrawn:
            groups[item.kind][item.published.year].append(item)
    kinds = {code: name for code, name in titles("item", "kind").items() if code in groups}
    yield _overview(kinds, groups, repository, site)
    for kind, name in kinds.items():
        years = sorted(groups[kind], reverse=True)
        for year in years:
            lines = [item_line(item, repository, item.validity or "") for item in newest_first(groups[kind][year])]
            data = {
                "title": f"{name}（{year}年）",
                "lines": lines,
                "years": [(each, list_address(kind, each), each == year) for each in years],
            }
            yield Page(
                list_address(kind, year), "list", f"{name} {year}年", f"{year}年公开的{name}，共 {len(lines)} 条",
                (HOME, _DISCLOSURE, Crumb(f"{name} {year}年")), column(site, name, f"{year}年公开的{name}", name), data,
            )  # fmt: skip

    yield from _of_departments(repository, site)


def _of_departments(repository: Repository, site: Site) -> Iterator[Page]:
    for department in repository.departments.values():
        years = years_of(department.code, repository)
        for year, items in years.items():
            title = f"{department.label} {year}年公开的信息"
            data = {
                "title": title,
                "lines": [item_line(item, repository, item.validity or "") for item in newest_first(items)],
                "years": [(each, department_list_address(department.code, each), each == year) for each in years],
            }
            crumbs = (HOME, _DISCLOSURE, Crumb(department.label, department_address(department.code)), Crumb(f"{year}年"))
            meta = column(site, title, f"{department.name}{year}年主动公开的信息", department.label)
            about = f"{department.name}{year}年公开的信息，共 {len(items)} 条"
            yield Page(department_list_address(department.code, year), "list", title, about, crumbs, meta, data)


def years_of(department: str, repository: Repository) -> dict[int, list[Item]]:
    """A department's items that are not withdrawn, by year of publication, newest first."""
    years: dict[int, list[Item]] = defaultdict(list)
    for item in repository.items.values():
        if item.department == department and not item.withdrawn:
            years[item.published.year].append(item)
    return {year: years[year] for year in sorted(years, reverse=True)}


def _overview(kinds: dict[str, str], groups: dict[str, dict[int, list[Item]]], repository: Repository, site: Site) -> Page:
    listed = [
        (name, sum(map(len, groups[kind].values())), [(year, list_address(kind, year), len(groups[kind][year])) for year in sorted(groups[kind], reverse=True)])
        for kind, name in kinds.items()
    ]  # fmt: skip
    everything = [item for years in groups.values() for items in years.values() for item in items]
    newest = [item_line(item, repository) for item in newest_first(everything)[:NEWEST]]
    data = {"kinds": listed, "newest": newest, "count": len(everything)}
    meta = column(site, "法定主动公开内容", "依法主动公开的政府信息，按类别和年份排列", "主动公开")
    return Page(
        "disclosure/index.html", "disclosure", "法定主动公开内容", "依法主动公开的政府信息，按类别和年份排列",
        (HOME, Crumb("法定主动公开内容")), meta, data,
    )  # fmt: skip
