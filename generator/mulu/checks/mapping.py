"""M: do entries have what answers them, and do items answer entries rightly."""

from collections.abc import Iterator

from mulu.checks.rule import Finding, Over, View, at, rule
from mulu.diagnostics import Severity, Text
from mulu.model.item import Item
from mulu.model.repository import Repository
from mulu.model.state import State


@rule(
    "M101", Severity.ERROR, Over.EVERYTHING,
    zh=("“{entry}”没有任何公开内容，也没有说明原因",
        "发布一条对应 {id} 的信息；确实没有内容的，在事项下面写情况说明（explained）；一时补不齐的，登记到 ledger.yml。"),
    en=("Nothing is published for “{entry}” and nothing says why",
        "Publish an item that answers {id}, add an explanation (`explained`), or book the gap in ledger.yml."),
)  # fmt: skip
def required_entry_missing(view: View) -> Iterator[Finding]:
    """No current item, no explanation and no open gap; an explanation that has ended is explanation_expired."""
    for mapped in view.correspondence.entries.values():
        entry = mapped.entry
        unreadable = entry.id in view.repository.broken_ids  # its item may stand in a file with a fault of its own
        if mapped.state is State.MISSING and mapped.gap is None and entry.explained is None and not unreadable:
            yield at(entry, entry=entry.title, id=entry.id)


@rule(
    "M102", Severity.WARNING, Over.ITEM,
    zh=("这条信息没有对应任何目录事项",
        "在 entries 里写上它所对应的事项编号；目录里找不到的，先请公开办增加事项。工作动态（news）可以不对应。"),
    en=("This item answers no entry", "List the entries it answers under `entries`; news alone may have none."),
)  # fmt: skip
def item_without_entry(item: Item) -> Iterator[Finding]:
    """Content that can be found from no catalog; news and withdrawn items may be so."""
    if not item.entries and item.kind != "news" and item.withdrawn is None:
        yield at(item, "entries")


@rule(
    "M103", Severity.ERROR, Over.EVERYTHING,
    zh=("目录里没有编号为“{id}”的事项", "核对拼写：编号是部门目录文件里 id 一行的内容；已经废止的事项也保留编号，不会消失。"),
    en=("No catalog has an entry “{id}”",
        "Check the spelling: it is what stands after `id` in the department's catalog file. Retired entries keep their ids."),
)  # fmt: skip
def unknown_entry(view: View) -> Iterator[Finding]:
    """An item answers an entry that no catalog has."""
    known, broken = view.repository.entries, view.repository.broken_ids
    for item in view.repository.all_items:
        for index, answer in enumerate(item.entries):
            if answer.entry not in known and answer.entry not in broken:
                yield at(item, "entries", index, id=answer.entry)


@rule(
    "M104", Severity.ERROR, Over.EVERYTHING,
    zh=("事项“{entry}”没有叫“{element}”的要素", "从这些当中选，一字不差：{known}。"),
    en=("The entry “{entry}” has no element “{element}”", "Choose one of these, to the letter: {known}."),
)  # fmt: skip
def unknown_element(view: View) -> Iterator[Finding]:
    """An item covers an element that its entry does not have."""
    for item in view.repository.all_items:
        for index, answer in enumerate(item.entries):
            entry = view.repository.entries.get(answer.entry) if answer.elements else None
            known = [element.name for element in entry.elements] if entry else []
            for place, name in enumerate(answer.elements):
                if entry and name not in known:
                    yield at(item, "entries", index, "elements", place, entry=entry.title, element=name, known=known)


@rule(
    "M105", Severity.ERROR, Over.EVERYTHING,
    zh=("“{department}”不是事项“{entry}”的公开主体",
        "它由这些单位公开：{responsible}。核对事项编号，或者把信息移到负责单位的文件夹；公开主体写错的，请公开办改目录。"),
    en=("{department} is not responsible for the entry “{entry}”",
        "It is published by {responsible}: check the entry's id or move the item; if the catalog is wrong, have it corrected."),
)  # fmt: skip
def responsible_not_allowed(view: View) -> Iterator[Finding]:
    """A current item of a department that its entry does not name; silent where every 公开主体 is nobody we know."""
    allowed = _allowed(view.repository)
    for item in view.repository.all_items:
        department = view.repository.departments.get(item.department)
        for index, answer in enumerate(item.entries):
            if department and item.current and item.department not in allowed.get(answer.entry, (item.department,)):
                entry = view.repository.entries[answer.entry]
                yield at(
                    item, "entries", index, related=[entry],
                    department=department.name, entry=entry.title, responsible=entry.responsible,
                )  # fmt: skip


