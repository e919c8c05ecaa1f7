"""The edits that a measured build follows: each changes one thing by a few characters, the same way for every generator."""

import re
from collections.abc import Callable
from pathlib import Path


def body(path: Path, turn: int) -> None:
    """One more sentence at the end of an item."""
    path.write_text(f"{path.read_text('utf-8').rstrip()}\n\n补充说明第{turn}条。\n", "utf-8")


def title(path: Path, turn: int) -> None:
    """Another title; lists and related pages show it too."""
    text = path.read_text("utf-8")
    path.write_text(
        re.sub(r'^title: "?(.*?)(?:（改\d+）)?"?$', rf'title: "\1（改{turn}）"', text, count=1, flags=re.MULTILINE), "utf-8"
    )


def entry(path: Path, turn: int) -> None:
    """Another wording of the first entry of a catalog file."""
    text = path.read_text("utf-8")
    path.write_text(
        re.sub(r"^    item: (.*?)(?:（改\d+）)?$", rf"    item: \1（改{turn}）", text, count=1, flags=re.MULTILINE), "utf-8"
    )


def template(path: Path, turn: int) -> None:
    """Other text on every page of a kind."""
    text = path.read_text("utf-8")
    path.write_text(re.sub(r">打印本页(?:\d*)<", f">打印本页{turn}<", text), "utf-8")


EDITS: dict[str, Callable[[Path, int], None]] = {"body": body, "title": title, "entry": entry, "template": template}
