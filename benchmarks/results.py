"""RESULTS.md and the chart, from the records alone."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.chart import chart
from benchmarks.records import Record, Records, middle
from benchmarks.search_results import RECORDS, part, read
from benchmarks.tools import MULU

_WORDS = {
    "check cold": "`check`, first time", "check warm": "`check`, again", "cold": "build from nothing", "unchanged": "nothing changed",
    "one body": "one item's body changed", "one title": "one item's title changed", "one entry": "one catalog entry changed",
    "one template": "the item template changed", "serve": "`serve`: saved → visible",
}  # fmt: skip
_NAMES = {MULU: "mulu", "hugo": "Hugo", "mkdocs": "MkDocs + Material", "zensical": "Zensical"}
_SPREAD = 15
"""Percent by which the time per item may differ between sizes (issue 5)."""


def write(records: Records, path: Path) -> None:
    """Write RESULTS.md to `path` and growth.svg beside it; the records of search are read from there too."""
    parts = [_HEAD]
    for items in records.sizes():
        parts += [f"## {items:,} items\n", *_machine(records, items), *_table(records, items), *_failures(records, items)]
    parts += _growth(records, path)
    parts += ["", *part(read(path.with_name(RECORDS)))]
    path.write_text("\n".join(parts).rstrip() + "\n", "utf-8")


_HEAD = """# Results

Written by `python -m benchmarks.run` and `benchmarks.search`, never by hand; the runs themselves are in [records.jsonl](records.jsonl), where the time goes in [PROFILE.md](PROFILE.md).

The same items for all: the corpus of `benchmarks/corpus.py`, exported to each generator with our frame as its base template, so that item pages have the same text and
nearly the same bytes (column *files* and *MB written*). Peers write the item pages and nothing else. mulu writes all of its site and does all of its work: checks, deadlines,
evaluation, lists, entries, search and open data as far as they are in the program. Seconds are medians; the generators took turns. *Largest* is the highest resident memory of
any one process, *tree* the highest sum over all its processes at one moment, pages they share counted in each; both in MB. × is the time in multiples of mulu's.
"""


def _machine(records: Records, items: int) -> list[str]:
    runs = [each for each in records.all if each.items == items]
    versions = dict.fromkeys(f"{_NAMES[each.tool]} `{each.version}`" for each in runs)
    commits = "、".join(dict.fromkeys(f"`{each.commit}`" for each in runs if each.tool == MULU))
    return [f"{runs[-1].machine}; {runs[-1].day}; commit {commits or '–'}.\n", f"{'; '.join(versions)}.\n"]


def _table(records: Records, items: int) -> Iterator[str]:
    yield "| | | seconds | × | runs | largest | tree | files | MB written |\n|---|---|--:|--:|--:|--:|--:|--:|--:|"
    for step, words in _WORDS.items():
        ours = middle(records.latest(items, MULU, step), "seconds") if _any(records, items, MULU, step) else None
        for name, label in _NAMES.items():
            if not _any(records, items, name, step):
                continue
            runs = records.latest(items, name, step)
            seconds = middle(runs, "seconds")
            if seconds is None:
                yield f"| {words} | {label} | – | | 0 | | | | |"
                continue
            ratio = f"{seconds / ours:.1f}" if ours else ""
            good = sum(not each.failed for each in runs)
            memory = " | ".join(f"{(middle(runs, field) or 0) / 1e6:,.0f}" for field in ("largest", "tree"))
            output = (
                f"{middle(runs, 'files') or 0:,.0f} | {(middle(runs, 'bytes') or 0) / 1e6:,.1f}"
                if "check" not in step and step != "serve"
                else " | "
            )
            yield f"| {words} | {label} | {_shown(seconds)} | {ratio} | {good} | {memory} | {output} |"
    yield ""


def _any(records: Records, items: int, tool: str, step: str) -> bool:
    return any((each.items, each.tool, each.step) == (items, tool, step) for each in records.all)


def _failures(records: Records, items: int) -> list[str]:
    failed = [
        each
        for each in records.all
        if each.items == items and each.failed and each in records.latest(items, each.tool, each.step)
    ]
    return [f"- {_NAMES[each.tool]}, {_WORDS[each.step]}: {each.failed.splitlines()[-1]}" for each in failed] + [""] * bool(
        failed
    )


def _growth(records: Records, path: Path) -> list[str]:
    lines: dict[str, list[tuple[int, float]]] = {}
    for tool, label in _NAMES.items():
        points = [
            (items, _per_item(records.latest(items, tool, "cold"), items))
            for items in records.sizes()
            if _any(records, items, tool, "cold")
        ]
        if known := [(items, value) for items, value in points if value is not None]:
            lines[label] = known
    if not any(len(points) > 1 for points in lines.values()):
        return []
    path.with_name("growth.svg").write_text(chart(lines), "utf-8")
    said = [
        "## Growth\n",
        "Milliseconds per item of a build from nothing.\n",
        "![Milliseconds per item by number of items](growth.svg)\n",
    ]
    for label, points in lines.items():
        values = [value for _, value in points]
        spread = (max(values) / min(values) - 1) * 100
        told = ", ".join(f"{items:,}: {value:.3f}" for items, value in points)
        verdict = (
            f"; {spread:.0f} % apart, {'within' if spread <= _SPREAD else 'not within'} the {_SPREAD} % asked for"
            if label == _NAMES[MULU] and len(values) > 1
            else ""
        )
        said.append(f"- {label} — {told}{verdict}.")
    return said


def _per_item(runs: list[Record], items: int) -> float | None:
    seconds = middle(runs, "seconds")
    return None if seconds is None else seconds / items * 1000


def _shown(seconds: float) -> str:
    return f"{seconds:.2f}" if seconds < 100 else f"{seconds:,.0f}"
