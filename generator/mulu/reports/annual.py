"""The summary of `mulu annual`: what was counted, and what a person must still write or put right."""

from collections.abc import Sequence

from mulu.annual.report import Report
from mulu.diagnostics import Diagnostic


def annual_text(report: Report, faults: Sequence[Diagnostic], *, lang: str) -> str:
    """One report in a few lines; `faults` are those of its register."""
    zh = lang == "zh"
    head = report.title if zh else f"{report.name}: annual report of {report.year}"
    parts = [f"{head}（{report.path}）" if zh else f"{head} ({report.path})"]
    parts += _listed("还要填写" if zh else "Still to be written", [each.spoken(lang) for each in report.missing], zh=zh)
    said = [f"{each.code} {each.place}: {each.message.spoken(lang)}" for each in faults]
    parts += _listed("不平或者有误" if zh else "Unbalanced or wrong", said, zh=zh)
    if not report.missing and not faults:
        parts.append("    六个部分齐全，数字平衡。" if zh else "    All six sections are there and the figures balance.")
    return "\n".join(parts) + "\n"


def _listed(title: str, lines: Sequence[str], *, zh: bool) -> list[str]:
    if not lines:
        return []
    return [f"    {title}{'：' if zh else ': '}{len(lines)}", *(f"      - {line}" for line in lines)]
