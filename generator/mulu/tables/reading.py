"""A file of any kind an office keeps → grids: recognised by its first bytes, not by its name; what cannot be read is refused by name."""

import zipfile
from io import BytesIO

import msgspec

from mulu.diagnostics import Text
from mulu.files.distrust import EMPTY, TORN, distrusted
from mulu.start.written import Refused
from mulu.tables.encoding import decoded, why_unreadable
from mulu.tables.grid import Grid
from mulu.tables.read_csv import read_csv, separator_of
from mulu.tables.read_html import read_html
from mulu.tables.read_text import read_text
from mulu.tables.read_word import read_word
from mulu.tables.read_workbook import corrupt, read_workbook

_TREE_LIMIT = 100 * 1024 * 1024
"""A Word table of 10,000 rows, unpacked."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Source(msgspec.Struct, frozen=True):
    """A file that was read: its name, its kind, its grids, and what was assumed (kind of guess, text)."""

    name: str
    kind: str
    grids: tuple[Grid, ...]
    assumed: tuple[tuple[str, str], ...] = ()


def read(name: str, content: bytes) -> Source:
    """Every table of the file; raises Refused for what cannot be read or trusted."""
    wrong = distrusted(content, tree_limit=_TREE_LIMIT)
    if wrong is not None and wrong not in (TORN, EMPTY):
        raise Refused(_sentence(name, wrong.zh, wrong.en, f"请{wrong.advice_zh}，再导入", wrong.advice_en))
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
    names = {info.filename for info in infos}
    if "word/document.xml" in names:
        return Source(name, "docx", read_word(name, content))
    if "xl/workbook.xml" in names:
        return _workbook(name, "xlsx", content)
    raise Refused(_sentence(name, "不是 Excel 工作簿，也不是 Word 文档", "is neither a workbook nor a Word document",
                            "请另存为 .xlsx 或者 .docx 再导入", "save it as .xlsx or .docx"))  # fmt: skip


def _ole(name: str, content: bytes) -> Source:
    if "WordDocument".encode("utf-16-le") in content:
        raise Refused(
            _sentence(
                name, "是旧的 .doc 格式", "is an old .doc", "请用 Word 或者 WPS 打开，另存为 .docx 再导入", "save it as .docx"
            )
        )
    return _workbook(name, "xls", content)


def _workbook(name: str, kind: str, content: bytes) -> Source:
    grids, hidden = read_workbook(name, content)
    return Source(name, kind, grids, tuple(("hidden_sheet", sheet) for sheet in hidden))


def _sentence(name: str, zh: str, en: str, do_zh: str, do_en: str) -> Text:
    return Text(f"{name} {zh}。{do_zh}。什么都没有写。", f"{name} {en}; {do_en}. Nothing was written.")
