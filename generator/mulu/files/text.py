"""Bytes to text: only UTF-8 is published; what else it is gets named."""

import re

from mulu.diagnostics import Diagnostic, Place
from mulu.files import faults

TEXT_LIMIT = 5 * 1024 * 1024
"""Bytes of one YAML or Markdown file; the whole 条例 has 30 KB."""

_CONTROL_BYTES = bytes([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def decode(path: str, content: bytes) -> tuple[str | None, list[Diagnostic]]:
    """The text with LF line ends and without BOM, or None and why not."""
    whole = Place(path)
    if len(content) > TEXT_LIMIT:
        size, limit = f"{len(content) / 1048576:.1f}", TEXT_LIMIT // 1048576
        return None, [faults.TOO_LARGE.at(whole, size=size, limit=limit)]
    if not content or content.isspace():
        return None, [faults.EMPTY_FILE.at(whole)]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as bad:
        line = content.count(b"\n", 0, bad.start) + 1
        return None, [faults.NOT_UTF8.at(Place(path, line), encoding=_guess(content))]
    notices = []
    if text.startswith("\ufeff"):
        text = text[1:]
        notices.append(faults.BYTE_ORDER_MARK.at(whole))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        notices.append(faults.CRLF.at(whole))
    if _has_control(content) and (control := _CONTROL.search(text)):
        line = text.count("\n", 0, control.start()) + 1
        column = control.start() - (text.rfind("\n", 0, control.start()) + 1) + 1
        shown = f"U+{ord(control.group()):04X}"
        return None, [*notices, faults.CONTROL_CHARACTER.at(Place(path, line, column), character=shown)]
    return text, notices


def _has_control(content: bytes) -> bool:
    """2 µs where the search takes 8; UTF-8 writes U+FFFE and U+FFFF with these two bytes."""
    return len(content.translate(None, _CONTROL_BYTES)) != len(content) or b"\xef\xbf" in content


def _guess(content: bytes) -> str:
    """A name for the encoding: Windows writes GB18030 (记事本 calls it ANSI); UTF-16 shows by its mark."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16"
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return "?"
    return "GB18030（GBK）"