@rule(
    "M106", Severity.WARNING, Over.EVERYTHING,
    zh=("“{entry}”已有公开内容，但还缺必选要素：{lacking}",
        "补充公开所缺的要素；内容其实已经公开的，在那条信息的 entries 里把这些要素写上。"),
    en=("“{entry}” is published but lacks required elements: {lacking}",
        "Publish them, or name them under `entries` of the item that already holds them."),
)  # fmt: skip
def required_element_missing(view: View) -> Iterator[Finding]:
    """Required elements that no current item covers."""
    for mapped in view.correspondence.entries.values():
        if mapped.items and mapped.state is not State.RETIRED and (lacking := mapped.lacking):
            yield at(mapped.entry, "elements", entry=mapped.entry.title, lacking=lacking)


@rule(
    "M111", Severity.NOTICE, Over.EVERYTHING,
    zh=("“{entry}”说明{state}，却已经有公开内容",
        "情况已经变化的，删去情况说明（explained）；信息对应错了的，改那条信息的 entries。"),
    en=("“{entry}” is said {state}, yet items answer it",
        "Delete the explanation if things have changed, or correct `entries` of the item."),
)  # fmt: skip
def explained_but_published(view: View) -> Iterator[Finding]:
    """An explanation why there is nothing stands beside something."""
    states = {
        "not_occurred": Text("本期未发生", "not to have occurred"),
        "not_applicable": Text("本单位不适用", "not to apply"),
    }
    for mapped in view.correspondence.entries.values():
        explained = mapped.entry.explained
        if explained and explained.state in states and mapped.items and not mapped.entry.retired:
            state = states[explained.state]
            yield at(mapped.entry, "explained", "state", related=mapped.items[:1], entry=mapped.entry.title, state=state)


@rule(
    "M112", Severity.ERROR, Over.EVERYTHING,
    zh=("事项“{entry}”已经在 {retired} 废止，这条信息在那以后发布",
        "改为对应现在的事项{replaced}；这条信息本身已经公开，不必撤下。"),
    en=("The entry “{entry}” was retired on {retired}; this item was published later",
        "Let it answer an entry that is in force{replaced}."),
)  # fmt: skip
def answers_retired_entry(view: View) -> Iterator[Finding]:
    """A current item published after its entry had been retired."""
    for mapped in view.correspondence.entries.values():
        retired = mapped.entry.retired
        for item in mapped.items if retired else ():
            if retired and item.published > retired.on:
                by = retired.replaced_by
                replaced = Text(f"（接替它的是 {by}）", f" (it was replaced by {by})") if by else ""
                key = ("entries", [answer.entry for answer in item.entries].index(mapped.entry.id))
                yield at(item, *key, related=[mapped.entry], entry=mapped.entry.title, retired=retired.on, replaced=replaced)


@rule(
    "M119", Severity.ERROR, Over.ITEM,
    zh=("同一个事项“{id}”在 entries 里写了两次", "合并成一项；要素分在两处的，写到同一项的 elements 里。"),
    en=("The entry “{id}” stands twice under `entries`", "Merge the two and list all elements in one place."),
)  # fmt: skip
def same_entry_answered_twice(item: Item) -> Iterator[Finding]:
    """One item lists one entry twice."""
    ids = [answer.entry for answer in item.entries]
    for index, id in enumerate(ids):
        if id in ids[:index]:
            yield at(item, "entries", index, id=id)


def _allowed(repository: Repository) -> dict[str, frozenset[str]]:
    """Entry → departments that may answer it, for entries that name a body or role we know; others (村委会 …) publish through one of them."""
    bodies: dict[str, set[str]] = {}
    for department in repository.departments.values():
        for name in department.answers_to:
            bodies.setdefault(name, set()).add(department.code)
    return {
        entry.id: frozenset(code for name in entry.responsible for code in bodies.get(name, ()))
        for entry in repository.entries.values()
        if any(name in bodies for name in entry.responsible)
    }


RULES = (
    required_entry_missing, item_without_entry, unknown_entry, unknown_element, responsible_not_allowed,
    required_element_missing, explained_but_published, answers_retired_entry, same_entry_answered_twice,
)  # fmt: skip
