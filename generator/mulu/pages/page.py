"""One page as data, and the table of page kinds from which frames, templates and the order of writing follow."""

from typing import Any

import msgspec


class Crumb(msgspec.Struct, frozen=True):
    """One step of the breadcrumb; the last has no address."""

    label: str
    address: str | None = None


HOME = Crumb("首页", "index.html")


class Meta(msgspec.Struct, frozen=True):
    """The mandated meta tags of a page (政府网站发展指引 annex; domain notes regulation.md §7), in order."""

    tags: tuple[tuple[str, str], ...] = ()


class Page(msgspec.Struct, frozen=True):
    """One page to be written: where, of which kind, and everything that it says.

    `source` is the path and blob of the Markdown file whose body the page shows.
    """

    address: str
    kind: str
    title: str
    description: str
    crumbs: tuple[Crumb, ...]
    meta: Meta
    data: dict[str, Any]
    source: tuple[str, str] | None = None

    @property
    def up(self) -> str:
        """The relative way from this page to the site's root."""
        return "../" * self.address.count("/")


class Copy(msgspec.Struct, frozen=True):
    """A source file that is published as it is: its address, its path and blob id."""

    address: str
    path: str
    blob: str


class PageKind(msgspec.Struct, frozen=True):
    """How a kind of page is made: its frame, and when it is written (assets 0, items 1, lists 2, home 3)."""

    name: str
    frame: str
    rank: int
    title: str


PAGE_KINDS = {
    kind.name: kind
    for kind in (
        PageKind("item", "frames/disclosure.html", 1, "信息"),
        PageKind("tombstone", "frames/disclosure.html", 1, "已撤下的信息"),
        PageKind("entry", "frames/catalog.html", 1, "目录事项"),
        PageKind("list", "frames/disclosure.html", 2, "信息列表"),
        PageKind("table", "frames/catalog.html", 2, "标准目录表"),
        PageKind("field", "frames/catalog.html", 2, "领域"),
        PageKind("department", "frames/catalog.html", 2, "单位"),
        PageKind("rule", "frames/checks.html", 2, "规则"),
        PageKind("topics", "frames/catalog.html", 2, "公开事项"),
        PageKind("sheet", "frames/catalog.html", 2, "张贴页"),
        PageKind("embed", "", 2, "嵌入的目录表"),
        PageKind("evaluation", "frames/evaluation.html", 2, "公开评价"),
        PageKind("evaluated", "frames/evaluation.html", 2, "单位评价"),
        PageKind("due", "frames/evaluation.html", 2, "期限"),
        PageKind("ledger", "frames/evaluation.html", 2, "整改台账"),
        PageKind("method", "frames/evaluation.html", 2, "计算方法"),
        PageKind("data", "", 2, "数据文件"),
        PageKind("priorities", "frames/evaluation.html", 2, "年度重点工作"),
        PageKind("checks", "checks/index.html", 2, "检查"),
        PageKind("catalog", "catalog/index.html", 2, "标准目录"),
        PageKind("disclosure", "disclosure/index.html", 2, "法定主动公开内容"),
        PageKind("annual", "annual/index.html", 2, "政府信息公开年报"),
        PageKind("annual_report", "annual/index.html", 2, "年度报告"),
        PageKind("trend", "frames/evaluation.html", 2, "公开情况走势"),
        PageKind("written", "", 2, "手写页面"),
        PageKind("missing", "404.html", 2, "找不到页面"),
        PageKind("home", "index.html", 3, "首页"),
    )
}
"""Kind → how it is made. `written` pages are their own frames; an `embed` page is a whole document."""

FRAMES = {
    "index.md": ("首页", "index.md"),
    "catalog/index.md": ("标准目录", "catalog/index.md"),
    "disclosure/index.md": ("法定主动公开内容", "disclosure/index.md"),
    "annual/index.md": ("政府信息公开年报", "annual/index.md"),
    "checks/index.md": ("数据检查", "checks/index.md"),
    "frames/catalog.md": ("标准目录", "catalog/index.md"),
    "frames/disclosure.md": ("法定主动公开内容", "disclosure/index.md"),
    "frames/evaluation.md": ("公开评价", "catalog/index.md"),
    "frames/checks.md": ("数据检查", "checks/index.md"),
}
"""MkDocs source of every generated frame → its title and the navigation entry that is current on it."""


TREND = "evaluation/trend.html"
"""The address of 公开情况走势."""


def entry_address(entry: str) -> str:
    """The permanent address of an entry."""
    return f"entries/{entry}.html"


def item_address(item: str) -> str:
    """The permanent address of an item: nothing in it can change."""
    return f"items/{item}.html"


def table_address(field: str, department: str | None = None) -> str:
    """The catalog table of a field, or of one department in it."""
    return f"catalog/{field}.{department}.html" if department else f"catalog/{field}.html"


def field_address(field: str) -> str:
    """The page of a field."""
    return f"fields/{field}.html"


def department_address(department: str) -> str:
    """The page of a department."""
    return f"departments/{department}.html"


def sheet_address(department: str) -> str:
    """What a service hall of a department hangs on its wall."""
    return f"sheets/{department}.html"


def embed_address(field: str) -> str:
    """The catalog table of a field for other people's pages."""
    return f"embed/{field}.html"


def evaluation_address(department: str) -> str:
    """How one department fulfils its catalogs, entry by entry."""
    return f"evaluation/of-{department}.html"


def priorities_address(year: int) -> str:
    """The page of a year's plan."""
    return f"evaluation/priorities-{year}.html"


def list_address(kind: str, year: int) -> str:
    """The list of one kind of information of one year of publication."""
    return f"disclosure/{kind}-{year}.html"


def annual_address(department: str, year: int) -> str:
    """The annual report of a body and year, as its register makes it."""
    return f"annual/{department}-{year}.html"


def department_list_address(department: str, year: int) -> str:
    """What a department published in a year."""
    return f"disclosure/of-{department}-{year}.html"


def rule_address(code: str) -> str:
    """The page of a rule."""
    return f"checks/{code}.html"
