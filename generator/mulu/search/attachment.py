"""The text of an attachment: docx, pptx and plain text, xlsx cell by cell, pdf with a text layer. Why it cannot be had, otherwise.

Attachments come from anywhere: every fault of a reader means that this file is not searched, and the build says so.
"""

import io
import logging
import zipfile

import msgspec

from mulu.diagnostics import Text
from mulu.files.sniff import UNPACKED_LIMIT, sniff, words

LIMIT = 500_000
"""Characters of one attachment that are searched; more makes every search slow, and the rest is named in the report."""

PAGES = 2_000
_SPOKEN = {
    "ole": Text("旧格式（doc、xls、wps）或者加了密码", "an old format (doc, xls, wps) or protected by a password"),
    "unknown": Text("认不出的格式", "an unknown format"),
}
_NO_TEXT = Text("里面没有文字，可能是扫描件", "there is no text in it; perhaps a scan")
_BROKEN = Text("文件损坏或者加了密码", "damaged, or protected by a password")
_CUT = Text(f"太长，只查前 {LIMIT:,} 个字", f"too long; only the first {LIMIT:,} characters are searched")
_OTHER = Text("这种格式（{kind}）里没有能查的文字", "a format ({kind}) without text that can be searched")


class AttachedText(msgspec.Struct, frozen=True):
    """The text, a line for each paragraph or cell; `fault` says why it is missing or not whole."""

    text: str
    fault: Text | None = None


def attachment_text(content: bytes) -> AttachedText:
    """What the file says, by what it is and never by its name."""
    kind = sniff(content)
    try:
        text = _read(content, kind)
    except Exception:  # three readers raise dozens of unrelated kinds on damaged files; all mean: not searched
        return AttachedText("", _BROKEN)
    if text is None:
        return AttachedText("", _SPOKEN.get(kind) or _OTHER.filled({"kind": kind}))
    lines = (" ".join(line.split()) for line in text.encode("utf-8", "replace").decode("utf-8").split("\n"))
    clean = "\n".join(line for line in lines if line)
    if not clean:
        return AttachedText("", _NO_TEXT)
    return AttachedText(clean[:LIMIT], _CUT) if len(clean) > LIMIT else AttachedText(clean)


def _read(content: bytes, kind: str) -> str | None:
    match kind:
        case "text" | "html" | "docx" | "pptx":
            return "\n".join(words(content, kind))
        case "xlsx":
            return _cells(content)
        case "pdf":
            return _pages(content)
        case "macro":
            return "\n".join(words(content, kind))
    return None


def _cells(content: bytes) -> str:
    from python_calamine import CalamineWorkbook

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(member.file_size for member in archive.infolist()) > 5 * UNPACKED_LIMIT:
            raise ValueError("unpacks to more than any table of an office")
    lines: list[str] = []
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        for name in book.sheet_names:
            lines.append(name)
            for row in book.get_sheet_by_name(name).to_python():
                lines += [_shown(cell).replace("\n", " ") for cell in row if cell not in ("", None)]
    return "\n".join(lines)


def _shown(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _pages(content: bytes) -> str:
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = pypdf.PdfReader(io.BytesIO(content))
    parts, held = [], 0
    for page in reader.pages[:PAGES]:
        parts.append(_joined(page.extract_text()))
        held += len(parts[-1])
        if held > LIMIT:
            break
    return "\n".join(parts)


def _joined(page: str) -> str:
    """A line of a page that is full goes on in the next: only a line that ends a sentence or is short ends a paragraph."""
    lines = [line.strip() for line in page.split("\n")]
    longest = max(map(len, lines), default=0)
    return "".join(
        line + ("\n" if line.endswith(("。", "；", "：", "！", "？")) or len(line) < longest * 0.85 else " ") for line in lines
    )
