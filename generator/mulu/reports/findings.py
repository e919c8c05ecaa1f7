"""What every format of a report is made from, and the marks by which programs know a finding again."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import date

import msgspec

from mulu.diagnostics import Diagnostic

CONTENT = "catalogs"
"""Stands for a finding that is about everything, where a format demands a path."""


class Findings(msgspec.Struct, frozen=True):
    """A finished check; `files` were read, `prefix` leads from the git top level to the content root, `version` is mulu's."""

    diagnostics: tuple[Diagnostic, ...]
    as_of: date
    files: int
    lang: str = "zh"
    prefix: str = ""
    version: str = ""

    def path(self, found: Diagnostic) -> str:
        """The file from the git top level; a name that is not UTF-8 is shown with replacement characters."""
        path = self.prefix + (found.place.file or CONTENT)
        return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def fingerprints(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """One mark for each: the same as long as code, file and message are, and different for each repeat in a file."""
    seen: Counter[tuple[str, ...]] = Counter()
    marks = []
    for found in diagnostics:
        kind = (found.code, found.place.file, found.message.zh)
        seen[kind] += 1
        text = "\0".join((*kind, str(seen[kind])))
        marks.append(hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest())
    return marks
