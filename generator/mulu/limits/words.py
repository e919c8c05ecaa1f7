"""What a reading of a time limit assumed, in words."""

from collections.abc import Mapping

from mulu.diagnostics import Text

ASSUMED: Mapping[str, Text] = {
    "no_trigger": Text(
        "没有写从哪一天起算，按信息形成之日", "it names no day to count from; the day the information was made is taken"
    ),
    "unknown_trigger": Text("起算的事由不在常用说法里", "what it counts from is none of the usual words"),
    "more_words": Text("有的话不是时限，没有采用", "some words are no time limit and were left aside"),
    "cut_off": Text("末尾像是被截断了", "its end seems to be cut off"),
    "progress": Text("“按进展情况”没有确定的日期，按“及时公开”", "“as it progresses” sets no day; it is read as “promptly”"),
    "unseparated": Text("两条规则连写，中间没有标点", "two rules run together without punctuation"),
    "empty": Text("空白，按合并单元格沿用上一行", "it is empty, as in a merged cell; the row above is taken"),
}

CERTAINTY_WORDS: Mapping[str, Text] = {
    "sure": Text("确定", "sure"),
    "likely": Text("估计", "likely"),
    "unread": Text("读不懂", "not readable"),
}
