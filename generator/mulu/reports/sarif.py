"""The report for code scanning and editors: SARIF 2.1.0 (OASIS), with the fields that GitHub's code scanning demands."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import msgspec

from mulu.checks.explain import explanation
from mulu.diagnostics import Diagnostic, Severity
from mulu.reports.findings import Findings, fingerprints

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
"""Names the format; nothing fetches it."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}


def sarif_report(findings: Findings) -> str:
    """One run; only rules that found something are described, each with its page."""
    rules = {found.code: found for found in sorted(findings.diagnostics, key=lambda found: found.code)}
    index = {code: number for number, code in enumerate(rules)}
    driver = {
        "name": "mulu",
        "version": findings.version,
        "semanticVersion": findings.version,
        "rules": [_rule(found, findings.lang) for found in rules.values()],
    }
    marks = fingerprints(findings.diagnostics)
    results = [_result(found, mark, index, findings) for found, mark in zip(findings.diagnostics, marks, strict=True)]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    report = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(report)).decode() + "\n"


def _rule(found: Diagnostic, lang: str) -> dict[str, Any]:
    page = explanation(found.code)
    prose = page.en if lang == "en" else page.zh
    return {
        "id": found.code,
        "name": found.name,
        "shortDescription": {"text": _text(prose.split("\n\n")[0])},
        "fullDescription": {"text": _text(prose)},
        "help": {"text": _text(prose)},
        "defaultConfiguration": {"level": _LEVELS[found.severity]},
    }


def _result(found: Diagnostic, mark: str, index: Mapping[str, int], findings: Findings) -> dict[str, Any]:
    return {
        "ruleId": found.code,
        "ruleIndex": index[found.code],
        "level": _LEVELS[found.severity],
        "message": {"text": _text(f"{found.message.spoken(findings.lang)}\n{found.hint.spoken(findings.lang)}")},
        "locations": [{"physicalLocation": _location(found, findings)}],
        "partialFingerprints": {"mulu/v1": mark},
    }


def _location(found: Diagnostic, findings: Findings) -> dict[str, Any]:
    """GitHub demands a line, so a finding about a whole file stands on its first."""
    region = {"startLine": max(found.place.line, 1)}
    if found.place.line and found.place.column:
        region["startColumn"] = found.place.column
    return {"artifactLocation": {"uri": quote(findings.path(found)), "uriBaseId": "%SRCROOT%"}, "region": region}


def _text(text: str) -> str:
    """SARIF reads `{0}` and `[link](target)` even in plain text (§3.11.5, §3.11.6); department text must be neither."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")
