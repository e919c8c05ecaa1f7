"""服务大厅张贴页: what a counter hangs on its wall, with QR codes to the department and to its service guides."""

from collections.abc import Iterator

from mulu.mapping import newest_first
from mulu.model.district import Department, Site
from mulu.model.repository import Repository
from mulu.pages.metadata import column
from mulu.pages.page import HOME, Crumb, Page, department_address, item_address, sheet_address

MOST = 24
"""Service guides on one sheet; each code costs three milliseconds, and a wall has an end."""


def sheet_pages(repository: Repository, site: Site) -> Iterator[Page]:
    """One for each department."""
    for department in repository.departments.values():
        yield _sheet(department, repository, site)


def _sheet(department: Department, repository: Repository, site: Site) -> Page:
    guides = [
        each for each in repository.items.values() if each.department == department.code and each.service and each.current
    ]
    data = {
        "name": department.name,
        "own": department_address(department.code),
        "about": [("办公地址", department.address), ("办公时间", department.hours), ("联系电话", department.phone)],
        "guides": [
            (each.title, item_address(each.id), each.service.time, each.service.fee)
            for each in newest_first(guides)[:MOST]
            if each.service
        ],
        "more": max(0, len(guides) - MOST),
    }
    title = f"{department.name}政府信息公开张贴页"
    crumbs = (
        HOME,
        Crumb("标准目录", "catalog/index.html"),
        Crumb(department.label, department_address(department.code)),
        Crumb("张贴页"),
    )
    meta = column(site, department.label, f"{title}，供服务大厅打印", department.label)
    return Page(sheet_address(department.code), "sheet", title, f"{title}，供服务大厅打印张贴", crumbs, meta, data)
