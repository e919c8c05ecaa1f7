"""A catalog as the official table: ten columns under two rows of headings, marks, merged 一级事项, and a last column with state and link."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from mulu.mapping import Correspondence
from mulu.model.catalog import Basis, Catalog, Element, Entry
from mulu.model.district import Name, Site
from mulu.model.repository import Repository
from mulu.model.words import STATE_WORDS
from mulu.pages.page import entry_address

TICK = "√"
EVERYONE = "全社会"
_AMBIGUOUS = "、；;。，,\n：:●〇○·•()（）.．1234567890"
_HALF = 16
"""Half of a line of channels, in characters of half width."""

_LAST_OFFICIAL = "其他"
"""The channels of site.yml up to this one are printed with a box each; those after it only where they are ticked."""


class Column(msgspec.Struct, frozen=True):
    """One column: its heading, the heading above it or none, its width in characters, and whether its text runs over lines."""

    name: str
    group: str | None = None
    width: int = 10
    long: bool = False


class Row(msgspec.Struct, frozen=True):
    """One entry: the text of every column but the last, and what the last says and leads to."""

    entry: Entry
    cells: tuple[str, ...]
    state: str
    link: str


class Table(msgspec.Struct, frozen=True):
    """One catalog laid out. `merges` are (column, first row, last row) of cells that say the same as the one above."""

    catalog: Catalog
    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    merges: tuple[tuple[int, int, int], ...]


def layouts(
    repository: Repository, correspondence: Correspondence, *, department: str | None = None, field: str | None = None
) -> tuple[Table, ...]:
    """The tables of a repository in the order of its fields and departments."""
    site = repository.site
    chosen = [each for each in repository.catalogs if department in (None, each.department) and field in (None, each.field)]
    fields = {each.code: each.name for each in repository.fields}
    found = []
    for catalog in chosen:
        body = repository.departments.get(catalog.department)
        name = fields.get(catalog.field, catalog.field)
        title = catalog.title or f"{body.name if body else catalog.department}{name}领域基层政务公开标准目录"
        label = f"{body.label if body else catalog.department}-{name}"
        found.append(_table(catalog, label, title, site, correspondence))
    return tuple(found)


def site_address(site: Site) -> str:
    """Where the site stands on the web, with `/` at its end."""
    return f"https://{site.domain}/{site.base_path.strip('/')}/".replace("//", "/").replace("https:/", "https://")


def elements_text(elements: Sequence[Element]) -> str:
    """要素 in one line; one a line with ● and 〇 where some may be left out or a name could be read as several."""
    plain = len(elements) > 0 and all(each.required and not set(_AMBIGUOUS) & set(each.name) for each in elements)
    if plain:
        return "、".join(each.name for each in elements)
    return "\n".join(("●" if each.required else "〇") + each.name for each in elements)


def basis_text(basis: Sequence[Basis]) -> str:
    """One a line."""
    return "\n".join(map(str, basis))


def channels_text(ticked: Sequence[str], known: Sequence[Name]) -> str:
    """Every channel of the standard list with ■ or □, as the entry writes it, then the ticked ones beside it."""
    names = [each.name for each in known]
    official = known[: names.index(_LAST_OFFICIAL) + 1] if _LAST_OFFICIAL in names else known
    written = {channel: _canonical(channel, known) for channel in ticked}
    listed = []
    for each in official:
        said = [channel for channel, canonical in written.items() if canonical == each.name]
        listed += [f"■{channel}" for channel in said] or [f"□{each.name}"]
    standard = {each.name for each in official}
    listed += [f"■{channel}" for channel, canonical in written.items() if canonical not in standard]
    return "\n".join(_two_a_line(listed))


def text_width(text: str) -> int:
    """In characters of half width: Chinese ones take two."""
    return sum(2 if ord(each) > 0x2E7F or each in "■□●〇" else 1 for each in text)


def _two_a_line(listed: Sequence[str]) -> Iterator[str]:
    """As the ministries' tables print them: two short ones beside each other."""
    left = ""
    for each in listed:
        if left and text_width(left) <= _HALF and text_width(each) <= _HALF:
            yield left + "\u3000" * ((_HALF - text_width(left)) // 2 + 1) + each
            left = ""
            continue
        if left:
            yield left
        left = each
    if left:
        yield left


def _canonical(name: str, known: Sequence[Name]) -> str:
    return next((each.name for each in known if name == each.name or name in each.aliases), name)


def _table(catalog: Catalog, label: str, title: str, site: Site | None, correspondence: Correspondence) -> Table:
    entries = catalog.entries
    levels = [each.name for each in site.levels] if site else []
    known = site.levels if site else ()
    levels += [
        name
        for name in dict.fromkeys(_canonical(level, known) for entry in entries for level in entry.levels)
        if name not in levels
    ]
    extras = list(dict.fromkeys(name for entry in entries for name in entry.extra))
    parts = {"subitem": any(entry.subitem for entry in entries), "note": any(entry.note for entry in entries)}
    columns = tuple(_columns(levels, extras, **parts))
    rows = []
    for number, entry in enumerate(entries, 1):
        cells = _cells(number, entry, levels, extras, site, **parts)
        mapped = correspondence.entries.get(entry.id)
        state = STATE_WORDS[mapped.state].zh if mapped else ""
        rows.append(Row(entry, tuple(cells), state, f"{site_address(site)}{entry_address(entry.id)}" if site else ""))
    return Table(catalog, label, title, columns, tuple(rows), tuple(_merges(columns, entries)))


def _columns(levels: Sequence[str], extras: Sequence[str], *, subitem: bool, note: bool) -> Iterator[Column]:
    yield Column("序号", None, 5)
    yield Column("一级事项", "公开事项", 11)
    yield Column("二级事项", "公开事项", 13)
    if subitem:
        yield Column("三级事项", "公开事项", 13)
    yield Column("公开内容（要素）", None, 26, long=True)
    yield Column("公开依据", None, 34, long=True)
    yield Column("公开时限", None, 20, long=True)
    yield Column("公开主体", None, 14)
    yield Column("公开渠道和载体", None, 36, long=True)
    yield Column(EVERYONE, "公开对象", 7)
    yield Column("特定群众", "公开对象", 11)
    yield Column("主动", "公开方式", 6)
    yield Column("依申请公开", "公开方式", 7)
    for level in levels:
        yield Column(level, "公开层级", 7)
    for name in extras:
        yield Column(name, None, 14)
    if note:
        yield Column("备注", None, 14)


def _cells(
    number: int, entry: Entry, levels: Sequence[str], extras: Sequence[str], site: Site | None, *, subitem: bool, note: bool
) -> Iterator[str]:
    yield str(number)
    yield entry.topic
    yield entry.item
    if subitem:
        yield entry.subitem or ""
    yield elements_text(entry.elements)
    yield basis_text(entry.basis)
    yield entry.time_limit
    yield "、".join(entry.responsible)
    yield channels_text(entry.channels, site.channels if site else ())
    yield TICK if EVERYONE in entry.audience else ""
    yield "、".join(each for each in entry.audience if each != EVERYONE)
    yield TICK if entry.method == "主动公开" else ""
    yield TICK if entry.method == "依申请公开" else ""
    ticked = {_canonical(level, site.levels if site else ()) for level in entry.levels}
    for level in levels:
        yield TICK if level in ticked else ""
    for name in extras:
        yield entry.extra.get(name, "")
    if note:
        yield entry.note or ""


def _merges(columns: Sequence[Column], entries: Sequence[Entry]) -> Iterator[tuple[int, int, int]]:
    """Runs of the same 一级事项, and below it of the same 二级事项 where 三级事项 tell the rows apart."""
    names: Mapping[str, int] = {column.name: place for place, column in enumerate(columns)}
    keys = [
        ((entry.topic,), (entry.topic, entry.item) if entry.subitem else (entry.topic, entry.item, entry.id))
        for entry in entries
    ]
    for depth, name in enumerate(("一级事项", "二级事项")):
        start = 0
        for row in range(1, len(keys) + 1):
            if row == len(keys) or keys[row][depth] != keys[start][depth]:
                if row - start > 1:
                    yield names[name], start, row - 1
                start = row
