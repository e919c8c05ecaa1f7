"""The lines of a text in which a word stands, with the words marked, and the name of the place."""

from collections.abc import Callable, Iterator

import msgspec

from mulu.search.document import Document
from mulu.search.fold import fold
from mulu.search.folding import fold_points

BEFORE, LENGTH = 30, 120
"""Characters before the first word, and in all."""


class Excerpt(msgspec.Struct, frozen=True):
    """Pieces of text with whether they are marked; `place` is `body`, `about`, `title`, or `attachment` with its number."""

    place: str
    pieces: tuple[tuple[str, bool], ...]
    attachment: int | None = None


def excerpt(document: Document, attached: Callable[[], tuple[str, ...]], words: tuple[str, ...]) -> Excerpt:
    """The text with most of the words: the body, what is said about it, an attachment; where none has any, how the text begins."""
    texts: list[tuple[str, str, int | None]] = [("body", document.body, None)]
    texts += [("about", text, None) for text in document.about]
    best = max(texts, key=lambda each: _held(each[1], words))
    missing = len(words) - _held("\n".join((*document.strong, *document.weak)), words)
    if missing:
        listed = [("attachment", text, number) for number, text in enumerate(attached())]
        best = max(
            [best, *listed], key=lambda each: (_held(each[1], words) - (each[0] != "attachment") * missing, each is best)
        )
    if not _held(best[1], words):
        return Excerpt("title", ((_line(document.about[0] if document.about else document.body)[:LENGTH], False),))
    return Excerpt(best[0], tuple(marked(best[1], words)), best[2])


def marked(text: str, words: tuple[str, ...], *, whole: bool = False) -> Iterator[tuple[str, bool]]:
    """Pieces of the text around the first word, or of all of it."""
    places = sorted(_places(text, words))
    start = 0 if whole or not places else max(0, places[0][0] - BEFORE)
    stop = len(text) if whole else min(len(text), start + LENGTH)
    at = start
    if start:
        yield "…", False
    for left, right in places:
        if right > at and left < stop:
            left = max(left, at)
            if left > at:
                yield _line(text[at:left]), False
            yield _line(text[left : min(right, stop)]), True
            at = min(right, stop)
    if at < stop:
        yield _line(text[at:stop]), False
    if stop < len(text):
        yield "…", False


def _places(text: str, words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Start and end of every occurrence, as characters of the text itself."""
    points, sources = fold_points(text)
    folded = points.tobytes().decode("utf-32-le")
    for word in words:
        at = folded.find(word)
        while at >= 0:
            yield int(sources[at]), int(sources[at + len(word) - 1]) + 1
            at = folded.find(word, at + len(word))


def _held(text: str, words: tuple[str, ...]) -> int:
    folded = fold(text)
    return sum(word in folded for word in words)


def _line(text: str) -> str:
    return text.replace("\n", " ")
