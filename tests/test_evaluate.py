"""`mulu evaluate`: a score worked by hand, vetoes, grace, samples, and the same bytes from two clones."""

import csv
import io
import json
import subprocess
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from conftest import AS_OF, HERE, commit
from mulu.cli import cli
from mulu.evaluation.measures import MEASURES
from mulu.evaluation.sample import drawn
from mulu.flow import check
from mulu.model.profile import Sample
from mulu.resources import resource
from mulu.scoring import evaluate

DEMO = HERE.parent

CATALOG = """field: project
entries:
"""
ENTRY = """  - id: e{n}
    topic: 批准结果信息
    item: 事项{n}
    elements: [甲, 乙]
    basis: [{{title: 中华人民共和国政府信息公开条例}}]
    time_limit: {limit}
    responsible: [小样区发展和改革局]
    channels: [政府网站]
    audience: [全社会]
    method: 主动公开
    levels: [区级]
"""
ITEM = """---
id: 2026-fgj-{n:03}
index_number: 11330299002941100K/2026-{n:05}
title: 第{n}件
kind: notice
entries: [{entry}]
issuers: [小样区发展和改革局]
formed: 2026-03-02
published: {published}
summary: 一件通知。
review: {{by: 局办公室, on: 2026-03-02}}
---
通知的内容。
"""
PROFILE = """title: 手算
total: 100
pass: 60
grace_days: {grace}
indicators:
  - {{id: coverage, title: 覆盖, measure: coverage, weight: 40, score: share}}
  - {{id: elements, title: 要素, measure: completeness, weight: 20, score: share}}
  - {{id: late, title: 及时, measure: timeliness, weight: 30, score: deduct, points: 7.5}}
  - {{id: found, title: 差错, measure: findings, codes: [M123], weight: 10, score: deduct, points: 20}}
vetoes:
  - {{id: empty, title: 空白, measure: overdue, threshold: {threshold}}}
"""


@pytest.fixture
def four(minimal: Path) -> Path:
    """Entry 1 answered in full and in time; 2 in part (甲) and five days late; 3 in full; 4 not at all, but booked."""
    folder = minimal / "catalogs/departments/fgj"
    limit = "信息形成之日起20个工作日内"  # from 2026-03-02: due 2026-03-30
    (folder / "catalog/project.yml").write_text(
        CATALOG + "".join(ENTRY.format(n=n, limit=limit) for n in (1, 2, 3, 4)), "utf-8"
    )
    (folder / "items/2026/2026-fgj-001.md").unlink()
    for n, entry, published in (
        (1, "e1", "2026-03-30"),
        (2, "{entry: e2, elements: [甲]}", "2026-04-04"),
        (3, "e3", "2026-03-20"),
    ):
        (folder / f"items/2026/2026-fgj-{n:03}.md").write_text(ITEM.format(n=n, entry=entry, published=published), "utf-8")
    (folder / "ledger.yml").write_text("gaps:\n  - {entry: e4, owner: 局办公室, due: 2026-12-31}\n", "utf-8")
    return minimal


def profiled(root: Path, *, grace: int = 0, threshold: int = 2) -> Path:
    (root / "catalogs/profiles").mkdir(exist_ok=True)
    (root / "catalogs/profiles/byhand.yml").write_text(PROFILE.format(grace=grace, threshold=threshold), "utf-8")
    return root


def test_a_score_worked_by_hand(four: Path) -> None:
    """3 of 4 entries: 30; 5 of 8 elements: 12.5; one publication of three late: 30 − 7.5; one M123 takes all 10."""
    found = evaluate(check(profiled(four), as_of=AS_OF), "byhand")
    whole = found.sheets[0]
    assert [each.points for each in whole.indicators] == [30, 12.5, 22.5, 0]
    assert (whole.points, whole.passed, whole.vetoes) == (65, True, ())
    late = whole.indicators[2].lost[0]
    assert (late.points, late.case.item, late.case.due, late.case.actual, late.case.late) == (
        7.5,
        "2026-fgj-002",
        "2026-03-30",
        "2026-04-04",
        5,
    )
    assert late.case.clause == "信息形成之日起20个工作日内公开"
    assert whole.indicators[3].lost[0].case.rule == "M123" and whole.indicators[3].lost[0].points == 10
    assert sum(lost.points for lost in whole.indicators[1].lost) == 7.5
    assert found.sheets[1].points == 65


def test_days_of_grace(four: Path) -> None:
    assert evaluate(check(profiled(four, grace=4), as_of=AS_OF), "byhand").sheets[0].indicators[2].points == 22.5
    assert evaluate(check(profiled(four, grace=5), as_of=AS_OF), "byhand").sheets[0].indicators[2].points == 30


