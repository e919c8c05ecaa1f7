"""The page of a fault: what it means in both languages, and examples that the tests execute."""

import re
from functools import cache

import msgspec

from mulu.resources import package_file

_FENCE = re.compile(r"^(`{3,})(?P<lang>\w+) (?P<path>\S+)(?P<options>[^\n]*)\n(?P<text>.*?)^\1$", re.MULTILINE | re.DOTALL)


class Example(msgspec.Struct, frozen=True):
    """One file of an example, laid over the small repository that the tests keep.

    Options: `encoding=NAME` writes the text in that encoding (`base64`: the text is the bytes), `bytes=N` fills up with
    spaces to N bytes, `link=TARGET` makes a symbolic link, `delete` takes the file away.
    """

    path: str
    lang: str
    text: str
    options: tuple[str, ...]


class Explanation(msgspec.Struct, frozen=True):
    """A fault's page: Markdown in Chinese and English, and the wrong and right example."""

    zh: str
    en: str
    wrong: tuple[Example, ...]
    right: tuple[Example, ...]


@cache
def explanation(code: str) -> Explanation:
    """The page of `code`; raises FileNotFoundError where there is none (a test keeps pages and codes equal)."""
    text = package_file("checks", "explain", f"{code}.md").read_text("utf-8")
    prose, wrong, right = re.split(r"^## (?:错误|正确)[^\n]*$", text, flags=re.MULTILINE)
    _, zh, en = re.split(r"^# [^\n]*$|^---$", prose, flags=re.MULTILINE)
    return Explanation(zh.strip(), en.strip(), _examples(wrong), _examples(right))


def _examples(text: str) -> tuple[Example, ...]:
    return tuple(
        Example(match["path"], match["lang"], match["text"], tuple(match["options"].split())) for match in _FENCE.finditer(text)
    )
