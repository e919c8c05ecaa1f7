"""The command line as its users call it: exit codes, formats, languages, commits."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from conftest import AS_OF, commit, lay_over
from mulu.checks.explain import explanation
from mulu.checks.registry import FAULTS
from mulu.cli import cli
from mulu.model.schema import schema


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


def check(root: Path, *options: str) -> Result:
    return run("check", root, "--as-of", AS_OF, *options)


def test_exit_codes(minimal: Path, tmp_path: Path) -> None:
    assert check(minimal).exit_code == 0
    lay_over(minimal, explanation("M103").wrong)
    assert check(minimal).exit_code == 1
    assert check(tmp_path).exit_code == 2
    (tmp_path / "catalogs").mkdir()
    assert check(tmp_path).exit_code == 2
    assert "不在 git 仓库里" in (outside := check(minimal, "--at", "nothing")).output and outside.exit_code == 2
    commit(minimal)
    for option in ("--at", "--since"):
        for name in ("nothing", "--output=x"):
            unknown = check(minimal, option, name)
            assert unknown.exit_code == 2 and f"不认识这次提交：{name}。" in unknown.output


def test_the_report_says_where_what_and_how_many(minimal: Path) -> None:
    lay_over(minimal, explanation("M103").wrong)
    said = check(minimal).output
    assert "catalogs/departments/fgj/items/2026/2026-fgj-001.md:" in said and "M103 unknown_entry" in said
    assert said.rstrip().splitlines()[-1].startswith("错误 ")
    assert "errors" in check(minimal, "--lang", "en").output


def test_repeats_are_grouped(minimal: Path) -> None:
    for number in range(30):
        (minimal / f"catalogs/stray{number}.txt").write_text("x")
    said = check(minimal).output
    assert said.count("F112 file_out_of_place") == 5 and "另有 25 处" in said


@pytest.mark.parametrize("code", ["M103", "S103", "F106", "I142"])
def test_json_follows_its_schema(minimal: Path, code: str) -> None:
    lay_over(minimal, explanation(code).wrong)
    report = json.loads(check(minimal, "--format", "json").output)
    jsonschema.validate(report, schema("report"), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
    assert code in {found["code"] for found in report["diagnostics"]}


def test_github_annotations(minimal: Path) -> None:
    lay_over(minimal, explanation("M103").wrong)
    commit(minimal.parent)
    lines = check(minimal, "--format", "github").output.splitlines()
    assert any(
        line.startswith("::error file=minimal/catalogs/departments/fgj/items/2026/2026-fgj-001.md,line=") for line in lines
    )


def test_a_commit_is_checked_like_the_work_tree(minimal: Path) -> None:
    lay_over(minimal, explanation("M103").wrong)
    commit(minimal)
    before = check(minimal).output
    (minimal / "catalogs/site.yml").write_text("broken: [", "utf-8")
    assert check(minimal, "--at", "HEAD").output == before != check(minimal).output


def test_status_and_explain(minimal: Path) -> None:
    assert "重大建设项目" in run("status", minimal, "--as-of", AS_OF).output
    for fault in FAULTS:
        assert fault.name in run("explain", fault.code).output
        assert run("explain", fault.name, "--lang", "en").exit_code == 0
    assert run("explain", "Z999").exit_code == 2


def test_build_at_a_commit(minimal: Path, tmp_path: Path) -> None:
    config = "site_name: x\ndocs_dir: catalogs/pages\nuse_directory_urls: false\ntheme: {name: material, font: false, palette: {scheme: default}}\nplugins: [mulu]\n"
    (minimal / "mkdocs.yml").write_text(config, "utf-8")
    commit(minimal)
    item = minimal / "catalogs/departments/fgj/items/2026/2026-fgj-001.md"
    item.write_text(item.read_text("utf-8") + "\n还没有提交的话。\n", "utf-8")
    out = tmp_path / "out"
    assert run("build", minimal, "--out", out, "--as-of", AS_OF, "--at", "HEAD", "-q").exit_code == 0
    assert "还没有提交的话" not in (out / "items/2026-fgj-001.html").read_text("utf-8")
