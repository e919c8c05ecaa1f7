"""Items of the corpus: what answers an entry, year by year, with kinds, periods, numbers and relations that pass every rule."""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from benchmarks.attached import attachment
from benchmarks.prose import Writer

YEARS = range(2017, 2027)
ATTACHED_EVERY = 20
LATE_EVERY = 100
_SERIES = {
    "policy": ("normative", "interpretation", "document", "normative"),
    "opinion": ("consultation", "feedback", "decision", "report"),
    "service": ("guide", "faq", "institution", "notice"),
    "cases": ("permit", "penalty", "procurement", "notice"),
    "yearly": ("budget", "statistics", "budget", "statistics"),
    "quarterly": ("statistics",) * 4,
}
"""Kinds of the items that answer an entry, in turn, by what sort of entry it is."""


class Entry(NamedTuple):
    """What items need to know of the entry that they answer."""

    id: str
    sort: str
    department: str
    body: str
    mark: str
    credit_code: str
    things: tuple[str, ...]
    elements: tuple[str, ...]


class Made(NamedTuple):
    """An item as text, its folder below `catalogs/departments`, and its attachment if it has one."""

    folder: str
    id: str
    text: str
    attachment: tuple[str, bytes] | None


class Past(NamedTuple):
    """An earlier item of the same entry, as far as later ones refer to it."""

    id: str
    published: date
    until: date | None


class Series:
    """Makes the items of one entry after another; remembers serial numbers by department and year."""

    def __init__(self, seed: int) -> None:
        self.serials: defaultdict[tuple[str, int], int] = defaultdict(int)
        self.chance = random.Random(seed)
        self.made = 0

    def items(self, entry: Entry, count: int) -> Iterator[Made]:
        """`count` items of `entry`, oldest first."""
        past: list[Past] = []
        for place in range(count):
            yield self._item(entry, place, count, past)

    def _item(self, entry: Entry, place: int, count: int, past: list[Past]) -> Made:
        kind = _SERIES[entry.sort][place % 4]
        published, period = self._day(entry.sort, kind, place, count, past)
        year = published.year
        self.serials[entry.department, year] += 1
        serial = self.serials[entry.department, year]
        id = f"{year}-{entry.department}-{serial:05}"
        writer = Writer(self.chance, entry.body, entry.things, year, serial)
        until = published + timedelta(35) if kind == "consultation" else None
        title = writer.title()
        head = [
            f"id: {id}", f'index_number: "{entry.credit_code}/{year}-{serial:05}"', f"title: {title}", f"kind: {kind}",
            "entries:", *_answer(entry, place), f"issuers: [{entry.body}]", "subject: 综合政务", f"formed: {self._formed(published, entry, place)}",
            f"published: {published}", *([f"period: {period}"] if period else []), *_of_kind(kind, entry, place, count, published, serial, until, past),
            f"summary: {writer.sentence()}。", f"keywords: [{writer.pick(entry.things)}, {entry.body}]", f"source: {entry.body}",
            f"review: {{by: {entry.body}办公室, on: {published}, conclusion: 可以公开}}",
        ]  # fmt: skip
        links = [f"[目录事项](entry:{entry.id})", "[办事平台](https://www.example.gov.cn/service/)"]
        links += [f"[以前的公开](item:{past[-1].id})"] if past else []
        attached = attachment(self.made, title, self.chance) if self.made % ATTACHED_EVERY == 7 else None
        head += [f"attachments: [{{file: {attached[0]}}}]"] if attached else []
        links += [f"[{attached[0]}]({attached[0]})"] if attached else []
        day = f"{year}年{published.month}月{published.day}日"
        text = "---\n{}\n---\n\n{}\n".format("\n".join(head), writer.text(links, day))
        past.append(Past(id, published, until))
        self.made += 1
        return Made(f"{entry.department}/items/{year}", id, text, attached)

    def _formed(self, published: date, entry: Entry, place: int) -> date:
        """A few days before; one item in some hundreds came too late, as happens."""
        late = self.made % LATE_EVERY == 3 and entry.sort in ("service", "cases")
        return published - timedelta(60 if late else place % 5)

    def _day(self, sort: str, kind: str, place: int, count: int, past: list[Past]) -> tuple[date, str]:
        """Day of publication, and the period for items that have one."""
        if sort == "yearly":
            return date(2019 + place, 1, 18), f"{2018 + place}"
        if sort == "quarterly":
            quarters = 2024 * 4 + 3 + place
            last = date((quarters + 1) // 4, (quarters + 1) % 4 * 3 + 1, 16)
            return last, f"{quarters // 4}Q{quarters % 4 + 1}"
        if kind == "interpretation" and past:
            return past[-1].published, ""
        if kind == "feedback" and past and past[-1].until:
            return past[-1].until + timedelta(10), ""
        year = YEARS[place * len(YEARS) // count]
        month = min(1 + place % 4 * 2 + int(self.chance.random() * 2), 9)
        return date(year, month, 11 + int(self.chance.random() * 15)), ""


def _answer(entry: Entry, place: int) -> list[str]:
    if place % 3 == 0 or entry.sort in ("yearly", "quarterly"):
        return [f"  - {entry.id}"]
    half = entry.elements[: 1 + place % len(entry.elements)]
    return [f"  - entry: {entry.id}", f"    elements: [{', '.join(half)}]"]


def _of_kind(
    kind: str, entry: Entry, place: int, count: int, published: date, serial: int, until: date | None, past: list[Past]
) -> list[str]:
    """What its kind demands. Every fourth normative document replaces the one three places before it."""
    number = f"document_number: 示{entry.mark}发〔{published.year}〕{serial}号"
    match kind:
        case "normative":
            replaced = place % 4 == 0 and place + 3 < count
            return [
                number, f"validity: {'已废止' if replaced else '现行有效'}", f"effective: {published + timedelta(30)}",
                *([f"replaces: [{past[-3].id}]"] if place % 4 == 3 else []),
            ]  # fmt: skip
        case "decision":
            return [number, "validity: 现行有效", *([f"part_of: [{past[-2].id}]"] if place % 8 == 2 else [])]
        case "document":
            return [number]
        case "interpretation":
            return [f"interprets: [{past[-1].id}]"]
        case "consultation":
            return [f"comment: {{from: {published}, until: {until}, how: 信函寄送{entry.body}办公室}}"]
        case "feedback":
            return [f"feedback_on: [{past[-1].id}]"]
        case "guide":
            return [f'service: {{handler: {entry.body}, phone: "0000-{serial:08}", time: 20个工作日, fee: 不收费}}']
    return []
