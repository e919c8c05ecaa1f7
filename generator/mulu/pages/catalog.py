"""The catalog itself: the matrix of fields and departments, the standard tables, the topics, fields and departments."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from mulu.mapping import Correspondence, Mapped, newest_first
from mulu.model.catalog import Catalog
from mulu.model.district import Department, Field, Site
from mulu.model.item import Item
from mulu.model.repository import Repository
from mulu.model.state import State
from mulu.pages.disclosure import years_of
from mulu.pages.heat import STEPS, heat
from mulu.pages.lines import Figures, chip, figures, item_line, rows
from mulu.pages.metadata import column
from mulu.pages.page import (
    HOME,
    Crumb,
    Page,
    department_address,
    department_calendar_address,
    department_feed_address,
    department_list_address,
    embed_address,
    entry_address,
    field_address,
    field_feed_address,
    sheet_address,
    table_address,
)
from mulu.pages.priorities import plan_links

ROWS_ON_ONE_PAGE = 150
"""A field with more entries shows its departments' tables instead of one long table (a phone renders 150 rows at once)."""

ITEMS_ON_A_PAGE = 30

_CATALOG = Crumb("标准目录", "catalog/index.html")


def catalog_pages(repository: Repository, correspondence: Correspondence, site: Site, as_of: date) -> Iterator[Page]:
    """Every page of the catalog except entries."""
    by_field: dict[str, list[Catalog]] = defaultdict(list)
    for catalog in repository.catalogs:
        by_field[catalog.field].append(catalog)
    fields = [field for field in repository.fields if by_field[field.code]]
    yield _index(fields, by_field, repository, correspondence, site, as_of)
    yield _topics(fields, by_field, repository, correspondence, site)
    for field in fields:
        yield _field(field, by_field[field.code], repository, correspondence, site)
        table = _field_table(field, by_field[field.code], repository, correspondence, site, as_of)
        yield table
        yield _embedded(field, table)
        for catalog in by_field[field.code]:
            yield _department_table(field, catalog, repository, correspondence, site, as_of)
    for department in repository.departments.values():
        yield _department(department, repository, correspondence, site)


def _mapped(catalogs: Iterable[Catalog], correspondence: Correspondence) -> list[Mapped]:
    return [correspondence.entries[entry.id] for catalog in catalogs for entry in catalog.entries]


def _index(
    fields: list[Field], by_field: dict[str, list[Catalog]], repository: Repository, correspondence: Correspondence, site: Site,
    as_of: date,
) -> Page:  # fmt: skip
    departments = [
        each for each in repository.departments.values() if any(each.code == one.department for one in repository.catalogs)
    ]
    matrix = []
    for field in fields:
        cells: list[tuple[str, Figures] | None] = []
        for department in departments:
            own = [each for each in by_field[field.code] if each.department == department.code]
            cells.append((table_address(field.code, department.code), figures(_mapped(own, correspondence))) if own else None)
        whole = figures(_mapped(by_field[field.code], correspondence))
        matrix.append((field.name, table_address(field.code), whole, cells))
    data = {
        "figures": figures(correspondence.entries.values()),
        "departments": [(each.label, department_address(each.code)) for each in departments],
        "matrix": matrix,
        "heat": heat(
            [field.name for field in fields],
            [
                (each.label, [cell[1] if (cell := row[3][at]) else None for row in matrix])
                for at, each in enumerate(departments)
            ],
        ),
        "steps": STEPS,
        "plans": plan_links(repository),
        "as_of": as_of.isoformat(),
    }
    meta = column(site, "标准目录", "各领域政务公开标准目录及其落实情况", "标准目录", "政务公开")
    return Page(
        "catalog/index.html",
        "catalog",
        "政务公开事项标准目录",
        "各领域、各单位的标准目录和公开情况",
        (HOME, Crumb("标准目录")),
        meta,
        data,
    )


def _topics(
    fields: list[Field], by_field: dict[str, list[Catalog]], repository: Repository, correspondence: Correspondence, site: Site
) -> Page:
    groups = []
    for field in fields:
        topics: dict[str, list[tuple[str, str, str, object]]] = defaultdict(list)
        for mapped in _mapped(by_field[field.code], correspondence):
            if mapped.state is not State.RETIRED:
                label = repository.departments[mapped.entry.department].label
                topics[mapped.entry.topic].append((mapped.entry.title, entry_address(mapped.entry.id), label, chip(mapped)))
        groups.append((field.name, field_address(field.code), list(topics.items())))
    meta = column(site, "公开事项", "全部公开事项，按领域和一级事项排列", "公开事项")
    return Page(
        "catalog/topics.html", "topics", "全部公开事项", "按领域和一级事项排列的全部公开事项", (HOME, _CATALOG, Crumb("全部公开事项")), meta,
        {"groups": groups},
    )  # fmt: skip


def _field(field: Field, catalogs: list[Catalog], repository: Repository, correspondence: Correspondence, site: Site) -> Page:
    mapped = _mapped(catalogs, correspondence)
    topics: dict[str, list[object]] = defaultdict(list)
    for each in mapped:
        if each.items:
            lines = [item_line(item, repository) for item in each.items[:3]]
            topics[each.entry.topic].append((each.entry.title, entry_address(each.entry.id), len(each.items), lines))
    data = {
        "name": field.name,
        "feed": field_feed_address(field.code),
        "guideline": field.guideline,
        "figures": figures(mapped),
        "table": table_address(field.code),
        "departments": _departments_of(field, catalogs, repository, correspondence),
        "topics": list(topics.items()),
        "newest": [item_line(item, repository) for item in _newest(mapped)],
    }
    meta = column(site, field.name, f"{field.name}领域已经公开的信息", field.name)
    return Page(
        field_address(field.code), "field", f"{field.name}领域信息公开", f"{field.name}领域已经公开的信息，按事项排列",
        (HOME, _CATALOG, Crumb(field.name)), meta, data,
    )  # fmt: skip


