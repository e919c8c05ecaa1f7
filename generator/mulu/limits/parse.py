"""The official wording of a 公开时限 → typed clauses, and how sure the reading is. Real wordings: tests/limits."""

import re
from collections.abc import Callable
from functools import lru_cache

import msgspec

from mulu.limits.clause import (
    Amount,
    Before,
    Certainty,
    Clause,
    Deadline,
    Ditto,
    Frequency,
    Minimum,
    Notice,
    PeriodDay,
    Permanent,
    Prompt,
    Recurring,
    Relative,
    Statute,
    TimeLimit,
    Trigger,
    Unit,
)  # fmt: skip
from mulu.limits.trigger import read_trigger
from mulu.limits.wording import plain

_DITTO = frozenset({"", "同上", "同前", "同上行", "同上款", "〃", '"', "上同"})
_LONGEST = 500
"""Characters; no cell of the cases has more than 90, and reading takes time with the square of the length."""

_MASKED = re.compile(r"(?:[*?×xX_□○]+|多少|若干)个?(?:工作日|日|天|月)")
_STATUTE = re.compile(
    r"[(,;]*(?:相关|有关)?(?:国家)?(?:法律|行政法规|法规|规章|政策法规|政策|、|和|及|或)+(?:对[^,;()]*?)?(?:另)?有(?:其他)?规定的?,?(?:应当?)?(?:从其规定|按其规定|除外)[);]*"
)
_INLINE = (
    (re.compile(r"\((形成|变更|形成变更|变更形成)\)"), r"或\1"),
    (re.compile(r"\((动态(?:调整|更新))\)"), r",\1"),
)
_NUMBERED = re.compile(r"\A\(?\d+[.、)](?!\d)")
_SECOND_LIMIT = re.compile(r"(日内(?:予以|及时)?(?:公开|公布|公示)?)(?=自(?!然))")
_AMOUNT = r"(?P<n>\d{1,3})个?(?P<unit>工作日|自然日|日历日|日|天|周|星期|月|年)"
_END = r"(?:之内|以内|内)?(?:应当|应|予以|及时|主动|向社会|进行|依法)*(?P<verb>公开|公布|公示|发布|更新|公)?"
_OBJECT = r"(?P<object>(?<=公开|公布|公示|发布|更新)(?:(?!\d+个?(?:工作日|日|天|月))[^,;:]){1,16})?"
"""What is published, after the verb: 3月31日前公开年度报告."""
_LIMITING = re.compile("公开|公示|公布|发布|随时|实时|即时|及时|长期|永久|日内")
"""Words that are a rule of their own and so no part of what another rule is for."""
_DAY = r"(?P<day>\d{1,2})(?:日|号)"
_CYCLES = {"月": 1, "季度": 3, "季": 3, "半年": 6, "年度": 12, "年": 12}
_CYCLE = r"(?P<cycle>季度|季|半年|年度|年|月)"


class _Read(msgspec.Struct):
    """What has been read so far."""

    clauses: list[Clause] = msgspec.field(default_factory=list)
    assumed: list[str] = msgspec.field(default_factory=list)
    unread: list[str] = msgspec.field(default_factory=list)


@lru_cache(maxsize=4096)
def parse_limit(wording: str) -> TimeLimit:
    """Read a wording; never raises. What has no rule in it comes back with certainty UNREAD."""
    text = plain(wording)
    if text.strip(";,") in _DITTO:
        certainty = Certainty.SURE if text else Certainty.LIKELY
        return TimeLimit(wording, (Ditto(),), certainty, () if text else ("empty",))
    if len(text) > _LONGEST or _MASKED.search(text):
        return TimeLimit(wording, (), Certainty.UNREAD, (), (text,))
    read = _Read()
    statute = _STATUTE.search(text)
    body, unseparated = _SECOND_LIMIT.subn(r"\1;", _STATUTE.sub(";", text))
    read.assumed += ["unseparated"] if unseparated else []
    for segment in _segments(body):
        _read_segment(segment, read)
    if statute:
        read.clauses.append(Statute())
    if not read.clauses:
        return TimeLimit(wording, (), Certainty.UNREAD, (), tuple(read.unread) or (text,))
    certainty = Certainty.LIKELY if read.assumed or read.unread else Certainty.SURE
    return TimeLimit(wording, tuple(read.clauses), certainty, tuple(dict.fromkeys(read.assumed)), tuple(read.unread))


