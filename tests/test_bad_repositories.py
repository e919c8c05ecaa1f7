"""Small repositories with a fault: the text report of `mulu check`, byte for byte. A new case is a new folder."""

from pathlib import Path

import pytest

from conftest import AS_OF, HERE
from mulu import flow
from mulu.diagnostics import blocks
from mulu.reports.text import text_report

BAD = sorted(path for path in (HERE / "repositories" / "bad").iterdir() if path.is_dir())


@pytest.mark.parametrize("root", BAD, ids=lambda path: path.name)
def test_the_report_of_a_bad_repository(root: Path) -> None:
    checked = flow.check(root, as_of=AS_OF)
    report = text_report(checked.diagnostics)
    assert report == (root / "expected.txt").read_text("utf-8")
    assert root.name.split("-")[0] in {found.code for found in checked.diagnostics}
    assert blocks(checked.diagnostics)
