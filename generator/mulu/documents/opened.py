"""A file from an office, looked at before anything reads it: what it is by its bytes, and why it may not be read."""

import io
import zipfile
from pathlib import Path

import msgspec

from mulu.diagnostics import Text
from mulu.files.sniff import sniff
from mulu.start.written import Refused

FILE_LIMIT = 100 * 1024 * 1024
"""Bytes of one file."""

_UNPACKED_LIMIT = 300 * 1024 * 1024
_XML_LIMIT = 20 * 1024 * 1024
"""One part of text, unpacked; as a tree it takes some fifty times as much memory."""

_MEMBER_LIMIT = 5_000
_RATIO_LIMIT = 200
_RATIO_FROM = 1024 * 1024
"""Text packs 20 to 1 at best; only parts larger than this are judged by it."""

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Opened(msgspec.Struct, frozen=True):
    """A file that may be read: its path, its bytes, and what they are (names of `files.sniff`; `doc` for an old Word file)."""

    path: Path
    content: bytes
    kind: str


def opened(path: Path) -> Opened:
    """The file's bytes, and what they are; raises Refused for what must not or cannot be read, OSError for no such file."""
    if path.stat().st_size > FILE_LIMIT:
        raise refused(path, f"有 {path.stat().st_size // 1048576} MB，超过 {FILE_LIMIT // 1048576} MB", "压缩其中的图片，或者拆成几个文件",
                      f"has {path.stat().st_size // 1048576} MB, over {FILE_LIMIT // 1048576} MB", "compress its pictures or split it")  # fmt: skip
    content = path.read_bytes()
    if not content.strip():
        raise refused(path, "是空文件", "重新复制一次原文件", "is empty", "copy the original again")
    kind = sniff(content)
    if kind == "text" and path.suffix.lower() in (".html", ".htm"):
        kind = "html"
    if kind == "macro" or (kind == "ole" and "_VBA_PROJECT".encode("utf-16-le") in content):
        raise macros(path)
    if kind == "ole" and "EncryptedPackage".encode("utf-16-le") in content:
        raise refused(
            path, "加了密码", "用原来的软件打开，取消密码后保存", "has a password", "open it, remove the password and save it"
        )
    if content.startswith(b"PK"):
        _refuse_bomb(path, content)
    if kind in ("zip", "unknown", "exe") or (path.suffix.lower() in (".docx", ".xlsx") and kind in ("text", "html")):
        raise damaged(path)
    return Opened(path, content, kind)


def macros(path: Path) -> Refused:
    """The file carries a program."""
    return refused(path, "带有宏（程序）", "用 Word 或者 WPS 打开，另存为不带宏的 docx 或者 xlsx",
                   "carries macros", "save it as docx or xlsx without macros")  # fmt: skip


def damaged(path: Path) -> Refused:
    """The bytes are not what the name promises, or cannot be read to the end."""
    return refused(path, "已经损坏，或者不是 Word、Excel、网页、Markdown 文件", "用原来的软件打开，另存为 docx 或者 xlsx 再试",
                   "is damaged, or no Word, Excel, HTML or Markdown file", "open it and save it as docx or xlsx")  # fmt: skip


def refused(path: Path, zh: str, advice_zh: str, en: str, advice_en: str) -> Refused:
    """`path` cannot be used, why, and what to do."""
    return Refused(Text(
        f"{path.name} {zh}，没有读取。{advice_zh}。什么都没有改动。",
        f"{path.name} {en} and was not read: {advice_en}. Nothing was changed.",
    ))  # fmt: skip


def _refuse_bomb(path: Path, content: bytes) -> None:
    """By the sizes that the archive states: `zipfile` unpacks no more of a part than that."""
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except Exception as broken:  # zipfile raises a dozen unrelated kinds for damaged archives
        raise damaged(path) from broken
    if any(member.flag_bits & 1 for member in members):
        raise refused(path, "加了密码", "取消密码后保存", "has a password", "remove the password and save it")
    swollen = any(
        member.file_size > _RATIO_FROM and member.file_size > _RATIO_LIMIT * max(member.compress_size, 1) for member in members
    )
    text = any(member.file_size > _XML_LIMIT for member in members if member.filename.endswith((".xml", ".rels")))
    total = sum(member.file_size for member in members)
    if len(members) > _MEMBER_LIMIT or total > _UNPACKED_LIMIT or swollen or text:
        raise refused(path, f"解压后有 {total // 1048576} MB，大得不正常", "用原来的软件打开另存一次；仍然这样的不要使用，查明来源",
                      f"unpacks to {total // 1048576} MB, far too much", "save it anew; if that does not help, do not trust it")  # fmt: skip
    if any(member.compress_type not in _METHODS for member in members):
        raise damaged(path)
