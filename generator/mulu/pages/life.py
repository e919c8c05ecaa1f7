"""文件的一生: a document with everything related to it, as events in the order of time and as a graph of relations.

Only plain coordinates and words; the looks are classes of the style sheet. An item without relations has no picture.
"""

from collections import deque
from collections.abc import Iterator
from datetime import date

import msgspec

from mulu.mapping import Correspondence
from mulu.model.item import RELATIONS, Item
from mulu.model.repository import Repository
from mulu.model.schema import titles
from mulu.pages.labels import LIFE_WORDS, STAGE_WORDS
from mulu.pages.page import item_address

MOST = 12
"""Related items that are drawn; a law with a hundred interpretations is a list."""

STEP, EVENT_TOP, EVENT_HEIGHT = 116, 46, 92
BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y = 216, 58, 96, 18
_SHORT = 14


class Event(msgspec.Struct, frozen=True):
    """One point of a life, `x` from the left; `look` is `here`, `ended` or empty. Its address is empty for the item itself."""

    x: int
    day: str
    stage: str
    title: str
    address: str
    look: str


class Box(msgspec.Struct, frozen=True):
    """One item in the graph, by its upper left corner."""

    x: int
    y: int
    kind: str
    words: str
    look: str


class Edge(msgspec.Struct, frozen=True):
    """A relation as an SVG path with its word at (x, y), and as a sentence: title, word, title."""

    path: str
    x: int
    y: int
    word: str
    said: tuple[str, str, str]


class Life(msgspec.Struct, frozen=True):
    """Both pictures, in units of their boxes; `boxes` are empty where the graph would say no more than a line of text."""

    events: tuple[Event, ...]
    width: int
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    graph_width: int
    graph_height: int


def life(item: Item, repository: Repository, correspondence: Correspondence) -> Life | None:
    """The life of an item; None where nothing is related to it."""
    around = _around(item, repository, correspondence)
    if len(around) == 1:
        return None
    related = [repository.items[each] for each in around]
    events = tuple(_events(item, related))
    edges = [(each, relation, target) for each in related for relation in RELATIONS for target in each.related(relation) if target in around]  # fmt: skip
    width = STEP * len(events)
    if len(around) < 3:
        return Life(events, width, (), (), 0, 0)
    places = _places(around)
    boxes = tuple(_box(each, item, *places[each.id]) for each in related)
    right, bottom = max(each.x for each in boxes) + BOX_WIDTH, max(each.y for each in boxes) + BOX_HEIGHT
    lines = {(source, target): (repository.items[source.id], relation, repository.items[target]) for source, relation, target in edges}  # one line for two relations of one pair  # fmt: skip
    drawn = tuple(_edge(places, *each) for each in lines.values())
    return Life(events, width, boxes, drawn, right + 2, bottom + 2)


def _around(item: Item, repository: Repository, correspondence: Correspondence) -> dict[str, int]:
    """Ids → column: 0 the item, to the left what it points to, to the right what points to it; two steps at most."""
    columns = {item.id: 0}
    waiting = deque([item.id])
    while waiting and len(columns) <= MOST:
        id = waiting.popleft()
        column = columns[id]
        if abs(column) == 2:
            continue
        for other, side in _neighbours(id, repository, correspondence):
            if other not in columns and len(columns) <= MOST:
                columns[other] = column + (side if column == 0 else (1 if column > 0 else -1))
                waiting.append(other)
    return columns


def _neighbours(id: str, repository: Repository, correspondence: Correspondence) -> Iterator[tuple[str, int]]:
    for relation in RELATIONS:
        for other in repository.items[id].related(relation):
            if other in repository.items:
                yield other, -1
        for other in correspondence.pointed_at.get(id, {}).get(relation, ()):
            yield other, 1


def _events(item: Item, related: list[Item]) -> Iterator[Event]:
    found: list[tuple[date, str, str, str, str]] = []
    for each in related:
        look = "here" if each is item else "ended" if each.withdrawn or not each.current else ""
        found.append((each.published, _stage(each, item), each.title, "" if each is item else item_address(each.id), look))
    if item.effective and item.effective != item.published:
        found.append((item.effective, "施行", item.title, "", ""))
    if item.expires:
        found.append((item.expires, "失效", item.title, "", "ended"))
    if item.withdrawn:
        found.append((item.withdrawn.on, "撤下", item.title, "", "ended"))
    found.sort(key=lambda each: (each[0], each[4] == "here", each[2]))
    for place, (day, *rest) in enumerate(found):
        yield Event(STEP * place + STEP // 2, day.isoformat(), *rest)


def _stage(each: Item, item: Item) -> str:
    """What `each` is in the life of `item`: by its relation to it, or else by its kind."""
    for relation, (outward, inward) in LIFE_WORDS.items():
        if item.id in each.related(relation) and inward:
            return inward
        if each.id in item.related(relation) and outward:
            return outward
    return STAGE_WORDS.get(each.kind, "发布")


def _places(columns: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Corners of the boxes: columns from left to right, each centred."""
    used = sorted(set(columns.values()))
    tallest = max(sum(1 for each in columns.values() if each == column) for column in used)
    places = {}
    for number, column in enumerate(used):
        ids = [id for id, each in columns.items() if each == column]
        top = (tallest - len(ids)) * (BOX_HEIGHT + GAP_Y) // 2
        for row, id in enumerate(ids):
            places[id] = (1 + number * (BOX_WIDTH + GAP_X), 1 + top + row * (BOX_HEIGHT + GAP_Y))
    return places


def _box(each: Item, item: Item, x: int, y: int) -> Box:
    words = each.number or each.title
    short = words if len(words) <= _SHORT else words[: _SHORT - 1] + "…"
    return Box(x, y, titles("item", "kind")[each.kind], short, "here" if each is item else "")


def _edge(places: dict[str, tuple[int, int]], source: Item, relation: str, target: Item) -> Edge:
    (x1, y1), (x2, y2) = places[source.id], places[target.id]
    y1, y2 = y1 + BOX_HEIGHT // 2, y2 + BOX_HEIGHT // 2
    if x1 == x2:  # in one column: around the right side
        x1, x2 = x1 + BOX_WIDTH, x2 + BOX_WIDTH
        path, middle = f"M{x1} {y1}C{x1 + 60} {y1} {x2 + 60} {y2} {x2} {y2}", x1 + 46
    else:
        x1, x2 = (x1, x2 + BOX_WIDTH) if x1 > x2 else (x1 + BOX_WIDTH, x2)
        middle = (x1 + x2) // 2
        path = f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"
    word = STAGE_WORDS[relation]
    return Edge(path, middle, (y1 + y2) // 2, word, (source.title, word, target.title))
