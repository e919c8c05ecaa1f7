"""A fault in the data is a value: what is wrong, where, and what to do about it, in Chinese and English."""

import enum
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec


class Severity(enum.StrEnum):
    """Defined by its effect: not published, published and listed, or advice."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Text(msgspec.Struct, frozen=True):
    """One sentence in both languages."""

    zh: str
    en: str

    def filled(self, values: Mapping[str, object]) -> "Text":
        """The sentence with `{name}` replaced by its value; lists are joined, a Text value gives its own language."""
        return Text(
            self.zh.format_map({name: _shown(value, "zh") for name, value in values.items()}),
            self.en.format_map({name: _shown(value, "en") for name, value in values.items()}),
        )

    def spoken(self, lang: str) -> str:
        """The sentence in `zh` or `en`."""
        return self.en if lang == "en" else self.zh


class CouldNotRun(Exception):
    """What keeps a command from running, and the person at the keyboard can change; `text` says what and how."""

    def __init__(self, text: Text) -> None:
        """`text` is printed by the command line, which then exits with 2."""
        super().__init__(text.en)
        self.text = text

    def __reduce__(self) -> tuple[Any, ...]:
        """Travels between processes as it is, whatever its `__init__` takes."""
        return _refused_again, (type(self), self.args, self.__dict__)


class Place(msgspec.Struct, frozen=True, order=True):
    """A file below the content root with 1-based line and column; 0 means the whole file or line."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """`file:line:column` without the parts that are not known; editors and terminals make it a link."""
        return ":".join([self.file or ".", *(str(number) for number in (self.line, self.column) if number)])


class Diagnostic(msgspec.Struct, frozen=True):
    """One fault at one place."""

    code: str
    name: str
    severity: Severity
    place: Place
    message: Text
    hint: Text
    related: tuple[Place, ...] = ()


class Fault(msgspec.Struct, frozen=True):
    """A kind of fault; `at` makes the diagnostic. Codes are never reused."""

    code: str
    name: str
    severity: Severity
    message: Text
    hint: Text

    def at(self, place: Place, *, related: Iterable[Place] = (), **values: object) -> Diagnostic:
        """The fault at `place`, with `values` in its sentences."""
        return Diagnostic(
            self.code, self.name, self.severity, place, self.message.filled(values), self.hint.filled(values), tuple(related)
        )


def fault(code: str, name: str, severity: Severity, *, zh: tuple[str, str], en: tuple[str, str]) -> Fault:
    """A Fault from (message, hint) pairs in both languages."""
    return Fault(code, name, severity, Text(zh[0], en[0]), Text(zh[1], en[1]))


def ordered(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted by file, line and code and without repeats: the order of every report."""
    unique = {(found.place, found.code, found.message.zh): found for found in diagnostics}
    return tuple(unique[key] for key in sorted(unique))


def newer(now: Iterable[Diagnostic], before: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Those of `now` that `before` has not: same code, file and message count as the same, whatever the line.

    Of a fault that repeats, as many are new as there are more of them; those at a place known from before count as old first.
    """
    earlier = tuple(before)
    left = Counter(_kind(found) for found in earlier)
    known = {(_kind(found), found.place) for found in earlier}
    new = []
    for found in sorted(now, key=lambda found: (_kind(found), found.place) not in known):
        if left[_kind(found)]:
            left[_kind(found)] -= 1
        else:
            new.append(found)
    return ordered(new)


def blocks(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether anything among them keeps the site from being published."""
    return any(found.severity is Severity.ERROR for found in diagnostics)


def _refused_again(kind: type[CouldNotRun], arguments: tuple[Any, ...], holds: dict[str, Any]) -> CouldNotRun:
    refused = kind.__new__(kind)
    refused.args = arguments
    refused.__dict__.update(holds)
    return refused


def _kind(found: Diagnostic) -> tuple[str, str, str]:
    return found.code, found.place.file, found.message.zh


def _shown(value: object, lang: str) -> str:
    if isinstance(value, Text):
        return value.spoken(lang)
    if isinstance(value, (list, tuple)):
        return ("、" if lang == "zh" else ", ").join(_shown(each, lang) for each in value)
    return str(value)