def test_a_veto(four: Path) -> None:
    whole = evaluate(check(profiled(four, threshold=1), as_of=AS_OF), "byhand").sheets[0]
    assert (whole.points, whole.passed) == (0, False) and whole.vetoes[0].cases[0].entry == "e4"


def test_a_scheme_with_faults_is_refused(four: Path) -> None:
    profiled(four)
    path = four / "catalogs/profiles/byhand.yml"
    path.write_text(path.read_text("utf-8").replace("total: 100", "total: 90"), "utf-8")
    done = CliRunner().invoke(cli, ["evaluate", str(four), "--profile", "byhand", "--as-of", str(AS_OF)])
    assert done.exit_code == 2 and "byhand" in done.output
    assert (
        CliRunner().invoke(cli, ["evaluate", str(four), "--profile", "district-quarterly", "--as-of", str(AS_OF)]).exit_code
        == 0
    )


def test_the_measures_are_those_of_the_schema() -> None:
    schema = json.loads(resource("schemas", "v1", "profile.schema.json").read_text("utf-8"))
    assert schema["properties"]["indicators"]["items"]["properties"]["measure"]["enum"] == list(MEASURES)


def test_freshness_staleness_and_priorities() -> None:
    demo = check(DEMO, as_of=AS_OF)
    by = {each.id: each for each in evaluate(demo, "site-inspection").sheets[0].indicators}
    assert by["stale"].lost[0].case.entry == "fgj-project-supervision" and by["stale"].points == 15
    assert not evaluate(demo, "site-inspection").sheets[0].vetoes
    later = evaluate(check(DEMO, as_of=AS_OF.replace(month=12, day=24)), "site-inspection").sheets[0]
    assert "homepage" in [each.id for each in later.vetoes]
    assert {each.id: each for each in evaluate(demo, "third-party").sheets[0].indicators}["priorities"].all == 6


def test_a_sample_is_the_seeds() -> None:
    entries = tuple(check(DEMO, as_of=AS_OF).correspondence.entries.values())

    def ids(seed: str, sample: Sample) -> list[str]:
        return [each.entry.id for each in drawn(entries, sample, seed)]

    assert ids("1", Sample(5)) == ids("1", Sample(5)) != ids("2", Sample(5))
    assert set(ids("1", Sample(5))) < set(ids("1", Sample(9)))  # a larger draw only adds
    assert len({id.split("-")[0] for id in ids("3", Sample(100, 2))}) >= 1
    assert len({each.entry.field for each in drawn(entries, Sample(2, 3), "x")}) == 3
    assert len(drawn(entries, None, "1")) == len(entries)


@pytest.mark.parametrize("form", ["text", "json", "csv", "xlsx"])
def test_two_clones_give_the_same_bytes(four: Path, tmp_path: Path, form: str) -> None:
    commit(profiled(four))
    outputs = []
    for name in ("a", "b"):
        subprocess.run(["git", "clone", "-q", str(four), str(tmp_path / name)], check=True)
        out = tmp_path / f"{name}.{form}"
        arguments = [
            "evaluate",
            str(tmp_path / name),
            "--profile",
            "byhand",
            "--as-of",
            str(AS_OF),
            "--at",
            "HEAD",
            "--sample",
            "3",
            "--format",
            form,
        ]
        assert CliRunner().invoke(cli, [*arguments, "--out", str(out)]).exit_code == 0
        outputs.append(out.read_bytes())
    assert outputs[0] == outputs[1]


def test_formats_are_read_by_others(four: Path, tmp_path: Path) -> None:
    text = profiled(four) / "catalogs/departments/fgj/catalog/project.yml"
    text.write_text(text.read_text("utf-8").replace("[甲, 乙]", "[甲, '=HYPERLINK(\"http://x\")']"), "utf-8")
    for form in ("json", "csv", "xlsx"):
        arguments = [
            "evaluate",
            str(four),
            "--profile",
            "byhand",
            "--as-of",
            str(AS_OF),
            "--format",
            form,
            "--out",
            str(tmp_path / form),
        ]
        assert CliRunner().invoke(cli, arguments).exit_code == 0
    schema = json.loads(resource("schemas", "v1", "score.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(json.loads((tmp_path / "json").read_text("utf-8")))
    rows = list(csv.reader(io.StringIO((tmp_path / "csv").read_text("utf-8-sig"))))
    assert any(cell.startswith("'=HYPERLINK") for row in rows for cell in row)
    assert not any(cell.startswith("=") for row in rows for cell in row)
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "xlsx").read_bytes()))
    assert book.sheetnames == ["得分", "指标", "扣分明细"]
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
