"""W101–W109: the links and pictures of items and of hand-written pages."""

import posixpath
import re
from collections.abc import Iterable, Iterator

from mulu.checks.rule import Finding, Over, View, at, at_origin, rule
from mulu.diagnostics import Severity
from mulu.model.body import links
from mulu.model.item import Item, Link
from mulu.model.origin import Origin

_PAGES = "catalogs/pages/"

_GENERATED = ("annual", "catalog", "checks", "data", "departments", "disclosure", "feeds", "fields", "search")
"""Folders of generated pages that a hand-written page may point into; items and entries are looked up one by one."""

_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_KNOWN = ("http", "https", "mailto", "tel", "item", "entry")


@rule(
    "W101", Severity.ERROR, Over.EVERYTHING,
    zh=("链接指向的信息 {id} 不存在", "核对编号：item: 后面写信息编号，就是那条信息的文件名。"),
    en=("The link points to the item {id}, which does not exist", "Check the id: after item: stands the file name of the other item."),
)  # fmt: skip
def broken_item_link(view: View) -> Iterator[Finding]:
    """item:ID names an item."""
    for item, link, target in _pointing(view, "item:"):
        if target not in view.repository.items and target not in view.repository.broken_ids:
            yield at(item, line=link.line, id=target)


@rule(
    "W102", Severity.ERROR, Over.EVERYTHING,
    zh=("链接指向的目录事项 {id} 不存在", "核对编号：entry: 后面写标准目录里那一行的 id。"),
    en=("The link points to the entry {id}, which does not exist", "Check the id: after entry: stands the id of a row of the catalog."),
)  # fmt: skip
def broken_entry_link(view: View) -> Iterator[Finding]:
    """entry:ID names an entry."""
    for item, link, target in _pointing(view, "entry:"):
        if target not in view.repository.entries and target not in view.repository.broken_ids:
            yield at(item, line=link.line, id=target)


@rule(
    "W103", Severity.ERROR, Over.EVERYTHING,
    zh=("正文链接的文件“{file}”不在附件文件夹里", "把文件放进 {folder}/，文件名一字不差；链接别的网站要写全 https:// 开头的网址。"),
    en=("The text links to “{file}”, which is not among the attachments", "Put it into {folder}/; a link to another site is written in full, from https:// on."),
)  # fmt: skip
def broken_attachment_link(view: View) -> Iterator[Finding]:
    """A bare file name is a file of the item."""
    for item in view.repository.all_items:
        for link in _shown(item):
            file = link.target.partition("#")[0]
            if _is_file_name(link.target) and f"{item.folder}/{file}" not in view.repository.files:
                yield at(item, line=link.line, file=file, folder=item.folder)


@rule(
    "W104", Severity.ERROR, Over.EVERYTHING,
    zh=("页面里的链接“{target}”打不开", "写相对于本页面的地址，例如 rules.md、catalog/index.html、items/信息编号.html；核对文件名和编号。"),
    en=("The page's link “{target}” leads nowhere", "Write it relative to this page: rules.md, catalog/index.html, items/ID.html; check name and id."),
)  # fmt: skip
def broken_page_link(view: View) -> Iterator[Finding]:
    """A hand-written page links to pages, files and generated addresses that exist."""
    for path, link in _of_pages(view):
        if (
            not _WEB.match(link.target)
            and not link.target.startswith(("mailto:", "tel:"))
            and not _leads(path, link.target, view)
        ):
            yield at_origin(Origin(path), line=link.line, target=link.target)


@rule(
    "W105", Severity.ERROR, Over.ITEM,
    zh=("不能使用这样的链接：“{target}”", "站内的写 item:信息编号、entry:事项编号或者附件文件名；站外的写全 https:// 开头的网址。"),
    en=("A link like “{target}” cannot be used", "Inside the site write item:ID, entry:ID or a file name; outside it the full https:// address."),
)  # fmt: skip
def forbidden_link(item: Item) -> Iterator[Finding]:
    """Scripts, embedded data, local disks and absolute paths: dangerous, or broken on the next server."""
    for link in _shown(item):
        scheme = _SCHEME.match(link.target)
        usable = (scheme[1].lower() in _KNOWN) if scheme else _is_file_name(link.target)
        if not usable or (link.image and not _WEB.match(link.target) and not _is_file_name(link.target)):
            yield at(item, line=link.line, target=link.target[:80])


