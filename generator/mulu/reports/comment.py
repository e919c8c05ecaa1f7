"""What a change does, as a Markdown comment for the people who approve it; everything that departments wrote is quoted."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

import msgspec

from mulu.diagnostics import Diagnostic, Text
from mulu.model.item import Item
from mulu.model.repository import Repository
from mulu.model.words import SEVERITY_WORDS, STATE_WORDS
from mulu.reports.changes import Changes, Covered, End, Turn, changes
from mulu.reports.markdown import cut, quoted, table
from mulu.reports.status import HEADS, Coverage
from mulu.reports.text import SHOWN, left_aside, summary

LIMIT = 60_000
"""Characters; GitHub refuses a comment of more than 65,536."""

_HEADS = (Text("单位", "department"), *HEADS)


class Compared(msgspec.Struct, frozen=True):
    """Both ends with the faults that are new, older and solved; `commits` are both, `edited` adds uncommitted changes."""

    before: End
    now: End
    new: tuple[Diagnostic, ...]
    older: tuple[Diagnostic, ...]
    solved: tuple[Diagnostic, ...]
    commits: tuple[str, str]
    edited: bool
    as_of: date


def comment(compared: Compared, *, lang: str = "zh", prefix: str = "") -> str:
    """The whole comment, at most LIMIT characters; `prefix` leads from the git top level to the content root."""
    zh = lang == "zh"
    found = changes(compared.before, compared.now)
    parts = [
        f"## {'本次改动的公开情况' if zh else 'What this change discloses'}\n\n{_verdict(compared, lang)}",
        *_items(found, compared.before.repository, compared.now.repository, lang),
        *_states(found.turns, compared, lang),
        *_coverage(found.coverage, lang),
        *_diagnostics(compared.new, lang, prefix),
    ]
    notice = "\n……太长，从这里截断；全文在本机运行 `mulu report` 可以看到。\n"
    if not zh:
        notice = "\n… too long, cut here; run `mulu report` on your machine for all of it.\n"
    return cut("\n\n".join(parts) + "\n", LIMIT, notice=notice, closing=_closing(compared, lang))


def _verdict(compared: Compared, lang: str) -> str:
    counts = summary(compared.new, lang=lang)
    solved = len(compared.solved)
    said = f"新出现：{counts}。消除 {solved} 处。" if lang == "zh" else f"New: {counts}. Solved: {solved}. "
    return said + left_aside(compared.older, lang=lang).strip()


def _closing(compared: Compared, lang: str) -> str:
    first, last = (f"`{commit}`" for commit in compared.commits)
    if lang == "zh":
        return f"\n---\n\n评估日期 {compared.as_of}；{first} → {last}{'，加上没有提交的改动' if compared.edited else ''}\n"
    return f"\n---\n\nAs of {compared.as_of}; {first} → {last}{', with uncommitted changes' if compared.edited else ''}\n"


def _section(zh: str, en: str, lines: Sequence[str], lang: str, *, count: int | None = None) -> list[str]:
    """A heading and its lines, or nothing where there are none."""
    number = "" if count is None else f"（{count}）" if lang == "zh" else f" ({count})"
    return [f"### {zh if lang == 'zh' else en}{number}\n\n" + "\n".join(lines)] if lines else []


def _items(found: Changes, before: Repository, now: Repository, lang: str) -> list[str]:
    sections: list[tuple[str, str, Sequence[Item], Callable[[Item], str]]] = [
        ("新公开", "Published", found.published, lambda item: _line(item, now, lang)),
        ("有改动", "Changed", found.changed, lambda item: _line(item, now, lang)),
        ("撤下", "Withdrawn", found.withdrawn, lambda item: _line(item, now, lang) + _reason(item, lang)),
        ("直接删除，没有说明", "Deleted without a word", found.removed, lambda item: _line(item, before, lang)),
    ]
    shown = [
        part
        for zh, en, items, line in sections
        for part in _section(zh, en, [line(item) for item in items], lang, count=len(items))
    ]
    return shown or ["公开的信息没有变化。" if lang == "zh" else "No published item changes."]


def _line(item: Item, repository: Repository, lang: str) -> str:
    entries = [_entry(answer.entry, repository) for answer in item.entries]
    parts = [quoted(item.title), _department(item.department, repository), ("、" if lang == "zh" else ", ").join(entries)]
    return f"- {quoted(item.id)} " + " · ".join(part for part in parts if part)


def _reason(item: Item, lang: str) -> str:
    assert item.withdrawn is not None, "only withdrawn items stand in this section"
    return f"{' · 理由：' if lang == 'zh' else ' · reason: '}{quoted(item.withdrawn.reason)}"


def _department(code: str, repository: Repository) -> str:
    department = repository.departments.get(code)
    return quoted(department.name if department else code)


def _entry(id_: str, repository: Repository) -> str:
    entry = repository.entries.get(id_)
    return quoted(f"{entry.topic} › {entry.title}" if entry else id_)


def _states(turns: Sequence[Turn], compared: Compared, lang: str) -> list[str]:
    rows = []
    for turn in turns:
        repository = (compared.before if turn.now is None else compared.now).repository
        department = _department(repository.entries[turn.entry].department, repository)
        states = [STATE_WORDS[state].spoken(lang) if state else "—" for state in (turn.before, turn.now)]
        rows.append([quoted(turn.entry), _entry(turn.entry, repository), department, " → ".join(states)])
    heads = ["编号", "事项", "单位", "状态"] if lang == "zh" else ["id", "entry", "department", "state"]
    return _section("事项状态的变化", "Entries that change state", table(heads, rows) if rows else [], lang, count=len(rows))


def _coverage(lines: Sequence[Covered], lang: str) -> list[str]:
    rows = []
    for line in lines:
        label = quoted(line.label) or ("**合计**" if lang == "zh" else "**all**")
        columns = zip(_numbers(line.before), _numbers(line.now), strict=True)
        rows.append([label, *(before if before == now else f"{before} → {now}" for before, now in columns)])
    note = "没有列出的单位没有变化。" if lang == "zh" else "Departments that are not listed stay as they are."
    return _section("公开情况", "Coverage", [*table([head.spoken(lang) for head in _HEADS], rows), "", note], lang)


def _numbers(line: Coverage | None) -> tuple[str, ...]:
    return ("—",) * len(HEADS) if line is None else line.cells


def _diagnostics(new: Sequence[Diagnostic], lang: str, prefix: str) -> list[str]:
    severities = list(SEVERITY_WORDS)
    groups: dict[tuple[int, str], list[Diagnostic]] = defaultdict(list)
    for found in new:
        groups[severities.index(found.severity), found.code].append(found)
    lines = [line for key in sorted(groups) for line in _group(groups[key], lang, prefix)]
    return _section("新出现的问题", "New findings", lines, lang, count=len(new))


def _group(found: Sequence[Diagnostic], lang: str, prefix: str) -> list[str]:
    first, more = found[0], len(found) - SHOWN
    count = f"（{len(found)} 处）" if lang == "zh" else f" ({len(found)})"
    lines = [f"- **{SEVERITY_WORDS[first.severity].spoken(lang)} {first.code}** `{first.name}`{count}"]
    for each in found[:SHOWN]:
        lines.append(f"  - {quoted(_place(each, prefix))} {quoted(each.message.spoken(lang))}")
        if each is first or each.hint != first.hint:
            lines.append(f"    → {quoted(each.hint.spoken(lang))}")
    if more > 0:
        lines.append(f"  - 另有 {more} 处" if lang == "zh" else f"  - {more} more")
    return lines


def _place(found: Diagnostic, prefix: str) -> str:
    """`file:line` from the git top level."""
    return f"{prefix}{found.place.file}" + (f":{found.place.line}" if found.place.line else "")
