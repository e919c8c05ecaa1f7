"""Bytes of a text file → text, in the encodings in which offices save: UTF-8, UTF-16 with its mark, GB18030."""

import re

from mulu.diagnostics import Text
from mulu.start.written import Refused

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_COMMON = frozenset("的一是在了和有公开政府信息务内容时限主体依据方式渠道对象全社会事项级序号网站之日起工作个法")


def decoded(name: str, content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding; raises Refused where none fits."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _lines(content.decode(encoding, errors="replace")), encoding
    for encoding in ("utf-8", "gb18030"):
        try:
            return _lines(content.decode(encoding)), encoding
        except UnicodeDecodeError:
            continue
    raise Refused(
        Text(
            f"{name}：读不出文字，不是 UTF-8，也不是 GB18030。请用记事本打开，另存为 UTF-8 编码，再导入。什么都没有写。",
            f"{name}: neither UTF-8 nor GB18030. Save it as UTF-8 and import again. Nothing was written.",
        )
    )


def why_unreadable(text: str) -> Text | None:
    """What is wrong with a text in which no table is found: shards of a PDF, or letters without sense; None for neither."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    letters = [character for character in text if not character.isspace()]
    if not letters:
        return Text("文件是空的", "the file is empty")
    short = sum(len(line) <= 2 for line in lines)
    if len(lines) >= 10 and short * 2 > len(lines):
        return Text(
            "文字是碎片，一行只有一两个字（从 PDF 里复制常常这样），行和列都认不出来",
            "the text is shards of one or two characters a line, as copied out of a PDF; rows and columns cannot be told",
        )
    chinese = [character for character in letters if _CHINESE.match(character)]
    known = sum(character in _COMMON for character in chinese)
    if len(letters) >= 40 and (len(chinese) * 5 < len(letters) or known * 50 < len(chinese) or "\ufffd" in text):
        return Text(
            "文字是乱码（编码错了，或者是扫描识别的结果）", "the letters make no sense: a wrong encoding, or a bad scan"
        )
    return None


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\u200b", "").replace("\ufeff", "")
