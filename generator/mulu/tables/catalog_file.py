"""The catalog file: a new one, or the one that is there with what the table says, hand edits and comments kept (ruamel.yaml)."""

import difflib
import re
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from mulu.files.yaml import Value, parse
from mulu.model.catalog import Basis, Element
from mulu.model.schema import VERSION
from mulu.start.appended import unreadable
from mulu.start.known import schema_line
from mulu.start.yaml_text import Written, bare, block, element, scalar
from mulu.tables.entry import Made
from mulu.tables.guesses import Guess

ORDER = ("id", "topic", "item", "subitem", "elements", "basis", "time_limit", "limit", "awaiting", "cycle", "since", "responsible",
         "channels", "audience", "method", "levels", "explained", "retired", "note", "extra")  # fmt: skip
_FLOW = frozenset({"responsible", "channels", "audience", "levels"})
Plain = dict[str, Any]


class Row(msgspec.Struct, frozen=True):
    """One entry as the table says, under the id that it has or gets; `index` is where it stands in the file, None for a new one."""

    id: str
    made: Made
    index: int | None = None


def written(made: Made, id: str) -> dict[str, Written]:
    """The entry as the file has it, in the order of the schema."""
    values: dict[str, Written] = {
        "id": id, "topic": made.topic, "item": made.item, "subitem": made.subitem or "",
        "elements": [_element(each) for each in made.elements], "basis": [_basis(each) for each in made.basis],
        "time_limit": made.time_limit, "responsible": made.responsible, "channels": made.channels, "audience": made.audience,
        "method": made.method, "levels": made.levels, "note": made.note or "", "extra": dict(made.extra),
    }  # fmt: skip
    return {key: value for key, value in values.items() if value}


def plain(made: Made, id: str) -> Plain:
    """The entry as the file reads back."""
    value = bare(written(made, id))
    assert isinstance(value, dict)
    return value


def fresh(path: str, field: str, title: str, rows: Sequence[Row]) -> str:
    """A new file with all rows."""
    head: dict[str, Written] = {"field": field, **({"title": title} if title else {})}
    entries = [line for row in rows for line in element(written(row.made, row.id), indent=2)]
    return "\n".join([schema_line(path, "catalog", VERSION), *block(head), "entries:", *entries]) + "\n"


def entries_of(path: str, text: str) -> list[Plain]:
    """The entries of a file that is there; raises Refused when it has to be put right first."""
    value, found = parse(path, text)
    if found:
        raise unreadable(found[0])
    entries = value.get("entries") if isinstance(value, dict) else None
    return [each if isinstance(each, dict) else {} for each in entries] if isinstance(entries, list) else []


def merged(
    path: str, text: str, rows: Sequence[Row], base: Mapping[str, Plain], *, table_first: bool
) -> tuple[str, tuple[Guess, ...]]:
    """The file's text with the rows in it, and where its own words were kept (or given up) against the table's."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    dashes = re.search(r"^entries:[^\n]*\n(?:\s*#[^\n]*\n|\s*\n)*( *)-( +)", text, re.MULTILINE)
    offset, inner = (len(dashes[1]), len(dashes[2])) if dashes else (2, 1)
    yaml.indent(mapping=2, sequence=offset + 1 + inner, offset=offset)
    document = yaml.load(text)
    now = entries_of(path, text)
    guesses: list[Guess] = []
    changed = False
    if not document.get("entries"):
        document["entries"] = CommentedSeq()
    for row in rows:
        wanted = plain(row.made, row.id)
        if row.index is None:
            document["entries"].append(_node(wanted))
            changed = True
        else:
            edits = _edits(now[row.index], wanted, base.get(row.id), row, guesses, table_first=table_first)
            for key, value in edits.items():
                _set(document["entries"][row.index], key, value)
            changed = changed or bool(edits)
    if not changed:
        return text, tuple(guesses)
    out = StringIO()
    yaml.dump(document, out)
    return out.getvalue(), tuple(guesses)


def difference(path: str, before: str, after: str) -> str:
    """Both texts as a unified diff; empty when they are the same."""
    lines = difflib.unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), path, path, n=2)
    return "".join(lines)


def _edits(now: Plain, wanted: Plain, base: Plain | None, row: Row, guesses: list[Guess], *, table_first: bool) -> Plain:
    """Keys whose value the table changes. Against `base`, the last import, a change by hand is told from a change of the table."""
    edits: Plain = {}
    for key in [each for each in ORDER if each in wanted and each != "id"]:
        if key == "extra":
            value = {**(now.get(key) or {}), **wanted[key]}
            if base is not None:
                value = {
                    **value,
                    **{k: v for k, v in (now.get(key) or {}).items() if base.get(key, {}).get(k) == wanted[key].get(k)},
                }
        else:
            value = wanted[key]
        if now.get(key) == value or (base is not None and base.get(key) == wanted[key]):
            continue
        by_hand = key in now and (base is None or now[key] != base.get(key)) and key != "extra"
        if by_hand:
            guesses.append(
                Guess("table_first" if table_first else "hand_edit", row.made.place, _brief(now[key], wanted[key]), row.id, key)
            )
        if not by_hand or table_first:
            edits[key] = value
    return edits


def _brief(here: Value, there: Value) -> str:
    return f"{_short(here)} → {_short(there)}"


def _short(value: Value) -> str:
    text = (
        "、".join(str(each.get("name") or each.get("title") if isinstance(each, dict) else each) for each in value)
        if isinstance(value, list)
        else str(value)
    )
    return text if len(text) <= 80 else f"{text[:79]}…"


def _set(entry: CommentedMap, key: str, value: Value) -> None:
    """Change one key in place; lists element by element, so that comments beside the others stay."""
    old = entry.get(key)
    if isinstance(old, CommentedSeq) and isinstance(value, list):
        _edit_list(old, value)
    elif key in entry:
        entry[key] = _node(value, flow=key in _FLOW)
    else:
        before = [each for each in ORDER[: ORDER.index(key)] if each in entry]
        entry.insert(list(entry).index(before[-1]) + 1 if before else 0, key, _node(value, flow=key in _FLOW))


def _edit_list(old: CommentedSeq, new: list[Value]) -> None:
    here = [repr(_bare(each)) for each in old]
    there = [repr(each) for each in new]
    for tag, one, two, three, four in reversed(difflib.SequenceMatcher(None, here, there, autojunk=False).get_opcodes()):
        if tag == "equal":
            continue
        same = min(two - one, four - three)
        for number in range(same):
            old[one + number] = _node(new[three + number])
        for _ in range(two - one - same):
            del old[one + same]
        for number in range(three + same, four):
            old.insert(one + number - three, _node(new[number]))


def _bare(value: Any) -> Value:
    if isinstance(value, dict):
        return {str(key): _bare(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_bare(each) for each in value]
    return value if isinstance(value, bool) else str(value)


def _node(value: Value, *, flow: bool = False) -> Any:
    """A value as ruamel.yaml writes it, in the style of this project's files."""
    if isinstance(value, dict):
        return CommentedMap((key, _node(each, flow=key in _FLOW)) for key, each in value.items())
    if isinstance(value, list):
        sequence = CommentedSeq(_node(each) for each in value)
        if flow:
            sequence.fa.set_flow_style()
        return sequence
    if isinstance(value, str) and scalar(value, flow=True).startswith('"'):
        return DoubleQuotedScalarString(value)
    return value


def _element(value: Element) -> Written:
    return value.name if value.required else {"name": value.name, "required": False}


def _basis(value: Basis) -> Written:
    return {key: each for key in ("title", "number", "article") if (each := getattr(value, key))}
