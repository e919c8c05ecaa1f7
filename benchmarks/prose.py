"""Bodies of items: about 2 KB of Chinese text each, with headings, a list, a table, links, an addressee and a signature."""

import random

from benchmarks.vocabulary import FORMS, HEADINGS, MEASURES, PEOPLE, PLACES, QUALITIES, SENTENCES

_NUMBERS = "一二三四"


class Writer:
    """Draws sentences for one body and field; `chance` decides everything, so the same seed gives the same text."""

    def __init__(self, chance: random.Random, body: str, things: tuple[str, ...], year: int, serial: int) -> None:
        self.random, self.body, self.things, self.year, self.serial = chance.random, body, things, year, serial

    def pick(self, values: tuple[str, ...]) -> str:
        return values[int(self.random() * len(values))]

    def number(self, low: int, high: int) -> int:
        return low + int(self.random() * (high - low))

    def words(self) -> dict[str, object]:
        number, pick = self.number, self.pick
        return {
            "thing": pick(self.things), "body": self.body, "place": pick(PLACES), "people": pick(PEOPLE), "quality": pick(QUALITIES),
            "measure": pick(MEASURES), "measure2": pick(MEASURES), "number": number(20, 9000), "part": number(2, 60), "days": number(3, 30),
            "percent": f"{number(10, 300) / 10}", "rate": f"{number(850, 1000) / 10}", "month": number(1, 13), "day": number(1, 29),
            "phone": f"{number(0, 100_000_000):08}", "year": self.year, "serial": self.serial,
        }  # fmt: skip

    def sentence(self) -> str:
        return self.pick(SENTENCES).format_map(self.words())

    def title(self) -> str:
        return self.pick(FORMS).format_map(self.words())

    def paragraph(self) -> str:
        return f"{self.sentence()}。{self.sentence()}。"

    def table(self) -> str:
        rows = "\n".join(
            f"| {row} | {self.pick(PLACES)} | {self.pick(self.things)} | {self.number(10, 9000)} |"
            for row in range(1, self.number(4, 7))
        )
        return f"| 序号 | 地区 | 事项 | 金额（万元） |\n|---:|---|---|---:|\n{rows}"

    def text(self, links: list[str], day: str) -> str:
        """The whole body; `links` are Markdown links that it names one after the other."""
        start = self.number(0, len(HEADINGS) - 3)
        parts = ["各镇人民政府、街道办事处，区政府各部门：", f"{self.sentence()}。"]
        inserts = [
            "\n".join(f"- {self.sentence()}；" for _ in range(3)),
            self.table(),
            f"有关情况见{'、'.join(links)}。{self.sentence()}。",
        ]
        for place, insert in enumerate(inserts):
            parts += [f"## {_NUMBERS[place]}、{HEADINGS[start + place]}", self.paragraph(), insert]
        return "\n\n".join([*parts, self.body, day])