def _segments(text: str) -> list[str]:
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    bare = [_NUMBERED.sub("", each).strip(",、:") for each in re.split(r"[;()]", text)]
    return [each for each in bare if each]


def _read_segment(segment: str, read: _Read) -> None:
    """The whole segment, or else its parts between commas: the longest readable first part, then the rest."""
    parts = segment.split(",")
    for count in range(len(parts), 0, -1):
        if _read_piece(",".join(parts[:count]), read):
            rest = ",".join(parts[count:])
            if rest:
                _read_segment(rest, read)
            return
    read.unread.append(parts[0])
    if len(parts) > 1:
        _read_segment(",".join(parts[1:]), read)


def _read_piece(piece: str, read: _Read) -> bool:
    head, colon, tail = piece.rpartition(":")
    if _extend(tail, read):
        return True
    for pattern, made in _FORMS:
        match = pattern.match(tail)
        clause = made(match, read) if match else None
        if clause is not None:
            scope = head or getattr(clause, "scope", "")
            scoped = hasattr(clause, "scope") and colon
            read.clauses.append(msgspec.structs.replace(clause, scope=scope) if scoped else clause)
            return True
    return False


_EXTENSION = re.compile(
    rf"(?:(?:情况复杂|情况特殊|有特殊情况|特殊情况|因特殊情况)的?,?)?(?:(?:确需|需要|需)延长(?:期限|时间)?的?,?)?(?:经[^,;]*?批准,?)?"
    rf"(?:(?:可以?|可适当|最长可)延长(?:至)?|延长的?(?:期限|时间)?(?:最长)?(?:不|不得)超过){_AMOUNT}\Z"
)


def _extend(piece: str, read: _Read) -> bool:
    match = _EXTENSION.match(piece)
    before = read.clauses[-1] if read.clauses else None
    if not match or not isinstance(before, Deadline):
        return False
    read.clauses[-1] = msgspec.structs.replace(before, extension=_amount(match))
    return True


def _amount(match: re.Match[str]) -> Amount:
    count, unit = int(match["n"]), match["unit"]
    match unit:
        case "工作日":
            return Amount(count, Unit.WORKDAY)
        case "周" | "星期":
            return Amount(count * 7, Unit.DAY)
        case "月":
            return Amount(count, Unit.MONTH)
        case "年":
            return Amount(count * 12, Unit.MONTH)
    return Amount(count, Unit.DAY)


def _deadline(match: re.Match[str], read: _Read) -> Clause:
    left = read_trigger(match["left"])
    read.assumed += [*left.assumed, *(["cut_off"] if match["verb"] == "公" else [])]
    read.unread += left.unread
    _set_aside(match["object"], read)
    return Deadline(left.trigger, _amount(match), scope=left.scope)


def _set_aside(words: str | None, read: _Read) -> None:
    if words:
        read.assumed.append("more_words")
        read.unread.append(words)


_THEN = ("后", "起", "时")
"""How words end that a limit counts from; other words before 及时公开 are what it is for."""


def _prompt(match: re.Match[str], read: _Read) -> Clause:
    left = read_trigger(match["left"]) if match["left"] else None
    if match["how"].startswith("按进展"):
        read.assumed.append("progress")
    if left and "unknown_trigger" in left.assumed and not match["left"].endswith(_THEN):
        return Prompt(match["how"], Trigger(), match["left"])
    if left:
        read.assumed += left.assumed
        read.unread += left.unread
    return Prompt(match["how"], left.trigger if left else Trigger(), left.scope if left else "")


def _frequency(match: re.Match[str], read: _Read) -> Clause | None:
    if _LIMITING.search(match["scope"]):
        return None
    months = int(match["months"]) if match["months"] else _CYCLES[match["cycle"]]
    return Frequency(int(match["times"] or 1), months, match["scope"].removesuffix("应")) if months else None


