"""Finders and 政策找人 in Debian's Chromium: facets, sorting, addresses, CSV, which shards are loaded; and the plain pages behind them."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import AS_OF, HERE
from mulu.flow import Checked, check
from mulu.pages import finders
from mulu.pages.finders import COLUMNS, FINDERS, finder_pages
from mulu.pages.page import Page


@pytest.fixture(scope="module")
def checked() -> Checked:
    return check(HERE.parent, as_of=AS_OF)


@pytest.fixture
def page(browser: object) -> Iterator[object]:
    opened = browser.new_page()  # type: ignore[attr-defined]
    opened.set_default_timeout(60_000)
    yield opened
    opened.close()


def until(page: object, condition: str) -> None:
    """Wait for a condition; the page's policy forbids the polling that Playwright does with a string."""
    for _ in range(600):
        if page.evaluate(condition):  # type: ignore[attr-defined]
            return
        page.wait_for_timeout(100)  # type: ignore[attr-defined]
    raise AssertionError(condition)


def planned(checked: Checked) -> dict[str, Page]:
    assert checked.repository.site
    return {each.address: each for each in finder_pages(checked.repository, checked.repository.site)}


def wanted(checked: Checked, kinds: tuple[str, ...]) -> list[str]:
    items = [item for item in checked.repository.items.values() if item.kind in kinds and not item.withdrawn]
    return [item.id for item in sorted(items, key=lambda item: (item.published, item.id), reverse=True)]


@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_plain_pages_and_shards_hold_every_item_once(checked: Checked, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(finders, "ON_A_PAGE", size)
    monkeypatch.setattr(finders, "SHARD", size)
    made = planned(checked)
    for finder in FINDERS:
        ids, address, turned = [], f"finders/{finder.code}.html", 0
        while address:
            data = made[address].data
            ids += [line.address.removeprefix("items/").removesuffix(".html") for line in data["lines"]]
            older = data["older"]
            assert not older or (made[older].data["newer"] == address and len(made[older].data["lines"]) == size)
            address, turned = older, turned + 1
        assert ids == wanted(checked, finder.kinds)
        assert turned == sum(1 for each in made if each.startswith(f"finders/{finder.code}") and each.endswith(".html"))
        summary = json.loads(made[f"finders/{finder.code}.json"].data["text"])
        rows = []
        for shard in summary["shards"]:
            own = json.loads(made[f"finders/{shard['file']}"].data["text"])["rows"]
            assert len(own) == shard["rows"] <= size
            for facet, counts in shard["facets"].items():
                values = [row[3][:4] if facet == "year" else row[COLUMNS.index(facet)] for row in own]
                assert counts == {value: values.count(value) for value in set(values) if value}
            rows += own
        assert [row[0] for row in rows] == ids


def test_a_new_item_leaves_older_pages_alone(checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finders, "ON_A_PAGE", 2)
    before = planned(checked)
    repository = checked.repository
    gone = wanted(checked, ("budget",))[0]
    import msgspec

    less = msgspec.structs.replace(repository, items={id: item for id, item in repository.items.items() if id != gone})
    assert less.site
    after = {each.address: each for each in finder_pages(less, less.site)}
    pages = [each for each in before if each.startswith("finders/budgets-") and each.endswith(".html")]
    assert (
        sum(before[each] != after.get(each) for each in pages) <= 2 < len(pages)
    )  # the one that came to be, and the link to it


@pytest.mark.browser
def test_facets_narrow_and_the_address_tells(page: object, address: str, checked: Checked) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url.rsplit("/", 1)[1]) if request.url.endswith(".json") else None)  # type: ignore[attr-defined]
    page.goto(address + "finders/documents.html?year=2024")  # type: ignore[attr-defined]
    page.wait_for_selector("[data-mulu-facets]:not([hidden])")  # type: ignore[attr-defined]
    until(page, "document.querySelector('[data-mulu-said]').textContent === '共 1 条'")  # type: ignore[attr-defined]
    assert loaded == ["documents.json", "documents-2024-1.json"]  # no other year is fetched
    page.select_option("[name=year]", "")  # type: ignore[attr-defined]
    page.select_option("[name=validity]", "现行有效")  # type: ignore[attr-defined]
    until(page, "location.search === '?validity=' + encodeURIComponent('现行有效')")  # type: ignore[attr-defined]
    valid = [id for id in wanted(checked, ("normative", "document")) if checked.repository.items[id].validity == "现行有效"]
    until(page, f"document.querySelectorAll('[data-mulu-rows] li').length === {len(valid)}")  # type: ignore[attr-defined]
    page.reload()  # type: ignore[attr-defined]
    until(
        page,
        f"document.querySelectorAll('[data-mulu-rows] li').length === {len(valid)} && document.querySelector('[name=validity]')?.value",
    )  # type: ignore[attr-defined]
    shown = page.eval_on_selector_all("[data-mulu-rows] a", "all => all.map(a => a.href.split('/').pop())")  # type: ignore[attr-defined]
    assert shown == [f"{id}.html" for id in valid]
    page.fill("[name=q]", "〔2024〕23")  # type: ignore[attr-defined]
    until(page, "document.querySelector('[data-mulu-said]').textContent === '共 1 条'")  # type: ignore[attr-defined]


