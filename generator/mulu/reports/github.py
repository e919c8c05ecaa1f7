"""Annotations in the files of a pull request: GitHub's workflow commands (Gitea understands them too)."""

from collections.abc import Sequence

from mulu.diagnostics import Diagnostic, Severity
from mulu.reports.text import summary

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}


def github_report(diagnostics: Sequence[Diagnostic], *, lang: str = "zh", prefix: str = "") -> str:
    """One command a line; `prefix` is the path from the git top level to the content root."""
    lines = [_command(found, lang, prefix) for found in diagnostics]
    return "\n".join([*lines, summary(diagnostics, lang=lang)]) + "\n"


def _command(found: Diagnostic, lang: str, prefix: str) -> str:
    place = [f"file={_property(prefix + found.place.file)}"] if found.place.file else []
    place += [f"line={found.place.line}"] if found.place.line else []
    place += [f"col={found.place.column}"] if found.place.column else []
    title = _property(f"{found.code} {found.name}")
    values = ",".join([*place, f"title={title}"])
    said = _data(f"{found.message.spoken(lang)}\n{found.hint.spoken(lang)}")
    return f"::{_COMMANDS[found.severity]} {values}::{said}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
