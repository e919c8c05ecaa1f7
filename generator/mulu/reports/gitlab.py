"""The report in a merge request of GitLab: its Code Quality format (https://docs.gitlab.com/ci/testing/code_quality/)."""

import msgspec

from mulu.diagnostics import Severity
from mulu.reports.findings import Findings, fingerprints

_SEVERITIES = {Severity.ERROR: "blocker", Severity.WARNING: "major", Severity.NOTICE: "info"}


def gitlab_report(findings: Findings) -> str:
    """One object a finding; GitLab demands a line, so a finding about a whole file stands on its first."""
    lang = findings.lang
    report = [
        {
            "description": f"{found.message.spoken(lang)} {found.hint.spoken(lang)}",
            "check_name": f"{found.code} {found.name}",
            "fingerprint": mark,
            "severity": _SEVERITIES[found.severity],
            "location": {"path": findings.path(found), "lines": {"begin": max(found.place.line, 1)}},
        }
        for found, mark in zip(findings.diagnostics, fingerprints(findings.diagnostics), strict=True)
    ]
    return msgspec.json.format(msgspec.json.encode(report)).decode() + "\n"