OPTIONS = (
    "key => [...document.querySelectorAll(`[name=${key}] option`)].slice(1).map(option => [option.value, option.textContent])"
)


@pytest.mark.browser
def test_counts_follow_the_selection_without_a_request(page: object, address: str, checked: Checked) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url) if request.url.endswith(".json") else None)  # type: ignore[attr-defined]
    items = [checked.repository.items[id] for id in wanted(checked, ("normative", "document"))]

    def expected(key: str, **chosen: str) -> dict[str, int]:
        facets = {
            "year": lambda item: str(item.published.year),
            "validity": lambda item: item.validity,
            "kind": lambda item: item.kind,
        }
        fitting = [item for item in items if all(facets[each](item) == value for each, value in chosen.items() if each != key)]
        return {value: sum(facets[key](item) == value for item in fitting) for value in {facets[key](item) for item in items}}

    def counted(key: str) -> dict[str, int]:
        shown = page.evaluate(OPTIONS, key)  # type: ignore[attr-defined]
        return {value: int(text.rpartition("（")[2].rstrip("）")) for value, text in shown}

    page.goto(address + "finders/documents.html")  # type: ignore[attr-defined]
    until(page, "document.querySelector('[data-mulu-said]').textContent === '共 6 条'")
    assert len(loaded) == 1 and counted("validity") == expected("validity") and counted("year") == expected("year")
    page.select_option("[name=year]", "2024")  # type: ignore[attr-defined]
    until(page, "document.querySelector('[data-mulu-said]').textContent === '共 1 条'")
    assert counted("validity") == expected("validity", year="2024") and 0 in counted("validity").values()
    assert counted("year") == expected("year")  # what another year would give
    assert len(loaded) == 2
    page.focus("[name=validity]")  # type: ignore[attr-defined]
    page.select_option("[name=validity]", "现行有效")  # type: ignore[attr-defined]
    until(page, "location.search.includes('validity')")
    until(page, "document.querySelector('[name=year] option[value=\"2022\"]').textContent === '2022'")
    assert len(loaded) == 2  # what is not known without loading is not said
    assert page.evaluate("document.activeElement.name") == "validity"  # type: ignore[attr-defined]
    page.select_option("[name=year]", "")  # type: ignore[attr-defined]
    until(page, "document.querySelectorAll('[data-mulu-rows] li').length > 1")
    until(page, "document.querySelector('[name=year] option[value=\"2022\"]').textContent === '2022（0）'")
    assert counted("year") == expected("year", validity="现行有效") and counted("kind") == expected("kind", validity="现行有效")


@pytest.mark.browser
@pytest.mark.parametrize("asked", ["year=__proto__", "sort=constructor", "department=toString&page=7", "page=99999999999999999999", "page=-1&q=%ED%A0%BD"])  # fmt: skip
def test_odd_addresses_end_in_a_list(page: object, address: str, asked: str) -> None:
    page.goto(f"{address}finders/documents.html?{asked}")  # type: ignore[attr-defined]
    until(page, "!document.querySelector('[data-mulu-facets]').hidden && /^共 6 条|^没有符合/.test(document.querySelector('[data-mulu-said]').textContent)")  # fmt: skip
    assert page.eval_on_selector_all("[data-mulu-facets] select", "all => all.map(each => each.selectedIndex)").count(-1) == 0  # type: ignore[attr-defined]


@pytest.mark.browser
def test_sorting_and_the_csv_of_the_selection(page: object, address: str, checked: Checked) -> None:
    page.goto(address + "finders/budgets.html?sort=old&department=czj")  # type: ignore[attr-defined]
    ids = [id for id in reversed(wanted(checked, ("budget",))) if checked.repository.items[id].department == "czj"]
    until(
        page,
        f"document.querySelector('[data-mulu-said]').textContent === '共 {len(ids)} 条' && document.querySelectorAll('[data-mulu-rows] li').length === {len(ids)}",
    )  # type: ignore[attr-defined]
    shown = page.eval_on_selector_all("[data-mulu-rows] a", "all => all.map(a => a.href.split('/').pop())")  # type: ignore[attr-defined]
    assert shown == [f"{id}.html" for id in ids]
    with page.expect_download() as started:  # type: ignore[attr-defined]
        page.click("text=下载这")  # type: ignore[attr-defined]
    content = Path(started.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row["信息编号"] for row in rows] == ids and {row["单位"] for row in rows} == {"区财政局"}
    assert [row["标题"] for row in rows] == [checked.repository.items[id].title for id in ids]


