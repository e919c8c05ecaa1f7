"""C: the standard catalogs and their entries."""

from collections.abc import Iterator

from mulu.checks.district import spellings
from mulu.checks.rule import Finding, Over, View, at, at_origin, rule
from mulu.diagnostics import Severity, Text
from mulu.model.catalog import Entry
from mulu.model.document_number import parse_document_number
from mulu.model.origin import Origin
from mulu.model.period import MONTHS_OF_CYCLE
from mulu.model.repository import Repository


@rule(
    "C101", Severity.ERROR, Over.EVERYTHING,
    zh=("事项编号“{id}”已经用过了", "编号全站唯一：给新加的事项换一个编号，已经公开过的那个不要动。"),
    en=("The entry id “{id}” is already taken",
        "Ids are unique in the whole site: give the newer entry another one and leave the published one alone."),
)  # fmt: skip
def duplicate_entry_id(view: View) -> Iterator[Finding]:
    """Two entries anywhere with one id."""
    for entry in view.repository.all_entries:
        first = view.repository.entries[entry.id]
        if first is not entry:
            yield at(entry, "id", related=[first], id=entry.id)


@rule(
    "C102", Severity.ERROR, Over.EVERYTHING,
    zh=("文件名是“{file}”，里面写的领域是“{field}”", "目录文件的名称就是领域代码：把 field 一行或者文件名改成一样的。"),
    en=("The file is called “{file}” but its field is “{field}”",
        "A catalog file is named after its field: make the two the same."),
)  # fmt: skip
def field_file_mismatch(view: View) -> Iterator[Finding]:
    """The `field` of a catalog is not its file's name."""
    for catalog in view.repository.catalogs:
        name = catalog.origin.path.rsplit("/", 1)[-1].removesuffix(".yml")
        if catalog.field != name:
            yield at(catalog, "field", file=name, field=catalog.field)


@rule(
    "C103", Severity.ERROR, Over.EVERYTHING,
    zh=("领域表里没有“{field}”", "核对拼写，领域表 fields.yml 里的代码有：{known}；新的领域先请公开办加到领域表。"),
    en=("The list of fields has no “{field}”",
        "Check the spelling; fields.yml holds {known}. A new field has to be added there first."),
)  # fmt: skip
def unknown_field(view: View) -> Iterator[Finding]:
    """A catalog of a field that fields.yml does not have; silent where fields.yml could not be read."""
    known = [field.code for field in view.repository.fields]
    for catalog in view.repository.catalogs:
        if known and catalog.field not in known:
            yield at(catalog, "field", field=catalog.field, known=known)


@rule(
    "C105", Severity.ERROR, Over.ENTRY,
    zh=("要素“{element}”写了两次", "删去一处；如果是两项不同的内容，把名称写得能够区分。"),
    en=("The element “{element}” stands here twice", "Delete one, or tell the two apart by name."),
)  # fmt: skip
def duplicate_element(entry: Entry) -> Iterator[Finding]:
    """Two elements of one entry with one name."""
    names = [element.name for element in entry.elements]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield at(entry, "elements", index, element=name)


@rule(
    "C106", Severity.ERROR, Over.EVERYTHING,
    zh=("站点没有“{level}”这个公开层级",
        "改成 site.yml 里的一个层级：{known}；如果只是另一种写法，请公开办在 site.yml 里加为别名。"),
    en=("The site has no level “{level}”",
        "Use one of the levels of site.yml: {known}; another spelling can be added there as an alias."),
)  # fmt: skip
def unknown_level(view: View) -> Iterator[Finding]:
    """A level that is neither a name nor an alias in site.yml."""
    if site := view.repository.site:
        known, names = spellings(site.levels), [each.name for each in site.levels]
        for entry in view.repository.all_entries:
            for index, level in enumerate(entry.levels):
                if level not in known:
                    yield at(entry, "levels", index, level=level, known=names)


@rule(
    "C107", Severity.NOTICE, Over.EVERYTHING,
    zh=("“{channel}”不在站点的公开渠道里",
        "可以照常发布，按原文显示；如果是某个渠道的另一种写法，请公开办在 site.yml 的 channels 里加为别名。"),
    en=("“{channel}” is not among the site's channels",
        "It is shown as written; if it is another spelling of a channel, have it added to site.yml as an alias."),
)  # fmt: skip
def unknown_channel(view: View) -> Iterator[Finding]:
    """A channel that is neither a name nor an alias in site.yml."""
    if site := view.repository.site:
        known = spellings(site.channels)
        for entry in view.repository.all_entries:
            for index, channel in enumerate(entry.channels):
                if channel not in known:
                    yield at(entry, "channels", index, channel=channel)


