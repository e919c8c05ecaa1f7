"""QR codes by sums are the codes that segno makes, module for module."""

import random
import re

import pytest
import segno

from mulu.site.qr import QrCodes

ADDRESSES = [
    "https://www.example.gov.cn/zwgk/items/2022-d05-00001.html",
    "https://a.cn/",
    "https://www.example.gov.cn/目录/items/甲.html",
]


def path(svg: str) -> str:
    return re.findall(r' d="([^"]*)"', svg)[0]


def expected(address: str) -> str:
    code = segno.make(address.encode(), error="m", micro=False, boost_error=False, mask=3, mode="byte")
    return path(code.svg_inline(omitsize=True, border=4))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_code_is_the_code_of_its_address(address: str) -> None:
    codes, dice = QrCodes(), random.Random(address)
    for _ in range(40):
        changed = list(address)
        for place in dice.sample(range(8, len(changed)), dice.randint(0, 4)):
            changed[place] = dice.choice("0123456789abcxyz-")
        other = "".join(changed)
        assert path(codes.drawn(other, "x")) == expected(other)


def test_codes_of_many_lengths() -> None:
    codes = QrCodes()
    for length in range(1, 200, 7):
        assert path(codes.drawn("a" * length, "x")) == expected("a" * length)


def test_what_is_said_of_a_code_is_text() -> None:
    assert "<b>" not in QrCodes().drawn("https://a.cn/", '"><b>')


def test_addresses_of_a_site_soon_need_no_code_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    make = segno.make
    monkeypatch.setattr(segno, "make", lambda *given, **named: made.append(given) or make(*given, **named))
    codes = QrCodes()
    for number in range(1000):
        codes.drawn(f"https://www.example.gov.cn/zwgk/items/2022-d05-{number:05}.html", "x")
    assert len(made) < 20
