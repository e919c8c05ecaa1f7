"""The first page: what should be here, what is, and three ways in."""

from datetime import date

from mulu.mapping import Correspondence, newest_first
from mulu.model.district import Site
from mulu.model.repository import Repository
from mulu.model.state import State
from mulu.pages.lines import figures, item_line
from mulu.pages.metadata import site_tags
from mulu.pages.page import POLICY, Meta, Page, department_address, entry_address, table_address

NEWEST = 8
TOPICS = 12


def home_page(repository: Repository, correspondence: Correspondence, site: Site, as_of: date) -> Page:
    """Numbers, newest items, and the ways in by 领域, 单位 and 事项."""
    mapped = correspondence.entries.values()
    current = [item for item in repository.items.values() if not item.withdrawn]
    data = {
        "name": site.name,
        "as_of": as_of.isoformat(),
        "figures": figures(mapped),
        "items": len(current),
        "attachments": sum(len(item.attachments) for item in current),
        "fields": [
            (field.name, table_address(field.code), figures(own))
            for field in repository.fields
            if (own := [each for each in mapped if each.entry.field == field.code])
        ],
        "departments": [
            (each.label, department_address(each.code), figures(one for one in mapped if one.entry.department == each.code))
            for each in repository.departments.values()
        ],
        "topics": _busiest(correspondence),
        "policy": POLICY if repository.audiences else "",
        "newest": [item_line(item, repository) for item in newest_first(current)[:NEWEST]],
    }
    return Page("index.html", "home", "", f"{site.name}：标准目录、公开内容及其对应关系", (), Meta(site_tags(site)), data)


def _busiest(correspondence: Correspondence) -> list[tuple[str, str, int]]:
    """The entries with most current content."""
    answered = [each for each in correspondence.entries.values() if each.state is State.PUBLISHED]
    answered.sort(key=lambda each: (-len(each.items), each.entry.id))
    return [(each.entry.title, entry_address(each.entry.id), len(each.items)) for each in answered[:TOPICS]]
