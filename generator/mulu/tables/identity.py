"""Ids of imported entries: the one that an entry of the catalog has already, or the next free number."""

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from mulu.tables.catalog_file import Row
from mulu.tables.entry import Made
from mulu.tables.guesses import Guess

_PUNCTUATION = re.compile(r"[\s，,、。；;：:（）()“”\"'‘’·\-—]+")
_ALIKE = 0.7
Plain = dict[str, Any]


def identified(
    made: Sequence[Made], there: Sequence[Plain], prefix: str, used: Collection[str]
) -> tuple[tuple[Row, ...], tuple[Guess, ...]]:
    """Rows with ids. An entry is known again by its wording, by its wording but for punctuation, then by what it says and a like name.

    Retired entries are left alone; ids in `used` are never given anew.
    """
    left = {index: entry for index, entry in enumerate(there) if entry.get("id") and "retired" not in entry}
    chosen: dict[int, int] = {}
    guesses: list[Guess] = []
    _by_id(made, there, left, chosen)
    for key in (_exact, _loose):
        by_key: dict[tuple[str, ...], list[int]] = {}
        for index, entry in left.items():
            by_key.setdefault(key(_wording(entry)), []).append(index)
        for number, each in enumerate(made):
            if number not in chosen and (indexes := by_key.get(key(each.wording))):
                chosen[number] = indexes.pop(0)
                left.pop(chosen[number])
                if key is _loose:
                    guesses.append(
                        Guess("renamed", each.place, " ".join(each.wording).strip(), there[chosen[number]]["id"], "item")
                    )
    _by_likeness(made, there, left, chosen, guesses)
    taken = {*used, *(entry.get("id", "") for entry in there)}
    rows = []
    number = 1
    for position, each in enumerate(made):
        if position in chosen:
            rows.append(Row(there[chosen[position]]["id"], each, chosen[position]))
            continue
        kept = str(each.kept.get("id", ""))
        if kept and kept not in taken:
            taken.add(kept)
            rows.append(Row(kept, each))
            continue
        while f"{prefix}{number:02}" in taken:
            number += 1
        taken.add(f"{prefix}{number:02}")
        rows.append(Row(f"{prefix}{number:02}", each))
    return tuple(rows), tuple(guesses)


def _by_id(made: Sequence[Made], there: Sequence[Plain], left: dict[int, Plain], chosen: dict[int, int]) -> None:
    """Rows of a table that mulu exported say which entry they are, a retired one too."""
    index_of = {entry["id"]: index for index, entry in enumerate(there) if entry.get("id")}
    for number, each in enumerate(made):
        index = index_of.get(each.kept.get("id"))
        if index is not None and index not in chosen.values():
            chosen[number] = index
            left.pop(index, None)


def _by_likeness(
    made: Sequence[Made], there: Sequence[Plain], left: dict[int, Plain], chosen: dict[int, int], guesses: list[Guess]
) -> None:
    """A row whose name was corrected: one entry with the same elements and basis, in the same topic or with the same item; or the most alike name in the topic."""
    for number, each in enumerate(made):
        if number in chosen or not left:
            continue
        equal = [index for index, entry in left.items() if _content(entry) == _of(each)]
        same = [index for index in equal if there[index].get("topic") == each.topic]
        same = same or [index for index in equal if _wording(there[index])[1:] == each.wording[1:]]
        near = max(left, key=lambda index, each=each: _likeness(left[index], each))  # type: ignore[misc]  # a default binds each in the loop
        found = same[0] if len(same) == 1 else near if _likeness(left[near], each) >= _ALIKE else None
        if found is not None:
            chosen[number] = found
            left.pop(found)
            guesses.append(Guess("renamed", each.place, " ".join(each.wording).strip(), there[found]["id"], "item"))


def _likeness(entry: Mapping[str, Any], made: Made) -> float:
    if entry.get("topic") != made.topic:
        return 0.0
    return difflib.SequenceMatcher(None, "".join(_wording(entry)), "".join(made.wording)).ratio() - 0.1 * (
        _content(entry) != _of(made)
    )


def _content(entry: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    elements = [each.get("name", "") if isinstance(each, dict) else str(each) for each in entry.get("elements") or []]
    return elements, [str(each.get("title", "")) for each in entry.get("basis") or [] if isinstance(each, dict)]


def _of(made: Made) -> tuple[list[str], list[str]]:
    return [element.name for element in made.elements], [basis.title for basis in made.basis]


def _wording(entry: Mapping[str, Any]) -> tuple[str, str, str]:
    return str(entry.get("topic", "")), str(entry.get("item", "")), str(entry.get("subitem") or "")


def _exact(wording: tuple[str, str, str]) -> tuple[str, ...]:
    return wording


def _loose(wording: tuple[str, str, str]) -> tuple[str, ...]:
    return tuple(_PUNCTUATION.sub("", part) for part in wording)
