"""What a change does to what is published: items and states of entries, before and after."""

from collections.abc import Mapping

import msgspec

from mulu.mapping import Correspondence
from mulu.model.item import Item
from mulu.model.origin import Origin
from mulu.model.repository import Repository
from mulu.reports.status import Coverage, status


class End(msgspec.Struct, frozen=True):
    """One end of the comparison."""

    repository: Repository
    correspondence: Correspondence


class Turn(msgspec.Struct, frozen=True):
    """An entry whose state is another one now; None where the catalog has no such entry."""

    entry: str
    before: str | None
    now: str | None


class Covered(msgspec.Struct, frozen=True):
    """The coverage of a department, or of everything where `label` is empty; None where there is no such department."""

    label: str
    before: Coverage | None
    now: Coverage | None


class Changes(msgspec.Struct, frozen=True):
    """Items by what happens to them, oldest id first; `removed` are gone without the page that says why."""

    published: tuple[Item, ...]
    changed: tuple[Item, ...]
    withdrawn: tuple[Item, ...]
    removed: tuple[Item, ...]
    turns: tuple[Turn, ...]
    coverage: tuple[Covered, ...]


def changes(before: End, now: End) -> Changes:
    """What is broken at one end is left out here: its fault is reported, and nobody knows what it would have said."""
    earlier, later = before.repository, now.repository
    pairs = [(earlier.items.get(id_), later.items.get(id_)) for id_ in sorted({*earlier.items, *later.items})]
    both = [(old, new) for old, new in pairs if old and new]
    added = [new for old, new in pairs if new and not old and new.id not in earlier.broken_ids]
    return Changes(
        published=tuple(_by_id([*(new for new in added if not new.withdrawn), *(new for old, new in both if _returned(old, new))])),
        changed=tuple(new for old, new in both if not _turned(old, new) and _content(old, earlier) != _content(new, later)),
        withdrawn=tuple(_by_id([*(new for new in added if new.withdrawn), *(new for old, new in both if _gone(old, new))])),
        removed=tuple(old for old, new in pairs if old and not new and old.id not in later.broken_ids),
        turns=_turns(before, now),
        coverage=_coverage(before, now),
    )  # fmt: skip


def _by_id(items: list[Item]) -> list[Item]:
    return sorted(items, key=lambda item: item.id)


def _returned(old: Item, new: Item) -> bool:
    return bool(old.withdrawn) and not new.withdrawn


def _gone(old: Item, new: Item) -> bool:
    return not old.withdrawn and bool(new.withdrawn)


def _turned(old: Item, new: Item) -> bool:
    return _returned(old, new) or _gone(old, new)


def _content(item: Item, repository: Repository) -> tuple[Item, list[str]]:
    """The item wherever it stands, and the bytes of its attachments."""
    paths = [f"{item.folder}/{each.file}" for each in item.attachments]
    blobs = [repository.files[path].blob if path in repository.files else "" for path in paths]
    return msgspec.structs.replace(item, origin=Origin("")), blobs


def _turns(before: End, now: End) -> tuple[Turn, ...]:
    broken = before.repository.broken_ids | now.repository.broken_ids
    states = [
        {id_: each.state.value for id_, each in end.correspondence.entries.items() if id_ not in broken}
        for end in (before, now)
    ]
    turns = [Turn(id_, *(state.get(id_) for state in states)) for id_ in sorted({*states[0], *states[1]})]
    return tuple(turn for turn in turns if turn.before != turn.now)


def _coverage(before: End, now: End) -> tuple[Covered, ...]:
    """Departments whose coverage is another one now, and everything."""
    earlier, later = (status(end.repository, end.correspondence) for end in (before, now))
    old = _by_code(before.repository, earlier.departments)
    new = _by_code(now.repository, later.departments)
    lines = [Covered((new.get(code) or old[code]).label, old.get(code), new.get(code)) for code in {**new, **old}]
    return (*(line for line in lines if _counts(line.before) != _counts(line.now)), Covered("", earlier.whole, later.whole))


def _by_code(repository: Repository, lines: tuple[Coverage, ...]) -> Mapping[str, Coverage]:
    return dict(zip(repository.departments, lines, strict=True))


def _counts(line: Coverage | None) -> Coverage | None:
    """The numbers without the name, which may change too."""
    return line and msgspec.structs.replace(line, label="")
