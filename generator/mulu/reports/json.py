"""The report for programs: schemas/v1/report.schema.json, version 1."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import msgspec

from mulu.diagnostics import Diagnostic, Severity

VERSION = 1


def json_report(diagnostics: Sequence[Diagnostic], *, as_of: date, files: int) -> str:
    """Every diagnostic, none grouped."""
    counts = Counter(found.severity for found in diagnostics)
    report = {
        "version": VERSION,
        "as_of": as_of,
        "files": files,
        "counts": {severity.value: counts[severity] for severity in Severity},
        "diagnostics": diagnostics,
    }
    return msgspec.json.format(msgspec.json.encode(report)).decode() + "\n"
