"""What a reader typed → words to be found, all of them; the browser has the same rules (assets/mulu/search/query.js)."""

import re
import unicodedata

import msgspec

from mulu.search.fold import fold_character

LENGTH = 200
"""Characters of a query that are used."""

PICKED = 6
"""Pairs of a word that are looked up; a longer word is found by some of them, spread over it, and verified in the text."""

PICKED_OF_NUMBER = 4
"""The same of a 文号 or 索引号, which is looked up whole as well; its pairs of digits stand in long lists."""

SERIAL = 8
"""Characters after the last slash (2021-00023) beyond which an 索引号 that is known as such is looked up by the end of these alone: what
stands before is the same in all documents of a department, and has the longest lists of all."""

_NUMBER = re.compile(r"\s*\(\s*((?:19|20)[0-9]{2})\s*\)\s*(第?)\s*([0-9]+)(?:\s*(号))?")
_LABEL = re.compile(r"(?:索引号|发文字号|文号)\s*:\s*")
"""People copy a number together with its name."""
_FUNCTION = re.compile(
    "请问|怎么样|怎么办|怎么|怎样|如何|什么时候|什么|哪些|在哪里|在哪儿|哪里|哪个|哪儿|在哪|去哪|多少钱|多少|多长时间|多久|几天|能批下来|批下来|找谁|问谁|是不是|是否|能不能|能否|可不可以|可以|需不需要|需要"
    "|应该|有没有|为什么|为何|我要|我想|我们|我|吗|呢|的"
)
"""Words of a question that say nothing of its subject."""
_ASPECT = re.compile(
    "(申请|办理|审批|材料|条件|标准|流程|程序|时限|期限|时间|地点|地址|咨询|电话|联系方式|收费|费用|补贴|补助|政策|对象|范围)"
)
"""What people ask about a thing; in a question it stands at the thing without a space, in a text seldom."""
_WANTED = (
    (re.compile("多久|多长时间|几天|什么时候|批下来"), ("工作日", "时限", "期限", "时间", "日内")),
    (re.compile("多少钱"), ("元", "收费", "免费")),
    (re.compile("哪里|哪儿|在哪|去哪"), ("地点", "地址", "窗口", "中心")),
    (re.compile("找谁|问谁"), ("找谁", "受理", "电话", "联系")),
)
"""Question words, and what a passage must have one of to be an answer to them."""
_SIGNS = re.compile(r"[^\w()/-]+")


class Query(msgspec.Struct, frozen=True):
    """`words` are folded and must all occur; `ignored` says that something was left out: signs alone, or what is beyond LENGTH."""

    words: tuple[str, ...]
    ignored: bool = False


def parse(text: str) -> Query:
    """The words of a query, separated by spaces; 文号 in any bracket and spacing is one word."""
    folded = "".join(fold_character(each).replace("\n", " ") for each in text[:LENGTH])
    joined = _LABEL.sub(" ", folded)
    joined = _NUMBER.sub(lambda found: f"({found[1]}){found[2]}{found[3]}{found[4] or ''}", joined)
    split = joined.split()
    words = dict.fromkeys(word for word in split if says_something(word))
    return Query(tuple(words), len(text) > LENGTH or any(not says_something(word) for word in split))


def subjects(query: Query) -> tuple[str, ...]:
    """What a question is about: its words without those that only ask, things and what is asked of them apart; parts of one character are left out."""
    said = (part for word in query.words for part in _SIGNS.split(_FUNCTION.sub(" ", word)))
    parts = (part.removesuffix("是") for each in said for part in _ASPECT.split(each))
    return tuple(dict.fromkeys(part for part in parts if len(part) > 1 and says_something(part)))


def is_aspect(part: str) -> bool:
    """Whether a part of a question only names what is asked of a thing, and no thing."""
    return _ASPECT.fullmatch(part) is not None


def wanted(query: Query) -> tuple[tuple[str, ...], ...]:
    """For each question word (how long, how much, where, whom) the words of which an answer has at least one."""
    return tuple(some for asked, some in _WANTED if any(asked.search(word) for word in query.words))


def says_something(word: str) -> bool:
    """Whether there is a letter or digit in it."""
    return any(unicodedata.category(each)[0] in "LN" for each in word)


def terms_to_look_up(word: str, *, whole: bool = False) -> tuple[str, ...]:
    """The terms by which documents with the word are narrowed down; fewer where it is the `whole` number of some document."""
    if len(word) == 1:
        return (word,)
    serial = word.rpartition("/")[2]
    if whole and SERIAL < len(serial) < len(word):
        return tuple(dict.fromkeys((serial[3:5], serial[-3:-1], serial[-2:])))
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    picked = PICKED_OF_NUMBER if is_number(word) else PICKED
    if len(pairs) > picked:
        pairs = [pairs[step * (len(pairs) - 1) // (picked - 1)] for step in range(picked)]
    return tuple(dict.fromkeys(pairs))


def is_number(word: str) -> bool:
    """Whether it is written like 文号 or 索引号: then a document with just this number comes first."""
    return any(each in "0123456789" for each in word) and any(each in "(/" for each in word)
