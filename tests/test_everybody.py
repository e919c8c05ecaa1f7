"""For everybody: WCAG 2.2 AA on every kind of page, keyboard, 长者模式, kiosk, paper, copied folders, no scripts, small pages."""

import gzip
import io
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

from browsing import KINDS, demo, served
from conftest import HERE
from mulu.site.correction import correction

pytestmark = pytest.mark.browser
AA = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
LOOKS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "target-size", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
"""What can differ where the same elements are shown in other colours; it takes half the time."""
GUIDE = "items/2025-fgj-008.html"


def violations(browser: Any, start: str, scheme: str, *, elder: bool = False, width: int = 1280) -> list[str]:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    options = AA if scheme == "light" else LOOKS
    if elder:
        context.add_init_script("localStorage.setItem('mulu-elder', '1')")
    page = context.new_page()
    found = []
    for kind in KINDS:
        page.goto(start + kind)
        for each in Axe().run(page, context={"include": "#mulu-inside"} if "mulu/" in start else None, options=options).response["violations"]:  # fmt: skip
            found += [f"{kind}: {each['id']} {node['target']}" for node in each["nodes"]]
    context.close()
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_kind_meets_wcag(browser: Any, address: str, scheme: str) -> None:
    assert violations(browser, address, scheme) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_kind_meets_wcag_for_elders(browser: Any, address: str, scheme: str) -> None:
    assert violations(browser, address, scheme, elder=True, width=390) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_kind_meets_wcag_inside_the_portal(browser: Any, portal_address: str, scheme: str) -> None:
    assert violations(browser, f"{portal_address}zwgk/mulu/", scheme) == []


@pytest.mark.parametrize("elder", [False, True])
def test_every_page_kind_meets_wcag_inside_a_dark_portal(browser: Any, tmp_path: Path, elder: bool) -> None:
    html = (HERE / "portal/page.html").read_text("utf-8")
    shutil.copytree(HERE / "portal", tmp_path / "portal")
    shell = tmp_path / "portal/page.html"
    shell.write_text(html.replace("<title>", '<meta name="color-scheme" content="light dark">\n<title>'), "utf-8")
    (tmp_path / "root").mkdir()
    demo(tmp_path / "root", tmp_path / "web/mulu", saved=shell, base_path="/mulu/")
    with served(tmp_path / "web") as there:
        page = browser.new_page(color_scheme="dark")
        page.goto(there + "mulu/index.html")
        assert page.evaluate("getComputedStyle(document.getElementById('mulu-inside')).backgroundColor") == "rgb(22, 29, 38)"
        page.close()
        assert violations(browser, f"{there}mulu/", "dark", elder=elder) == []


def test_the_keyboard_is_enough(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "catalog/project.html")
    focused = "document.activeElement"
    page.keyboard.press("Tab")
    assert page.evaluate(f"{focused}.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(f"{focused}.closest('#mulu-content') !== null")  # the links of the masthead were skipped
    seen = set()
    for _ in range(80):
        outline = page.evaluate(f"(() => {{ const style = getComputedStyle({focused}); return style.outlineStyle !== 'none' || style.boxShadow !== 'none' || {focused} === document.body }})()")  # fmt: skip
        assert outline, page.evaluate(f"{focused}.outerHTML")
        seen.add(page.evaluate(f"{focused}.tagName"))
        page.keyboard.press("Tab")
    assert {"INPUT", "SELECT", "A"} <= seen
    page.close()


def test_elder_mode_is_remembered_and_plain(browser: Any, address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address + "catalog/project.html")
    size = "parseFloat(getComputedStyle(document.querySelector('.mulu-main')).fontSize)"
    assert page.evaluate(size) == 16
    page.focus("button[data-mulu-elder]")
    page.keyboard.press("Enter")
    page.goto(address + "catalog/finance.czj.html")
    assert page.get_attribute("button[data-mulu-elder]", "aria-pressed") == "true"
    assert page.evaluate(size) == 22
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.mulu-catalog tr')).display") == "block"
    )  # a list, not a table
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    page.click("button[data-mulu-elder]")
    page.goto(address + "index.html")
    assert page.evaluate(size) == 16
    context.close()


