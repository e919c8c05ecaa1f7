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


def data_file(address: str, kind: str = "data", *, source: tuple[str, str] | None = None, **data: Any) -> Page:
    """A file that is no page: `kind` names what makes its bytes from `data` (site/made.py)."""
    return Page(address, kind, "", "", (), Meta(), data, source)


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
        PageKind("feed", "", 2, "订阅"),
        PageKind("subscriptions", "frames/disclosure.html", 2, "订阅一览"),
        PageKind("text", "", 2, "纯文本"),
        PageKind("csv", "", 2, "表格"),
        PageKind("xlsx", "", 2, "工作簿"),
        PageKind("database", "", 2, "数据库"),
        PageKind("opendata", "frames/disclosure.html", 2, "开放数据"),
        PageKind("dataset", "frames/disclosure.html", 2, "数据文件的说明"),
        PageKind("finders", "frames/disclosure.html", 2, "查找信息"),
        PageKind("finder", "frames/disclosure.html", 2, "查找"),
        PageKind("policy", "frames/disclosure.html", 2, "政策找人"),
        PageKind("priorities", "frames/evaluation.html", 2, "年度重点工作"),
        PageKind("checks", "checks/index.html", 2, "检查"),
        PageKind("catalog", "catalog/index.html", 2, "标准目录"),
        PageKind("disclosure", "disclosure/index.html", 2, "法定主动公开内容"),
        PageKind("annual", "annual/index.html", 2, "政府信息公开年报"),
        PageKind("annual_report", "annual/index.html", 2, "年度报告"),
        PageKind("trend", "frames/evaluation.html", 2, "公开情况走势"),
        PageKind("written", "", 2, "手写页面"),
        PageKind("search", "search/index.html", 2, "查找"),
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
    "search/index.md": ("查找", "search/index.md"),
    "frames/catalog.md": ("标准目录", "catalog/index.md"),
    "frames/disclosure.md": ("法定主动公开内容", "disclosure/index.md"),
    "frames/evaluation.md": ("公开评价", "catalog/index.md"),
    "frames/checks.md": ("数据检查", "checks/index.md"),
}
"""MkDocs source of every generated frame → its title and the navigation entry that is current on it."""


SITE_FEED = "feeds/site.xml"
COMMENTS_CALENDAR = "feeds/consultations.ics"
PERIODIC_CALENDAR = "feeds/periodic.ics"
DEADLINES_CALENDAR = "evaluation/due.ics"
"""What anybody may subscribe to."""

SUBSCRIPTIONS = "feeds/index.html"
POLICY = "policy/index.html"
FINDERS_INDEX = "finders/index.html"

TREND = "evaluation/trend.html"
"""The address of 公开情况走势."""

SEARCH = "search/index.html"
"""The address of 查找."""

SEARCH_DATA = "search/v1"
"""The folder of the search index, whose files are no pages; the number is that of their format."""


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


def department_feed_address(department: str) -> str:
    """What a department published last."""
    return f"feeds/department-{department}.xml"


def department_calendar_address(department: str) -> str:
    """A department's comment windows, periodic publications and deadlines."""
    return f"feeds/department-{department}.ics"


def field_feed_address(field: str) -> str:
    """What was published last in a field."""
    return f"feeds/field-{field}.xml"


def entry_feed_address(entry: str) -> str:
    """What was published last for an entry."""
    return f"feeds/entry-{entry}.xml"


def kind_feed_address(kind: str) -> str:
    """What was published last of one kind."""
    return f"feeds/kind-{kind}.xml"


def choice_feed_address(choice: tuple[tuple[str, str], ...]) -> str:
    """What is for a reader who chose these options: (dimension, code) in the order of the dimensions."""
    return f"feeds/for-{'.'.join(f'{key}-{code}' for key, code in choice)}.xml"


def finder_address(finder: str, number: int | None = None) -> str:
    """A finder, or one of its pages of older items, numbered from the oldest."""
    return f"finders/{finder}.html" if number is None else f"finders/{finder}-{number}.html"


def text_address(item: str) -> str:
    """The plain text of an item."""
    return f"items/{item}.txt"


def record_address(folder: str, id: str) -> str:
    """The JSON document of an item, entry, department or field; `folder` is one of these in the plural."""
    return f"data/v1/{folder}/{id}.json"
