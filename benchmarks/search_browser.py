"""Both searches asked in Chromium, by their own modules, from a server on this machine that counts the bytes it gives."""

import functools
import gzip
import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import IO, Any, NamedTuple

from playwright.sync_api import Browser, sync_playwright

FIRST = 6
"""Hits that a page shows at first, with their texts."""

_OURS = """async text => {
  const at = name => import(`/assets/mulu/search/${name}.js`)
  const [{ Reader }, { find }, { parse }, { excerpt }] = await Promise.all(["reader", "find", "query", "excerpt"].map(at))
  const reader = await new Reader(new URL("/search/v1/", location)).open()
  const query = parse(text, reader.same, reader.simplified)
  const hits = await find(reader, query.words, { facets: [], entry: "" })
  const first = await hits.take(%d)
  for (const each of first) await excerpt(reader, each, query.words)
  window.every = async () => [...first, ...await hits.take(1e6, 1e6)].map(each => each.id)
}"""
_PAGEFIND = """async text => {
  const pagefind = await import("/pagefind/pagefind.js")
  await pagefind.init()
  const { results } = await pagefind.search(text)
  for (const each of results.slice(0, %d)) await each.data()
  window.every = async () => results.map(each => each.id)
}"""
SCRIPTS = {"mulu": _OURS % FIRST, "Pagefind": _PAGEFIND % FIRST, "Pagefind, in quotes": _PAGEFIND % FIRST}


class Asked(NamedTuple):
    """What one question cost until its first hits were there, with nothing kept from before, and the ids of all its hits."""

    bytes: int
    requests: int
    seconds: float
    hits: set[str]


class _Counting(SimpleHTTPRequestHandler):
    given: list[int]

    def __init__(self, given: list[int], *arguments: Any, **options: Any) -> None:
        self.given = given
        super().__init__(*arguments, **options)

    def copyfile(self, source: IO[bytes], outputfile: IO[bytes]) -> None:  # type: ignore[override]  # typeshed asks for its own protocols
        content = source.read()
        self.given.append(len(content))
        outputfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


def ask(who: str, site: Path, texts: list[str]) -> Iterator[Asked]:
    """Every question in a browser that has kept nothing; `site` has the index, and `blank.html`."""
    names = _names(site) if who != "mulu" else {}
    given: list[int] = []
    with _serving(site, given) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for text in texts:
            yield _one(browser, f"{address}blank.html", who, text, given, names)
        browser.close()


def _one(browser: Browser, page_address: str, who: str, text: str, given: list[int], names: dict[str, str]) -> Asked:
    context = browser.new_context()
    page = context.new_page()
    page.goto(page_address)
    given.clear()
    started = time.perf_counter()
    page.evaluate(SCRIPTS[who], f'"{text}"' if who.endswith("quotes") and " " not in text else text)
    seconds, counted = time.perf_counter() - started, tuple(given)
    hits = page.evaluate("() => window.every()")
    context.close()
    return Asked(sum(counted), len(counted), seconds, {names.get(each, each) for each in hits})


def _names(site: Path) -> dict[str, str]:
    """Pagefind's name of each page → the document; its fragments are JSON after a short mark, compressed."""
    found = {}
    for path in (site / "pagefind/fragment").iterdir():
        content = gzip.decompress(path.read_bytes())
        found[path.stem] = Path(json.loads(content[content.index(b"{") :])["url"]).stem
    return found


@contextmanager
def _serving(folder: Path, given: list[int]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Counting, given, directory=str(folder)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
