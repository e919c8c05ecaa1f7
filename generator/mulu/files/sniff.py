"""What an attachment really is, by its first bytes and never by its name, and the words inside it.

Attachments come from anywhere, so nothing here raises, unpacks to disk or reads more than its limits.
"""

import html
import io
import re
import zipfile
from collections.abc import Iterator

from mulu.files.pdf import pdf_words

TEXT_TYPES = ("text", "html")
OFFICE_TYPES = ("docx", "xlsx", "pptx", "macro")

UNPACKED_LIMIT = 20 * 1024 * 1024
"""Bytes unpacked from one archive; a zip bomb of 40 KB unpacks to gigabytes."""

MEMBER_LIMIT = 200
"""Parts read from one document; a workbook of 200 sheets is rare."""

_DIRECTORY_LIMIT = 20_000
"""Members an archive may list: each costs memory before anything is unpacked."""

_SIGNATURES = (
    (0, b"%PDF-", "pdf"), (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"), (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpeg"), (0, b"GIF87a", "gif"), (0, b"GIF89a", "gif"), (8, b"WEBP", "webp"), (0, b"Rar!\x1a\x07", "rar"),
    (4, b"ftyp", "mp4"), (0, b"ID3\x02", "mp3"), (0, b"ID3\x03", "mp3"), (0, b"ID3\x04", "mp3"), (0, b"\xff\xfb", "mp3"), (0, b"\xff\xf3", "mp3"), (0, b"\xff\xf2", "mp3"),
    (0, b"{\\rtf", "rtf"), (0, b"\x7fELF", "exe"),
)  # fmt: skip
_INSIDE = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--(?:(?!-->).)*-->\s*|<!doctype[^>]*>\s*)*<(?:html|head|body|script|style|svg|meta|table|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_WORDS = re.compile(
    r"(?:word/(?:document|comments|header\d*|footer\d*|footnotes|endnotes)|xl/(?:sharedStrings|comments\d*|worksheets/[^/]+)"
    r"|ppt/(?:slides|notesSlides)/[^/]+)\.xml\Z"
)
_BREAK = re.compile(r"</(?:\w+:)?(?:p|tc|si|c|is|row|comment)>|<(?:\w+:)?(?:br|tab|cr)\b[^<>]*>")
_TAG = re.compile(r"<[^<>]*>")  # an attribute of well-formed XML holds no "<"; 20 MB of them would take hours otherwise


def sniff(content: bytes) -> str:
    """The type's name (`pdf`, `docx`, `ole` …); `zip` for an archive of anything else, `unknown` for no type known here.

    `ole` is the container of doc, xls, ppt and wps, and also of documents with a password; `macro` is a new-style
    office document that carries a program.
    """
    head = content[:4096]
    for start, signature, name in _SIGNATURES:
        if head.startswith(signature, start):
            return name
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _inside(content)
    if head.startswith(b"MZ") and b"\0" in head:
        return "exe"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if _HTML.match(head):
        return "html"
    return "text" if _is_text(head) else "unknown"


def words(content: bytes, sniffed: str) -> Iterator[str]:
    """The readable text of an office document, a pdf or a text file, part by part; nothing for other types."""
    if sniffed in TEXT_TYPES:
        yield _decoded(content[:UNPACKED_LIMIT])
    elif sniffed in OFFICE_TYPES:
        for part in _parts(content):
            yield html.unescape(_TAG.sub("", _BREAK.sub("\n", part.decode("utf-8", "replace"))))
    elif sniffed == "pdf":
        yield from pdf_words(content)


def _inside(content: bytes) -> str:
    archive = _opened(content)
    names = [member.filename for member in archive.infolist()] if archive else []
    if any(name.endswith("vbaProject.bin") for name in names):
        return "macro"
    if "[Content_Types].xml" in names:
        return next((kind for folder, kind in _INSIDE if any(name.startswith(folder) for name in names)), "zip")
    return "ofd" if "OFD.xml" in names else "zip"


def _opened(content: bytes) -> zipfile.ZipFile | None:
    if content.count(b"PK\x01\x02") > _DIRECTORY_LIMIT:
        return None
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except Exception:  # a damaged archive makes zipfile raise a dozen unrelated kinds; all mean: it cannot be looked into
        return None


def _parts(content: bytes) -> Iterator[bytes]:
    """The XML parts that hold words, each whole or cut where the limit is reached."""
    archive = _opened(content)
    members = [member for member in archive.infolist() if _WORDS.match(member.filename)] if archive else []
    left = UNPACKED_LIMIT
    for member in members[:MEMBER_LIMIT]:
        if archive and left > 0:
            part = _unpacked(archive, member, left)
            left -= len(part)
            yield part


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> bytes:
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return b""  # the others may ask for any amount of memory
    try:
        with archive.open(member) as part:
            return part.read(limit)
    except Exception:  # as in _opened; also a password
        return b""


def _is_text(head: bytes) -> bool:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    if not head or b"\0" in head:
        return False
    return any(_decodes(head[: len(head) - cut], encoding) for encoding in ("utf-8", "gb18030") for cut in range(4))


def _decodes(head: bytes, encoding: str) -> bool:
    try:
        head.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    return content.decode("utf-8" if _decodes(content, "utf-8") else "gb18030", "replace")
