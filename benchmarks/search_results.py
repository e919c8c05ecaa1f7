"""What the two searches did, one JSON record a line, and the part of RESULTS.md that is written from it."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

RECORDS = "search.jsonl"


@dataclass(frozen=True)
class SearchRecord:
    """One search over one corpus. Sizes in bytes; `loaded`, `requests` and `first` are medians over the questions, `most` is the worst of them.

    `sorts` says for each sort of question: how many there were, how many had every right answer and nothing else, recall and precision (0 to 1,
    means over the questions; without any hit precision is 1).
    """

    commit: str
    machine: str
    day: str
    items: int
    who: str
    version: str
    seconds: float
    largest: int
    tree: int
    files: int
    size: int
    loaded: int
    most: int
    requests: int
    first: float
    sorts: dict[str, tuple[int, int, float, float]]


def read(path: Path) -> list[SearchRecord]:
    """All records of the file, none where there is no file."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [SearchRecord(**json.loads(line)) for line in lines if line.endswith("}")]


def add(path: Path, record: SearchRecord) -> None:
    """Append a record."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(record), ensure_ascii=False) + "\n")


def part(records: list[SearchRecord]) -> Iterator[str]:
    """The lines of RESULTS.md: the newest record of each search, size by size."""
    newest = {(each.items, each.who): each for each in records}
    if newest:
        yield _HEAD
    for items in sorted({items for items, _ in newest}):
        runs = [each for (size, _), each in newest.items() if size == items]
        versions = "; ".join(dict.fromkeys(each.version for each in runs))
        yield f"### {items:,} documents\n\n{runs[-1].machine}; {runs[-1].day}; commit `{runs[-1].commit}`. {versions}.\n"
        yield "| | index: seconds | largest MB | tree MB | files | MB written | KB for a question | worst | requests | seconds to first hits |"
        yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
        yield from (_cost(each) for each in runs)
        yield "\n| questions | " + " | ".join(f"{each.who}: all right | recall | precision" for each in runs) + " |"
        yield "|---|" + "--:|" * 3 * len(runs)
        yield from (_sort(sort, runs) for sort in (*runs[0].sorts, None))
        yield ""


_HEAD = f"""## Search

Written from [{RECORDS}]({RECORDS}). The same documents for both (`benchmarks/search_corpus.py`: title, number, 2 KB of text; no attachments), an index each, and the same
questions in Chromium, each by a browser that has kept nothing, until the first hits are there with their texts. Bytes are those of the files as they lie on disk, with modules
and manifest, without compression by the server (Pagefind's own files are compressed). *Right* is what a scan of all texts finds: every document in which each word of the question stands, however the text is
cut into words. Pagefind is asked twice: as typed, and as a phrase in quotes (two words as typed).
"""


def _cost(each: SearchRecord) -> str:
    memory = f"{each.largest / 1e6:,.0f} | {each.tree / 1e6:,.0f}"
    loaded = f"{each.loaded / 1e3:,.0f} | {each.most / 1e3:,.0f} | {each.requests:,}"
    return f"| {each.who} | {each.seconds:.2f} | {memory} | {each.files:,} | {each.size / 1e6:,.1f} | {loaded} | {each.first:.2f} |"


def _sort(sort: str | None, runs: list[SearchRecord]) -> str:
    """A line for one sort of question, or for all of them."""
    cells = []
    for each in runs:
        counted = [each.sorts[sort]] if sort else list(each.sorts.values())
        count = sum(row[0] for row in counted)
        recall, precision = (sum(row[0] * row[place] for row in counted) / count * 100 for place in (2, 3))
        cells.append(f"{sum(row[1] for row in counted)} of {count} | {recall:.1f} % | {precision:.1f} %")
    return f"| {sort or 'all'} | " + " | ".join(cells) + " |"
