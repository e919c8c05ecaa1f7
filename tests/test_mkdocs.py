"""`mkdocs build` with the plugin gives the same site as `mulu build`, and never a half one."""

import re
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from conftest import AS_OF, HERE
from mulu import flow
from test_incremental import contents


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    shutil.copytree(HERE.parent / "catalogs", tmp_path / "catalogs")
    config = (HERE.parent / "mkdocs.yml").read_text("utf-8")
    (tmp_path / "mkdocs.yml").write_text(config.replace("  - mulu\n", f'  - mulu:\n      as_of: "{AS_OF}"\n'), "utf-8")
    return tmp_path


def mkdocs(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(root / "mkdocs.yml"), "-d", str(root / "by-mkdocs")]
    return subprocess.run(command, capture_output=True, text=True)


def test_mkdocs_build_gives_the_same_bytes_and_fails_before_writing(demo: Path) -> None:
    done = mkdocs(demo)
    assert done.returncode == 0, done.stderr
    flow.build(demo, demo / "by-mulu", as_of=AS_OF)
    made = contents(demo / "by-mkdocs")
    assert made == contents(demo / "by-mulu") and len(made) > 200
    (demo / "catalogs/site.yml").write_text("name: 只有名称\n", "utf-8")
    failed = mkdocs(demo)
    assert failed.returncode != 0 and "S101" in failed.stderr + failed.stdout
    assert contents(demo / "by-mkdocs") == made


def test_mkdocs_build_follows_a_changed_look(demo: Path) -> None:
    assert mkdocs(demo).returncode == 0
    config = (demo / "mkdocs.yml").read_text("utf-8")
    assert "政府信息公开制度: system.md" in config
    (demo / "mkdocs.yml").write_text(config.replace("政府信息公开制度: system.md", "公开制度: system.md"), "utf-8")
    assert mkdocs(demo).returncode == 0
    flow.build(demo, demo / "by-mulu", as_of=AS_OF)
    assert contents(demo / "by-mkdocs") == contents(demo / "by-mulu")


def test_mkdocs_serve_gives_the_same_pages(demo: Path) -> None:
    """But for the page's policy and the reload script, which the preview of MkDocs takes away and adds on the way."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "-q", "-f", str(demo / "mkdocs.yml"), "-a", f"127.0.0.1:{port}"]
    flow.build(demo, demo / "by-mulu", as_of=AS_OF)
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            for address in ("items/2024-fgj-023.html", "catalog/project.html", "assets/mulu/mulu.css"):
                served = _fetched(f"http://127.0.0.1:{port}/{address}", server)
                built = re.sub(
                    rb'<meta http-equiv="Content-Security-Policy"[^>]*>', b"", (demo / "by-mulu" / address).read_bytes()
                )
                if address.endswith(".html"):
                    head, _, tail = built.rpartition(b"</body>")
                    assert served.startswith(head) and served.endswith(tail)
                else:
                    assert served == built
        finally:
            server.terminate()


def _fetched(url: str, server: subprocess.Popen[bytes]) -> bytes:
    """The answer, as soon as the server is there."""
    while server.poll() is None:
        try:
            with urllib.request.urlopen(url) as answer:
                content: bytes = answer.read()
                return content
        except urllib.error.URLError:
            continue
    raise AssertionError("mkdocs serve ended")
