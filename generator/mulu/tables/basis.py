"""公开依据: a cell's laws and documents, with number and article, however they are run together."""

import re
from functools import lru_cache

import msgspec

from mulu.model.catalog import Basis
from mulu.tables.cells import split_outside, unbroken

_NUMERAL = r"[一二三四五六七八九十百零〇\d]"
_ARTICLE = re.compile(rf"\s*(第{_NUMERAL}+条(?:之{_NUMERAL}+)?(?:(?:第{_NUMERAL}+款)|(?:第?[(（]?{_NUMERAL}+[)）]?项?))*)")
_BEHIND = re.compile(r"\s*[(（]([^()（）]*(?:[(（][^()（）]*[)）][^()（）]*)*)[)）]")
_MANGLED = re.compile(
    r"\s*[(（]\s*([\u4e00-\u9fff]{1,10})\s*[〔﹝\[(（]\s*((?:19|20)\d\d)\s*[)）〕\]﹞]?\s*(\d[\d\s]{0,8}?)\s*号\s*[)）]"
)
"""A number whose brackets and digits came apart: (建房〔2012 ) 8 4 号 )."""
_OFFICIAL = re.compile(
    r"[^\s,，、;；(（)）]*(?:第\s*\d+\s*号令|令[^\s,，;；]*号|[〔﹝\[(（]\s*(?:19|20)\d\d\s*[〕﹞\])）]?\s*\d[\d\s]*号)|GB/?T?[\s\d.\-—]+"
)
_TAG = re.compile(r"【[^】]*】|(?:^|(?<=[\s;；。、)）》]))(?:\d{1,2}[.．、](?!\d)|[①-⑳]|●|[(（]\d{1,2}[)）])\s*", re.MULTILINE)
_BETWEEN = re.compile(r"[\s、,，;；。.和及与以等]*\Z")
_ISSUED = re.compile(r"[^\s、，,;；。》]*(?:关于|印发|转发|发布)[^\s、，,;；。》]*\Z")
_OF = re.compile(
    r"\s*(?:的|等)[^、，,;；。《]{0,20}?(?:通知|意见|决定|公告|批复|函|办法|规定|文件)|\s*及?其?实施(?:细则|条例|办法)"
)


class Cited(msgspec.Struct, frozen=True):
    """What a cell cites; words that belong to no document; titles whose closing mark was lost."""

    basis: tuple[Basis, ...]
    left: tuple[str, ...] = ()
    unclosed: tuple[str, ...] = ()


@lru_cache(maxsize=16384)
def read_basis(text: str) -> Cited:
    """Titles in 《》 with what follows them, and what stands without 《》 by its separators."""
    body = _TAG.sub("\n", text)
    found: list[Basis] = []
    left: list[str] = list(re.findall(r"【[^】]*】", text))
    unclosed: list[str] = []
    at = 0
    while (start := body.find("《", at)) >= 0:
        before = body[at:start]
        end, closed = _closing(body, start)
        issued = _ISSUED.search(before)
        title = body[start + 1 : end - 1] if closed else body[start + 1 : end]
        if issued and (of := _OF.match(body, end)):
            title, before, end = issued.group() + body[start:end] + of.group(), before[: issued.start()], of.end()
        elif (of := _OF.match(body, end)) and "实施" in of.group():
            before, found, title, end = _with_rules(before, found, title, of)
        _plain(before, found, left)
        if not closed:
            unclosed.append(unbroken(title))
        number, article, end, said = _behind(body, end)
        left += said
        found.append(Basis(unbroken(title), number, article))
        at = end
    _plain(body[at:], found, left)
    unique = {(each.title, each.number, each.article): each for each in found if each.title}
    return Cited(tuple(unique.values()), tuple(dict.fromkeys(left)), tuple(unclosed))


def _with_rules(before: str, found: list[Basis], title: str, of: re.Match[str]) -> tuple[str, list[Basis], str, int]:
    """《甲》及其实施细则: two documents, the second without a title of its own."""
    left: list[str] = []
    _plain(before, found, left)
    return (
        "",
        [*found, Basis(unbroken(title))],
        f"〈{unbroken(title)}〉{unbroken(of.group()).removeprefix('及').removeprefix('其')}",
        of.end(),
    )


def _closing(body: str, start: int) -> tuple[int, bool]:
    """The place behind the 》 that closes the 《 at `start`; at the end of the line or the next 《 when it was lost."""
    depth = 0
    for index in range(start, len(body)):
        depth += (body[index] == "《") - (body[index] == "》")
        if depth == 0:
            return index + 1, True
    next_one = body.find("《", start + 1)
    close = body.find("》", start)
    if next_one >= 0 and 0 <= close < next_one:
        return close + 1, True
    return (next_one if next_one >= 0 else len(body)), False


def _behind(body: str, end: int) -> tuple[str | None, str | None, int, list[str]]:
    """Number and article behind a title, in either order, the place behind them, and words in the brackets that are neither."""
    number = article = None
    said: list[str] = []
    while True:
        if article is None and (match := _ARTICLE.match(body, end)):
            article, end = unbroken(match[1]), match.end()
        elif number is None and (match := _MANGLED.match(body, end)) and not _BEHIND.fullmatch(match.group()):
            number, end = f"{match[1]}〔{match[2]}〕{''.join(match[3].split())}号", match.end()
            said.append(unbroken(match.group()))
        elif number is None and (match := _BEHIND.match(body, end)):
            official = _OFFICIAL.search(match[1]) or _OFFICIAL.search(unbroken(match[1]).replace(" ", ""))
            if official is None:
                said.append(f"({unbroken(match[1])})")
            else:
                number = "".join(official.group().split())
                rest = unbroken(match[1].replace(official.group(), "")).strip(" ,，、;；")
                said += [rest] if rest else []
            end = match.end()
        else:
            return number, article, end, said


def _plain(text: str, found: list[Basis], left: list[str]) -> None:
    """Documents without 《》; single words between titles (等, 和) are left."""
    for line in text.splitlines():
        for piece in split_outside(line, "、；;。，,"):
            name = unbroken(piece)
            if _BETWEEN.match(name) or not re.search(r"[\u4e00-\u9fff]{2}", name):
                left += [name] if name.strip("等和及与以、,，;；。.()（） ") or name == "等" else []
                continue
            article = _ARTICLE.search(name)
            behind = _BEHIND.search(name)
            official = _OFFICIAL.search(behind[1]) if behind else None
            title = name[: behind.start()] + name[behind.end() :] if behind and official else name
            title = title.replace(article.group(), "") if article else title
            if title.strip():
                found.append(
                    Basis(
                        title.strip(), "".join(official.group().split()) if official else None, article[1] if article else None
                    )
                )
            else:
                left.append(name)
