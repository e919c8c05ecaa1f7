"""What the tests share: small repositories in temporary folders, with files laid over them."""

import base64
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from browsing import ARGUMENTS, CHROMIUM, demo, served
from mulu.checks.explain import Example
from mulu.flow import Checked, check

HERE = Path(__file__).parent

settings.register_profile("mulu", deadline=None)  # no timings in tests
settings.load_profile("mulu")
AS_OF = date(2026, 11, 23)


@pytest.fixture
def minimal(tmp_path: Path) -> Path:
    """A copy of the smallest good repository: one department, one entry, one item."""
    root = tmp_path / "minimal"
    shutil.copytree(HERE / "repositories" / "good" / "minimal", root)
    return root


@pytest.fixture
def checked() -> Callable[[Path], Checked]:
    """Check a folder as of the tests' date."""
    return lambda root: check(root, as_of=AS_OF)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, built."""
    root = tmp_path_factory.mktemp("demo")
    return demo(root, root / "site")


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the built demo is served."""
    with served(site) as there:
        yield there


@pytest.fixture(scope="session")
def portal_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal's web root: its own files, and the demo mounted at /zwgk/mulu/ in the frame of its saved page."""
    root = tmp_path_factory.mktemp("portal")
    web = root / "web"
    (web / "common").mkdir(parents=True)
    (web / "common/site.css").write_text("#footer p{letter-spacing:1px}")
    (web / "common/count.js").write_text("window.counted = true")
    (web / "favicon.ico").write_bytes(b"")  # browsers ask the portal's root for it
    (web / "index.html").write_text("<!doctype html><title>门户首页</title>门户首页")
    demo(root, web / "zwgk/mulu", saved=HERE / "portal/page.html", base_path="/zwgk/mulu/")
    return web


@pytest.fixture(scope="session")
def portal_address(portal_root: Path) -> Iterator[str]:
    """Where the portal is served."""
    with served(portal_root) as there:
        yield there


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Debian's Chromium."""
    if CHROMIUM is None:
        assert os.environ.get("MULU_BROWSER_TESTS") != "required", "CI must have Chromium"
        pytest.skip("needs Chromium: make browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


def lay_over(root: Path, examples: Iterable[Example]) -> None:
    """Write the files of an example over a repository."""
    for example in examples:
        target = root / example.path
        options = dict(option.partition("=")[::2] for option in example.options)
        target.parent.mkdir(parents=True, exist_ok=True)
        if "delete" in options:
            target.unlink()
        elif "link" in options:
            os.symlink(options["link"], target)
        elif "history" in options:
            target.write_text(example.text, "utf-8")
            commit(root)
            target.unlink()
        else:
            target.write_bytes(_content(example.text, options))


def _content(text: str, options: dict[str, str]) -> bytes:
    encoding = options.get("encoding", "utf-8")
    content = base64.b64decode(text) if encoding == "base64" else text.encode(encoding)
    return content.ljust(int(options.get("bytes", "0")), b" ")


def commit(root: Path, message: str = "一次提交") -> None:
    """Commit everything below `root`, in a new git repository where there is none."""
    name = ["-c", "user.name=测试", "-c", "user.email=test@example.com"]
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    subprocess.run(["git", "add", "-A"], cwd=root, check=True)
    subprocess.run(["git", *name, "commit", "-q", "-m", message], cwd=root, check=True)
