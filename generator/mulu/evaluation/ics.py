"""Deadlines as iCalendar (RFC 5545): whole-day events with ids that stay the same from build to build."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import msgspec

from mulu.evaluation.forecast import MATTERS, Coming

_LINE = 75
"""Octets in a line before it is folded (RFC 5545 §3.1)."""


class Event(msgspec.Struct, frozen=True):
    """Whole days from `first` to `last`, both included; `id` is unique on the site and stays."""

    id: str
    first: date
    last: date
    summary: str
    description: str = ""
    url: str = ""


def calendar(coming: Iterable[Coming], *, name: str, domain: str, as_of: date, departments: Mapping[str, str]) -> str:
    """One VCALENDAR of what is due; `departments` gives the names by code."""
    events = (
        Event(
            each.id, each.due, each.due, f"{MATTERS[each.matter].zh}：{each.title}（{departments.get(each.department, each.department)}）", each.detail
        )
        for each in coming
    )  # fmt: skip
    return ics(events, name=name, domain=domain, as_of=as_of)


def ics(events: Iterable[Event], *, name: str, domain: str, as_of: date) -> str:
    """One VCALENDAR. DTSTAMP is the day of the evaluation, so that same input gives same bytes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//mulu//deadlines//ZH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for each in events:
        lines += _event(each, domain, as_of)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(event: Event, domain: str, as_of: date) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{event.id}@{domain}",
        f"DTSTAMP:{as_of:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.last + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(event.summary)}",
        *([f"DESCRIPTION:{_text(event.description)}"] if event.description else []),
        *([f"URL:{event.url}"] if event.url else []),
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(value: str) -> str:
    """RFC 5545 §3.3.11; control characters go."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\n").replace("\n", "\\n")
    return "".join(each for each in escaped if each >= " " and each != "\x7f")


def _folded(line: str) -> str:
    """Lines of at most 75 octets, never cut inside a character."""
    parts: list[str] = []
    size = start = 0
    for place, each in enumerate(line):
        width = len(each.encode())
        if size + width > _LINE - bool(parts):
            parts.append(line[start:place])
            start, size = place, 0
        size += width
    return "\r\n ".join([*parts, line[start:]])
