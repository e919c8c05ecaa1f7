"""A file from an office, looked at before anything reads it: what it is by its bytes, and why it may not be read."""

from pathlib import Path

import msgspec

from mulu.diagnostics import Text
from mulu.files.distrust import MACROS, TORN, Distrust, distrusted, too_large
from mulu.files.sniff import sniff
from mulu.start.written import Refused


class Opened(msgspec.Struct, frozen=True):
    """A file that may be read: its path, its bytes, and what they are (names of `files.sniff`; `doc` for an old Word file)."""

    path: Path
    content: bytes
    kind: str


def opened(path: Path) -> Opened:
    """The file's bytes, and what they are; raises Refused for what must not or cannot be read, OSError for no such file."""
    if large := too_large(path.stat().st_size):
        raise _refused(path, large)
    content = path.read_bytes()
    kind = sniff(content)
    if kind == "text" and path.suffix.lower() in (".html", ".htm"):
        kind = "html"
    if kind == "macro":
        raise _refused(path, MACROS)
    if wrong := distrusted(content):
        raise damaged(path) if wrong is TORN else _refused(path, wrong)
    if kind in ("zip", "unknown", "exe") or (path.suffix.lower() in (".docx", ".xlsx") and kind in ("text", "html")):
        raise damaged(path)
    return Opened(path, content, kind)


def damaged(path: Path) -> Refused:
    """The bytes are not what the name promises, or cannot be read to the end."""
    return refused(path, "已经损坏，或者不是 Word、Excel、网页、Markdown 文件", "用原来的软件打开，另存为 docx 或者 xlsx 再试",
                   "is damaged, or no Word, Excel, HTML or Markdown file", "open it and save it as docx or xlsx")  # fmt: skip


def no_workbook(path: Path) -> Refused:
    """A sound file, but of another kind than the list or sheet that was asked for."""
    return refused(path, "不是 Excel 工作簿", "给出 xlsx 或者 xls 文件", "is no Excel workbook", "give an xlsx or xls file")


def refused(path: Path, zh: str, advice_zh: str, en: str, advice_en: str) -> Refused:
    """`path` cannot be used, why, and what to do."""
    return Refused(Text(
        f"{path.name} {zh}，没有读取。{advice_zh}。什么都没有改动。",
        f"{path.name} {en} and was not read: {advice_en}. Nothing was changed.",
    ))  # fmt: skip


def _refused(path: Path, wrong: Distrust) -> Refused:
    return refused(path, wrong.zh, wrong.advice_zh, wrong.en, wrong.advice_en)
