"""I130–I136: what items say of each other, and items that are no longer there."""

from collections.abc import Iterator, Mapping

from mulu.checks.rule import Finding, Over, View, at, at_origin, rule
from mulu.diagnostics import Severity, Text
from mulu.model.item import RELATIONS, Item
from mulu.model.kinds import file_kind
from mulu.model.origin import Origin

_CIRCULAR = (
    (("replaces", "repeals", "amends"), Text("替代、废止或者修改", "replace, repeal or amend")),
    (("part_of",), Text("包含", "contain")),
)
"""Relations of a later document to an earlier one, and of a part to its whole: none may lead back to its start."""

_SHOWN = 6
"""Ids of a circle that the message names."""


@rule(
    "I130", Severity.ERROR, Over.EVERYTHING,
    zh=("“{relation}”指向的信息 {target} 不存在", "核对编号；那份文件还没有收进来的，先收进来，或者删去这一项。"),
    en=("`{relation}` points to {target}, which does not exist", "Check the id; add that document first, or delete this line."),
)  # fmt: skip
def relation_unknown(view: View) -> Iterator[Finding]:
    """Every id in a relation is an item's."""
    for item, relation, index, target in _relations(view):
        if target not in view.repository.items and target not in view.repository.broken_ids:
            yield at(item, relation, index, relation=relation, target=target)


@rule(
    "I131", Severity.ERROR, Over.ITEM,
    zh=("“{relation}”指向了这条信息自己", "换成它真正针对的那份文件的编号，或者删去这一项。"),
    en=("`{relation}` points to this item itself", "Write the id of the document that is meant, or delete this line."),
)  # fmt: skip
def relation_to_itself(item: Item) -> Iterator[Finding]:
    """No item interprets, repeals or belongs to itself."""
    for relation in RELATIONS:
        for index, target in enumerate(item.related(relation)):
            if target == item.id:
                yield at(item, relation, index, relation=relation)


@rule(
    "I132", Severity.ERROR, Over.EVERYTHING,
    zh=("这些信息首尾相接，互相{relation}：{circle}", "对照原文找出写反的一条并改正；新文件指向旧文件，部分指向整体。"),
    en=("These items {relation} each other in a circle: {circle}", "Find the one that is the wrong way round; new points to old, part to whole."),
)  # fmt: skip
def relation_circular(view: View) -> Iterator[Finding]:
    """No document replaces what replaces it, and no part holds its whole."""
    items = view.repository.items
    for relations, said in _CIRCULAR:
        targets = {item.id: listed for item in items.values() if (listed := _targets(item, relations, items))}
        for closing, circle in _circles(targets):
            relation = next(each for each in relations if circle[0] in items[closing].related(each))
            yield at(items[closing], relation, related=[items[circle[0]]], relation=said, circle=circle)


@rule(
    "I133", Severity.ERROR, Over.EVERYTHING,
    zh=("已经被 {later} 废止或者替代，有效性却没有改（现在是：{validity}）", "把“validity”改成“已废止”；{later} 写错了的，改正那一条。"),
    en=("{later} repealed or replaced it, but its validity still says {validity}", "Set `validity` to 已废止, or correct {later} if that is wrong."),
)  # fmt: skip
def repealed_but_valid(view: View) -> Iterator[Finding]:
    """What a document in force repeals or replaces is out of force."""
    for item, later in _pointed_at(view, "repeals", "replaces"):
        if item.current:
            yield at(item, "validity", related=[later], later=later.id, validity=_validity(item))


@rule(
    "I134", Severity.WARNING, Over.EVERYTHING,
    zh=("已经被 {later} 修改，有效性还写着“现行有效”", "把“validity”改成“已修改”，正文换成修改后的文本或者注明修改之处。"),
    en=("{later} amended it, but its validity still says 现行有效", "Set `validity` to 已修改 and publish or mention the amended text."),
)  # fmt: skip
def amended_but_unmarked(view: View) -> Iterator[Finding]:
    """What a document in force amends is marked as amended."""
    for item, later in _pointed_at(view, "amends"):
        if item.validity == "现行有效" and item.withdrawn is None:
            yield at(item, "validity", related=[later], later=later.id)


@rule(
    "I136", Severity.ERROR, Over.EVERYTHING,
    zh=("git 里有过的信息 {id} 不见了，它的网址会打不开", "用 git 找回这个文件，在元数据里填写“withdrawn”（日期、原因、机构）。提交以后就当作公开过，从来没有上网的也这样处理。"),
    en=("The item {id} was committed and is gone; its address would stop working", "Bring the file back with git and fill in `withdrawn` (on, reason, by). What was committed counts as published, even if it never went online."),
)  # fmt: skip
def item_vanished(view: View) -> Iterator[Finding]:
    """An id that was ever committed still has a file."""
    vanished = {}
    for path in view.repository.history.deleted:
        known = file_kind(path)
        if known and known[0].name == "item":
            vanished[known[1]["id"]] = path
    for gone, path in vanished.items():
        if gone not in view.repository.items and gone not in view.repository.broken_ids:
            yield at_origin(Origin(path), id=gone)


def _relations(view: View) -> Iterator[tuple[Item, str, int, str]]:
    for item in view.repository.all_items:
        for relation in RELATIONS:
            for index, target in enumerate(getattr(item, relation)):
                yield item, relation, index, target


def _pointed_at(view: View, *relations: str) -> Iterator[tuple[Item, Item]]:
    """Each item with the first current item that points to it by one of `relations` and is in effect."""
    items = view.repository.items
    for target, by in view.correspondence.pointed_at.items():
        later = [items[each] for relation in relations for each in by.get(relation, ()) if each != target]
        acting = [each for each in later if each.current and (each.effective or each.formed) <= view.as_of]
        if acting and target in items:
            yield items[target], acting[0]


def _validity(item: Item) -> Text:
    return Text(item.validity, item.validity) if item.validity else Text("没有填写", "nothing")


def _targets(item: Item, relations: tuple[str, ...], items: Mapping[str, Item]) -> list[str]:
    listed = dict.fromkeys(target for relation in relations for target in getattr(item, relation))
    return [target for target in listed if target in items and target != item.id]


def _circles(targets: Mapping[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """For each way back: the id that closes the circle, and the circle (its first ids). Depth first, without recursion.

    `targets` need not hold what leads nowhere.
    """
    done: set[str] = set()
    for start in targets:
        path, where, ways = [start], {start: 0}, [iter(targets[start])]
        while path and path[-1] not in done:
            target = next(ways[-1], None)
            if target is None:
                done.add(path[-1])
                del where[path.pop()]
                ways.pop()
            elif target in where:
                first, longer = where[target], len(path) - where[target] > _SHOWN
                yield path[-1], path[first : first + _SHOWN] + (["…"] if longer else [])
            elif target not in done:
                where[target] = len(path)
                path.append(target)
                ways.append(iter(targets.get(target, ())))


RULES = (relation_unknown, relation_to_itself, relation_circular, repealed_but_valid, amended_but_unmarked, item_vanished)
