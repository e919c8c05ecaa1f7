"""The measurements: the corpus is what its description says, and results are written from records alone."""

from dataclasses import replace
from pathlib import Path
from statistics import mean

import pytest

from benchmarks import corpus, edits, results, search_corpus, search_results
from benchmarks.measure import Failed, measured, written
from benchmarks.peers.export import exported
from benchmarks.records import Record, Records
from conftest import AS_OF
from mulu import flow
from mulu.diagnostics import blocks
from mulu.model.item import RELATIONS


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("corpus") / "root"
    corpus.write(root, 1000)
    return root


def texts(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_corpus_is_the_same_every_time(tmp_path: Path, repository: Path) -> None:
    corpus.write(tmp_path / "again", 1000)
    kept = {path: content for path, content in texts(repository).items() if not path.startswith(".mulu/")}
    assert texts(tmp_path / "again") == kept


def test_the_corpus_has_what_it_says_and_no_errors(repository: Path) -> None:
    checked = flow.check(repository, as_of=AS_OF)
    assert str(AS_OF) == corpus.AS_OF
    assert not blocks(checked.diagnostics)
    items, found = checked.repository.items.values(), checked.repository
    assert (len(items), len(found.entries), len(found.departments), len(found.fields)) == (1000, 125, 40, 20)
    assert len({item.published.year for item in items}) == 10
    assert {relation for item in items for relation in RELATIONS if item.related(relation)} >= {
        "interprets",
        "replaces",
        "feedback_on",
    }
    assert sum(bool(item.period) for item in items) > 200 and sum(bool(item.attachments) for item in items) == 50
    sizes = [
        len(content.partition(b"\n---\n")[2])
        for path, content in texts(repository).items()
        if "/items/" in path and path.endswith(".md")
    ]
    assert 1800 < mean(sizes) < 2300
    assert len({item.title for item in items}) > 500


@pytest.mark.parametrize("items", [1, 7, 97, 401])
def test_any_number_of_items_passes(tmp_path: Path, items: int) -> None:
    corpus.write(tmp_path / "root", items)
    checked = flow.check(tmp_path / "root", as_of=AS_OF)
    assert len(checked.repository.items) == items and not blocks(checked.diagnostics)


def test_every_edit_changes_its_file_each_time(tmp_path: Path) -> None:
    corpus.write(tmp_path / "root", 8)
    item = next(tmp_path.glob("root/catalogs/departments/d00/items/*/*.md"))
    sources = {"body": item, "title": item, "entry": next(tmp_path.glob("root/catalogs/departments/d00/catalog/*.yml"))}
    for name, path in sources.items():
        for turn in (1, 2):
            before = path.read_bytes()
            edits.EDITS[name](path, turn)
            assert path.read_bytes() != before
    assert not blocks(flow.check(tmp_path / "root", as_of=AS_OF).diagnostics)


def test_peers_get_every_item_with_its_relations(repository: Path) -> None:
    files = dict(exported(repository, corpus.AS_OF))
    assert len(files) == 1000
    assert "](item:" not in "".join(files.values()) and "](entry:" not in "".join(files.values())
    assert sum("\nrelated: " in text for text in files.values()) > 100


def test_results_are_written_from_records(tmp_path: Path) -> None:
    records = Records(tmp_path / "records.jsonl")
    first = Record(
        "abc", "2 × CPU", "2026-11-23", 1000, "mulu", "0.1", "cold", 0, seconds=2.0, largest=10**8, tree=2 * 10**8, files=5
    )
    for record in (
        first, replace(first, turn=1, seconds=4.0), replace(first, turn=2, seconds=3.0), replace(first, tool="hugo", seconds=6.0),
        replace(first, tool="zensical", failed="exit code 1: no\nmemory"), replace(first, items=10_000, seconds=33.0),
    ):  # fmt: skip
        records.add(record)
    again = Records(tmp_path / "records.jsonl")
    assert (
        again.all == records.all
        and again.known("abc", 1000, "mulu", "cold", 2)
        and not again.known("abd", 1000, "mulu", "cold", 2)
    )
    results.write(again, tmp_path / "RESULTS.md")
    text = (tmp_path / "RESULTS.md").read_text("utf-8")
    assert "| build from nothing | mulu | 3.00 | 1.0 | 3 | 100 | 200 | 5 |" in text
    assert "| build from nothing | Hugo | 6.00 | 2.0 |" in text
    assert "Zensical, build from nothing: memory" in text
    assert "10,000: 3.300; 10 % apart, within the 15 %" in text
    assert (tmp_path / "growth.svg").read_text("utf-8").count("<circle") == 3


def test_a_command_is_measured_with_its_children(tmp_path: Path) -> None:
    child = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; b = bytearray(60_000_000); time.sleep(0.5)'])"
    done = measured(["python3", "-c", child], tmp_path, tmp_path / "log", limit=60)
    assert 60_000_000 < done.largest < done.tree
    with pytest.raises(Failed, match="exit code 3"):
        measured(["python3", "-c", "raise SystemExit(3)"], tmp_path, tmp_path / "log", limit=60)
    with pytest.raises(Failed, match="not done"):
        measured(["python3", "-c", "import time; time.sleep(60)"], tmp_path, tmp_path / "log", limit=0.2)
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b").write_text("x")
    assert [Path(path).name for path in written(tmp_path / "a")] == ["b"]


def test_questions_on_search_have_the_answers_that_a_scan_finds(tmp_path: Path) -> None:
    listed = list(search_corpus.documents(60))
    assert listed == list(search_corpus.documents(60)) and len({each.body for each in listed}) == 60
    questions, texts = search_corpus.questions(listed), search_corpus.folded(listed)
    assert len(questions) == 49 and all(search_corpus.right(texts, each.text) for each in questions)
    number = next(each.text for each in questions if each.sort == "文号")
    assert {each.id for each in listed if each.number == number} == search_corpus.right(texts, number)
    search_corpus.write(tmp_path, listed)
    page = (tmp_path / "site" / f"{listed[0].id}.html").read_text("utf-8")
    assert all(line in page for line in (listed[0].title, listed[0].number, *listed[0].body.split("\n")))


def test_the_part_on_search_is_written_from_its_records(tmp_path: Path) -> None:
    first = search_results.SearchRecord(
        "abc", "2 × CPU", "2026-11-23", 300, "mulu", "mulu 0.1", 1.5, 10**8, 2 * 10**8, 40, 3 * 10**6, 56_000, 80_000, 12, 0.2,
        {"two characters": (4, 4, 1.0, 1.0), "文号": (2, 1, 0.5, 1.0)},
    )  # fmt: skip
    path = tmp_path / search_results.RECORDS
    for record in (
        replace(first, seconds=9.0),
        first,
        replace(first, who="Pagefind", sorts={"two characters": (4, 1, 0.5, 0.25), "文号": (2, 0, 0.5, 0.5)}),
    ):
        search_results.add(path, record)
    results.write(Records(tmp_path / "records.jsonl"), tmp_path / "RESULTS.md")
    text = (tmp_path / "RESULTS.md").read_text("utf-8")
    assert "| mulu | 1.50 | 100 | 200 | 40 | 3.0 | 56 | 80 | 12 | 0.20 |" in text and "9.00" not in text
    assert "| all | 5 of 6 | 83.3 % | 100.0 % | 1 of 6 | 50.0 % | 33.3 % |" in text
