"""公开对象, 公开方式 and 公开层级: ticks below headers, words instead of ticks, and headers that name several levels at once."""

import re
from collections.abc import Callable, Mapping

import msgspec

from mulu.tables.cells import read_groups, unbroken
from mulu.tables.gather import Gathered
from mulu.tables.lines import Value
from mulu.tables.words import folded, header_key, marked, squeezed

Said = Callable[[str, str, str], None]
_RANKS = (("村", "社", "居"), ("镇", "乡", "街"), ("县", "区", "旗"), ("市", "州", "盟"), ("省",))
_APART = re.compile(r"[、,，/和及]|(?<=级)(?=[\u4e00-\u9fff])")


class Standing(msgspec.Struct, frozen=True):
    """What the repository says about the department: its name and level, the site's first channel, its levels by every spelling."""

    department: str
    level: str
    channel: str
    levels: Mapping[str, str]


def read_audience(row: Gathered, said: Said) -> tuple[str, ...]:
    """全社会 and named groups."""
    found: list[str] = []
    for value in row.of("everyone", "specific", "audience"):
        tick, text = marked(value.text), unbroken(value.text)
        if tick is False:
            continue
        if tick:
            found.append("全社会" if value.column.key != "specific" else folded(value.column.label))
        elif value.column.key == "everyone" and len(text) <= 1:
            said("unclear_mark", value.column.key, text)
            found.append("全社会")
        else:
            found += ["全社会" if header_key(group) == "everyone" else group for group in read_groups(text)]
    if not found:
        said("audience_missing", "audience", "全社会")
    return tuple(dict.fromkeys(found)) or ("全社会",)


def read_method(row: Gathered, said: Said) -> str:
    """主动公开 or 依申请公开."""
    found: set[str] = set()
    for value in row.of("proactive", "on_request", "method"):
        tick, short = marked(value.text), squeezed(value.text)
        if tick is False:
            continue
        if value.column.key == "method" or len(short) > 1:
            found |= {"依申请公开"} if "申请" in short else set()
            found |= {"主动公开"} if "主动" in short or ("申请" not in short and value.column.key != "on_request") else set()
        else:
            found.add("主动公开" if value.column.key == "proactive" else "依申请公开")
    if not found:
        said("method_missing", "method", "主动公开")
    if len(found) == 2:
        said("both_methods", "method", "主动公开、依申请公开")
    return "依申请公开" if found == {"依申请公开"} else "主动公开"


def read_levels(row: Gathered, standing: Standing, said: Said) -> tuple[str, ...]:
    """Levels by the site's words where it knows them, or a level of the same rank; else as the table says."""
    names: list[str] = []
    ticked = [value for value in row.of("level") if marked(value.text)]
    if any(doubt.kind == "marks_moved" for doubt in row.doubts):
        ticked = _moved(row, ticked, standing)
    worded = [value for value in row.of("level", "levels") if marked(value.text) is None]
    for value in sorted([*ticked, *worded], key=lambda value: value.column.index):
        names += level_names(unbroken(value.text) if value in worded else value.column.label)
    levels = [_of_site(name, standing, said) for name in dict.fromkeys(names)]
    if not levels:
        said("levels_missing", "levels", standing.level)
    return tuple(dict.fromkeys(levels)) or (standing.level,)


def _moved(row: Gathered, ticked: list[Value], standing: Standing) -> list[Value]:
    """As many level columns as there are ticks: the department's own rank first, then those below it, then in their order."""
    columns = [column for column in row.level_columns if column.key == "level"]
    if not ticked or len(ticked) == len(columns):
        return ticked
    own = [column for column in columns if any(rank(name) == rank(standing.level) for name in level_names(column.label))]
    below = columns[columns.index(own[0]) :] if own else []
    chosen = [*below, *(column for column in columns if column not in below)][: len(ticked)]
    return [Value(ticked[0].text, ticked[0].place, "own", column) for column in columns if column in chosen]


def level_names(text: str) -> list[str]:
    """乡、村级 → 乡级, 村级; 州级县级 → 州级, 县级."""
    short = squeezed(text)
    parts = _APART.split(short)
    return [
        part if part.endswith("级") else f"{part}级" if short.endswith("级") or len(part) == 1 else part
        for part in parts
        if part
    ]


def rank(name: str) -> int | None:
    """0 village, 1 town, 2 county, 3 prefecture, 4 province, by the last word that tells."""
    body = squeezed(name).removesuffix("级")
    for character in reversed(re.sub(r"[(（].*", "", body)):
        for number, words in enumerate(_RANKS):
            if character in words:
                return number
    return None


def _of_site(name: str, standing: Standing, said: Said) -> str:
    if name in standing.levels:
        return name
    same = next((site for site in standing.levels.values() if rank(name) is not None and rank(site) == rank(name)), None)
    said("level_mapped" if same else "level_unknown", "levels", name)
    return same or name