@rule(
    "C108", Severity.WARNING, Over.EVERYTHING,
    zh=("没有单位叫“{name}”，也没有单位承担这个角色",
        "核对名称；如果是某个单位的别名或者角色，写进那个单位 department.yml 的 aliases 或者 roles。"),
    en=("No department answers to “{name}”",
        "Check the name; if it is an alias or role of a department, add it to that department.yml under `aliases` or `roles`."),
)  # fmt: skip
def responsible_unresolved(view: View) -> Iterator[Finding]:
    """A 公开主体 that is nobody's name, alias or role; silent where a department.yml could not be read."""
    known = {name for department in view.repository.departments.values() for name in department.answers_to}
    for entry in () if _unread_department(view.repository) else view.repository.all_entries:
        for index, name in enumerate(entry.responsible):
            if name not in known and not entry.retired:
                yield at(entry, "responsible", index, name=name)


@rule(
    "C109", Severity.ERROR, Over.ENTRY,
    zh=("情况说明缺少{missing}", "补上所缺的几行；说明要让公众看得懂，有人审核，到期重新审核。"),
    en=("The explanation lacks {missing}",
        "Add the missing lines: an explanation is worded for the public, reviewed by somebody, and ends."),
)  # fmt: skip
def explained_incomplete(entry: Entry) -> Iterator[Finding]:
    """An explanation without reason, reviewer or expiry."""
    if entry.explained:
        parts = {
            Text("理由（reason）", "`reason`"): entry.explained.reason,
            Text("审核人（reviewer）", "`reviewer`"): entry.explained.reviewer,
            Text("有效期至（expires）", "`expires`"): entry.explained.expires,
        }
        if missing := [name for name, value in parts.items() if value is None]:
            yield at(entry, "explained", missing=missing)


@rule(
    "C110", Severity.ERROR, Over.EVERYTHING,
    zh=("“{entry}”的情况说明已经在 {expires} 到期，仍然没有公开内容",
        "重新审核：现在有内容的，公开出来；确实还没有的，更新理由、审核日期和有效期。"),
    en=("The explanation of “{entry}” ended on {expires} and nothing is published",
        "Review it: publish what there is now, or renew reason, review date and expiry."),
)  # fmt: skip
def explanation_expired(view: View) -> Iterator[Finding]:
    """The explanation ended before `as_of` and nothing current answers the entry."""
    for mapped in view.correspondence.entries.values():
        entry, expires = mapped.entry, mapped.entry.explained.expires if mapped.entry.explained else None
        if expires and expires < view.as_of and not mapped.items and not entry.retired:
            yield at(entry, "explained", "expires", entry=entry.title, expires=expires)


@rule(
    "C111", Severity.ERROR, Over.ENTRY,
    zh=("说明“在其他平台公开”，却没有写网址", "在 explained 下面加一行 url，填内容所在页面的完整网址（以 https:// 开头）。"),
    en=("Said to be published elsewhere, without an address",
        "Add a line `url` under `explained` with the full address of the page."),
)  # fmt: skip
def external_without_url(entry: Entry) -> Iterator[Finding]:
    """`external` with nowhere to go."""
    if entry.explained and entry.explained.state == "external" and not entry.explained.url:
        yield at(entry, "explained", "state")


@rule(
    "C112", Severity.ERROR, Over.ENTRY,
    zh=("写了起始期间 {since}，却没有写公开周期",
        "加一行 cycle（每月、每季度、每半年或者每年）；不定期公开的事项删去 since。"),
    en=("There is a first period {since} but no cycle",
        "Add a line `cycle`, or delete `since` if the entry is not periodic."),
)  # fmt: skip
def since_without_cycle(entry: Entry) -> Iterator[Finding]:
    """A first period of nothing periodic."""
    if entry.since and not entry.cycle:
        yield at(entry, "since", since=entry.since)


@rule(
    "C113", Severity.ERROR, Over.ENTRY,
    zh=("公开周期是“{cycle}”，起始期间却写成 {since}", "{cycle}公开的写成这样：{form}。"),
    en=("The cycle is {cycle} but the first period is written {since}", "Write the first period like this: {form}."),
)  # fmt: skip
def since_form_mismatch(entry: Entry) -> Iterator[Finding]:
    """The first period is not as long as the cycle."""
    if entry.since and entry.cycle and entry.since.months != MONTHS_OF_CYCLE[entry.cycle]:
        yield at(entry, "since", cycle=entry.cycle, since=entry.since, form=PERIOD_FORMS[entry.cycle])


