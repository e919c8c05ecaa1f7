"""What a rule is. A rule names the key; the engine finds the line and fills the sentences."""

import enum
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Protocol, TypeVar

import msgspec

from mulu.diagnostics import Fault, Severity, fault
from mulu.files.yaml import Pointer
from mulu.mapping import Correspondence
from mulu.model.origin import Origin
from mulu.model.repository import Repository

Subject = TypeVar("Subject")


class Over(enum.Enum):
    """What a rule's function is called with: each item, each entry, or everything.

    A rule over an item or entry sees nothing else, so its findings depend on that one file alone.
    """

    ITEM = "item"
    ENTRY = "entry"
    EVERYTHING = "everything"


class View(msgspec.Struct, frozen=True):
    """Everything a rule may look at."""

    repository: Repository
    correspondence: Correspondence
    as_of: date


class Written(Protocol):
    """A value that knows where it was written."""

    @property
    def origin(self) -> Origin:
        """File and pointer."""


class Finding(msgspec.Struct, frozen=True):
    """One violation: where it was written, and the values for the sentences. `line` is for places in a body."""

    origin: Origin
    line: int
    related: tuple[Origin, ...]
    values: dict[str, Any]


class Rule(msgspec.Struct, frozen=True):
    """A fault and the function that finds it."""

    fault: Fault
    over: Over
    find: Callable[[Any], Iterator[Finding]]


def rule(
    code: str, severity: Severity, over: Over, *, zh: tuple[str, str], en: tuple[str, str]
) -> Callable[[Callable[[Subject], Iterator[Finding]]], Rule]:
    """Turn a function into a Rule named like the function; `zh` and `en` are (message, hint)."""

    def made(find: Callable[[Subject], Iterator[Finding]]) -> Rule:
        return Rule(fault(code, find.__name__, severity, zh=zh, en=en), over, find)

    return made


def at(subject: Written, *key: str | int, related: Iterable[Written] = (), line: int = 0, **values: object) -> Finding:
    """A finding at `key` of `subject` (or at a line of its file)."""
    return at_origin(subject.origin, *key, related=related, line=line, **values)


def at_origin(origin: Origin, *key: str | int, related: Iterable[Written] = (), line: int = 0, **values: object) -> Finding:
    """A finding where only the origin is known."""
    pointer: Pointer = (*origin.pointer, *key)
    return Finding(Origin(origin.path, pointer), line, tuple(each.origin for each in related), values)
