"""What becomes of every row of the list: made, already there, unsure or left out, each with its reason. Nothing is written here."""

import enum
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec

from mulu.diagnostics import Text
from mulu.legacy.folder import Attachments, folded
from mulu.legacy.listing import Line, Listing, day
from mulu.legacy.match import Candidates, Proposal, decided, period_in
from mulu.model.district import Department
from mulu.model.document_number import parse_document_number
from mulu.model.item import Item
from mulu.model.period import Period
from mulu.model.repository import Repository

NONE, SKIP = "无", "略"
"""What a decision may say beside ids: publish it under no entry, or leave the row out."""


class Outcome(enum.StrEnum):
    """What becomes of a row."""

    MADE = "made"
    THERE = "there"
    UNSURE = "unsure"
    LEFT_OUT = "left_out"


class Planned(msgspec.Struct, frozen=True):
    """One row with its outcome and reason; what is needed to make the item is known only where it is made."""

    line: Line
    outcome: Outcome
    reason: Text
    proposals: tuple[Proposal, ...] = ()
    answers: tuple[Proposal, ...] = ()
    department: str = ""
    files: tuple[str, ...] = ()
    published: date | None = None
    formed: date | None = None
    period: Period | None = None
    id: str = ""


class Plan(msgspec.Struct, frozen=True):
    """Every row in the order of the list, and files of the folder that no row names."""

    rows: tuple[Planned, ...]
    unused: tuple[str, ...]

    def count(self, outcome: Outcome) -> int:
        """How many rows came to this."""
        return sum(row.outcome is outcome for row in self.rows)


def plan(
    repository: Repository, listing: Listing, folder: Path, *, department: Department | None = None,
    decisions: Mapping[str, str] | None = None,
) -> Plan:  # fmt: skip
    """The outcome of every row; `department` is the body of rows that name none, `decisions` say what a person has settled."""
    planner = _Planner(repository, Attachments(folder), department, decisions or {})
    rows = tuple(planner.row(line) for line in listing.lines)
    used = {each for row in rows for each in row.files}
    return Plan(rows, tuple(str(path) for path in planner.attachments.paths if str(path) not in used))


