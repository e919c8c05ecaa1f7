"""The search page in Debian's Chromium: the same hits as in Python, by keyboard, within the budget, and plain words when something is missing."""

import functools
import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browsing import ROOT, served
from mulu.search.asked import ask
from mulu.search.excerpt import excerpt
from mulu.search.find import Filters
from mulu.search.fold import fold
from mulu.search.query import parse, subjects
from mulu.search.reader import Reader
from test_search import TRICKY, index, made_up, substrings

pytestmark = pytest.mark.browser
MODULES = ROOT / "site_templates/overrides/assets/mulu/search"
BUDGET = 150_000
RULES = """async ([text, facets, entry]) => {
  const at = name => import(`/assets/mulu/search/${name}.js`)
  const [{ Reader }, { find }, { parse, subjects }, { answer }, { excerpt }] = await Promise.all(["reader", "find", "query", "answer", "excerpt"].map(at))
  const reader = await new Reader(new URL("/search/v1/", location)).open()
  await reader.openSimplified()
  const query = parse(text, reader.same, reader.simplified)
  const hits = await find(reader, query.words, { facets, entry })
  const found = await hits.take(1e6)
  const best = await answer(reader, query.words)
  return {
    words: query.words, subjects: subjects(query.words), at_most: hits.atMost, hits: found.map(each => each.id),
    excerpts: await Promise.all(found.slice(0, 5).map(each => excerpt(reader, each, query.words))),
    answer: best && [best.document.id, best.heading, best.text],
  }
}"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of made-up documents in two segments, with the modules and an empty page."""
    out = tmp_path_factory.mktemp("made")
    index(made_up(300), out)
    shutil.copytree(MODULES, out / "assets/mulu/search")
    (out / "index.html").write_text('<!doctype html><title>x</title><link rel="icon" href="data:,">', "utf-8")
    return out


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.faults = []
    opened.on("pageerror", lambda error: opened.faults.append(str(error)))
    opened.on("console", lambda said: opened.faults.append(said.text) if said.type in ("error", "warning") else None)
    yield opened
    opened.close()
    assert opened.faults == []


def by_python(site: Path, text: str, filters: Filters) -> dict[str, object]:
    reader, found = Reader(site), ask(site, text, filters, limit=0)
    best = ask(site, text, Filters(), limit=1).answered
    return {
        "words": list(found.query.words),
        "subjects": list(subjects(found.query)),
        "at_most": found.at_most,
        "hits": [hit.document.id for hit in found.hits],
        "excerpts": [
            json.loads(json.dumps({"place": made.place, "pieces": made.pieces, "attachment": made.attachment}))
            for hit in found.hits[:5]
            for made in [excerpt(hit.document, functools.partial(reader.attached, hit.document), found.query.words)]
        ],
        "answer": [best.document.id, best.heading, best.text] if best else None,
    }


def test_the_browser_finds_what_python_finds_in_the_same_order(page: Any, made: Path) -> None:
    found, chance = made_up(300), random.Random(4)
    odd = ("審批 資金", "的 项", "示政［2018］ 第 100 号", "11330299MB0A/2018-00100", "號碼", "甲乙丙丁不在")
    typed = [*substrings(found, 30, seed=8), *odd]
    with served(made) as base:
        page.goto(base)
        for text in typed:
            if not parse(text).words:
                continue
            filters = Filters(
                chance.choice([(), (), ("kind-notice",), ("year-2018", "kind-document")]), chance.choice(["", "", "e3"])
            )
            assert page.evaluate(RULES, [text, filters.facets, filters.entry]) == by_python(made, text, filters), text


def test_the_browser_answers_as_python_does(page: Any, site: Path, address: str) -> None:
    page.goto(address)
    for text in (
        "特困人员每月有多少钱？",
        "低保怎么申请",
        "投资项目审批时限",
        "政府投资项目 过渡安排",
        "月球车怎么登记",
        "低保",
        "公租房补贴 材料",
        "公租房补贴多少钱",
        "低保标准是多少",
        "低保多久能批下来",
        "公租房咨询电话",
        "临时救助找谁",
        "申请材料",
        "索引号：11330299MB0A100135/2024-00023",
        "11330299MB0A100135/2024-99999",
        "发文字号 : 示政办发〔2024〕23号",
    ):
        assert page.evaluate(RULES, [text, (), ""]) == by_python(site, text, Filters()), text


def test_the_browser_folds_as_python_does(page: Any, made: Path) -> None:
    chance = random.Random(6)
    characters = [chr(point) for point in range(0x20, 0x10000) if not 0xD800 <= point < 0xE000 and chr(point).isprintable()]
    texts = [TRICKY, *("".join(chance.choices(characters, k=60)) for _ in range(200))]
    with served(made) as base:
        page.goto(base)
        folded = page.evaluate(
            """async texts => {
              const { foldText } = await import("/assets/mulu/search/fold.js")
              const { Reader } = await import("/assets/mulu/search/reader.js")
              const reader = await new Reader(new URL("/search/v1/", location)).open()
              await reader.openSimplified()
              return texts.map(text => foldText(text, reader.same, reader.simplified).text)
            }""",
            texts,
        )
    assert folded == [fold(text) for text in texts]


def hits(page: Any) -> list[str]:
    page.wait_for_function("() => document.getElementById('mulu-search-status').textContent !== ''")
    return [each.get_attribute("data-mulu-hit") for each in page.locator("[data-mulu-hit]").all()]


