"""The first golden that differs tells which stage of the flow changed."""

import pytest

from goldens import ARROWS, GOOD, golden, made


@pytest.mark.parametrize("arrow", ARROWS)
@pytest.mark.parametrize("name", GOOD)
def test_golden(name: str, arrow: str) -> None:
    assert made(name, arrow) == golden(name, arrow).read_text("utf-8")
