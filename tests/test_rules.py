"""The registry as data: unique codes, a page each, Chinese and English that agree, examples that run."""

import re
import string
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import lay_over
from mulu.checks.explain import explanation
from mulu.checks.registry import FAULTS
from mulu.diagnostics import Fault, Severity
from mulu.flow import Checked
from mulu.resources import package_file

CODES = [fault.code for fault in FAULTS]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_codes_and_names_are_unique_and_every_code_has_a_page() -> None:
    assert len(set(CODES)) == len(CODES) >= 40
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
    assert sorted(CODES) == sorted(path.stem for path in package_file("checks", "explain").glob("*.md"))


@pytest.mark.parametrize("fault", FAULTS, ids=CODES)
def test_the_two_languages_say_the_same(fault: Fault) -> None:
    assert fields(fault.message.zh) == fields(fault.message.en)
    assert re.search("[\u4e00-\u9fff]", fault.message.zh) and re.search("[\u4e00-\u9fff{]", fault.hint.zh)
    assert re.search("[a-z{]", fault.message.en) and re.search("[a-z{]", fault.hint.en)


@pytest.mark.parametrize("code", CODES)
def test_the_wrong_example_has_the_fault(code: str, minimal: Path, checked: Callable[[Path], Checked]) -> None:
    lay_over(minimal, explanation(code).wrong)
    assert code in {found.code for found in checked(minimal).diagnostics}


@pytest.mark.parametrize("code", CODES)
def test_the_right_example_has_no_fault(code: str, minimal: Path, checked: Callable[[Path], Checked]) -> None:
    lay_over(minimal, explanation(code).right)
    assert not [found for found in checked(minimal).diagnostics if found.code == code or found.severity is Severity.ERROR]
