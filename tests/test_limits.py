"""公开时限: 70 real wordings, forms that mean the same, and the fixed point parse → format → parse."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulu.limits.clause import (
    Amount,
    Before,
    Certainty,
    Clause,
    Deadline,
    Frequency,
    Minimum,
    Notice,
    PeriodDay,
    Permanent,
    Prompt,
    Recurring,
    Relative,
    Statute,
    Trigger,
    Unit,
)  # fmt: skip
from mulu.limits.format import format_limit
from mulu.limits.parse import parse_limit
from mulu.limits.wording import number

with (Path(__file__).parent / "limits" / "wordings.csv").open(encoding="utf-8", newline="") as _file:
    WORDINGS = list(csv.DictReader(_file))


def test_all_seventy_are_there() -> None:
    assert [row["id"] for row in WORDINGS] == [str(each) for each in range(1, 71)]


@pytest.mark.parametrize("row", WORDINGS, ids=lambda row: row["id"])
def test_real_wordings(row: dict[str, str]) -> None:
    limit = parse_limit(row["wording"])
    assert (limit.certainty, format_limit(limit.clauses)) == (row["certainty"], row["canonical"])
    assert limit.wording == row["wording"]


@pytest.mark.parametrize("row", [row for row in WORDINGS if row["canonical"]], ids=lambda row: row["id"])
def test_the_canonical_wording_says_the_same(row: dict[str, str]) -> None:
    assert format_limit(parse_limit(row["canonical"]).clauses) == row["canonical"]
    assert parse_limit(row["canonical"]).clauses == parse_limit(row["wording"]).clauses


@pytest.mark.parametrize(
    ("wording", "certainty", "canonical"),
    [
        ("常年公开", "sure", "长期公开"), ("长期公示，每季度更新", "sure", "长期公开；每3个月至少更新1次"),
        ("重大事项随时公开，一般事项每季度公开一次", "sure", "重大事项：随时公开；一般事项：每3个月至少更新1次"),
        ("每年6月底前", "sure", "每年6月底前公开"), ("每季度底前", "sure", "每季度第3个月底前公开"), ("每年底", "sure", "每年12月31日前公开"), ("每月底", "sure", "每月底前公开"), ("每年1月31日前", "sure", "每年1月31日前公开"),
        ("每年3月31日前公开上一年度报告", "likely", "每年3月31日前公开"),
        ("政策文件公布后3个工作日内发布解读", "likely", "公布政策文件之日起3个工作日内公开"),
        ("依法及时公开", "sure", "及时公开"), ("信息形成［变更］20个工作日内", "sure", "信息形成或变更之日起20个工作日内公开"),
        ("自收到申请之日起20个工作日内，可延长20个工作日", "sure", "收到申请之日起20个工作日内公开，情况复杂的，经批准可延长20个工作日"),
        ("收到申请之日起20个工作日内；需要延长的，延长期限最长不超过20个工作日", "sure", "收到申请之日起20个工作日内公开，情况复杂的，经批准可延长20个工作日"),
        ("20-30个工作日", "unread", ""), ("20.5个工作日", "unread", ""), ("1000个工作日内", "unread", ""), ("当年公开", "unread", ""),
    ],
)  # fmt: skip
def test_wordings_that_are_easily_misread(wording: str, certainty: str, canonical: str) -> None:
    limit = parse_limit(wording)
    assert (limit.certainty, format_limit(limit.clauses)) == (certainty, canonical)
    assert not canonical or parse_limit(canonical).clauses == limit.clauses


@pytest.mark.parametrize(
    "same",
    [
        "信息形成或者变更之日起二十个工作日内公开", "信息形成或变更之日起２０个工作日内公开", "信息形成（变更）之日起 20 个 工作日 以内，公开",
        "自信息形成或者变更之日起贰拾个工作日内", "信息形成或变更之日起20个工作日之内予以公布。", "信息形成、变更之日起20个工作日内向社会公开；",
    ],
)  # fmt: skip
def test_forms_that_mean_the_same(same: str) -> None:
    assert parse_limit(same).clauses == parse_limit("信息形成或变更之日起20个工作日内").clauses


def test_typed_rules() -> None:
    assert parse_limit("半年至少更新1次").clauses == (Frequency(1, 6),)
    assert parse_limit("每季度首月20日").clauses == (Recurring(3, 1, 20),)
    assert parse_limit("每年1月31日前").clauses == (Recurring(12, 1, 31),)
    assert parse_limit("每月10日前公布").clauses == (Recurring(1, 1, 10),)
    assert parse_limit("次年8月底前").clauses == (PeriodDay(1, 8, 31),)
    assert parse_limit("征求意见不少于三十日").clauses == (Minimum("征求意见", Amount(30, Unit.DAY)),)
    assert parse_limit("印发之日起2个月内").clauses == (Deadline(Trigger(("印发",)), Amount(2, Unit.MONTH)),)
    assert parse_limit("与政策文件同步").clauses == (Relative("政策文件", Amount(0, Unit.WORKDAY)),)
    assert parse_limit("每季度结束后10个工作日内公开").clauses == (
        Deadline(Trigger(("结束",), "每季度"), Amount(10, Unit.WORKDAY)),
    )
    assert parse_limit("按季度公开").clauses == (Frequency(1, 3),)


@pytest.mark.parametrize("unread", ["详见附件", "另行通知", "信息形成之日起 * 个工作日内", "1234", "，，，。", "工作日"])
def test_what_has_no_rule_is_said_to_have_none(unread: str) -> None:
    limit = parse_limit(unread)
    assert limit.certainty is Certainty.UNREAD or limit.clauses == parse_limit("").clauses
    assert not any(isinstance(clause, Deadline) for clause in limit.clauses)


@pytest.mark.parametrize(
    ("numeral", "value"), [("二十", 20), ("十", 10), ("十五", 15), ("三〇", 30), ("一百二十", 120), ("两", 2)]
)
def test_chinese_numerals(numeral: str, value: int) -> None:
    assert number(numeral) == value


AMOUNTS = st.builds(Amount, st.integers(1, 400), st.sampled_from(Unit))
SCOPES = st.sampled_from(["", "行政许可", "处罚决定", "其他信息", "除处罚决定外其他内容", "执法决定信息"])
MADE = st.lists(st.sampled_from(["形成", "变更", "产生"]), min_size=1, max_size=3, unique=True).map(tuple)
DONE = st.lists(st.sampled_from(["制定", "获取", "作出", "收到", "印发"]), min_size=1, max_size=2, unique=True).map(tuple)
TRIGGERS = st.one_of(
    st.just(Trigger()),
    st.builds(Trigger, MADE, st.just("信息")),
    st.builds(Trigger, DONE, st.sampled_from(["文件", "指南", "申请", "扶持政策措施"])),
    st.builds(Trigger, st.just(("批准",)), st.sampled_from(["本级人民代表大会或其常务委员会", "县级人民政府"])),
)
CLAUSES: st.SearchStrategy[Clause] = st.one_of(
    st.builds(Deadline, TRIGGERS, AMOUNTS, st.none() | AMOUNTS, SCOPES),
    st.builds(Prompt, st.sampled_from(["实时", "及时", "随时"]), st.just(Trigger()), SCOPES),
    st.builds(Frequency, st.integers(1, 12), st.sampled_from([1, 3, 6, 12]), SCOPES),
    st.builds(Recurring, st.just(3), st.integers(1, 3), st.integers(1, 31), SCOPES),
    st.builds(Recurring, st.just(12), st.integers(1, 12), st.integers(1, 31), SCOPES),
    st.builds(Recurring, st.just(1), st.just(1), st.integers(1, 31), SCOPES),
    st.builds(PeriodDay, st.integers(0, 1), st.integers(1, 12), st.integers(1, 31), SCOPES),
    st.builds(Permanent, st.booleans(), SCOPES),
    st.builds(Notice, AMOUNTS, SCOPES),
    st.builds(Minimum, st.sampled_from(["征求意见", "公示"]), AMOUNTS),
    st.builds(Before, AMOUNTS, st.sampled_from(["发通知邀请", "告知参会人员"]), SCOPES),
    st.builds(Relative, st.sampled_from(["政策文件", "决定"]), AMOUNTS, SCOPES),
    st.just(Statute()),
)  # fmt: skip


@given(st.lists(CLAUSES, min_size=1, max_size=4))
def test_parse_format_parse_is_a_fixed_point(clauses: list[Clause]) -> None:
    ordered = [each for each in clauses if not isinstance(each, Statute)] + [Statute()] * (Statute() in clauses)
    assert parse_limit(format_limit(ordered)).clauses == tuple(ordered)


@given(
    st.text(
        st.sampled_from(
            "自信息形成变更之日起20个工作日内公开，；。（）*每季度年月第一及时长期同上提前征求意见不少于与政策文件步批准后1.、：在其他"
        ),
        max_size=60,
    )
)
def test_no_text_breaks_the_parser(text: str) -> None:
    limit = parse_limit(text)
    again = parse_limit(format_limit(limit.clauses)) if limit.clauses else limit
    assert format_limit(again.clauses) == format_limit(parse_limit(format_limit(again.clauses)).clauses) or not again.clauses
