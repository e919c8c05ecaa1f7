"""发文字号: 机关代字〔年份〕序号. Many bracket forms are read, one is written (GB/T 9704-2012: hexagonal brackets)."""

import re
import unicodedata

import msgspec

_FORM = re.compile(r"(?P<issuer>[^\d〔〕\s]{1,20})〔(?P<year>(?:19|20)\d\d)〕(?P<prefix>第)?(?P<serial>[1-9]\d{0,4})号\Z")
_BRACKETS = str.maketrans(dict.fromkeys("[(【﹝［（{", "〔") | dict.fromkeys("])】﹞］）}", "〕"))


class DocumentNumber(msgspec.Struct, frozen=True):
    """One number; `canonical` is how the site and the search index write it."""

    issuer: str
    year: int
    serial: int

    @property
    def canonical(self) -> str:
        """With hexagonal brackets, no spaces, no leading 第."""
        return f"{self.issuer}〔{self.year}〕{self.serial}号"


def parse_document_number(text: str) -> DocumentNumber | None:
    """The number in any bracket form, width and spacing; None when it is not one."""
    if unicodedata.is_normalized("NFKC", text) and (written := _FORM.match(text)):
        return DocumentNumber(written["issuer"], int(written["year"]), int(written["serial"]))
    folded = "".join(unicodedata.normalize("NFKC", each) if each not in "〔〕" else each for each in text if not each.isspace())
    match = _FORM.match(folded.translate(_BRACKETS))
    return DocumentNumber(match["issuer"], int(match["year"]), int(match["serial"])) if match else None
