"""What an official document says of itself: title, 发文字号, issuer, 成文日期, 施行日期 (layout: GB/T 9704-2012). For confirmation."""

import re
from datetime import date

import msgspec

from mulu.documents.markdown import plain
from mulu.files.yaml import Value
from mulu.model.document_number import parse_document_number

_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,15}\s?[〔\[(（【﹝［]\s?(?:19|20)\d\d\s?[〕\])）】﹞］]\s?第?\s?\d{1,5}\s?号")
_LETTERHEAD = re.compile(r"(?P<issuer>[\u4e00-\u9fff（）]{4,40}?)(?:文件|令)\Z")
_SECRET = re.compile(r"(?:绝密|机密|秘密)\s*(?:[★☆]|\Z)")
_NAMED = re.compile(
    r"(?:通知|通告|公告|公示|意见|办法|方案|决定|决议|报告|通报|函|纪要|批复|请示|规定|细则|预案|计划|规划|说明|解读|名单|目录|指南|"
    r"条例|总结|要点|制度|标准|清单|公报|命令|令|预算|决算|表|书|问答|情况)(?:（[^（）]{1,20}）|\([^()]{1,20}\))?\Z"
)
_ADDRESSEE = re.compile(r"[：:]\Z")
_DAY = re.compile(r"(?P<year>(?:19|20)\d\d)\s*[年./-]\s*(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})\s*日?\Z")
_WRITTEN_DAY = re.compile(
    r"(?P<year>[一二][〇○零Oo0一二三四五六七八九]{3})年(?P<month>[一二三四五六七八九十]{1,2})月(?P<day>[一二三四五六七八九十]{1,3})日\Z"
)
_EFFECTIVE = re.compile(r"自\s*(?P<day>(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*起(?:施行|执行|实施|生效)")
_BODY = re.compile(
    r"(?:人民政府|政府|委员会|办公室|局|厅|部|院|署|处|中心|大队|所|站|办|镇|乡|街道办事处|指挥部|领导小组|公司|队)\Z"
)
_COLOPHON = re.compile(
    r"(?:抄送|抄报|主题词|公开方式|公开属性)\s*[：:]|.{2,40}(?:办公室|局|委员会|政府)\s+(?:19|20)\d\d年\d{1,2}月\d{1,2}日印发\Z"
)
_SIGNER = re.compile(r"签发人\s*[：:]|(?:特急|加急|平急|特提)\Z|\d{6}\Z")
_HEAD_BLOCKS, _TITLE_LINES, _TITLE_LENGTH, _TAIL_BLOCKS = 12, 4, 120, 400
_DIGITS = {
    **{each: str(place) for place, each in enumerate("〇一二三四五六七八九")},
    "○": "0",
    "零": "0",
    "O": "0",
    "o": "0",
    "0": "0",
}


class Facts(msgspec.Struct, frozen=True):
    """What was read from the text; None where it does not say."""

    title: str | None = None
    document_number: str | None = None
    issuers: tuple[str, ...] = ()
    formed: date | None = None
    effective: date | None = None
    secret: str | None = None


def facts(blocks: list[str]) -> tuple[Facts, list[str], list[str]]:
    """What the document says of itself, the blocks of its text, and the lines that the page shows elsewhere (head, title, colophon)."""
    lines = [plain(block) for block in blocks]
    head, title, number, letterhead = _head(lines)
    body, taken = blocks[head:], [line for line in lines[:head] if line]
    while body and _COLOPHON.match(plain(body[-1])):
        taken.append(plain(body.pop()))
    formed, issuers = _signature([plain(block) for block in body])
    secret = next((line for line in lines[:_HEAD_BLOCKS] if len(line) < 20 and _SECRET.match(line)), None)
    starts = {match["day"] for line in lines for match in _EFFECTIVE.finditer(line)}
    found = Facts(
        title=title, document_number=number, issuers=issuers or ((letterhead,) if letterhead else ()), formed=formed,
        effective=day_of(starts.pop()) if len(starts) == 1 else None, secret=secret,
    )  # fmt: skip
    return found, body, taken


def day_of(text: Value) -> date | None:
    """A day as offices write it: 2024年6月2日, 2024.6.2, 二〇二四年六月二日; None where it is none or does not exist."""
    line = str(text).strip()
    match = _DAY.match(line) or _WRITTEN_DAY.match(line)
    if not match:
        return None
    year = "".join(_DIGITS.get(each, each) for each in match["year"])
    try:
        return date(int(year), _number(match["month"]), _number(match["day"]))
    except ValueError:
        return None


def _head(lines: list[str]) -> tuple[int, str | None, str | None, str | None]:
    """How many blocks the head has, the title in it, the number, and the body whose letterhead it is."""
    number = letterhead = None
    place = 0
    while place < min(len(lines), _HEAD_BLOCKS):
        line = lines[place]
        match = _NUMBER.search(line)
        if match and len(line) < len(match.group()) + 12 and number is None:
            number = match.group()
        elif found := _LETTERHEAD.match(re.sub(r"\s", "", line)):
            letterhead = found["issuer"]
        elif line and not _SIGNER.match(line) and not _SECRET.match(line):
            break
        place += 1
    count, title = _title(lines[place : place + _TITLE_LINES])
    after = lines[place + count] if place + count < len(lines) else ""
    match = _NUMBER.search(after)
    if title and number is None and match and len(after) < len(match.group()) + 6:
        number, count = match.group(), count + 1  # below the title, as on web pages and in 公报
    parsed = parse_document_number(number) if number else None
    return (place + count if title else place), title, parsed.canonical if parsed else number, letterhead


def _title(lines: list[str]) -> tuple[int, str | None]:
    """How many lines the title has: until the first that ends as titles end. A first line that is short and closed by nothing will do."""
    joined = ""
    for count, line in enumerate(lines, 1):
        if not line or _ADDRESSEE.search(line) or line.endswith(("。", "；")) or line.startswith(("|", "<", "!")):
            break
        joined += re.sub(r"\s+", "", line) if re.search(r"[\u4e00-\u9fff]\s", line) else line
        if len(joined) > _TITLE_LENGTH:
            break
        if _NAMED.search(joined):
            return count, joined
    first = lines[0] if lines else ""
    if first and len(first) <= 60 and not re.search(r"[。；：:,，]", first) and not first.startswith(("|", "<", "!")):
        return 1, re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", first)
    return 0, None


def _signature(lines: list[str]) -> tuple[date | None, tuple[str, ...]]:
    """The last line that is a day alone, and the bodies that stand above it."""
    rows = [row.strip(" 　（）()") for line in lines[-_TAIL_BLOCKS:] for row in line.split("\n") if row.strip()]
    last = max((place for place, row in enumerate(rows) if day_of(row)), default=None)
    if last is None:
        return None, ()
    signed: list[str] = []
    for row in reversed(rows[:last]):
        bodies = [each for each in re.split(r"\s{2,}|\u3000+| ", row) if each]
        if not all(_BODY.search(each) and len(each) <= 40 for each in bodies):
            break
        signed = [*bodies, *signed]
    return day_of(rows[last]), tuple(dict.fromkeys(signed))


def _number(text: str) -> int:
    """An ordinal of a month or day, in figures or as 十、二十一."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return int(_DIGITS.get(tens, "1" if ten else "0")) * 10 + int(_DIGITS.get(ones, "0"))