class _Planner:
    """What is needed for each row, built once."""

    def __init__(
        self, repository: Repository, attachments: Attachments, department: Department | None, decisions: Mapping[str, str]
    ) -> None:
        self.attachments, self.department, self.decisions = attachments, department, decisions
        self.bodies = {
            folded(name): each
            for each in repository.departments.values()
            for name in (each.code, each.name, *([each.short_name] if each.short_name else []), *each.aliases)
        }
        self.fields = {folded(name): each.code for each in repository.fields for name in (each.code, each.name, *each.aliases)}
        entries: dict[str, list[str]] = defaultdict(list)
        for entry in repository.entries.values():
            entries[entry.department].append(entry.id)
        self.candidates = {code: Candidates(repository.entries[id] for id in ids) for code, ids in entries.items()}
        self.entries = repository.entries
        self.there = _known(repository.items.values())
        self.seen: dict[str, str] = {}

    def row(self, line: Line) -> Planned:
        body = self.bodies.get(folded(line.department)) if line.department else self.department
        published, formed = day(line.published), day(line.formed)
        files, lacking = self._files(line)
        planned = Planned(
            line,
            Outcome.LEFT_OUT,
            Text("", ""),
            department=body.code if body else "",
            files=files,
            published=published,
            formed=formed,
        )
        wrong = _wrong(line, body, published, formed) or lacking
        if body is None or published is None or wrong:
            return msgspec.structs.replace(planned, reason=wrong or lacking)
        if known := self.there.get((body.code, folded(line.title), _number(line.number))) or self.there.get(
            (body.code, folded(line.title), published.isoformat())
        ):
            said = Text(f"已经有这条信息：{known}", f"already there: {known}")
            return msgspec.structs.replace(planned, outcome=Outcome.THERE, reason=said, id=known)
        first = self.seen.setdefault(folded(line.key), line.place)
        if first != line.place:
            return msgspec.structs.replace(planned, reason=Text(f"与 {first} 重复", f"the same as {first}"))
        return self._answered(planned, body.code)

    def _answered(self, planned: Planned, department: str) -> Planned:
        line = planned.line
        candidates = self.candidates.get(department) or Candidates(())
        proposals = candidates.proposals(line.title, named=line.entry, field=self.fields.get(folded(line.field), ""))
        decision = self.decisions.get(line.key, "").strip()
        planned = msgspec.structs.replace(planned, proposals=proposals)
        if decision == SKIP:
            return msgspec.structs.replace(planned, reason=Text("决定：略", "decided: leave out"))
        if decision == NONE:
            said = Text("决定：不对应目录事项", "decided: answers no entry")
            return msgspec.structs.replace(planned, outcome=Outcome.MADE, reason=said)
        if decision:
            return self._by_decision(planned, decision, department)
        answers = decided(proposals)
        if not answers:
            said = _unsure(proposals, line.entry)
            return msgspec.structs.replace(planned, outcome=Outcome.UNSURE, reason=said)
        return self._with_period(planned, answers, answers[0].why)

    def _by_decision(self, planned: Planned, decision: str, department: str) -> Planned:
        ids = [each for each in re.split(r"[、，,；;\s]+", decision) if each]
        wrong = [each for each in ids if each not in self.entries or self.entries[each].department != department]
        if wrong:
            said = Text(
                f"决定里的编号 {wrong[0]} 不是本单位的目录事项",
                f"the decision names {wrong[0]}, which is no entry of this body",
            )
            return msgspec.structs.replace(planned, outcome=Outcome.UNSURE, reason=said)
        proposed = {each.entry: each for each in planned.proposals}
        answers = tuple(
            Proposal(each, 1.0, Text("人工决定", "decided by a person"), proposed[each].elements if each in proposed else ())
            for each in ids
        )
        return self._with_period(planned, answers, Text("人工决定", "decided by a person"))

    def _with_period(self, planned: Planned, answers: Sequence[Proposal], why: Text) -> Planned:
        cycle = next((cycle for each in answers if (cycle := self.entries[each.entry].cycle)), None)
        period = period_in(planned.line.title, cycle) if cycle else None
        if cycle and period is None:
            said = Text(
                f"“{self.entries[answers[0].entry].title}”{cycle}公开一次，标题里看不出是哪一期；标题写明期间，或者决定：无、略",
                f"entry {answers[0].entry} is published periodically ({cycle}), and the title names no period",
            )
            return msgspec.structs.replace(planned, outcome=Outcome.UNSURE, reason=said)
        return msgspec.structs.replace(planned, outcome=Outcome.MADE, reason=why, answers=tuple(answers), period=period)

    def _files(self, line: Line) -> tuple[tuple[str, ...], Text | None]:
        """The files of a row, by the list or by the title; or what is lacking."""
        names = [each.strip() for each in re.split(r"[;；\n|]", line.file) if each.strip()] or [line.title]
        found: list[str] = []
        for name in names:
            paths = self.attachments.find(name)
            if not paths:
                said = "名单没有写文件名，也没有与标题同名的文件" if not line.file else f"找不到文件“{name}”"
                return tuple(found), Text(said, f"there is no file “{name}”")
            if len(paths) > 1:
                both = "、".join(path.as_posix() for path in paths[:3])
                return tuple(found), Text(f"叫“{name}”的文件不止一个：{both}", f"several files are called “{name}”: {both}")
            found.append(str(paths[0]))
        return tuple(dict.fromkeys(found)), None


def _wrong(line: Line, body: Department | None, published: date | None, formed: date | None) -> Text | None:
    """Why a row cannot become an item, whatever its file says."""
    if not line.title:
        return Text("没有标题", "no title")
    if body is None:
        return (
            Text(f"没有这个单位：“{line.department}”", f"no such department: “{line.department}”") if line.department
            else Text("没有写单位；整份名单属于一个单位的，用 --department", "no department; give --department for the whole list")
        )  # fmt: skip
    if published is None:
        return (
            Text(f"发布日期读不出：“{line.published}”", f"no date of publication: “{line.published}”") if line.published
            else Text("没有发布日期；首次公开的日期不能用别的日期代替", "no date of publication; no other date can stand for it")
        )  # fmt: skip
    if line.formed and formed is None:
        return Text(f"成文日期读不出：“{line.formed}”", f"the date “{line.formed}” cannot be read")
    return None


def _unsure(proposals: Sequence[Proposal], named: str) -> Text:
    if named:
        return Text(
            f"名单里的事项编号“{named}”不是本单位的目录事项", f"the list names “{named}”, which is no entry of this body"
        )
    if not proposals:
        return Text("没有相近的目录事项", "no entry comes near")
    best = proposals[0]
    return Text(f"最相近的是 {best.entry}，没有把握：{best.why.zh}", f"nearest is {best.entry}, unsure: {best.why.en}")


def _known(items: Iterable[Item]) -> dict[tuple[str, str, str], str]:
    """Department, title and number or day of publication → id."""
    found: dict[tuple[str, str, str], str] = {}
    for item in items:
        title = folded(item.title)
        if item.number:
            found.setdefault((item.department, title, _number(item.number)), item.id)
        found.setdefault((item.department, title, item.published.isoformat()), item.id)
    return found


def _number(text: str) -> str:
    parsed = parse_document_number(text) if text else None
    return parsed.canonical if parsed else folded(text) or "—"
