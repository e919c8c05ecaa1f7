"""What a reader typed → words to be found, all of them; the browser has the same rules (assets/mulu/search/query.js)."""

import re
import unicodedata

import msgspec

from mulu.search.fold import fold_character

LENGTH = 200
"""Characters of a query that are used."""

PICKED = 6
"""Pairs of a word that are looked up; a longer word is found by some of them, spread over it, and verified in the text."""

_NUMBER = re.compile(r"\s*\(\s*((?:19|20)[0-9]{2})\s*\)\s*(第?)\s*([0-9]+)(?:\s*(号))?")
_FUNCTION = re.compile(
    "请问|怎么样|怎么办|怎么|怎样|如何|什么时候|什么|哪些|哪里|哪个|哪儿|多少|多久|几天|是不是|是否|能不能|能否|可不可以|可以|需不需要|需要"
    "|应该|有没有|为什么|为何|我要|我想|我们|我|吗|呢|的"
)
"""Words of a question that say nothing of its subject."""
_SIGNS = re.compile(r"[^\w()/-]+")


class Query(msgspec.Struct, frozen=True):
    """`words` are folded and must all occur; `ignored` says that something was left out: signs alone, or what is beyond LENGTH."""

    words: tuple[str, ...]
    ignored: bool = False


def parse(text: str) -> Query:
    """The words of a query, separated by spaces; 文号 in any bracket and spacing is one word."""
    folded = "".join(fold_character(each).replace("\n", " ") for each in text[:LENGTH])
    joined = _NUMBER.sub(lambda found: f"({found[1]}){found[2]}{found[3]}{found[4] or ''}", folded)
    split = joined.split()
    words = dict.fromkeys(word for word in split if says_something(word))
    return Query(tuple(words), len(text) > LENGTH or any(not says_something(word) for word in split))


def subjects(query: Query) -> tuple[str, ...]:
    """What a question is about: its words without those that only ask; parts of one character are left out."""
    parts = (part for word in query.words for part in _SIGNS.split(_FUNCTION.sub(" ", word)))
    return tuple(dict.fromkeys(part for part in parts if len(part) > 1 and says_something(part)))


def says_something(word: str) -> bool:
    """Whether there is a letter or digit in it."""
    return any(unicodedata.category(each)[0] in "LN" for each in word)


def terms_to_look_up(word: str) -> tuple[str, ...]:
    """The terms by which documents with the word are narrowed down."""
    if len(word) == 1:
        return (word,)
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    if len(pairs) > PICKED:
        pairs = [pairs[step * (len(pairs) - 1) // (PICKED - 1)] for step in range(PICKED)]
    return tuple(dict.fromkeys(pairs))


def is_number(word: str) -> bool:
    """Whether it is written like 文号 or 索引号: then a document with just this number comes first."""
    return any(each in "0123456789" for each in word) and any(each in "(/" for each in word)