def test_elder_mode_works_where_nothing_can_be_remembered(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked') } })")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(error.stack))  # the theme's own palette wants to remember, too
    page.goto(address + "index.html")
    page.click("button[data-mulu-elder]")
    assert page.get_attribute("button[data-mulu-elder]", "aria-pressed") == "true"
    assert not [each for each in faults if "assets/mulu/" in each]
    page.close()


def test_elder_mode_leaves_the_portals_letters_alone(browser: Any, portal_address: str) -> None:
    page = browser.new_page()
    page.goto(f"{portal_address}zwgk/mulu/index.html")
    heights = "['#footer p', '.mulu-hero h1'].map(name => document.querySelector(name).getBoundingClientRect().height)"
    before = page.evaluate(heights)
    page.click("button[data-mulu-elder]")
    after = page.evaluate(heights)
    assert after[0] == before[0]
    assert after[1] > 1.2 * before[1]
    page.close()


def test_the_kiosk_has_no_way_out_and_returns_to_the_start(browser: Any, address: str) -> None:
    context = browser.new_context(viewport={"width": 1080, "height": 1920}, has_touch=True)
    page = context.new_page()
    page.goto(address + "index.html?kiosk=600")
    for kind in ("departments/fgj.html", GUIDE, "catalog/project.html"):
        page.goto(address + kind)
        away = page.evaluate("[...document.querySelectorAll('a[href]')].filter(link => !link.href.startsWith(location.origin)).map(link => link.href)")  # fmt: skip
        assert away == []
        small = page.evaluate("""[...document.querySelectorAll('nav a[href], .mulu-grid a[href], .mulu-tags a[href], .mulu-list a[href], button, input, select')]
          .filter(each => each.offsetParent && each.getBoundingClientRect().height < 44).map(each => each.outerHTML)""")
        assert small == []
    page.goto(address + "departments/fgj.html?kiosk=1")  # a short patience for the test
    page.wait_for_url("**/index.html?kiosk=1")
    page.goto(address + "index.html?kiosk=0")
    page.goto(address + "departments/fgj.html")
    assert page.evaluate("document.documentElement.hasAttribute('data-mulu-kiosk')") is False
    context.close()


def test_paper_has_the_address_and_a_code_without_the_chrome(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(address + GUIDE)
    page.emulate_media(media="print")
    assert not page.locator(".mulu-mast").is_visible()
    assert not page.locator(".mulu-actions").is_visible()
    assert page.locator(".mulu-onpaper .mulu-qr").is_visible()
    assert f"https://www.example.gov.cn/{GUIDE}" in page.inner_text(".mulu-onpaper")
    page.goto(address + "sheets/fgj.html")
    assert page.locator(".mulu-sheet .mulu-qr").count() >= 2
    page.close()


@pytest.mark.parametrize(
    "kind", ["items/2021-fgj-005.html", "catalog/project.html", "evaluation/of-fgj.html", "sheets/fgj.html", "index.html"]
)
def test_paper_is_white_with_dark_letters_and_no_empty_sheet(browser: Any, address: str, kind: str) -> None:
    context = browser.new_context(color_scheme="dark", bypass_csp=True)
    context.add_init_script("localStorage.setItem('mulu-elder', '1')")
    page = context.new_page()
    page.goto(address + kind)
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    assert all(sheet.extract_text().strip() for sheet in sheets)
    assert (sheets[0].mediabox.width > sheets[0].mediabox.height) == kind.startswith("catalog/")
    page.emulate_media(media="print", color_scheme="dark")
    light = page.evaluate("""[...document.querySelectorAll('.mulu-main *')].filter(each => each.checkVisibility() && each.innerText?.trim())
      .filter(each => getComputedStyle(each).color.match(/\\d+/g).slice(0, 3).every(part => part > 140)).map(each => each.outerHTML)""")
    assert light == []
    context.close()


@pytest.mark.parametrize("elder", [False, True])
def test_four_times_as_large_nothing_lies_behind_the_edge(browser: Any, address: str, portal_address: str, elder: bool) -> None:
    """WCAG 1.4.10: 1280 pixels at 400 % are 320; only tables, pictures and program text may be moved sideways."""
    context = browser.new_context(viewport={"width": 320, "height": 256}, bypass_csp=True)
    if elder:
        context.add_init_script("localStorage.setItem('mulu-elder', '1')")
    page = context.new_page()
    beyond = """[...document.querySelectorAll('.mulu *')].filter(each => each.getBoundingClientRect().right > innerWidth + 1 && each.checkVisibility())
      .filter(each => !each.closest('table,svg,pre,.mulu-tablebox,.mulu-picture,.mulu-skip')).map(each => each.outerHTML.slice(0, 200))"""
    found = []
    for start in (address, f"{portal_address}zwgk/mulu/"):
        for kind in KINDS:
            page.goto(start + kind)
            found += [(kind, each) for each in page.evaluate(beyond)]
            if start == address and page.evaluate("document.documentElement.scrollWidth") > 320:
                found.append((kind, "wider than 320"))
    context.close()
    assert found == []


def test_pages_work_from_a_copied_folder(browser: Any, site: Path) -> None:
    page = browser.new_page()
    faults: list[str] = []
    page.on("requestfailed", lambda request: faults.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((site / "index.html").as_uri())
    page.click(".mulu-mast nav >> text=标准目录")
    page.click(".mulu-matrix tbody a >> nth=0")
    page.wait_for_selector("[data-mulu-tools]:not([hidden])")
    page.fill("[data-mulu-query]", "办事指南")
    assert 0 < page.locator("[data-mulu-row]:visible").count() < 11
    page.click("[data-mulu-row]:visible .latest")
    page.wait_for_selector(".mulu-doc h1")
    page.click("button[data-mulu-elder]")
    assert page.get_attribute("button[data-mulu-elder]", "aria-pressed") == "true"
    assert faults == []
    page.close()


def test_pages_are_readable_without_scripts_and_styles(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.route("**/*.css", lambda route: route.abort())
    page.goto(address + "catalog/project.html")
    text = page.inner_text("body")
    order = [
        text.index(words)
        for words in ("跳到正文", "标准目录", "重大建设项目", "已公开内容", "政府投资项目可行性研究报告审批办事指南", "主办：")
    ]
    assert order == sorted(order)
    assert not page.locator("button:visible").count()  # nothing that would do nothing
    page.click("text=办事指南 >> nth=0")
    page.wait_for_url("**/entries/*.html")
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_view_is_small(browser: Any, address: str, kind: str) -> None:
    page = browser.new_page()
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.setdefault(answer.url, len(gzip.compress(answer.body()))))
    page.goto(address + kind, wait_until="networkidle")
    page.close()
    assert sum(sizes.values()) < 150_000, sizes
    assert len(sizes) <= 10, sizes


def test_the_chrome_is_small(site: Path) -> None:
    html = (site / "items/2024-fgj-023.html").read_text("utf-8")
    content = re.search(r'<article id="mulu-content">(.*)</article>', html, re.DOTALL)
    assert content
    assert len(html.encode()) - len(content[1].encode()) < 10_000


def test_every_page_says_where_to_write_about_it(site: Path) -> None:
    for path in site.rglob("*.html"):
        name = path.relative_to(site).as_posix()
        found = re.search(r'href="(mailto:[^"]*)" data-mulu-correction', path.read_text("utf-8"))
        if not name.startswith("embed/"):
            assert found, name
            asked = parse_qs(urlparse(found[1].replace("&amp;", "&")).query)
            assert asked["subject"][0].startswith("纠错：")
            assert f"https://www.example.gov.cn/{name}" in asked["body"][0]


def test_corrections_can_open_an_issue_or_a_form() -> None:
    pattern = "https://git.example.gov.cn/zwgk/issues/new?title={title}&body={address}"
    filled = correction(pattern, "A&B #1", "https://x.cn/items/1.html")
    assert filled == "https://git.example.gov.cn/zwgk/issues/new?title=A%26B%20%231&body=https%3A%2F%2Fx.cn%2Fitems%2F1.html"
    assert correction("https://x.cn/jc.html", "A", "B") == "https://x.cn/jc.html"
    assert correction("mailto:a@x.cn?subject=x", "A", "B") == "mailto:a@x.cn?subject=x"
    assert "纠错：标题" in unquote(correction("mailto:a@x.cn", "标题", "B"))
    assert correction("", "A", "B") == ""


def test_no_page_has_inline_styles_or_handlers(site: Path) -> None:
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"<[^>]+\s(?:style|on[a-z]+)=", text), path