def _recurring(match: re.Match[str], read: _Read) -> Clause | None:
    months = _CYCLES[match["cycle"]]
    month = int(match["calendar"] or match["nth"] or (1 if match["day"] else months))
    day = int(match["day"] or 31)
    if not (1 <= month <= months and 1 <= day <= 31):
        return None
    _set_aside(match["object"], read)
    return Recurring(months, month, day)


def _period_day(match: re.Match[str], read: _Read) -> Clause | None:
    month, day = int(match["month"]), int(match["day"] or 31)
    years = 0 if match["year"][0] in "当本" else 1
    return PeriodDay(years, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


_BY = r"(?:之前|以前|前)?"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], _Read], Clause | None]], ...] = (
    (
        re.compile(rf"(?P<what>[^,]+?)(?:的?期限|的?时间)?(?:一般)?(?:不得|不)(?:少|低|短)于{_AMOUNT}\Z"),
        lambda match, read: Minimum(match["what"], _amount(match)),
    ),
    (
        re.compile(rf"(?:并)?公示(?:期限|期|时间)?(?:为|满)?{_AMOUNT}\Z"),
        lambda match, read: Notice(_amount(match)),
    ),
    (
        re.compile(rf"(?:与|和|随)(?P<to>[^,]+?)(?:同步|同时|一并){_END}(?:,?(?:时间跨度|时间间隔|间隔|最迟|最长)?不超过{_AMOUNT})?\Z"),
        lambda match, read: Relative(match["to"], _amount(match) if match["n"] else Amount(0, Unit.WORKDAY)),
    ),
    (
        re.compile(rf"(?:至少|应)?提前{_AMOUNT}(?P<event>[^,]*)\Z"),
        lambda match, read: Before(_amount(match), match["event"]),
    ),
    (
        re.compile(rf"(?P<event>[^,]+?)前{_AMOUNT}{_END}\Z"),
        lambda match, read: Before(_amount(match), match["event"]),
    ),
    (
        re.compile(
            rf"每个?{_CYCLE}的?(?:(?:首个?月|第(?P<nth>\d{{1,2}})个?月|(?P<calendar>\d{{1,2}})月)的?)?(?:{_DAY}|底){_BY}{_END}{_OBJECT}\Z"
        ),
        _recurring,
    ),
    (
        re.compile(rf"(?P<year>当年|本年度?|次年|第2年|下一?年度?)(?P<month>\d{{1,2}})月(?:{_DAY}|底){_BY}{_END}\Z"),
        _period_day,
    ),
    (
        re.compile(r"(?:并|保持|予以)?(?:长期|永久|常年)(?:公开|公示|公布)?(?P<dynamic>,?并?动态(?:调整|更新))?\Z"),
        lambda match, read: Permanent(bool(match["dynamic"])),
    ),
    (
        re.compile(
            rf"(?P<scope>.*?)(?:(?:每|按|(?<![常当全本上往历今去明次下首末]))(?:(?P<months>\d{{1,2}})个月|{_CYCLE}))(?:至少|不少于|应)?(?:更新|公开|公布|发布)?(?:(?P<times>\d{{1,3}})次|(?<=更新|公开|公布|发布))\Z"
        ),
        _frequency,
    ),
    (
        re.compile(rf"(?P<left>(?:(?!\d+个?工作日)[^,])*?)(?:不超过|不晚于|最迟)?(?<![-.~—–\d])(?<!\d[至到]){_AMOUNT}{_END}{_OBJECT}\Z"),
        _deadline,
    ),
    (
        re.compile(r"(?P<left>[^,]*?)(?:依法依规|依法|依规|主动|应当|应|须)*(?P<how>实时|即时|立即|随时|按进展情况及时|按进展及时|按进展情况|及时|适时|当天|当日)(?:予以|主动|向社会|依法)*(?:公开|公布|公示|发布|更新)?\Z"),
        _prompt,
    ),
)  # fmt: skip
