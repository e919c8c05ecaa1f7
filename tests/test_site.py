"""The built demo site walked in Debian's Chromium, at desktop and phone width: links, console, requests, overflow."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest

from browsing import KINDS, ROOT
from conftest import AS_OF

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_kind_is_quiet_and_fits(browser: object, address: str, width: int, scheme: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844}, color_scheme=scheme)  # type: ignore[attr-defined]
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith((address, "data:")) else faults.append(f"foreign {request.url}"),
    )
    for kind in KINDS:
        page.goto(address + kind)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(f"{kind} is wider than {width}")
    page.close()
    assert faults == []


def test_the_table_filters_in_place(browser: object, address: str) -> None:
    page = browser.new_page()  # type: ignore[attr-defined]
    page.goto(address + "catalog/project.html")
    rows = page.locator("[data-mulu-row]")
    everything = rows.count()
    page.fill("[data-mulu-query]", "办事指南")
    shown = page.locator("[data-mulu-row]:visible").count()
    assert 0 < shown < everything
    page.goto(address + "catalog/topics.html?q=办事指南")
    page.wait_for_selector("[data-mulu-tools]:not([hidden])")
    assert 0 < page.locator("[data-mulu-row]:visible").count() < page.locator("[data-mulu-row]").count()
    page.close()


def test_dark_and_light_can_be_chosen(browser: object, address: str) -> None:
    page = browser.new_page(color_scheme="light")  # type: ignore[attr-defined]
    page.goto(address + "index.html")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for _ in range(2):
        page.click("form[data-md-component=palette] label:not([hidden])")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    page.close()


def test_every_internal_link_resolves(site: Path) -> None:
    """Every href and src of every page, without a browser: the whole site, fragments included."""
    pages = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    broken = []
    for name, html in pages.items():
        for target in re.findall(r'(?:href|src|action)="([^"]*)"', html):
            if re.match(r"(https?|mailto|tel|data):", target):
                continue
            address, fragment = urldefrag(urljoin(f"/{name}", unquote(target.replace("&amp;", "&"))))
            reached = address.partition("?")[0].lstrip("/") or "index.html"
            if reached not in there or (fragment and reached in pages and f'id="{fragment}"' not in pages[reached]):
                broken.append((name, target))
    assert broken == []


def test_chrome_is_small_and_pages_carry_their_tags(site: Path) -> None:
    missing = (site / "404.html").read_bytes()
    assert len(missing) < 10_000
    of_site, of_column = (
        {"SiteName", "SiteDomain", "SiteIDCode"},
        {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"},
    )
    of_article = {"ArticleTitle", "PubDate", "ContentSource"}
    for page in site.rglob("*.html"):
        text, name = page.read_text("utf-8"), page.relative_to(site).as_posix()
        tags = dict(re.findall(r'<meta name="(\w+)" content="([^"]*)"', text))
        needed = of_site | (of_column if name != "index.html" else set()) | (of_article if name.startswith("items/") else set())
        assert all(tags.get(tag) for tag in needed), name
        assert "unsafe-inline" not in text and "unsafe-eval" not in text and "Content-Security-Policy" in text, name
    said = (site / "items" / "2026-fgj-012.html").read_text("utf-8")
    assert '<meta name="PubDate" content="2026-05-25 16:20">' in said


def test_a_saved_file_reloads_the_preview(browser: object, tmp_path: Path) -> None:
    for name in ("catalogs", "mkdocs.yml"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    command = [sys.executable, "-m", "mulu", "serve", str(tmp_path), "--port", "0", "--as-of", str(AS_OF)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"}) as server:
        try:
            assert server.stdout is not None
            found = None
            while found is None:
                line = server.stdout.readline()
                assert line, "the preview ended before it said its address"
                found = re.search(r"http://\S+/", line)
            page = browser.new_page()  # type: ignore[attr-defined]
            page.goto(found.group() + "items/2024-fgj-024.html")
            item = tmp_path / "catalogs/departments/fgj/items/2024/2024-fgj-024.md"
            item.write_text(item.read_text("utf-8") + "\n新写的一段话。\n", "utf-8")
            page.wait_for_selector("text=新写的一段话", timeout=10_000)
            item.write_text(item.read_text("utf-8").replace("kind: interpretation", "kind: nonsense"), "utf-8")
            page.wait_for_selector("#mulu-faults", timeout=10_000)
            assert "S104" in page.inner_text("#mulu-faults")
            page.close()
        finally:  # leaving the block waits for the process
            server.terminate()
