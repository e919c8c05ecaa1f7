"""The one table of formats: the choices of `mulu check --format`, the documentation and the tests follow from it."""

from collections.abc import Callable

import msgspec

from mulu.reports.findings import Findings
from mulu.reports.github import github_report
from mulu.reports.gitlab import gitlab_report
from mulu.reports.json import json_report
from mulu.reports.sarif import sarif_report
from mulu.reports.text import text_report


class Format(msgspec.Struct, frozen=True):
    """How a check is written down; `spoken` formats take a further line of prose, the others are files for programs."""

    write: Callable[[Findings], str]
    spoken: bool = False


FORMATS: dict[str, Format] = {
    "text": Format(lambda found: text_report(found.diagnostics, lang=found.lang), spoken=True),
    "json": Format(lambda found: json_report(found.diagnostics, as_of=found.as_of, files=found.files)),
    "github": Format(lambda found: github_report(found.diagnostics, lang=found.lang, prefix=found.prefix), spoken=True),
    "gitlab": Format(gitlab_report),
    "sarif": Format(sarif_report),
}
