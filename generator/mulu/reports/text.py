"""The report for people: repeats grouped, first places shown, a count by severity at the end."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from mulu.diagnostics import Diagnostic, Severity, Text
from mulu.model.words import SEVERITY_WORDS

SHOWN = 5
"""Places shown in full for one code."""

_UNREAD = 10
"""Attachments that are named for each reason; a district may have thousands of scans."""

_ORDER = list(Severity)


def text_report(diagnostics: Sequence[Diagnostic], *, lang: str = "zh") -> str:
    """Errors first, then warnings and notices; within them by code."""
    groups: dict[tuple[int, str], list[Diagnostic]] = defaultdict(list)
    for found in diagnostics:
        groups[_ORDER.index(found.severity), found.code].append(found)
    parts = [_group(groups[key], lang) for key in sorted(groups)]
    return "\n".join([*parts, summary(diagnostics, lang=lang)]) + "\n"


def summary(diagnostics: Sequence[Diagnostic], *, lang: str = "zh") -> str:
    """One line with the count of each severity."""
    counts = Counter(found.severity for found in diagnostics)
    numbers = [counts[severity] for severity in _ORDER]
    if lang == "en":
        return "{} errors, {} warnings, {} notices".format(*numbers)
    return "错误 {} 处，警告 {} 处，提示 {} 处".format(*numbers)


def unread_report(unread: Sequence[tuple[str, Text]], *, lang: str = "zh") -> str:
    """The attachments whose text cannot be searched, or not all of it, with the reason; empty when there are none."""
    if not unread:
        return ""
    said = (
        "这些附件的文字查找不到，或者不全："
        if lang == "zh"
        else "The text of these attachments cannot be searched, or not all of it:"
    )
    lines = [said]
    for reason in dict.fromkeys(each for _, each in unread):
        paths = [path for path, why in unread if why == reason]
        lines += [f"    {path}: {reason.spoken(lang)}" for path in paths[:_UNREAD]]
        if (more := len(paths) - _UNREAD) > 0:
            lines.append(
                f"    另有 {more} 个：{reason.spoken(lang)}" if lang == "zh" else f"    {more} more: {reason.spoken(lang)}"
            )
    return "\n".join(lines) + "\n"


def left_aside(older: Sequence[Diagnostic], *, lang: str = "zh") -> str:
    """One line for what was there before and is not shown."""
    counted = summary(older, lang=lang)
    return (
        f"原来就有的不在此列（{counted}），用 mulu check 看全部。\n"
        if lang == "zh"
        else f"Older ones are left aside ({counted}); `mulu check` shows all.\n"
    )


def _group(found: list[Diagnostic], lang: str) -> str:
    lines = []
    for each in found[:SHOWN]:
        word = SEVERITY_WORDS[each.severity].spoken(lang)
        lines.append(f"{each.place}: {word} {each.code} {each.name}")
        lines.append(f"    {each.message.spoken(lang)}")
        lines += [f"    {'另见' if lang == 'zh' else 'see also'} {place}" for place in each.related]
        if each is found[0] or each.hint != found[0].hint:
            lines.append(f"    → {each.hint.spoken(lang)}")
    if len(found) > SHOWN:
        more, files = len(found) - SHOWN, len({each.place.file for each in found})
        code = found[0].code
        lines.append(
            f"    {code}：另有 {more} 处，共涉及 {files} 个文件"
            if lang == "zh"
            else f"    {code}: {more} more, in {files} files in all"
        )
    return "\n".join(lines) + "\n"
