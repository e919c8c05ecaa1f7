"""Table 2 of the annual report, as far as it follows from items: normative documents, permits and penalties of a body and year."""

from collections.abc import Iterable
from datetime import date

import msgspec

from mulu.model.district import Department
from mulu.model.item import ENDED, Item
from mulu.model.repository import Repository
from mulu.model.requests import Documents, Figure, Register


def documents(repository: Repository, register: Register) -> Documents:
    """行政规范性文件: what the register says, and what follows from items where it says nothing."""
    return filled(register.normative, normative_from_items(repository, register))


def decisions(repository: Repository, register: Register) -> tuple[Figure, Figure]:
    """行政许可 and 行政处罚: what the register says; where it says nothing, the items of that kind, unless there are none."""
    permits = register.permits if register.permits is not None else _published(repository, register, "permit")
    penalties = register.penalties if register.penalties is not None else _published(repository, register, "penalty")
    return permits, penalties


def normative_from_items(repository: Repository, register: Register) -> Documents:
    """Counts of the body's documents of kind `normative`; blank without any, and where a document ended nobody knows when.

    A document is the body's whose name stands first among the issuers: the lead agency (条例 art. 10).
    """
    department = repository.departments.get(register.department)
    own = _own(repository.items.values(), department) if department else []
    if not own:
        return Documents()
    ends = _ends(repository.items.values())
    ended = {item.id: _ended(item, ends) for item in own}
    issued = sum(item.formed.year == register.year for item in own)
    if any(item.validity in ENDED and ended[item.id] is None for item in own):
        return Documents(issued)
    days = [(item.formed, ended[item.id]) for item in own]
    repealed = sum(end is not None and end.year == register.year for _, end in days)
    in_force = sum(formed.year <= register.year and (end is None or end.year > register.year) for formed, end in days)
    return Documents(issued, repealed, in_force)


def filled(written: Documents, computed: Documents) -> Documents:
    """What was written, and what was computed where nothing was written."""
    pairs = zip(msgspec.structs.astuple(written), msgspec.structs.astuple(computed), strict=True)
    return Documents(*(one if one is not None else other for one, other in pairs))


def _own(items: Iterable[Item], department: Department) -> list[Item]:
    return [
        item
        for item in items
        if item.kind == "normative" and item.withdrawn is None and item.issuers and item.issuers[0] in department.answers_to
    ]


def _ends(items: Iterable[Item]) -> dict[str, date]:
    """For each id, the first day on which another document repeals or replaces it."""
    ends: dict[str, date] = {}
    for item in items:
        day = item.effective or item.formed
        for target in (*item.repeals, *item.replaces) if item.withdrawn is None else ():
            ends[target] = min(day, ends.get(target, day))
    return ends


def _ended(item: Item, ends: dict[str, date]) -> date | None:
    return min((day for day in (ends.get(item.id), item.expires) if day is not None), default=None)


def _published(repository: Repository, register: Register, kind: str) -> Figure:
    there = [item for item in repository.items.values() if item.kind == kind and item.department == register.department]
    return sum(item.formed.year == register.year and item.withdrawn is None for item in there) or None
