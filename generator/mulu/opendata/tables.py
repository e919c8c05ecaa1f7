"""The rows of open data's tables: catalogs with mapping and state, mapping by field, items by year."""

from collections import defaultdict
from collections.abc import Iterable

from mulu.mapping import Correspondence, Mapped
from mulu.model.district import Site
from mulu.model.item import Item
from mulu.model.repository import Repository
from mulu.model.words import STATE_WORDS
from mulu.opendata.sheets import Rows
from mulu.pages.lines import explanation
from mulu.pages.page import entry_address, item_address

CATALOG = [
    "事项编号", "领域", "单位", "一级事项", "二级事项", "三级事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体", "公开对象",
    "公开方式", "公开层级", "状态", "说明", "必选要素", "已公开的必选要素", "信息数", "最近信息编号", "最近信息标题", "最近发布日期", "网址",
]  # fmt: skip
MAPPING = ["事项编号", "事项", "单位", "要素", "信息编号", "标题", "发布日期", "有效性", "网址"]
ITEMS = [
    "信息编号", "索引号", "标题", "类别", "单位", "发文机关", "发文字号", "成文日期", "发布日期", "改动日期", "施行日期", "有效性", "所属期间", "主题分类",
    "内容概述", "目录事项", "撤下日期", "网址",
]  # fmt: skip


def catalog_rows(mapped: Iterable[Mapped], repository: Repository, site: Site) -> Rows:
    """A row for each entry, in the order of CATALOG; required elements carry ●, the others 〇."""
    names = {field.code: field.name for field in repository.fields}
    rows = []
    for each in mapped:
        entry = each.entry
        newest = each.items[0] if each.items else None
        covered, required = each.covered
        rows.append([
            entry.id, names.get(entry.field, entry.field), repository.departments[entry.department].name, entry.topic, entry.item,
            entry.subitem or "", "\n".join(f"{'●' if element.required else '〇'}{element.name}" for element in entry.elements),
            "\n".join(str(basis) for basis in entry.basis), entry.time_limit, "、".join(entry.responsible), "、".join(entry.channels),
            "、".join(entry.audience), entry.method, "、".join(entry.levels), STATE_WORDS[each.state].zh, explanation(each), str(required),
            str(covered), str(len(each.items)), newest.id if newest else "", newest.title if newest else "",
            newest.published.isoformat() if newest else "", site.root + entry_address(entry.id),
        ])  # fmt: skip
    return rows


def mapping_rows(mapped: Iterable[Mapped], repository: Repository, site: Site) -> Rows:
    """A row for each entry, element and current item, in the order of MAPPING."""
    rows = []
    for each in mapped:
        elements: dict[str, list[str]] = defaultdict(list)
        for element, ids in each.answered.items():
            for id in ids:
                elements[id].append(element)
        for item in each.items:
            rows += [
                [
                    each.entry.id, each.entry.title, repository.departments[each.entry.department].name, element, item.id, item.title,
                    item.published.isoformat(), item.validity or "", site.root + item_address(item.id),
                ]
                for element in elements.get(item.id) or [""]
            ]  # fmt: skip
    return rows


def item_rows(items: Iterable[Item], repository: Repository, site: Site, kinds: dict[str, str]) -> Rows:
    """A row for each item, in the order of ITEMS; of a withdrawn one only that it is gone."""
    rows = []
    for item in items:
        gone = item.withdrawn
        known = [
            "、".join(item.issuers), item.number or "", item.formed.isoformat(), item.published.isoformat(), repository.modified(item).isoformat(),
            item.effective.isoformat() if item.effective else "", item.validity or "", str(item.period or ""), item.subject or "",
            item.summary or "", " ".join(answer.entry for answer in item.entries),
        ]  # fmt: skip
        rows.append([
            item.id, item.index_number, item.title, kinds[item.kind], repository.departments[item.department].name,
            *(["", "", item.formed.isoformat(), item.published.isoformat(), repository.modified(item).isoformat(), *[""] * 6] if gone else known),
            gone.on.isoformat() if gone else "", site.root + item_address(item.id),
        ])  # fmt: skip
    return rows


def of_entries(correspondence: Correspondence) -> dict[str, list[Mapped]]:
    """Entries by field, those that were moved out of the catalog too."""
    fields: dict[str, list[Mapped]] = defaultdict(list)
    for mapped in correspondence.entries.values():
        fields[mapped.entry.field].append(mapped)
    return fields
