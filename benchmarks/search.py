"""Measures our search and Pagefind side by side: the cost of an index, of a question, and how many answers are right; writes RESULTS.md.

`python -m benchmarks.search --items 10000` is what `make bench-search` calls. Nothing of what it builds stays in the project.
"""

import argparse
import shutil
import subprocess
import sys
from collections import defaultdict
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import mean, median
from typing import NamedTuple

from benchmarks import results, search_corpus, search_results
from benchmarks.measure import Measured, measured, written
from benchmarks.records import Records, commit, machine
from benchmarks.search_browser import Asked, ask
from benchmarks.search_corpus import Question
from benchmarks.search_results import RECORDS, SearchRecord

_HERE = Path(__file__).parent
_MODULES = _HERE.parent / "site_templates/overrides/assets/mulu/search"


class Built(NamedTuple):
    """An index, the folder that is served with it, the folder of the index alone, and what it took."""

    version: str
    site: Path
    index: Path
    took: Measured


def main(arguments: list[str] | None = None) -> None:
    """Build both indexes for every size, ask all questions, keep the records and write the results."""
    asked = _parser().parse_args(arguments)
    for items in asked.items:
        work = asked.work / f"search-{items}"
        shutil.rmtree(work, ignore_errors=True)
        listed = list(search_corpus.documents(items))
        search_corpus.write(work, listed)
        questions, texts = search_corpus.questions(listed), search_corpus.folded(listed)
        right = [search_corpus.right(texts, each.text) for each in questions]
        ours, theirs = _ours(work, asked.limit), _pagefind(work, asked.peers, asked.limit)
        for who, built in (("mulu", ours), ("Pagefind", theirs), ("Pagefind, in quotes", theirs)):
            answers = list(ask(who, built.site, [each.text for each in questions]))
            record = _record(who, items, built, questions, right, answers)
            search_results.add(asked.results.with_name(RECORDS), record)
            print(f"{items:>8} {who:20} {record.seconds:8.2f} s  {record.loaded} bytes a question  {record.sorts}", flush=True)
        if not asked.keep:
            shutil.rmtree(work)
    results.write(Records(asked.records), asked.results)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.search", description=__doc__)
    parser.add_argument("--items", type=int, nargs="+", default=[10_000], help="sizes of the corpus")
    parser.add_argument("--limit", type=float, default=3600.0, help="seconds for one index")
    parser.add_argument("--work", type=Path, default=_HERE.parent / ".bench", help="folder for texts and indexes")
    parser.add_argument("--keep", action="store_true", help="leave them there")
    parser.add_argument(
        "--peers", type=Path, default=_HERE.parent / ".venv-peers" / "bin", help="folder of the peers' commands"
    )
    parser.add_argument("--records", type=Path, default=_HERE / "records.jsonl", help="records of the other measurements")
    parser.add_argument("--results", type=Path, default=_HERE / "RESULTS.md", help=f"written anew; {RECORDS} is beside it")
    return parser


def _ours(work: Path, limit: float) -> Built:
    site = work / "ours"
    shutil.copytree(_MODULES, site / "assets/mulu/search")
    (site / "blank.html").touch()
    command = [sys.executable, "-m", "benchmarks.search_index", str((work / "documents").resolve()), str(site.resolve())]
    took = measured(command, _HERE.parent, work / "ours.log", limit=limit)
    return Built(f"mulu {version('mulu')}", site, site / "search", took)


def _pagefind(work: Path, peers: Path, limit: float) -> Built:
    site, python = work / "site", str(peers.absolute() / "python")
    took = measured([python, "-m", "pagefind", "--site", "site"], work, work / "pagefind.log", limit=limit)
    said = subprocess.run([python, "-m", "pagefind", "--version"], capture_output=True, text=True, check=True).stdout
    (site / "blank.html").touch()
    return Built(f"Pagefind {said.split()[-1]} (extended)", site, site / "pagefind", took)


def _record(
    who: str, items: int, built: Built, questions: list[Question], right: list[set[str]], answers: list[Asked]
) -> SearchRecord:
    files = written(built.index)
    sorts: defaultdict[str, list[tuple[bool, float, float]]] = defaultdict(list)
    for question, truth, asked in zip(questions, right, answers, strict=True):
        sorts[question.sort].append(_judged(truth, asked.hits))
    return SearchRecord(
        commit(), machine(), date.today().isoformat(), items, who, built.version,
        round(built.took.seconds, 3), built.took.largest, built.took.tree, len(files), sum(each[2] for each in files.values()),
        round(median(each.bytes for each in answers)), max(each.bytes for each in answers),
        round(median(each.requests for each in answers)), round(median(each.seconds for each in answers), 3),
        {sort: (len(rows), sum(row[0] for row in rows), mean(row[1] for row in rows), mean(row[2] for row in rows)) for sort, rows in sorts.items()},
    )  # fmt: skip


def _judged(truth: set[str], hits: set[str]) -> tuple[bool, float, float]:
    """Whether the hits are just the right ones, recall, and precision."""
    both = len(truth & hits)
    return truth == hits, both / len(truth), both / len(hits) if hits else 1.0


if __name__ == "__main__":
    main()
