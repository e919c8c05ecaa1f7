"""Which entry of the catalogs a title answers, and why: rules first, then how alike title and wording are. For confirmation."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from mulu.diagnostics import Text
from mulu.model.catalog import Entry
from mulu.model.period import MONTHS_OF_CYCLE, Period

SURE = 0.7
"""Certainty from which an item is made without asking, if no other entry comes near."""

_MARGIN = 0.15
_WORTH_SAYING = 0.08
_BY_ID, _BY_ITEM, _BY_ELEMENT = 1.0, 0.9, 0.8
_NAME_LENGTH = 4
"""A shorter name (公告, 结果) stands in any title."""

_FILLER = re.compile(r"[\s《》〈〉“”\"'（）()\[\]〔〕、，,。：:；;\-—]|关于|印发|的通知|公布|有关")
_YEAR = r"(?P<year>(?:19|20)\d\d)\s*年?"
_PERIODS = {
    12: (re.compile(r"(?P<year>(?:19|20)\d\d)(?!\d)(?:\s*年度|(?!\s*年?\s*(?:第?[一二三四1-4]季|上半|下半|\d{1,2}\s*月)))"), {}),
    6: (re.compile(_YEAR + r"\s*(?P<part>上半年|下半年)"), {"上半年": 1, "下半年": 7}),
    3: (re.compile(_YEAR + r"\s*第?(?P<part>[一二三四1-4])季度"), dict(zip("一二三四1234", (1, 4, 7, 10) * 2, strict=True))),
    1: (re.compile(_YEAR + r"\s*(?P<part>\d{1,2})\s*月"), {str(month): month for month in range(1, 13)}),
}  # fmt: skip


class Proposal(msgspec.Struct, frozen=True):
    """An entry that a title may answer: how sure (0 to 1), why, and the elements meant where not all."""

    entry: str
    certainty: float
    why: Text
    elements: tuple[str, ...] = ()


class Candidates:
    """The entries of one body, indexed by pairs of characters."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = {entry.id: entry for entry in entries if entry.retired is None}
        counted = {id: _pairs(_wording(entry)) for id, entry in self.entries.items()}
        spread = Counter(pair for pairs in counted.values() for pair in pairs)
        self.weights = {pair: math.log(1 + len(counted) / count) for pair, count in spread.items()}
        self.index: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for id, pairs in counted.items():
            length = math.sqrt(sum((count * self.weights[pair]) ** 2 for pair, count in pairs.items())) or 1.0
            for pair, count in pairs.items():
                self.index[pair].append((id, count * self.weights[pair] / length))

    def proposals(self, title: str, *, named: str = "", field: str = "") -> tuple[Proposal, ...]:
        """The best three; `named` is what the list itself says, `field` keeps to one field."""
        if named:
            return tuple(
                Proposal(each, _BY_ID, Text("名单写明", "the list says so")) for each in _ids(named) if each in self.entries
            )
        within = {id: entry for id, entry in self.entries.items() if not field or entry.field == field}
        found = {each.entry: each for each in self._alike(title, within)}
        for proposal in (*_by_element(title, within.values()), *_by_item(title, within.values())):
            known = found.get(proposal.entry)
            if known is None or proposal.certainty >= known.certainty:
                found[proposal.entry] = proposal
        best = sorted(found.values(), key=lambda each: (-each.certainty, each.entry))
        return tuple(best[:3])

    def _alike(self, title: str, within: Mapping[str, Entry]) -> Iterable[Proposal]:
        pairs = _pairs(_FILLER.sub("", title))
        length = math.sqrt(sum((count * self.weights.get(pair, 1.0)) ** 2 for pair, count in pairs.items())) or 1.0
        scores: dict[str, float] = defaultdict(float)
        for pair, count in pairs.items():
            for id, weight in self.index.get(pair, ()):
                scores[id] += weight * count * self.weights[pair] / length
        for id, score in scores.items():
            if score >= _WORTH_SAYING and id in within:
                percent = round(score * 100)
                yield Proposal(
                    id, round(score, 4), Text(f"标题与事项用语相似 {percent}%", f"title and wording {percent}% alike")
                )


def decided(proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """The proposals that hold without asking: all that the list names, or one that is sure and stands alone."""
    named = tuple(each for each in proposals if each.certainty == _BY_ID)
    if named:
        return named
    best, *others = proposals or (None,)
    if best is None or best.certainty < SURE or any(best.certainty - other.certainty < _MARGIN for other in others):
        return ()
    return (best,)


def period_in(title: str, cycle: str) -> Period | None:
    """The period that a title names, of the length that the entry's cycle asks for."""
    months = MONTHS_OF_CYCLE[cycle]
    pattern, parts = _PERIODS[months]
    match = pattern.search(title)
    if not match:
        return None
    first = parts.get(match["part"]) if parts else 1
    return Period(int(match["year"]), first, months) if first else None


def _by_item(title: str, entries: Iterable[Entry]) -> list[Proposal]:
    """Entries whose most specific name stands in the title; those with the longest name only."""
    named = [entry for entry in entries if len(entry.title) >= _NAME_LENGTH and entry.title in title]
    longest = max((len(entry.title) for entry in named), default=0)
    return [
        Proposal(entry.id, _BY_ITEM, Text(f"标题里有事项名称“{entry.title}”", f"the title holds the entry's name “{entry.title}”"))
        for entry in named if len(entry.title) == longest
    ]  # fmt: skip


def _by_element(title: str, entries: Iterable[Entry]) -> list[Proposal]:
    """Entries of which an element stands in the title; the item answers that element."""
    found = []
    for entry in entries:
        names = tuple(each.name for each in entry.elements if len(each.name) >= _NAME_LENGTH and each.name in title)
        if names:
            said = "、".join(names)
            found.append(
                Proposal(entry.id, _BY_ELEMENT, Text(f"标题里有要素“{said}”", f"the title holds the element “{said}”"), names)
            )
    return found


def _wording(entry: Entry) -> str:
    return _FILLER.sub("", "".join((entry.topic, entry.item, entry.subitem or "", *(each.name for each in entry.elements))))


def _pairs(text: str) -> Counter[str]:
    return Counter(text[place : place + 2] for place in range(len(text) - 1))


def _ids(named: str) -> list[str]:
    return [each for each in re.split(r"[、，,；;\s]+", named) if each]