@pytest.mark.browser
def test_nothing_found_is_said(page: object, address: str) -> None:
    page.goto(address + "finders/services.html?q=没有这样的标题&page=7")  # type: ignore[attr-defined]
    until(page, "document.querySelector('[data-mulu-said]').textContent.startsWith('没有符合条件')")  # type: ignore[attr-defined]


@pytest.mark.browser
def test_a_missing_shard_is_said_and_the_lists_stay(page: object, address: str) -> None:
    page.route("**/documents-2022-1.json", lambda route: route.fulfill(status=404))  # type: ignore[attr-defined]
    page.goto(address + "finders/documents.html?sort=title")  # type: ignore[attr-defined]
    until(page, "document.querySelector('[data-mulu-said]').textContent.includes('没有取到')")  # type: ignore[attr-defined]
    assert page.locator("h2:has-text('按年份的完整列表') + ul a").count() > 2  # type: ignore[attr-defined]


@pytest.mark.browser
def test_the_plain_list_is_whole_without_javascript(browser: object, address: str, checked: Checked) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()  # type: ignore[attr-defined]
    page.goto(address + "finders/documents.html")
    assert page.locator("[data-mulu-rows] li").count() == len(wanted(checked, ("normative", "document")))
    assert not page.is_visible("[data-mulu-facets]")
    page.goto(address + "policy/index.html")
    page.click("text=困难救助")
    page.wait_for_url("**/policy/event-*.html")
    assert page.locator(".mulu-list li").count() > 3
    page.context.close()


@pytest.mark.browser
def test_a_reader_finds_what_is_for_them_and_its_feed(page: object, address: str, site: Path) -> None:
    page.goto(address + "policy/index.html")  # type: ignore[attr-defined]
    page.select_option("[name=who]", "company")  # type: ignore[attr-defined]
    assert page.eval_on_selector_all("[name=event] option", "all => all.map(o => o.value)") == ["", "build", "permit"]  # type: ignore[attr-defined]
    page.select_option("[name=trade]", "construction")  # type: ignore[attr-defined]
    page.select_option("[name=event]", "build")  # type: ignore[attr-defined]
    until(
        page,
        "location.search === '?who=company&trade=construction&event=build' && document.querySelector('[data-mulu-feed] a')?.href.endsWith('trade-construction.event-build.xml')",
    )  # type: ignore[attr-defined]
    shown = page.eval_on_selector_all("[data-mulu-rows] a", "all => all.map(a => a.href.split('/').pop())")  # type: ignore[attr-defined]
    feed = (site / "feeds/for-trade-construction.event-build.xml").read_text("utf-8")
    assert (
        "2024-fgj-023.html" in shown
        and all(f"/items/{name}</id>" in feed for name in shown)
        and feed.count("<entry>") == len(shown)
    )
    page.select_option("[name=who]", "person")  # type: ignore[attr-defined]
    until(page, "location.search === '?who=person'")  # type: ignore[attr-defined]
    until(page, "![...document.querySelectorAll('[data-mulu-rows] a')].some(a => a.href.includes('fgj-023'))")  # type: ignore[attr-defined]


@pytest.mark.browser
def test_a_choice_without_a_feed_gets_the_nearest_that_misses_nothing(page: object, address: str, site: Path) -> None:
    page.goto(address + "policy/index.html?size=micro&trade=manufacturing&place=chengbei&event=permit")  # type: ignore[attr-defined]
    page.wait_for_selector("[data-mulu-feed] a")  # type: ignore[attr-defined]
    said = page.inner_text("[data-mulu-feed]")  # type: ignore[attr-defined]
    assert said.startswith("“微型企业、制造业、城北镇、办理许可”没有单独的订阅。范围最接近的是“") and "不会漏掉" in said
    name = page.get_attribute("[data-mulu-feed] a", "href").rsplit("/", 1)[1]  # type: ignore[attr-defined]
    shown = page.eval_on_selector_all("[data-mulu-rows] a", "all => all.map(a => a.href.split('/').pop())")  # type: ignore[attr-defined]
    feed = (site / "feeds" / name).read_text("utf-8")
    assert shown and all(f"/items/{each}</id>" in feed for each in shown)
