"""Word's automatic numbers to text: 一、(一) and 第一条 are counted by Word and stand nowhere in the file's words."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as Xml

import msgspec

from mulu.documents.slim import W as _W
from mulu.documents.slim import slim_document, slim_numbering, slim_styles

_DOCUMENT, _NUMBERING, _STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
_READ = ("word/", "_rels/")
_VAL = f"{_W}val"
_CHINESE = ("chinese", "ideograph", "japanese", "taiwanese")
_OFFICIAL = re.compile(r"[\u4e00-\u9fff（）、]")
_DIGITS = "〇一二三四五六七八九"
_PLACE = re.compile(r"%([1-9])")


class Level(msgspec.Struct, frozen=True):
    """One level of a numbering: the form of its number, the text around it (`%1、`), and where it begins."""

    form: str
    text: str
    start: int


Numbering = dict[str, tuple[str, dict[int, Level]]]
"""numId → the numbering that it counts in, and its levels."""


def with_numbers(content: bytes) -> bytes:
    """The docx with official numbers written out, ready for mammoth; other lists stay as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w") as written:
        parts = {name: archive.read(name) for name in archive.namelist() if name.startswith(_READ) or "/" not in name}
        document = slim_document(parts.get(_DOCUMENT, b""))
        if document:
            parts[_DOCUMENT] = document
        if _STYLES in parts:
            parts[_STYLES] = slim_styles(parts[_STYLES], document)
        if _NUMBERING in parts and (b"numPr" in document or b"numPr" in parts.get(_STYLES, b"")):
            parts[_NUMBERING] = slim_numbering(parts[_NUMBERING])
            parts[_DOCUMENT] = _numbered_out(document, parts[_NUMBERING], parts.get(_STYLES, b""))
        else:
            parts.pop(_NUMBERING, None)
        for name, part in parts.items():
            written.writestr(name, part)
    return out.getvalue()


def _numbered_out(document: bytes, numbering: bytes, styles: bytes) -> bytes:
    official = _official(Xml.fromstring(numbering))  # noqa: S314  bounded by documents.opened; expat ends entity floods
    if not official:
        return document
    tree = Xml.fromstring(document)  # noqa: S314  bounded by documents.opened; expat ends entity floods
    _write_out(tree, official, _styles(Xml.fromstring(styles)) if styles else {})  # noqa: S314  bounded by documents.opened; expat ends entity floods
    return Xml.tostring(tree)


def chinese_number(number: int) -> str:
    """1 to 99 as 一 to 九十九; other numbers digit by digit."""
    if not 0 < number < 100:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def _official(root: Xml.Element) -> Numbering:
    """The numberings that have a Chinese number or Chinese text in any level."""
    abstract: dict[str, dict[int, Level]] = {}
    for each in root.iter(f"{_W}abstractNum"):
        levels = {
            int(level.get(f"{_W}ilvl") or 0): Level(_value(level, "numFmt"), _value(level, "lvlText"), int(_value(level, "start") or 1))
            for level in each.iter(f"{_W}lvl")
        }  # fmt: skip
        if any(level.form.startswith(_CHINESE) or _OFFICIAL.search(level.text) for level in levels.values()):
            abstract[each.get(f"{_W}abstractNumId") or ""] = levels
    found: Numbering = {}
    for num in root.iter(f"{_W}num"):
        name = _value(num, "abstractNumId")
        if name in abstract:
            levels = dict(abstract[name])
            counted = name
            for override in num.iter(f"{_W}lvlOverride"):
                depth, start = int(override.get(f"{_W}ilvl") or 0), _value(override, "startOverride")
                if start and depth in levels:
                    levels[depth] = msgspec.structs.replace(levels[depth], start=int(start))
                    counted = f"{name}/{num.get(f'{_W}numId')}"
            found[num.get(f"{_W}numId") or ""] = counted, levels
    return found


def _styles(root: Xml.Element) -> dict[str, tuple[str, int]]:
    """Paragraph style → the numbering that it brings along."""
    found = {}
    for style in root.iter(f"{_W}style"):
        given = style.find(f"{_W}pPr/{_W}numPr")
        if given is not None and _value(given, "numId"):
            found[style.get(f"{_W}styleId") or ""] = _value(given, "numId"), int(_value(given, "ilvl") or 0)
    return found


def _write_out(tree: Xml.Element, official: Numbering, styles: dict[str, tuple[str, int]]) -> None:
    counters: dict[str, dict[int, int]] = {}
    for paragraph, about, number, depth in _numbered(tree, styles):
        if number not in official:
            continue
        counted, levels = official[number]
        if depth not in levels:
            continue
        counter = counters.setdefault(counted, {})
        counter[depth] = counter.get(depth, levels[depth].start - 1) + 1
        for deeper in [each for each in counter if each > depth]:
            del counter[deeper]
        _insert(paragraph, about, _label(levels, depth, counter))


def _numbered(tree: Xml.Element, styles: dict[str, tuple[str, int]]) -> Iterator[tuple[Xml.Element, Xml.Element, str, int]]:
    for paragraph in tree.iter(f"{_W}p"):
        about = paragraph.find(f"{_W}pPr")
        if about is None:
            continue
        number, depth = styles.get(_value(about, "pStyle"), ("", 0))
        given = about.find(f"{_W}numPr")
        if given is not None:
            number, depth = _value(given, "numId") or number, int(_value(given, "ilvl") or depth)
        yield paragraph, about, number, depth


def _label(levels: dict[int, Level], depth: int, counter: dict[int, int]) -> str:
    def shown(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        level = levels.get(place, levels[depth])
        return _formed(counter.get(place, level.start), level.form)

    return _PLACE.sub(shown, levels[depth].text)


def _formed(number: int, form: str) -> str:
    if form.startswith(_CHINESE):
        return chinese_number(number)
    if "EnclosedCircle" in form and 0 < number <= 20:
        return chr(ord("①") + number - 1)
    if form in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr(ord("A" if form == "upperLetter" else "a") + number - 1)
    return str(number)


def _insert(paragraph: Xml.Element, about: Xml.Element, label: str) -> None:
    """The label as words, and the paragraph taken out of the list (list 0 is none)."""
    for given in about.findall(f"{_W}numPr"):
        about.remove(given)
    none = Xml.SubElement(about, f"{_W}numPr")
    Xml.SubElement(none, f"{_W}ilvl", {_VAL: "0"})
    Xml.SubElement(none, f"{_W}numId", {_VAL: "0"})
    run = Xml.Element(f"{_W}r")
    Xml.SubElement(run, f"{_W}t").text = label
    paragraph.insert(list(paragraph).index(about) + 1, run)


def _value(element: Xml.Element, name: str) -> str:
    found = element.find(f"{_W}{name}")
    return (found.get(_VAL) or "") if found is not None else ""
