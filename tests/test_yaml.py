"""YAML as people mean it, and nothing that any text can do to the reader."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mulu.diagnostics import Place
from mulu.files import faults
from mulu.files.yaml import DEPTH_LIMIT, _Builder, _Refused, nearest, parse, positions

CODES = {fault.code for fault in faults.FAULTS}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0012", "0012"), ("12:30:45", "12:30:45"), ("on", "on"), ("yes", "yes"), ("Off", "Off"), ("2024-06-02", "2024-06-02"), ("1_000", "1_000"),
        ("0x1F", "0x1F"), ("1e3", "1e3"), (".5", ".5"), ("12", 12), ("-3", -3), ("1.5", 1.5), ("true", True), ("null", None), ("~", None),
        ('"12"', "12"), ("'true'", "true"), ("11330299002941029012", "11330299002941029012"), ("<<", "<<"),
    ],
)  # fmt: skip
def test_scalars_mean_what_they_look_like(written: str, meant: object) -> None:
    value, found = parse("a.yml", f"key: {written}\n")
    assert (value, found) == ({"key": meant}, [])


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "F106", 3),
        ("a: [1, 2\n", "F105", 2),
        ("a:\n\t- 1\n", "F105", 2),
        ("a: 1\n---\nb: 2\n", "F115", 2),
        ("a: &x [*x]\n", "F108", 1),
        ("a: *nothing\n", "F108", 1),
        (
            "a: &a [x,x,x,x,x,x,x,x,x]\n"
            + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True)),
            "F108",
            6,
        ),
        ("[" * (DEPTH_LIMIT + 1) + "]" * (DEPTH_LIMIT + 1), "F107", 1),
        ("? [a]\n: b\n", "F105", 1),
    ],
)
def test_what_cannot_be_read_is_a_diagnostic_with_a_place(text: str, code: str, line: int) -> None:
    value, found = parse("a.yml", text)
    assert value is None
    assert [(each.code, each.place.line) for each in found] == [(code, line)]


def test_fifty_levels_are_fine() -> None:
    assert parse("a.yml", "[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT)[1] == []


def test_every_key_has_its_place() -> None:
    places = positions("a.md", "title: 一\nentries:\n  - entry: x\n    elements: [甲, 乙]\n", line_offset=1)
    assert places[("entries", 0, "elements", 1)] == Place("a.md", 5, 19)
    assert places[("entries",)] == Place("a.md", 3, 1)
    assert nearest(places, ("entries", 7, "nothing")) == Place("a.md", 3, 1)


@given(st.text())
def test_no_text_makes_the_reader_raise(text: str) -> None:
    _, found = parse("a.yml", text)
    assert {each.code for each in found} <= CODES


@given(st.text(alphabet="ab:-?&*!|>[]{}#'\"%@ \n\t01", max_size=60))
def test_no_punctuation_makes_the_reader_raise(text: str) -> None:
    value, found = parse("a.yml", text)
    assert value is None or not found
    positions("a.yml", text)


@given(
    st.dictionaries(
        st.text(), st.one_of(st.text(), st.integers(-(10**14), 10**14), st.booleans(), st.none(), st.lists(st.text()))
    )
)
def test_what_is_written_safely_is_read_back(value: dict[str, object]) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, default_style='"') if not value else yaml.safe_dump(value)
    assert parse("a.yml", text) == (value, [])


_WORDS = st.sampled_from(
    ["a", "b", "on", "0012", "12", "-3.0", "1e3", "null", "~", "", "'x'", '"y"', "! 12", "!!int 3", "|", ">", "- ", "-", "? ", ":", ": ", ", ", "[", "]", "{", "}",
     "\n", "\n  ", "\n    ", "#", " # c", "---", "...", "&a ", "*a", "%", "@", "\t", "键", "2024-06-02", "12:30:45", "<<: "]
)  # fmt: skip


@given(st.lists(_WORDS, max_size=25).map("".join))
def test_nodes_and_events_read_the_same(text: str) -> None:
    by_events = _Builder("a.yml", text, 0)
    try:
        meant = by_events.build(), []
    except _Refused as refused:
        meant = None, [refused.diagnostic]
    assert parse("a.yml", text) == meant


@pytest.mark.parametrize(
    "bomb", ["[" * 100_000, "- " * 100_000, "? " * 100_000, "{a: " * 50_000, "\n".join(" " * n + "a:" for n in range(3000))]
)
def test_deep_nesting_is_refused_without_recursion(bomb: str) -> None:
    (found,) = parse("a.yml", bomb)[1]
    assert found.code in ("F105", "F107")
