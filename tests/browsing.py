"""What browser tests share: the demo built, a folder served, Debian's Chromium started."""

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mulu import flow

ROOT = Path(__file__).parent.parent
CHROMIUM = shutil.which("chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
KINDS = (
    "index.html", "catalog/index.html", "catalog/topics.html", "catalog/project.html", "catalog/finance.czj.html", "fields/project.html",
    "departments/fgj.html", "evaluation/trend.html", "entries/fgj-project-guide.html", "entries/fgj-project-process.html", "items/2024-fgj-023.html",
    "items/2025-mzj-016.html", "items/2021-fgj-005.html", "disclosure/index.html", "annual/index.html", "annual/czj-2025.html", "checks/index.html", "checks/M101.html",
    "evaluation/priorities-2021.html", "evaluation/index.html", "evaluation/of-fgj.html", "evaluation/due.html", "evaluation/ledger.html",
    "evaluation/method.html", "entries/czj-finance-performance.html", "guide.html", "404.html", "sheets/fgj.html", "embed/project.html",
    "items/2026-fgj-014.html", "finders/index.html", "finders/documents.html", "policy/index.html", "policy/event-hardship.html", "feeds/index.html",
    "data/index.html", "data/item.html", "data/database.html", "search/index.html",
)  # fmt: skip
"""An address of every kind of page."""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        pass


def demo(root: Path, out: Path, *, saved: Path | None = None, base_path: str = "/") -> Path:
    """The demo district copied to `root` and built to `out`, in the frame of a saved portal page or alone."""
    from conftest import AS_OF

    for name in ("catalogs", "mkdocs.yml"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, root / name)
    settings = root / "catalogs/site.yml"
    settings.write_text(settings.read_text("utf-8").replace("base_path: /\n", f"base_path: {base_path}\n"), "utf-8")
    assert flow.build(root, out, as_of=AS_OF, saved=saved).published is not None
    return out


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served while the block runs."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
