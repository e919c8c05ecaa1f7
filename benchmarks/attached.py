"""Attachments: a PDF, a table as CSV, or a Word document, each what its name says; sizes as offices have them, 2 KB to 64 KB."""

import io
import random
import zipfile

_WORD = (
    '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>"
)
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_LINKS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def attachment(number: int, title: str, chance: random.Random) -> tuple[str, bytes]:
    """Name and content of the attachment of item `number`."""
    kind = ("pdf", "csv", "docx")[number % 3]
    if kind == "csv":
        rows = "".join(
            f"{row},{chance.randrange(9000)},{chance.randrange(100)}%\n" for row in range(1, chance.randrange(80, 400))
        )
        return "数据表.csv", f"序号,金额,比例\n{rows}".encode()
    return ("全文.pdf", _pdf(chance)) if kind == "pdf" else ("附表.docx", _docx(title))


def _pdf(chance: random.Random) -> bytes:
    """One page whose picture is noise, as a scan is to a compressor."""
    picture = chance.randbytes(chance.randrange(4_000, 60_000))
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</P 4 0 R>>>>>>",
        b"<</Type/XObject/Subtype/Image/Width 1/Height %d/BitsPerComponent 8/ColorSpace/DeviceGray/Length %d>>stream\n%s\nendstream"
        % (len(picture), len(picture), picture),
    )  # fmt: skip
    content, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return content + tail % (table, len(content))


def _docx(title: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _LINKS),
            ("word/document.xml", _WORD.format(title)),
        ):
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), text)
    return made.getvalue()
