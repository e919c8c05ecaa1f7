"""The site inside a portal: what a saved page must have, what is refused and by which line, and both living together in Chromium."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from browsing import KINDS, ROOT
from conftest import HERE
from mulu import flow
from mulu.cli import cli
from mulu.site.portal import UnusableShell, portal_frame, read_portal
from mulu.site.portal_policy import portal_policy
from mulu.site.scoped import INSIDE, scoped

SAVED = HERE / "portal"
PAGE = (SAVED / "page.html").read_text("utf-8")
DATE = "2026-11-23"


def saved(folder: Path, html: str | bytes) -> Path:
    path = folder / "page.html"
    path.write_bytes(html.encode() if isinstance(html, str) else html)
    for each in (SAVED / "page_files").iterdir():
        (folder / "page_files").mkdir(exist_ok=True)
        (folder / "page_files" / each.name).write_bytes(each.read_bytes())
    return path


WRONG = {
    "no slots": (re.sub(r"<!--\s*mulu:\w+\s*-->", "", PAGE), ("没有 <!--mulu:title-->", "没有 <!--mulu:head-->", "没有 <!--mulu:content-->")),
    "a misspelt slot": (PAGE.replace("mulu:content", "mulu:contents"), ("第 25 行：没有 mulu:contents 这个位置，是不是 mulu:content",)),
    "a slot twice": (PAGE.replace("<!-- mulu:content -->", "<!--mulu:content-->\n<!--mulu:content-->"), ("第 26 行：mulu:content 在第 25 行已经有了",)),
    "the head's slot in the body": (PAGE.replace("<!--mulu:head-->\n", "").replace("<body>", "<body><!--mulu:head-->"), ("mulu:head 的位置不对",)),
    "a title outside of title": (PAGE.replace("<title><!--mulu:title--></title>", "<title>政务公开</title><!--mulu:title-->"), ("第 6 行：mulu:title 的位置不对",)),
    "GB18030": (PAGE.replace("utf-8", "gb2312").encode("gb18030"), ("编码是 GB18030", "iconv -f GB18030 -t UTF-8")),
    "neither encoding": (b"\xff\xfe\x00<", ("不是 UTF-8 文字",)),
    "a false charset": (PAGE.replace('charset="utf-8"', 'charset="gb2312"'), ("第 4 行：文件是 UTF-8，却写着 charset=gb2312",)),
    "no charset": (PAGE.replace('<meta charset="utf-8">', ""), ('没有 <meta charset="utf-8">',)),
    "a relative link": (PAGE.replace('href="/zwgk/"', 'href="../zwgk/index.html"'), ("第 22 行：../zwgk/index.html：相对链接",)),
    "a file that is not there": (PAGE.replace("page_files/logo.png", "images/logo.png"), ("第 21 行：images/logo.png：旁边没有这个文件",)),
    "a file of the clerk's disk": (PAGE.replace("/common/site.css", "file:///C:/site.css"), ("file:///C:/site.css：旁边没有这个文件",)),
    "a file above the page": (PAGE.replace("/common/site.css", "../../etc/passwd"), ("../../etc/passwd：旁边没有这个文件",)),
    "a base": (PAGE.replace("<title>", '<base href="/zwgk/"><title>'), ("第 6 行：<base> 会使本站的链接全部失效",)),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_page_that_would_not_work_is_refused_by_line(name: str, tmp_path: Path) -> None:
    html, sentences = WRONG[name]
    with pytest.raises(UnusableShell) as refused:
        read_portal(saved(tmp_path, html))
    for sentence in sentences:
        assert sentence in refused.value.text.zh
    assert refused.value.text.en.count("\n") == refused.value.text.zh.count("\n")


def test_a_style_sheet_that_needs_a_missing_picture_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, PAGE)
    (tmp_path / "page_files/bg.png").unlink()
    with pytest.raises(UnusableShell, match=r"page_files/portal\.css → bg\.png"):
        read_portal(path)


def test_the_command_says_it_and_writes_nothing(minimal: Path, tmp_path: Path) -> None:
    shutil.copy(ROOT / "mkdocs.yml", minimal)
    result = CliRunner().invoke(cli, ["build", str(minimal), "--as-of", DATE, "--shell", str(tmp_path / "none.html")])
    assert (result.exit_code, "文件读不出" in result.output) == (2, True)
    bad = saved(tmp_path, PAGE.replace("mulu:content", "mulu:text"))
    result = CliRunner().invoke(cli, ["build", str(minimal), "--as-of", DATE, "--shell", str(bad), "--lang", "en"])
    assert (result.exit_code, "line 25: there is no slot mulu:text" in result.output) == (2, True)
    assert not (minimal / "site").exists()


def test_codes_stay_the_portals_and_what_describes_one_page_goes() -> None:
    portal = read_portal(SAVED / "page.html")
    assert portal.codes == ("SiteDomain", "SiteIDCode", "SiteName")
    assert 'name="ColumnName"' not in portal.html
    assert sorted(portal.files) == [f"assets/portal/page_files/{name}" for name in ("bg.png", "jquery.js", "logo.png", "portal.css")]  # fmt: skip
    frame = portal_frame(portal, "<head-part><!--mulu:head--><!--mulu-part--><p><!--mulu:content--></p>", "../../")
    whole = "|".join(frame.pieces)
    assert 'src="../../assets/portal/page_files/jquery.js"' in whole
    assert 'href="/common/site.css"' in whole
    assert 'src="/common/count.js"' in whole
    assert frame.slots == ("title", "head", "content")


def test_the_policy_is_the_pages_own_and_only_where_it_is_asked_for() -> None:
    page = "<script>one()</script><script src='https://cdn.example.gov.cn/x.js'></script><a href='https://else.example.com/' onclick=\"two()\">"
    policy = portal_policy(page)
    assert re.search(r"script-src 'self' https://cdn\.example\.gov\.cn 'sha256-\S+' 'sha256-\S+' 'unsafe-hashes';", policy)
    assert "else.example.com" not in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]


def test_every_rule_of_ours_stands_below_our_id() -> None:
    css = scoped((ROOT / "site_templates/overrides/assets/mulu/mulu.css").read_text("utf-8"))
    selectors = re.findall(r"(?:^|[{}])([^{}@;]+)\{", css)
    assert len(selectors) > 300
    apart = {each for many in selectors for each in re.split(r",(?![^(]*\))", many) if f"#{INSIDE}" not in each}
    assert apart == {":root", ":host", '[data-md-color-scheme="slate"]'}
    assert "rem" not in re.sub(r"[a-z-]*rem[a-z]", "", css)


def test_site_yml_names_the_shell_too(minimal: Path) -> None:
    (minimal / "site_templates").mkdir()
    shutil.copy(ROOT / "mkdocs.yml", minimal)
    saved(minimal / "site_templates", PAGE)
    settings = minimal / "catalogs/site.yml"
    settings.write_text(settings.read_text("utf-8") + "\nshell: page.html\n", "utf-8")
    from conftest import AS_OF

    assert flow.build(minimal, minimal / "site", as_of=AS_OF).published
    html = (minimal / "site/index.html").read_text("utf-8")
    assert f'id="{INSIDE}"' in html
    assert "示公网安备" in html
    assert (minimal / "site/assets/portal/page_files/logo.png").exists()
    assert not (minimal / "site/assets/mulu/mulu.css").exists()


SCHEME = '<meta name="color-scheme" content="{}">\n<title>'


def test_ours_is_dark_only_where_the_portal_says_that_it_is(tmp_path: Path) -> None:
    for said, dark in {
        "": "",
        "light": "",
        "only light": "",
        "light dark": "asked",
        "dark light": "asked",
        "dark": "always",
    }.items():
        assert read_portal(saved(tmp_path, PAGE.replace("<title>", SCHEME.format(said)))).dark == dark
    commented = f"<!-- {SCHEME.format('light dark').removesuffix('<title>')} --><title>"
    assert read_portal(saved(tmp_path, PAGE.replace("<title>", commented))).dark == ""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("said", "light", "dark"), [("light dark", "255, 255, 255", "22, 29, 38"), ("dark", "22, 29, 38", "22, 29, 38")]
)
def test_ours_follows_the_portals_colours(
    browser: Any, minimal: Path, tmp_path: Path, said: str, light: str, dark: str
) -> None:
    from browsing import served
    from conftest import AS_OF

    shutil.copy(ROOT / "mkdocs.yml", minimal)
    flow.build(minimal, tmp_path / "web", as_of=AS_OF, saved=saved(tmp_path, PAGE.replace("<title>", SCHEME.format(said))))
    ground = "getComputedStyle(document.getElementById('mulu-inside')).backgroundColor"
    with served(tmp_path / "web") as there:
        for scheme, expected in (("light", light), ("dark", dark)):
            page = browser.new_page(color_scheme=scheme)
            page.goto(there + "index.html")
            assert page.evaluate(ground) == f"rgb({expected})"
            page.emulate_media(media="print", color_scheme=scheme)
            assert page.evaluate(ground) == "rgb(255, 255, 255)"  # paper is white
            page.close()


def test_the_preview_takes_a_saved_page_too(minimal: Path, tmp_path: Path) -> None:
    shutil.copy(ROOT / "mkdocs.yml", minimal)
    result = CliRunner().invoke(
        cli, ["serve", str(minimal), "--as-of", DATE, "--shell", str(saved(tmp_path, "<p>")), "--port", "0"]
    )
    assert (result.exit_code, "没有 <!--mulu:content-->" in result.output) == (2, True)
    path = saved(tmp_path, PAGE)
    command = [sys.executable, "-m", "mulu", "serve", str(minimal), "--as-of", DATE, "--shell", str(path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"}) as server:
        assert server.stdout is not None
        try:
            heard = (re.search(r"http://\S+/", line) for line in server.stdout)
            address = next(found.group() for found in heard if found)
            with urlopen(address + ".mulu/events") as news:
                news.readline()
                assert f'id="{INSIDE}"' in _got(address)
                path.write_text(PAGE.replace("主办：", "承办："), "utf-8")
                assert _next_event(news) == "built"
                assert "承办：" in _got(address)
                path.write_text(PAGE.replace("mulu:content", "mulu:text"), "utf-8")
                assert _next_event(news) == "faults"
                assert "没有 mulu:text 这个位置" in json.loads(news.readline().partition(b"data: ")[2])
        finally:
            server.terminate()


def _got(address: str) -> str:
    with urlopen(address) as answer:
        return str(answer.read().decode())


def _next_event(news: Any) -> str:
    """The name of the next event of a stream, past its comments."""
    return next(line.split()[1].decode() for line in iter(news.readline, b"") if line.startswith(b"event:"))


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_the_mounted_site_is_quiet_and_both_sides_keep_their_looks(
    browser: Any, portal_address: str, address: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844}, color_scheme="dark")
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("response", lambda answer: faults.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    page.on("request", lambda asked: None if asked.url.startswith(portal_address) else faults.append(asked.url))
    for kind in KINDS:
        page.goto(f"{portal_address}zwgk/mulu/{kind}")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{kind} is wider than {width}")
    assert faults == []
    page.goto(f"{portal_address}zwgk/mulu/items/2024-fgj-023.html")
    assert page.inner_text("#today") == "portal-3302990001"  # the portal's own scripts ran
    assert page.evaluate("[document.querySelector('#nav').className, jQuery.fn.jquery, window.counted]") == [" ready", "1.4.2", True]  # fmt: skip
    page.click("#nav li:nth-child(3) a")
    assert page.evaluate("window.clicked")
    theirs = "[getComputedStyle(document.body).fontSize, getComputedStyle(document.querySelector('#nav li')).float, getComputedStyle(document.querySelector('#header a')).color]"  # fmt: skip
    assert page.evaluate(theirs) == ["12px", "left", "rgb(255, 255, 255)"]
    looks = """names => names.map(name => { const found = getComputedStyle(document.querySelector(name))
      return [found.fontSize, found.color, found.float, found.paddingTop, found.textIndent, found.borderTopWidth, found.listStyleType] })"""
    ours = [".mulu-meta dd", ".mulu-crumbs li", ".mulu-doc h1", ".mulu-body p", ".mulu-list a", ".mulu-actions button"]
    inside = page.evaluate(looks, ours)
    page.close()
    alone = browser.new_page(viewport={"width": width, "height": 844}, color_scheme="light")
    alone.goto(address + "items/2024-fgj-023.html")
    assert inside == alone.evaluate(looks, ours)
    alone.close()


@pytest.mark.browser
def test_a_reader_walks_through_the_mounted_site(browser: Any, portal_address: str) -> None:
    page = browser.new_page()
    start = f"{portal_address}zwgk/mulu/"
    page.goto(start)
    page.click(f"#{INSIDE} nav >> text=标准目录")
    page.click(f"#{INSIDE} .mulu-matrix tbody a >> nth=0")
    page.wait_for_selector("[data-mulu-tools]:not([hidden])")
    page.fill("[data-mulu-query]", "办事指南")
    page.click("[data-mulu-row]:visible .latest")
    page.wait_for_url(f"{start}items/*")
    page.click("text=政务服务")
    page.click("#nav >> text=首页")
    page.wait_for_url(portal_address)
    page.goto(f"{start}no/such/page.html")
    page.close()


def test_every_link_of_the_mounted_site_stays_below_its_path_or_is_the_portals(portal_root: Path) -> None:
    mounted = portal_root / "zwgk/mulu"
    there = {f"/zwgk/mulu/{path.relative_to(mounted).as_posix()}" for path in mounted.rglob("*") if path.is_file()}
    portals = {"/", "/zwgk/", "/zwfw/", "/common/site.css", "/common/count.js"}
    lost = set()
    for path in mounted.rglob("*.html"):
        for target in re.findall(r'(?:href|src|action)="([^"]*)"', path.read_text("utf-8")):
            reached = urljoin(f"/zwgk/mulu/{path.relative_to(mounted).as_posix()}", target.partition("#")[0].partition("?")[0])
            if not re.match(r"[a-z]+:", reached) and re.sub("%[0-9A-F]{2}", "", reached) == reached and reached not in there | portals:  # fmt: skip
                lost.add((path.name, target))
    assert lost == set()


@pytest.mark.browser
def test_the_portals_scripts_run_under_the_policy_and_smuggled_ones_do_not(browser: Any, minimal: Path, tmp_path: Path) -> None:
    from browsing import served
    from conftest import AS_OF

    shutil.copy(ROOT / "mkdocs.yml", minimal)
    asked = PAGE.replace("<title>", '<meta http-equiv="Content-Security-Policy" content="<!--mulu:policy-->">\n<title>')
    flow.build(minimal, tmp_path / "web/mulu", as_of=AS_OF, saved=saved(tmp_path, asked))
    index = tmp_path / "web/mulu/index.html"
    index.write_text(index.read_text("utf-8").replace('<div id="footer">', '<img src="x" onerror="window.smuggled=1"><script>window.smuggled=1</script><div id="footer">'), "utf-8")  # fmt: skip
    with served(tmp_path / "web") as there:
        page = browser.new_page()
        page.goto(there + "mulu/index.html")
        assert page.inner_text("#today") == "portal-3302990001"
        page.click("#nav li:nth-child(3) a")
        assert page.evaluate("[window.clicked, window.smuggled ?? null]") == [True, None]
        page.close()


@pytest.mark.browser
def test_a_column_page_shows_the_table_in_its_own_looks(browser: Any, portal_root: Path, portal_address: str) -> None:
    (portal_root / "column.html").write_text(
        '<!doctype html><meta charset="utf-8"><title>栏目</title><style>a{color:red}td{padding:40px}</style>'
        '<div id="one" data-mulu-catalog="project"><a href="/zwgk/mulu/catalog/project.html">标准目录</a></div>'
        '<div id="two" data-mulu-catalog="none"><a href="/zwgk/mulu/catalog/index.html">全部目录</a></div>'
        '<script src="/zwgk/mulu/assets/mulu/embed.js" defer></script>', "utf-8",
    )  # fmt: skip
    page = browser.new_page()
    page.goto(portal_address + "column.html")
    page.wait_for_selector("#one table")
    assert page.locator("#one tbody tr").count() == 11
    link = page.locator("#one tbody a").first
    assert link.evaluate("link => link.href").startswith(f"{portal_address}zwgk/mulu/entries/")
    page.wait_for_function(
        "getComputedStyle(document.querySelector('#one').shadowRoot.querySelector('td')).paddingTop === '8px'"
    )
    assert page.locator("#two a").is_visible()  # an unknown field leaves the link
    page.close()