@rule(
    "W106", Severity.ERROR, Over.EVERYTHING,
    zh=("图片来自别的网站：{target}", "把图片下载到附件文件夹，正文里只写文件名。"),
    en=("The picture comes from another server: {target}", "Download it into the attachment folder and write its file name only."),
)  # fmt: skip
def remote_image(view: View) -> Iterator[Finding]:
    """A page asks no third party for anything: it would tell them who reads it, and break when they do."""
    for item in view.repository.all_items:
        for link in _shown(item):
            if link.image and _WEB.match(link.target):
                yield at(item, line=link.line, target=link.target[:80])
    for path, link in _of_pages(view):
        if link.image and _WEB.match(link.target):
            yield at_origin(Origin(path), line=link.line, target=link.target[:80])


@rule(
    "W107", Severity.NOTICE, Over.ITEM,
    zh=("链接没有加密：{target}", "对方网站支持的，把 http:// 改成 https://，改完点开试一次。"),
    en=("The link is not encrypted: {target}", "Write https:// where the other site supports it, and try the link once."),
)  # fmt: skip
def insecure_link(item: Item) -> Iterator[Finding]:
    """http:// where https:// is the rule today; pictures are W106."""
    for link in _shown(item):
        if not link.image and link.target.lower().startswith("http://"):
            yield at(item, line=link.line, target=link.target[:80])


@rule(
    "W108", Severity.WARNING, Over.ITEM,
    zh=("正文里的 {what} 不会出现在页面上", "删去这段代码；表格和图片用 Markdown 写，视频和表单放到附件或者办事平台。"),
    en=("{what} in the text is removed from the page", "Delete it; write tables and pictures in Markdown, and keep videos and forms elsewhere."),
)  # fmt: skip
def unsafe_html(item: Item) -> Iterator[Finding]:
    """Scripts, styles and forms are cleaned away."""
    if item.body.unsafe:
        what, line = item.body.unsafe
        yield at(item, line=line, what=what)


@rule(
    "W109", Severity.WARNING, Over.ITEM,
    zh=("图片“{target}”没有文字说明", "在方括号里写图片的内容：![某路口改造平面图](图.png)，看不见图片的人靠它了解。"),
    en=("The picture “{target}” has no text", "Say in the brackets what it shows: ![plan of the crossing](plan.png), for those who cannot see it."),
)  # fmt: skip
def image_without_text(item: Item) -> Iterator[Finding]:
    """Screen readers read the text of a picture (条例 art. 43: help for those who have difficulty reading)."""
    for link in _shown(item):
        if link.image and not link.alt:
            yield at(item, line=link.line, target=link.target[:80])


def _shown(item: Item) -> Iterable[Link]:
    """The links of an item whose text is shown; a withdrawn one shows its reason only."""
    return () if item.withdrawn else item.body.links


def _pointing(view: View, scheme: str) -> Iterator[tuple[Item, Link, str]]:
    for item in view.repository.all_items:
        for link in _shown(item):
            if not link.image and link.target.lower().startswith(scheme):
                yield item, link, link.target[len(scheme) :].partition("#")[0]


def _of_pages(view: View) -> Iterator[tuple[str, Link]]:
    for path, text in view.repository.pages.items():
        for link in links(text, 0):
            yield path, link


def _is_file_name(target: str) -> bool:
    return not re.search(r"[/\\:\n]", target) and target not in (".", "..")


def _leads(path: str, target: str, view: View) -> bool:
    """Whether a relative address written on the page at `path` is that of a page, file, item, entry or generated folder."""
    bare = re.split(r"[?#]", target, maxsplit=1)[0]
    full = posixpath.normpath(posixpath.join(posixpath.dirname(path), bare))
    address = full.removeprefix(_PAGES)
    if bare.startswith("/") or address == full or _SCHEME.match(target) or "\\" in target:
        return False
    stem = address.removesuffix(".html")
    folder, _, name = stem.rpartition("/")
    if folder in ("items", "entries") and stem != address:
        known = view.repository.items if folder == "items" else view.repository.entries
        return name in known or name in view.repository.broken_ids
    return (
        full in view.repository.files
        or f"{_PAGES}{stem}.md" in view.repository.files
        or address.partition("/")[0] in _GENERATED
    )


RULES = (
    broken_item_link, broken_entry_link, broken_attachment_link, broken_page_link, forbidden_link, remote_image, insecure_link,
    unsafe_html, image_without_text,
)  # fmt: skip
