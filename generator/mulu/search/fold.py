"""One form for all writings of a character: width, case, simplified and traditional, brackets, quotes, dashes; spaces fall away.

Every character is folded by itself, whatever stands beside it; so a part of a text is always a part of the folded text. Many texts
are folded at once in `folding`. The browser folds in the same way (assets/mulu/search/fold.js): NFKC and lower case it has by itself, the rest
it gets from the index.
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

SAME = {
    **dict.fromkeys("〔【[{", "("), **dict.fromkeys("〕】]}", ")"), **dict.fromkeys("“”„‟「」『』", '"'), **dict.fromkeys("‘’‚‛", "'"),
    **dict.fromkeys("‐‑‒–—―−─", "-"), **dict.fromkeys("•‧∙⋅・", "·"),
    **dict.fromkeys("\0\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufe0e\ufe0f\ufeff", ""),
    **dict.fromkeys("\t\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u1680\u2028\u2029", " "),
}  # fmt: skip
"""What NFKC keeps apart and a reader does not; empty is left out, a space is a gap."""


_GAP = re.compile(r"(?<=[0-9a-z\u00c0-\u024f])( +)(?=[0-9a-z\u00c0-\u024f])| +")


@cache
def simplified() -> dict[str, str]:
    """Traditional → simplified, one character each: OpenCC's TSCharacters, its first choice where there are several."""
    lines = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line)
    return {old: new.split(" ")[0] for old, new in pairs if new.split(" ")[0] != old}


def fold_character(character: str) -> str:
    """The folded form of one character: none, one or several."""
    parts = unicodedata.normalize("NFKC", character).lower()
    return "".join(SAME.get(each, simplified().get(each, each)) for each in parts)


def fold(text: str) -> str:
    """A whole text: spaces stay as one between two Latin words or numbers and fall away elsewhere, line feeds stay."""
    return _GAP.sub(lambda gap: " " if gap[1] else "", "".join(map(_folded, text)))


def fold_number(text: str) -> str:
    """A short text folded and without any space: how a number is looked up whole."""
    return "".join(map(_folded, text)).replace(" ", "")


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    return fold_character(character)
