"""The report for programs: schemas/v1/report.schema.json, version 1."""

import json
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
    text = json.dumps(msgspec.to_builtins(report), ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode() + "\n"  # file names need not be UTF-8