def _departments_of(
    field: Field, catalogs: list[Catalog], repository: Repository, correspondence: Correspondence
) -> list[tuple[str, str, Figures]]:
    return [
        (
            repository.departments[each.department].label,
            table_address(field.code, each.department),
            figures(_mapped([each], correspondence)),
        )
        for each in catalogs
    ]


def _field_table(
    field: Field, catalogs: list[Catalog], repository: Repository, correspondence: Correspondence, site: Site, as_of: date
) -> Page:
    mapped = _mapped(catalogs, correspondence)
    departments = _departments_of(field, catalogs, repository, correspondence)
    title = catalogs[0].title if len(catalogs) == 1 and catalogs[0].title else f"{field.name}领域政务公开标准目录"
    shown = mapped if len(mapped) <= ROWS_ON_ONE_PAGE else []
    crumbs = (HOME, _CATALOG, Crumb(field.name))
    return _table(table_address(field.code), title, field, shown, mapped, departments, repository, site, as_of, crumbs)


def _embedded(field: Field, table: Page) -> Page:
    """The same rows, for a column page of the portal."""
    shown = {name: table.data[name] for name in ("title", "figures", "rows", "departments", "as_of")}
    return Page(embed_address(field.code), "embed", table.title, "", (), table.meta, shown | {"full": table.address})


def _department_table(
    field: Field, catalog: Catalog, repository: Repository, correspondence: Correspondence, site: Site, as_of: date
) -> Page:
    mapped = _mapped([catalog], correspondence)
    department = repository.departments[catalog.department]
    title = catalog.title or f"{department.name}{field.name}领域政务公开标准目录"
    crumbs = (HOME, _CATALOG, Crumb(field.name, table_address(field.code)), Crumb(department.label))
    return _table(table_address(field.code, department.code), title, field, mapped, mapped, [], repository, site, as_of, crumbs)


def _table(
    address: str, title: str, field: Field, shown: list[Mapped], counted: list[Mapped], departments: list[tuple[str, str, Figures]],
    repository: Repository, site: Site, as_of: date, crumbs: tuple[Crumb, ...],
) -> Page:  # fmt: skip
    made = rows(shown, repository)
    data = {
        "title": title,
        "field": (field.name, field_address(field.code)),
        "guideline": field.guideline,
        "figures": figures(counted),
        "rows": made,
        "extra": tuple(dict.fromkeys(name for row in made for name, _ in row.extra)),
        "departments": departments,
        "embed": embed_address(field.code) if len(crumbs) == 3 else "",
        "states": sorted({row.chip.word for row in made}),
        "bodies": sorted({body for row in made for body in row.responsible}),
        "as_of": as_of.isoformat(),
    }
    meta = column(site, title, f"{title}及其公开情况", field.name, "标准目录")
    return Page(address, "table", title, f"{title}：十栏目录、公开状态和每一事项的直达链接", crumbs, meta, data)


def _department(department: Department, repository: Repository, correspondence: Correspondence, site: Site) -> Page:
    catalogs = [each for each in repository.catalogs if each.department == department.code]
    names = {field.code: field.name for field in repository.fields}
    mapped = _mapped(catalogs, correspondence)
    own = [item for item in repository.items.values() if item.department == department.code and not item.withdrawn]
    known = [
        ("单位全称", department.name), ("统一社会信用代码", department.credit_code), ("办公地址", department.address),
        ("办公时间", department.hours), ("公开工作机构", department.contact_office), ("联系电话", department.phone),
        ("传真", department.fax), ("电子邮箱", department.email), ("邮政编码", department.postcode), ("公开层级", department.level),
    ]  # fmt: skip
    data = {
        "name": department.name,
        "feed": department_feed_address(department.code),
        "calendar": department_calendar_address(department.code),
        "about": [(label, value) for label, value in known if value],
        "website": department.website or "",
        "sheet": sheet_address(department.code),
        "figures": figures(mapped),
        "fields": [
            (
                names.get(each.field, each.field),
                table_address(each.field, department.code),
                figures(_mapped([each], correspondence)),
            )
            for each in catalogs
        ],
        "count": len(own),
        "years": [
            (year, department_list_address(department.code, year), len(items))
            for year, items in years_of(department.code, repository).items()
        ],
        "newest": [item_line(item, repository) for item in newest_first(own)[:ITEMS_ON_A_PAGE]],
    }
    meta = column(site, department.label, f"{department.name}主动公开的政府信息", department.label)
    return Page(
        department_address(department.code), "department", f"{department.name}信息公开", f"{department.name}的标准目录和已公开信息",
        (HOME, _CATALOG, Crumb(department.label)), meta, data,
    )  # fmt: skip


def _newest(mapped: list[Mapped]) -> list[Item]:
    unique = {item.id: item for each in mapped for item in each.items}
    return list(newest_first(unique.values())[:10])
