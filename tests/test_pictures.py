"""Pictures say what the tables behind them say: the life of a document, relations, the heat map."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from browsing import ROOT
from conftest import AS_OF
from mulu.flow import check
from mulu.pages.heat import heat
from mulu.pages.life import MOST, life
from mulu.pages.lines import Figures


def test_the_life_of_a_document_is_in_order_and_whole() -> None:
    checked = check(ROOT, as_of=AS_OF)
    repository = checked.repository
    made = life(repository.items["2024-fgj-023"], repository, checked.correspondence)
    assert made is not None
    stages = [(each.day, each.stage, each.look) for each in made.events]
    assert stages == sorted(stages, key=lambda each: each[0])
    assert [stage for _, stage, _ in stages] == ["原文件", "发布", "解读", "施行"]
    assert [look for _, _, look in stages] == ["ended", "here", "", ""]
    old = life(repository.items["2021-fgj-005"], repository, checked.correspondence)
    assert old is not None
    assert ("2024-06-03", "被替代") in [(each.day, each.stage) for each in old.events]
    decision = life(repository.items["2026-fgj-014"], repository, checked.correspondence)
    assert decision is not None
    assert [each.stage for each in decision.events] == ["征求意见", "意见反馈", "施行", "决定"]


def test_an_item_by_itself_has_no_picture() -> None:
    checked = check(ROOT, as_of=AS_OF)
    alone = [
        each for each in checked.repository.items.values() if life(each, checked.repository, checked.correspondence) is None
    ]
    assert len(alone) > 30


def test_the_graph_has_a_box_for_each_and_a_line_for_each_relation() -> None:
    checked = check(ROOT, as_of=AS_OF)
    for item in checked.repository.items.values():
        made = life(item, checked.repository, checked.correspondence)
        if made and made.boxes:
            places = {(each.x, each.y) for each in made.boxes}
            assert len(places) == len(made.boxes) <= MOST + 1
            assert sum(each.look == "here" for each in made.boxes) == 1
            assert all(each.x + 216 <= made.graph_width and each.y + 58 <= made.graph_height for each in made.boxes)
            assert len({each.said for each in made.edges}) == len(made.edges) >= len(made.boxes) - 1


def test_the_steps_of_the_heat_map() -> None:
    def of(answered: int, entries: int) -> Figures:
        return Figures(entries=entries, published=answered, explained=0, pending=0, late=entries - answered)

    made = heat(["一", "二", "三", "四", "五", "六"], [("某局", [of(4, 4), of(3, 4), of(2, 4), of(1, 4), of(0, 4), None])])
    assert [(each.step, each.text) for each in made.cells] == [(4, "4/4"), (3, "3/4"), (2, "2/4"), (1, "1/4"), (0, "0/4")]


def test_every_svg_of_the_site_is_well_formed_and_its_numbers_are_in_the_table(site: Path) -> None:
    for path in site.rglob("*.html"):
        for drawn in re.findall(r"<svg\b.*?</svg>", path.read_text("utf-8"), re.DOTALL):
            ElementTree.fromstring(drawn)
    html = (site / "catalog/index.html").read_text("utf-8")
    picture, _, table = html.partition("</figure>")
    numbers = re.findall(r">(\d+/\d+)</text>", picture)
    assert numbers
    for number in numbers:
        assert f">{number}</a>" in table