@rule(
    "C114", Severity.WARNING, Over.EVERYTHING,
    zh=("同一份目录里已经有相同的事项“{entry}”，公开主体也相同", "合并成一个事项，或者用三级事项（subitem）把两者区分开。"),
    en=("This catalog already has an entry “{entry}” of the same body", "Merge the two or tell them apart by a `subitem`."),
)  # fmt: skip
def duplicate_wording(view: View) -> Iterator[Finding]:
    """The same 一级, 二级 and 三级事项 of the same bodies twice in one catalog; retired entries do not count."""
    for catalog in view.repository.catalogs:
        first: dict[object, Entry] = {}
        for entry in catalog.entries:
            other = entry if entry.retired else first.setdefault((entry.wording, frozenset(entry.responsible)), entry)
            if other is not entry:
                yield at(entry, "subitem" if entry.subitem else "item", related=[other], entry=entry.title)


@rule(
    "C115", Severity.NOTICE, Over.ENTRY,
    zh=("依据的文号写作“{number}”", "规范的写法是“{canonical}”：年份用六角括号〔〕，序号前不加“第”。"),
    en=("The document number is written “{number}”",
        "The standard form is “{canonical}”: hexagonal brackets round the year, no 第."),
)  # fmt: skip
def basis_number_brackets(entry: Entry) -> Iterator[Finding]:
    """A document number that can be read but is not in the form of GB/T 9704-2012."""
    for index, basis in enumerate(entry.basis):
        parsed = parse_document_number(basis.number) if basis.number else None
        if parsed and parsed.canonical != basis.number:
            yield at(entry, "basis", index, "number", number=basis.number, canonical=parsed.canonical)


@rule(
    "C116", Severity.ERROR, Over.EVERYTHING,
    zh=("替代事项“{id}”不存在", "改成接替它的事项的编号；没有事项接替就删去 replaced_by 这一行。"),
    en=("The replacing entry “{id}” does not exist", "Name the entry that takes over, or delete `replaced_by` if none does."),
)  # fmt: skip
def replaced_by_unknown(view: View) -> Iterator[Finding]:
    """A retired entry hands over to one that is not there."""
    known = view.repository.entries.keys() | view.repository.broken_ids
    for entry in view.repository.all_entries:
        if entry.retired and entry.retired.replaced_by and entry.retired.replaced_by not in known:
            yield at(entry, "retired", "replaced_by", id=entry.retired.replaced_by)


PERIOD_FORMS = {
    "每月": Text("2026-06（六月）", "2026-06 for June"),
    "每季度": Text("2026Q3（第三季度）", "2026Q3 for the third quarter"),
    "每半年": Text("2026H1（上半年）", "2026H1 for the first half"),
    "每年": Text("2026（全年）", "2026 for the year"),
}
"""How a period of each cycle is written, for hints."""


def _unread_department(repository: Repository) -> bool:
    files = (path.split("/") for path in repository.files if path.endswith("/department.yml"))
    folders = {parts[2] for parts in files if parts[1] == "departments" and len(parts) == 4}
    return not folders <= repository.departments.keys()


@rule(
    "C140", Severity.ERROR, Over.EVERYTHING,
    zh=("目录里有过的事项 {id} 不见了，它的网址会打不开", "把它放回目录，填写“retired”（日期、原因、机构、接替的事项）；编号写错过、从来没有发布的，也这样处理。"),
    en=("The entry {id} was in this catalog and is gone; its address would stop working", "Put it back and fill in `retired` (on, reason, by, replaced_by) instead of deleting or renaming it."),
)  # fmt: skip
def entry_vanished(view: View) -> Iterator[Finding]:
    """An entry id that was ever committed is still in some catalog."""
    repository = view.repository
    for gone, path in sorted(repository.history.entries.items()):
        if gone not in repository.entries and gone not in repository.broken_ids:
            yield at_origin(Origin(path), id=gone)


RULES = (
    entry_vanished,
    duplicate_entry_id, field_file_mismatch, unknown_field, duplicate_element, unknown_level, unknown_channel,
    responsible_unresolved, explained_incomplete, explanation_expired, external_without_url, since_without_cycle,
    since_form_mismatch, duplicate_wording, basis_number_brackets, replaced_by_unknown,
)  # fmt: skip
