"""Why a file from an office may not be read, by its bytes alone: a password, a macro, an archive that unpacks to far too much.

Nothing here raises or unpacks; who reads the file makes a sentence of the answer.
"""

import io
import zipfile

import msgspec

FILE_LIMIT = 100 * 1024 * 1024
"""Bytes of one file."""

TREE_LIMIT = 20 * 1024 * 1024
"""One part of text, unpacked, that is made a tree of: it takes some fifty times as much memory."""

_UNPACKED_LIMIT = 300 * 1024 * 1024
_MEMBER_LIMIT = 5_000
_RATIO_LIMIT = 200
_RATIO_FROM = 50_000_000
"""Text packs 20 to 1, equal rows of a sheet far better; only parts larger than this are judged by it."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_TREES = (".xml", ".rels")
_STREAMS = ("xl/worksheets/", "xl/sharedStrings")


class Distrust(msgspec.Struct, frozen=True):
    """What is wrong (after the file's name) and what to do, in both languages; `kind` is for programs."""

    kind: str
    zh: str
    advice_zh: str
    en: str
    advice_en: str


LOCKED = Distrust("password", "加了密码", "用原来的软件打开，取消密码后保存", "has a password", "open it, remove the password and save it")  # fmt: skip
MACROS = Distrust("macro", "带有宏（程序）", "用 Word、Excel 或者 WPS 打开，另存为不带宏的 docx 或者 xlsx",
                  "carries macros", "save it as docx or xlsx without macros")  # fmt: skip
TORN = Distrust("torn", "已经损坏", "用原来的软件打开修复，另存为 docx 或者 xlsx 再试",
                "is damaged", "repair it and save it as docx or xlsx")  # fmt: skip
EMPTY = Distrust("empty", "是空文件", "重新复制一次原文件", "is empty", "copy the original again")


def too_large(size: int) -> Distrust | None:
    """A file of `size` bytes is no document of an office."""
    if size <= FILE_LIMIT:
        return None
    return Distrust("large", f"有 {size // 1048576} MB，超过 {FILE_LIMIT // 1048576} MB", "压缩其中的图片，或者拆成几个文件",
                    f"has {size // 1048576} MB, over {FILE_LIMIT // 1048576} MB", "compress its pictures or split it")  # fmt: skip


def distrusted(content: bytes, *, tree_limit: int = TREE_LIMIT) -> Distrust | None:
    """Why the bytes may not be read; `tree_limit` is for the parts that the reader makes trees of, None for a file without fault."""
    if not content.strip():
        return EMPTY
    if content.startswith(_OLE):
        return _ole(content)
    if content.startswith(b"PK"):
        return _archive(content, tree_limit)
    return too_large(len(content))


def _ole(content: bytes) -> Distrust | None:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return LOCKED
    return MACROS if "_VBA_PROJECT".encode("utf-16-le") in content else too_large(len(content))


def _archive(content: bytes, tree_limit: int) -> Distrust | None:
    """By the sizes that the archive states: `zipfile` unpacks no more of a part than that."""
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except Exception:  # zipfile raises a dozen unrelated kinds for damaged archives
        return TORN
    if any(member.filename.endswith("vbaProject.bin") for member in members):
        return MACROS
    if any(member.flag_bits & 1 for member in members):
        return LOCKED
    total = sum(member.file_size for member in members)
    if len(members) > _MEMBER_LIMIT or total > _UNPACKED_LIMIT or any(_swollen(member, tree_limit) for member in members):
        return _bomb(total)
    return TORN if any(member.compress_type not in _METHODS for member in members) else too_large(len(content))


def _swollen(member: zipfile.ZipInfo, tree_limit: int) -> bool:
    """Sheets and their texts are read as a stream; every other part of text becomes a tree."""
    if member.filename.endswith(_TREES) and not member.filename.startswith(_STREAMS) and member.file_size > tree_limit:
        return True
    return member.file_size > _RATIO_FROM and member.file_size > _RATIO_LIMIT * max(member.compress_size, 1)


def _bomb(total: int) -> Distrust:
    return Distrust("bomb", f"解压后有 {total // 1048576} MB，大得不正常，可能是压缩炸弹", "用原来的软件打开另存一次；仍然这样的不要使用，查明来源",
                    f"unpacks to {total // 1048576} MB, far too much", "save it anew; if that does not help, do not trust it")  # fmt: skip