def test_from_the_home_page_and_by_an_address_with_a_query(page: Any, site: Path, address: str) -> None:
    page.goto(address + "index.html")
    page.fill("input[type=search]", "公租房")
    page.press("input[type=search]", "Enter")
    page.wait_for_url("**/search/index.html?q=*")
    expected = [hit.document.id for hit in ask(site, "公租房", Filters(), limit=6).hits]
    assert hits(page) == expected
    page.goto(address + "search/index.html?q=公租房&kind=notice")
    assert hits(page) == [hit.document.id for hit in ask(site, "公租房", Filters(("kind-notice",)), limit=6).hits]
    assert page.input_value("[data-mulu-facet=kind]") == "notice"
    page.goto(address + "search/index.html?entry=mzj-dibao-guide")
    assert set(hits(page)) == {hit.document.id for hit in ask(site, "", Filters(entry="mzj-dibao-guide"), limit=0).hits}
    assert "只看" in page.inner_text("#mulu-search-entry")
    assert page.evaluate("document.querySelector('#mulu-search-static').hidden")


def test_as_you_type_with_marks_and_by_keyboard_alone(page: Any, address: str) -> None:
    page.goto(address + "search/index.html")
    page.focus("#mulu-q")
    page.keyboard.type("补贴")
    page.wait_for_selector("[data-mulu-hit] mark")
    assert {each.lower() for each in page.locator("#mulu-search-hits mark").all_inner_texts()} == {"补贴"}
    assert "q=" in page.url and page.get_attribute("#mulu-search-status", "aria-live") == "polite"
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('[data-mulu-hit]') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/items/*.html")
    page.go_back()
    page.wait_for_selector("[data-mulu-hit]")
    assert page.input_value("#mulu-q") == "补贴"


def test_an_answer_is_quoted_with_its_source(page: Any, address: str) -> None:
    page.goto(address + "search/index.html?q=特困人员每月有多少钱？")
    page.wait_for_selector("#mulu-search-answer blockquote")
    said = page.inner_text("#mulu-search-answer")
    assert "1541元" in said and "社会救助常见问题解答" in said and "2026-05-20" in said
    page.goto(address + "search/index.html?q=月球车怎么登记")
    page.wait_for_selector("#mulu-search-answer:not([hidden])")
    assert "没有找到可以直接引用的答复" in page.inner_text("#mulu-search-answer")


@pytest.mark.parametrize(
    ("typed", "said"),
    [("，。！？", "只有标点"), ("低" * 200, "没有一条"), ("<img src=x onerror=alert(1)>", "没有一条"), ("低保 ，", "标点和 200 字以后的部分没有查")],
)  # fmt: skip
def test_odd_queries_are_handled(typed: str, said: str, page: Any, address: str) -> None:
    page.goto(address + "search/index.html")
    page.fill("#mulu-q", typed)
    page.wait_for_function("said => document.getElementById('mulu-search-status').textContent.includes(said)", arg=said)
    assert page.locator("#mulu-search-hits img").count() == 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("q=%E4%BD", "只有标点"), ("q=%ED%A0%BD", "只有标点"), ("q=😀", "只有标点"), ("q=%25", "只有标点"), ("q=a%00b", "没有一条"),
        ("q=constructor", "没有一条"), ("q=__proto__", "没有一条"), (f"q=〔2024〕{'9' * 150}号", "没有一条"), (f"q={'示政办发' * 60}", "没有一条"),
        ("q=低保&kind=__proto__&year=9999", "先列"), ("q=低保&entry=<b>x", "选定的范围里没有"), ("q=%E2%80%AE低保", "先列"),
    ],
)  # fmt: skip
def test_odd_addresses_are_handled(asked: str, said: str, page: Any, address: str) -> None:
    """Torn characters, lone surrogates, emoji, controls, names that every object has, numbers without end, unknown filters."""
    page.goto(address + "search/index.html?" + asked)
    page.wait_for_function("said => document.getElementById('mulu-search-status').textContent.includes(said)", arg=said)
    page.fill("#mulu-q", "")
    page.evaluate(
        "() => { const box = document.getElementById('mulu-q'); box.value = '\ud83d'; box.dispatchEvent(new Event('input')) }"
    )
    page.wait_for_function("() => /只有标点|选定的范围/.test(document.getElementById('mulu-search-status').textContent)")


def test_one_query_stays_within_the_budget(page: Any, address: str) -> None:
    loaded: dict[str, int] = {}
    page.on("response", lambda got: loaded.__setitem__(got.url, len(got.body())) if "/search/v1/" in got.url else None)
    page.goto(address + "search/index.html?q=项目+审批")
    page.wait_for_selector("[data-mulu-hit]")
    page.wait_for_load_state("networkidle")
    assert 0 < sum(loaded.values()) < BUDGET


def test_a_missing_shard_is_said_and_leads_to_the_lists(browser: Any, site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "site")
    shutil.rmtree(tmp_path / "site/search/v1/recent/terms")
    page = browser.new_page()
    with served(tmp_path / "site") as base:
        page.goto(base + "search/index.html?q=低保")
        page.wait_for_selector("#mulu-search-status a")
        said = page.inner_text("#mulu-search-status")
        assert "没有取到" in said and ".bin" in said
        page.click("#mulu-search-status a")
        page.wait_for_url("**/disclosure/index.html")
    page.close()


def test_from_a_folder_the_page_says_how_to_start_a_server(browser: Any, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "search/index.html").as_uri() + "?q=低保")
    said = page.inner_text("#mulu-search-static")
    assert page.is_visible("#mulu-search-static") and "python3 -m http.server" in said and "file://" in said
    page.click("#mulu-search-static a")
    page.wait_for_url("**/disclosure/index.html")
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_results_fit(width: int, page: Any, address: str) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(address + "search/index.html?q=低保")
    page.wait_for_selector("[data-mulu-hit]")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
