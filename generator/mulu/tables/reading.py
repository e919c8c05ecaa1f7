"""A file of any kind an office keeps → grids: recognised by its first bytes, not by its name; what cannot be read is refused by name."""

import zipfile
from io import BytesIO

import msgspec

from mulu.diagnostics import Text
from mulu.start.written import Refused
from mulu.tables.encoding import decoded, why_unreadable
from mulu.tables.grid import Grid
from mulu.tables.read_csv import read_csv, separator_of
from mulu.tables.read_html import read_html
from mulu.tables.read_text import read_text
from mulu.tables.read_word import read_word
from mulu.tables.read_workbook import corrupt, password, read_workbook

_LARGEST = 64 * 1024 * 1024
_LARGEST_UNPACKED = 512 * 1024 * 1024
_HIGHEST_RATIO = 400
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Source(msgspec.Struct, frozen=True):
    """A file that was read: its name, its kind, its grids, and what was assumed (kind of guess, text)."""

    name: str
    kind: str
    grids: tuple[Grid, ...]
    assumed: tuple[tuple[str, str], ...] = ()


def read(name: str, content: bytes) -> Source:
    """Every table of the file; raises Refused for what cannot be read or trusted."""
    if len(content) > _LARGEST:
        raise Refused(
            _sentence(name, "太大了（超过 64 MB），不像目录表", "is larger than 64 MB", "请只留下目录表", "keep only the table")
        )
    if content.startswith(b"%PDF"):
        raise Refused(_sentence(name, "是 PDF，没有表格的行和列", "is a PDF, which has no rows and columns",
                                "请找到原来的 Word 或者 Excel 文件；没有的话，用 WPS 把 PDF 转成 Word 后核对", "use the original Word or Excel file"))  # fmt: skip
    if content[:4] == b"PK\x03\x04":
        return _packed(name, content)
    if content.startswith(_OLE):
        return _ole(name, content)
    if b"<table" in content[:2_000_000].lower() or content.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")):
        return Source(name, "html", read_html(name, content))
    if b"\0" in content[:4096] and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise Refused(_sentence(name, "不是表格文件", "is not a table", "请另存为 .xlsx 再导入", "save it as .xlsx"))
    return _plain(name, content)


def _plain(name: str, content: bytes) -> Source:
    text, encoding = decoded(name, content)
    assumed = () if encoding.startswith("utf-8") else (("encoding", encoding),)
    separator = separator_of(text) if text.count("|") < 8 else None
    if separator is not None:
        return Source(name, "csv", read_csv(text, separator), (*assumed, ("separator", repr(separator))))
    grids = read_text(text)
    if not grids and (why := why_unreadable(text)) is not None:
        raise Refused(_sentence(name, f"没有认出表格：{why.zh}", f"no table was recognised: {why.en}",
                                "请找到原来的 Word、Excel 文件或者网页，用它导入", "use the original Word, Excel or web page"))  # fmt: skip
    return Source(name, "text", grids, assumed)


def _packed(name: str, content: bytes) -> Source:
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            infos = parts.infolist()
    except (zipfile.BadZipFile, OSError) as broken:
        raise Refused(corrupt(name, str(broken))) from broken
    size = sum(info.file_size for info in infos)
    if size > _LARGEST_UNPACKED or (size > 50_000_000 and size > _HIGHEST_RATIO * len(content)):
        raise Refused(_sentence(name, f"解开有 {size // 1_000_000} MB，可能是压缩炸弹", f"unpacks to {size // 1_000_000} MB",
                                "请把目录表复制到一个新的工作簿里", "copy the table into a new workbook"))  # fmt: skip
    names = {info.filename for info in infos}
    if any(each.endswith("vbaProject.bin") for each in names):
        raise Refused(_macro(name))
    if "word/document.xml" in names:
        return Source(name, "docx", read_word(name, content))
    if "xl/workbook.xml" in names:
        return _workbook(name, "xlsx", content)
    raise Refused(_sentence(name, "不是 Excel 工作簿，也不是 Word 文档", "is neither a workbook nor a Word document",
                            "请另存为 .xlsx 或者 .docx 再导入", "save it as .xlsx or .docx"))  # fmt: skip


def _ole(name: str, content: bytes) -> Source:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise Refused(password(name))
    if holds("_VBA_PROJECT"):
        raise Refused(_macro(name))
    if holds("WordDocument"):
        raise Refused(
            _sentence(
                name, "是旧的 .doc 格式", "is an old .doc", "请用 Word 或者 WPS 打开，另存为 .docx 再导入", "save it as .docx"
            )
        )
    return _workbook(name, "xls", content)


def _workbook(name: str, kind: str, content: bytes) -> Source:
    grids, hidden = read_workbook(name, content)
    return Source(name, kind, grids, tuple(("hidden_sheet", sheet) for sheet in hidden))


def _macro(name: str) -> Text:
    return _sentence(
        name,
        "带有宏，不打开",
        "holds macros and is not opened",
        "请另存为不带宏的 .xlsx 再导入",
        "save it as .xlsx without macros",
    )


def _sentence(name: str, zh: str, en: str, do_zh: str, do_en: str) -> Text:
    return Text(f"{name} {zh}。{do_zh}。什么都没有写。", f"{name} {en}; {do_en}. Nothing was written.")
