"""The page of an item: metadata block, banner, body, attachments, relations both ways, and the entries it answers."""

from urllib.parse import quote

from mulu.mapping import Correspondence
from mulu.model.district import Site
from mulu.model.item import RELATIONS, Attachment, Item
from mulu.model.repository import Repository
from mulu.model.schema import titles
from mulu.pages.labels import RELATION_WORDS
from mulu.pages.life import life
from mulu.pages.lines import ItemLine, item_line
from mulu.pages.linked import linked
from mulu.pages.metadata import article
from mulu.pages.page import HOME, Crumb, Page, entry_address, item_address, list_address, record_address, text_address

SHORT = 32
"""Characters that fit into half a line of the metadata block."""

_LOOKS = {"现行有效": "published", "已修改": "stale", "已废止": "overdue", "失效": "overdue"}
_TYPES = {
    "pdf": "PDF", "doc": "Word", "docx": "Word", "xls": "Excel", "xlsx": "Excel", "csv": "CSV", "ppt": "PPT", "pptx": "PPT",
    "zip": "压缩包", "rar": "压缩包", "jpg": "图片", "jpeg": "图片", "png": "图片", "gif": "图片", "webp": "图片", "txt": "文本",
    "wps": "WPS", "et": "WPS 表格", "ofd": "OFD",
}  # fmt: skip


def item_page(item: Item, repository: Repository, correspondence: Correspondence, site: Site) -> Page:
    """The item's page, or its tombstone when it was withdrawn."""
    kind = titles("item", "kind")[item.kind]
    crumbs = (
        HOME,
        Crumb("法定主动公开内容", "disclosure/index.html"),
        Crumb(f"{kind} {item.published.year}年", None if item.withdrawn else list_address(item.kind, item.published.year)),
        Crumb("正文"),
    )
    source = "、".join(item.issuers)
    if item.withdrawn:
        data = {"title": item.title, "index_number": item.index_number, "withdrawn": item.withdrawn}
        title, meta = f"已撤下：{item.title}", article(site, item, source, kind)
        return Page(item_address(item.id), "tombstone", title, title, crumbs, meta, data)
    return Page(
        address=item_address(item.id),
        kind="item",
        title=item.title,
        description=item.summary or item.title,
        crumbs=crumbs,
        meta=article(site, item, source, kind),
        data={
            "id": item.id,
            "title": item.title,
            "number": item.number or "",
            "metadata": _metadata(item, kind),
            "entries": _entries(item, repository),
            "banner": _banner(item, repository, correspondence),
            "service": item.service,
            "comment": item.comment,
            "issuers": item.issuers,
            "attachments": [_attachment(item, each, repository) for each in item.attachments],
            "relations": _relations(item, repository, correspondence),
            "life": life(item, repository, correspondence),
            "address": item_address(item.id),
            "correction": bool(site.correction),
            "linked": linked(item, site, repository.departments[item.department].name),
            "text": text_address(item.id),
            "record": record_address("items", item.id),
        },
        source=(item.origin.path, item.blob),
    )


def _metadata(item: Item, kind: str) -> list[tuple[str, str, str, bool]]:
    """Label, value, look of a state, and whether the value takes a whole line; short values come in pairs, first."""
    day = "{0.year}年{0.month}月{0.day}日".format
    known = [
        ("索引号", item.index_number),
        ("主题分类", item.subject),
        ("发文机关", "、".join(item.issuers)),
        ("标题", item.title),
        ("成文日期", day(item.formed)),
        ("发文字号", item.number),
        ("发布日期", day(item.published)),
        ("有效性", item.validity),
        ("信息类别", kind),
        ("所属期间", item.period.chinese if item.period else None),
        ("施行日期", day(item.effective) if item.effective else None),
        ("失效日期", day(item.expires) if item.expires else None),
        ("信息来源", item.source),
        ("关键词", "、".join(item.keywords)),
        ("内容概述", item.summary),
    ]
    told = [(label, value, _LOOKS[value] if label == "有效性" else "") for label, value in known if value]
    short = [each for each in told if len(each[1]) <= SHORT]
    odd = len(short) % 2
    return [(*each, bool(odd and each is short[-1])) for each in short] + [
        (*each, True) for each in told if len(each[1]) > SHORT
    ]


def _entries(item: Item, repository: Repository) -> list[tuple[str, str, str]]:
    """Address, wording and the answered elements of each entry."""
    shown = []
    for answer in item.entries:
        entry = repository.entries[answer.entry]
        shown.append((entry_address(entry.id), f"{entry.topic} › {entry.title}", "、".join(answer.elements)))
    return shown


def _banner(item: Item, repository: Repository, correspondence: Correspondence) -> tuple[str, str, list[ItemLine]] | None:
    """What a reader must know first: look, sentence and the documents that ended or changed this one."""
    said = {
        "已修改": "本文件已被修改，请与修改文件一并阅读",
        "已废止": "本文件已废止，不再作为办事依据",
        "失效": "本文件已失效，不再作为办事依据",
    }
    sentence = said.get(item.validity or "")
    if not sentence:
        return None
    pointing = correspondence.pointed_at.get(item.id, {})
    ids = [each for relation in ("amends", "repeals", "replaces") for each in pointing.get(relation, ())]
    return _LOOKS[item.validity or ""], sentence, [item_line(repository.items[each], repository) for each in dict.fromkeys(ids)]


def _attachment(item: Item, attachment: Attachment, repository: Repository) -> dict[str, str]:
    size = repository.files[f"{item.folder}/{attachment.file}"].size
    extension = attachment.file.rsplit(".", 1)[-1].lower()
    return {
        "address": f"{item.id}/{quote(attachment.file)}",
        "title": attachment.title or attachment.file,
        "type": _TYPES.get(extension, extension.upper()),
        "size": f"{size / 1048576:.1f} MB" if size >= 1048576 else f"{max(1, round(size / 1024))} KB",
    }


def _relations(item: Item, repository: Repository, correspondence: Correspondence) -> list[tuple[str, ItemLine]]:
    pointing = correspondence.pointed_at.get(item.id, {})
    words: dict[str, list[str]] = {}
    for relation in RELATIONS:
        outward, inward = RELATION_WORDS[relation]
        for word, ids in ((outward, item.related(relation)), (inward, pointing.get(relation, ()))):
            for each in ids:
                words.setdefault(each, []).append(word)
    return [("、".join(dict.fromkeys(said)), _related(repository.items[each], repository)) for each, said in words.items()]


def _related(item: Item, repository: Repository) -> ItemLine:
    return item_line(item, repository, "已撤下" if item.withdrawn else "")
