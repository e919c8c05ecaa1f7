"""What both searches are built from: N documents of about 2 KB of Chinese text, the questions, and a scan that knows every right answer."""

import html
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from benchmarks.corpus import DEPARTMENTS
from benchmarks.items import YEARS
from benchmarks.prose import Writer
from benchmarks.vocabulary import FIELDS
from mulu.search.document import Document
from mulu.search.fold import fold
from mulu.search.query import parse

_SIGNS = re.compile(r"^#+ |^- |^\| ?| ?\|$|^\|[-:|]+\|$", re.M)
_HAN = re.compile("[一-鿿]+")
_DIGITS = re.compile("[0-9]{3,}")


class Question(NamedTuple):
    """What is typed, and what sort of question it is."""

    sort: str
    text: str


def documents(count: int, seed: int = 1) -> Iterator[Document]:
    """`count` documents, oldest first; the same arguments give the same texts."""
    chance = random.Random(seed)
    for number in range(count):
        year, body = YEARS[number * len(YEARS) // count], DEPARTMENTS[number % len(DEPARTMENTS)]
        writer = Writer(chance, body, FIELDS[number * 7 % len(FIELDS)][2], year, number + 1)
        day = f"{year}-{1 + number % 12:02}-{1 + number % 28:02}"
        text = _SIGNS.sub("", writer.text(["目录事项"], day))
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        yield Document(
            f"b{number:06}", writer.title(), f"示{body[3:5]}发〔{year}〕{number + 1}号", published=day, body="\n".join(lines)
        )


def write(folder: Path, listed: list[Document]) -> None:
    """Every document twice, a file each: as JSON in `documents/`, and with the same text as a page in `site/`."""
    for name in ("documents", "site"):
        (folder / name).mkdir(parents=True)
    for each in listed:
        (folder / "documents" / f"{each.id}.json").write_bytes(msgspec.json.encode(each))
        lines = "".join(f"<p>{html.escape(line)}</p>\n" for line in (each.number, *each.body.split("\n")))
        page = f'<!doctype html>\n<html lang="zh-CN">\n<meta charset="utf-8">\n<title>{each.title}</title>\n<main>\n<h1>{each.title}</h1>\n{lines}</main>\n</html>\n'
        (folder / "site" / f"{each.id}.html").write_text(page, "utf-8")


def questions(listed: list[Document], seed: int = 2) -> list[Question]:
    """Forty-nine questions, every one with an answer in the texts they are drawn from."""
    chance = random.Random(seed)
    texts = ["\n".join((each.title, each.body)) for each in listed]
    things = [thing for _, _, some in FIELDS for thing in some if any(thing in text for text in texts)]

    def part(pattern: re.Pattern[str], length: int) -> str:
        while True:
            found = [each for each in pattern.findall(chance.choice(texts)) if len(each) >= length]
            if found:
                run: str = chance.choice(found)
                start = chance.randrange(len(run) - length + 1)
                return run[start : start + length]

    def word(pattern: re.Pattern[str]) -> str:
        return str(chance.choice(pattern.findall(chance.choice(texts))))

    drawn = [
        *(("a term of the field", thing) for thing in chance.sample(things, 15)),
        *(("two characters", part(_HAN, 2)) for _ in range(10)),
        *(("part of a sentence", part(_HAN, length)) for length in (3, 4, 4, 5, 6, 6, 7, 8)),
        *(("文号", each.number) for each in chance.sample(listed, 6)),
        *(("digits", word(_DIGITS)) for _ in range(4)),
    ]
    known = folded(listed)
    pairs = (("two words", f"{part(_HAN, 2)} {thing}") for thing in iter(lambda: chance.choice(things), None))
    answered = (each for each in pairs if right(known, each[1]))
    return [Question(*each) for each in (*drawn, *(next(answered) for _ in range(6)))]


def right(texts: dict[str, tuple[str, ...]], text: str) -> set[str]:
    """The documents in which every word of the question stands, by reading all of them; `texts` is what `folded` gives."""
    words = parse(text).words
    return {id for id, fields in texts.items() if all(any(word in field for field in fields) for word in words)}


def folded(listed: list[Document]) -> dict[str, tuple[str, ...]]:
    """The texts of each document as they are compared: title, number, body."""
    return {each.id: (fold(each.title), fold(each.number), fold(each.body)) for each in listed}
