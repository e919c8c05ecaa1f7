"""Wordings as offices type them → one plain form: no spaces, ASCII digits and punctuation, numbers in digits."""

import re
import unicodedata

_PUNCTUATION = str.maketrans("，。；：（）〔〕［］[]【】", ",;;:()()()()()")
_NUMERAL = "[零〇一二两三四五六七八九十百壹贰叁肆伍陆柒捌玖拾佰]"
_NUMERALS = re.compile(
    rf"(?<!{_NUMERAL}){_NUMERAL}{{1,9}}(?=个?(?:工作日|自然日|日|天|周|星期|个月|月|年|次))"
)  # nine characters say any number below a thousand; more of them are no number
_DIGIT = {each: value for row in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖") for value, each in enumerate(row)} | {"两": 2}
_SCALE = {"十": 10, "拾": 10, "百": 100, "佰": 100}


def plain(wording: str) -> str:
    """NFKC, without white space, with half-width punctuation and digits for Chinese numerals before a unit."""
    folded = unicodedata.normalize("NFKC", wording.replace("⏎", "")).translate(_PUNCTUATION)
    bare = "".join(folded.split())
    return _NUMERALS.sub(lambda match: str(number(match.group())), bare.replace("或者", "或"))


def number(numeral: str) -> int:
    """The value of a Chinese numeral below a thousand: 二十 → 20, 一百二十 → 120, 三〇 → 30."""
    if not any(each in _SCALE for each in numeral):
        return int("".join(str(_DIGIT[each]) for each in numeral))
    value = pending = 0
    for each in numeral:
        if each in _SCALE:
            value += (pending or (0 if value else 1) or 1) * _SCALE[each]
            pending = 0
        else:
            pending = _DIGIT[each]
    return value + pending
