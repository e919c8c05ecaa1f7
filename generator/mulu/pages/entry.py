"""The page of an entry: what must be disclosed, what has been, and why anything is not there."""

from mulu.mapping import Mapped
from mulu.model.district import Site
from mulu.model.repository import Repository
from mulu.pages.lines import chip, explanation, item_line, rows
from mulu.pages.metadata import column
from mulu.pages.page import Crumb, Page, department_address, entry_address, item_address, table_address


def entry_page(mapped: Mapped, repository: Repository, site: Site) -> Page:
    """One entry with its elements, periods and items."""
    entry = mapped.entry
    field = next((field.name for field in repository.fields if field.code == entry.field), entry.field)
    department = repository.departments[entry.department]
    return Page(
        address=entry_address(entry.id),
        kind="entry",
        title=f"{entry.title} — {field}",
        description=f"{department.name}{field}领域“{entry.title}”应当公开的内容和已经公开的信息",
        crumbs=(
            Crumb("首页", "index.html"),
            Crumb("标准目录", "catalog/index.html"),
            Crumb(field, table_address(entry.field)),
            Crumb(entry.topic),
        ),
        meta=column(site, entry.title, f"{field}领域{entry.topic}{entry.title}", entry.topic, entry.title),
        data={
            "title": entry.title,
            "chip": chip(mapped),
            "explanation": explanation(mapped),
            "external": entry.explained.url if entry.explained and entry.explained.url else "",
            "replaced_by": _replacement(mapped, repository),
            "row": rows([mapped], repository)[0],
            "department": (department.name, department_address(department.code)),
            "table": (f"{field}领域标准目录", table_address(entry.field, entry.department)),
            "cycle": entry.cycle or "",
            "note": entry.note or "",
            "covered": mapped.covered,
            "elements": [
                (element.name, element.required, [(item_address(id), repository.items[id].title) for id in mapped.answered[element.name]])
                for element in entry.elements
            ],
            "periods": [(period.chinese, [item_line(repository.items[id], repository) for id in ids]) for period, ids in mapped.periods.items()],
            "absent": [period.chinese for period in mapped.absent],
            "items": [item_line(item, repository) for item in mapped.items],
            "former": [item_line(item, repository, "已撤下" if item.withdrawn else item.validity or "") for item in mapped.former],
        },
    )  # fmt: skip


def _replacement(mapped: Mapped, repository: Repository) -> tuple[str, str] | None:
    retired = mapped.entry.retired
    if not retired or not retired.replaced_by or retired.replaced_by not in repository.entries:
        return None
    return repository.entries[retired.replaced_by].title, entry_address(retired.replaced_by)
