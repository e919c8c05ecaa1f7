"""The public checks page, and a page for every rule."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from mulu.checks.explain import explanation
from mulu.checks.registry import FAULTS
from mulu.diagnostics import Diagnostic, Fault, Severity, Text
from mulu.model.district import Site
from mulu.model.words import SEVERITY_WORDS
from mulu.pages.metadata import column
from mulu.pages.page import HOME, Crumb, Page, rule_address

PLACES = 20
"""Places shown for one code on the checks page."""

_PLACEHOLDER = re.compile(r"{\w+}")
_CHECKS = Crumb("数据检查", "checks/index.html")
_STAGES = {"F": "文件", "S": "格式", "C": "目录", "I": "信息", "M": "对应关系", "P": "个人信息", "W": "网页"}


def checking_pages(diagnostics: Iterable[Diagnostic], site: Site, as_of: date) -> Iterator[Page]:
    """What was found in this build, and every rule that could have found something."""
    yield _checks(diagnostics, site, as_of)
    for fault in FAULTS:
        yield _rule(fault, site)


def _checks(diagnostics: Iterable[Diagnostic], site: Site, as_of: date) -> Page:
    groups: dict[str, list[Diagnostic]] = defaultdict(list)
    for found in diagnostics:
        groups[found.code].append(found)
    shown = [
        {
            "code": code,
            "address": rule_address(code),
            "severity": found[0].severity.value,
            "word": SEVERITY_WORDS[found[0].severity].zh,
            "count": len(found),
            "places": [(str(each.place), each.message.zh, each.hint.zh) for each in found[:PLACES]],
        }
        for code, found in sorted(groups.items(), key=lambda group: (group[1][0].severity is Severity.NOTICE, group[0]))
    ]
    rules = [
        (stage, [(fault.code, rule_address(fault.code), _unfilled(fault.message).zh, SEVERITY_WORDS[fault.severity].zh) for fault in sorted(FAULTS, key=lambda fault: fault.code) if fault.code[0] == letter])
        for letter, stage in _STAGES.items()
    ]  # fmt: skip
    data = {"groups": shown, "rules": rules, "as_of": as_of.isoformat(), "count": len(FAULTS)}
    meta = column(site, "数据检查", "本站数据的自动检查结果和全部规则", "数据检查")
    return Page(
        "checks/index.html", "checks", "数据检查", "本站数据的自动检查结果和全部规则", (HOME, Crumb("数据检查")), meta, data
    )


def _rule(fault: Fault, site: Site) -> Page:
    page = explanation(fault.code)
    data = {
        "code": fault.code,
        "name": fault.name,
        "severity": fault.severity.value,
        "word": SEVERITY_WORDS[fault.severity].zh,
        "message": _unfilled(fault.message),
        "hint": _unfilled(fault.hint),
        "zh": page.zh,
        "en": page.en,
        "wrong": [(each.path, each.text, each.options) for each in page.wrong],
        "right": [(each.path, each.text, each.options) for each in page.right],
    }
    meta = column(site, f"规则 {fault.code}", _unfilled(fault.message).zh, fault.code)
    title = f"{fault.code} {_unfilled(fault.message).zh}"
    return Page(
        rule_address(fault.code), "rule", title, _unfilled(fault.message).zh, (HOME, _CHECKS, Crumb(fault.code)), meta, data
    )


def _unfilled(text: Text) -> Text:
    """The sentence with an ellipsis where a value will stand."""
    return Text(_PLACEHOLDER.sub("…", text.zh), _PLACEHOLDER.sub("…", text.en))
