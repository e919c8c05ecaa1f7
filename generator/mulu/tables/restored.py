"""A row of a table that mulu exported: what its cells still say as they were written is taken from the hidden column, exactly as it was."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from mulu.model.catalog import Basis, Element
from mulu.model.district import Name
from mulu.tables.entry import Made
from mulu.tables.kept_columns import HEAD, UNSEEN, is_ours, read_kept
from mulu.tables.layout import basis_text, channels_text, elements_text

_SPACE = re.compile(r"\s+")
_DEFUSED = re.compile(r"'(?=[=+\-@])")


def restored(made: Made, channels: Sequence[Name], levels: Mapping[str, str]) -> Made:
    """The row with `kept` filled from the hidden column, and without the columns that export adds."""
    hidden = [text for label, text in made.extra.items() if label.startswith(HEAD)]
    hidden += [text[text.index("{") :] for label, text in made.extra.items() if is_ours(label) and "{" in text]
    if not any(map(is_ours, made.extra)):
        return made
    extra = {label: text for label, text in made.extra.items() if not is_ours(label)}
    kept = dict(read_kept(hidden[0])) if hidden else {}
    if not isinstance(kept.get("id"), str):
        return msgspec.structs.replace(made, extra=extra)
    unchanged = {key for key in kept if key in ("id", *UNSEEN)} | _unchanged(made, kept, channels, levels, extra)
    guesses = tuple(each for each in made.guesses if each.key not in unchanged)
    cells = tuple(each for each in made.cells if each.key != "extra" or each.text in extra.values())
    return msgspec.structs.replace(
        made, extra=extra, kept={key: kept[key] for key in kept if key in unchanged}, guesses=guesses, cells=cells
    )


def _unchanged(
    made: Made, kept: Mapping[str, Any], channels: Sequence[Name], levels: Mapping[str, str], extra: Mapping[str, str]
) -> set[str]:
    """The keys whose cells say what export writes for them."""
    cells: dict[str, str] = {}
    for cell in made.cells:
        cells[cell.key] = cells.get(cell.key, "") + cell.text
    shown = {
        "topic": str(kept.get("topic", "")), "item": str(kept.get("item", "")), "subitem": str(kept.get("subitem", "")),
        "elements": elements_text(_elements(kept.get("elements", []))),
        "basis": basis_text([Basis(**each) for each in kept.get("basis", [])]),
        "time_limit": str(kept.get("time_limit", "")), "responsible": "、".join(kept.get("responsible", [])),
        "channels": channels_text(kept.get("channels", []), channels), "note": str(kept.get("note", "")),
    }  # fmt: skip
    same = {key for key, text in shown.items() if _folded(text) == _folded(cells.get(key, ""))}
    if set(made.audience) == set(kept.get("audience", [])) or _groups(cells) == _kept_groups(kept):
        same.add("audience")
    if made.method == kept.get("method"):
        same.add("method")
    if {levels.get(each, each) for each in made.levels} == {levels.get(each, each) for each in kept.get("levels", [])}:
        same.add("levels")
    visible = {name: text for name, text in kept.get("extra", {}).items() if _folded(text)}
    if {_folded(name): _folded(text) for name, text in visible.items()} == {
        _folded(name): _folded(text) for name, text in extra.items()
    }:
        same.add("extra")
    return same


def _groups(cells: Mapping[str, str]) -> tuple[bool, str]:
    return bool(cells.get("everyone")), _folded(cells.get("specific", ""))


def _kept_groups(kept: Mapping[str, Any]) -> tuple[bool, str]:
    groups = kept.get("audience", [])
    return "全社会" in groups, _folded("、".join(each for each in groups if each != "全社会"))


def _elements(values: Sequence[Any]) -> list[Element]:
    return [Element(each) if isinstance(each, str) else Element(each["name"], each.get("required", True)) for each in values]


def _folded(text: str) -> str:
    return _SPACE.sub("", _DEFUSED.sub("", text, count=1))
