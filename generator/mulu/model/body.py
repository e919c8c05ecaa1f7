"""What the checks need to know of an item's text: its links, HTML that will be removed, and personal numbers."""

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

from mulu.files.markdown import rendered, unsafe
from mulu.model.item import BodyFacts, Link

_ELEMENT = re.compile(r"<(a|img)\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_RUN = re.compile(r"(?<![0-9A-Za-z])(?=([1-9][0-9](?:[ \-\u00a0\u3000]?[0-9]){15}[ \-\u00a0\u3000]?[0-9Xx])(?![0-9A-Za-z]))")
"""Looks ahead without consuming: in “2026 110101 19900307 7715” the year and two groups make eighteen digits as well."""
_MOBILE = re.compile(r"(?<![0-9A-Za-z./-])1[3-9][0-9]{9}(?![0-9A-Za-z/-])")
_LONG_NUMBER = re.compile(r"(?:[0-9０-９][ \-\u00a0\u3000]?){11}")
"""In every personal number there are eleven such digits in a row; most texts have no such row."""
_DIGITS = re.compile(r"[0-9０-９](?:[ \-\u00a0\u3000]?[0-9０-９]){16}")
_BIRTHDAY = re.compile(r"(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\Z")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_WIDE = {ord("０") + digit: str(digit) for digit in range(10)} | {ord("Ｘ"): "X", ord("ｘ"): "X"}


def body_facts(text: str, body: str, lines_before_body: int, title: str) -> BodyFacts:
    """The facts of one item file; `text` is the whole file, `body` its Markdown. Lines are lines of the file."""
    found = unsafe(body)
    numbered = _LONG_NUMBER.search(text) is not None
    return BodyFacts(
        length=len(body.strip()),
        links=tuple(links(body, lines_before_body)),
        unsafe=(found, _line_of(body, found) + lines_before_body) if found else None,
        identity_numbers=tuple(sorted(identity_lines(text))) if numbered else (),
        mobile_numbers=tuple(sorted(mobile_lines(text))) if numbered else (),
        title_line=_title_line(body, title, lines_before_body),
    )


def is_identity_number(digits: str) -> bool:
    """Whether 18 characters are a citizen identity number: birthday and check character right (GB 11643-1999)."""
    if not _BIRTHDAY.match(digits[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == digits[17].upper()


def identity_numbers(text: str) -> Iterator[int]:
    """Where citizen identity numbers start in `text`, in any width and with spaces or hyphens between digits."""
    if not _DIGITS.search(text):  # 10 µs; folding the width of a 2 KB text takes 110
        return
    for run in _RUN.finditer(text.translate(_WIDE)):
        if is_identity_number(re.sub(r"[ \-\u00a0\u3000]", "", run[1])):
            yield run.start()


def identity_lines(text: str) -> set[int]:
    """The lines on which citizen identity numbers start."""
    return {text.count("\n", 0, start) + 1 for start in identity_numbers(text)}


def mobile_lines(text: str) -> set[int]:
    """The lines with eleven digits of a Chinese mobile number."""
    return {text.count("\n", 0, match.start()) + 1 for match in _MOBILE.finditer(text)}


def links(body: str, lines_before_body: int) -> Iterator[Link]:
    """The links and images of a Markdown text, also those in raw HTML; links inside the same page are left out."""
    if "[" not in body and "<" not in body:
        return
    for tag, inside in _ELEMENT.findall(rendered(body)):
        said = {name.lower(): html.unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(inside)}
        image = tag.lower() == "img"
        target = unquote(said.get("src" if image else "href", ""))
        if target and not target.startswith("#"):
            yield Link(target, _line_of(body, target) + lines_before_body, image, said.get("alt", "").strip())


def _line_of(body: str, part: str) -> int:
    start = body.find(part)
    return body.count("\n", 0, start) + 1 if start >= 0 else 1


def _title_line(body: str, title: str, lines_before_body: int) -> int:
    for number, line in enumerate(body.split("\n", 5)[:5], start=1):
        if line.startswith("# ") and line[2:].strip() == title.strip():
            return number + lines_before_body
    return 0
