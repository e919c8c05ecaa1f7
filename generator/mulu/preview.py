"""The preview: serve the site from this machine, build again when a file is saved, tell the browser to look again.

The site's files are what `mulu build` writes; the reload script is added to a page only on its way to the browser,
from our own address, so the page's policy holds.
"""

import contextlib
import http.server
import queue
import shutil
import tempfile
import threading
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from mulu import flow
from mulu.diagnostics import CouldNotRun, Text
from mulu.reports.text import summary, text_report
from mulu.site.portal import read_portal

Say = Callable[[str], None]

QUIET_SECONDS = 0.05
"""Editors save in several steps; a build starts when nothing has changed for this long."""

_EVENTS = "/.mulu/events"
_SCRIPT = "/.mulu/reload.js"
_TAG = f'<script type="module" src="{_SCRIPT}"></script></body>'.encode()
_CODE = f"""
const events = new EventSource("{_EVENTS}")
events.addEventListener("built", () => location.reload())
events.addEventListener("faults", event => {{
  let box = document.getElementById("mulu-faults")
  if (!box) {{ box = document.createElement("pre"); box.id = "mulu-faults"; document.body.prepend(box) }}
  box.textContent = JSON.parse(event.data)
  Object.assign(box.style, {{position: "sticky", top: 0, zIndex: 99, margin: 0, padding: "1rem", maxHeight: "50vh",
    overflow: "auto", background: "#a61b1b", color: "#fff", whiteSpace: "pre-wrap"}})
}})
""".encode()


class PortTaken(CouldNotRun):
    """Another program listens on the port."""

    def __init__(self, port: int) -> None:
        """`port` is the one that was asked for."""
        super().__init__(Text(
            f"端口 {port} 已经被占用，换一个：--port 0 自动选择。", f"Port {port} is in use; choose another, --port 0 takes any.",
        ))  # fmt: skip


def preview(root: Path, *, as_of: date, host: str, port: int, lang: str, say: Say, saved: Path | None = None) -> None:
    """Serve until interrupted, in the frame of a `saved` page of the portal or alone.

    Raises what `flow.build` raises when there is nothing to serve, or when the saved page cannot be the frame.
    """
    with tempfile.TemporaryDirectory(prefix="mulu-") as folder:
        site = _Preview(root.resolve(), Path(folder) / "site", as_of, lang, say, saved)
        site.build()
        watcher = _watcher(site)
        try:
            server = http.server.ThreadingHTTPServer((host, port), partial(_Handler, site))
        except OSError as error:
            watcher.stop()
            raise PortTaken(port) from error
        server.daemon_threads = True
        said = "预览 {}  （按 Ctrl+C 结束）" if lang == "zh" else "Preview at {}  (Ctrl+C ends it)"
        say(said.format(f"http://{host}:{server.server_address[1]}/"))
        try:
            server.serve_forever(poll_interval=0.1)
        except KeyboardInterrupt:
            say("")
        finally:
            watcher.stop()
            watcher.join()
            server.server_close()
        shutil.rmtree(site.out, ignore_errors=True)


class _Preview:
    """The site being previewed: builds it, and passes news on to every open page."""

    def __init__(self, root: Path, out: Path, as_of: date, lang: str, say: Say, saved: Path | None) -> None:
        self.root, self.out, self.as_of, self.lang, self.say, self.saved = root, out, as_of, lang, say, saved
        self.listeners: list[queue.SimpleQueue[bytes]] = []
        self.last: bytes = b""
        self.building = threading.Lock()

    def build(self) -> None:
        with self.building:
            built = flow.build(self.root, self.out, as_of=self.as_of, saved=self.saved)
        found = built.verdict.diagnostics
        self.say(summary(found, lang=self.lang))
        if built.published is None:
            self.tell("faults", text_report(found, lang=self.lang))
        elif built.published.written or built.published.removed:
            self.tell("built", "")
        else:
            self.last = b""

    def tell(self, event: str, text: str) -> None:
        import json

        news = f"event: {event}\ndata: {json.dumps(text, ensure_ascii=False)}\n\n".encode()
        self.last = news if event == "faults" else b""
        for listener in list(self.listeners):
            listener.put(news)


class _Saved(FileSystemEventHandler):
    """Wakes the builder when something below a watched folder changes."""

    def __init__(self, wake: threading.Event) -> None:
        self.wake = wake

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in ("created", "modified", "deleted", "moved"):
            self.wake.set()


class _Watcher:
    """Watches the sources and builds when they have come to rest."""

    def __init__(self, site: _Preview) -> None:
        self.site = site
        self.wake = threading.Event()
        self.ended = threading.Event()
        self.observer = Observer()
        for folder in ("catalogs", "site_templates"):
            if (site.root / folder).is_dir():
                self.observer.schedule(_Saved(self.wake), str(site.root / folder), recursive=True)
        for beside in {site.root, *_frame_folders(site.saved)}:
            self.observer.schedule(_Saved(self.wake), str(beside), recursive=False)
        self.thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self.observer.start()
        self.thread.start()

    def stop(self) -> None:
        self.ended.set()
        self.wake.set()
        self.observer.stop()

    def join(self) -> None:
        self.observer.join()
        self.thread.join()

    def _run(self) -> None:
        while True:
            self.wake.wait()
            while not self.ended.is_set() and self.wake.is_set():
                self.wake.clear()
                self.ended.wait(QUIET_SECONDS)
            if self.ended.is_set():
                return
            try:
                self.site.build()
            except CouldNotRun as stopped:
                self.site.tell("faults", stopped.text.zh if self.site.lang == "zh" else stopped.text.en)
            except Exception as error:  # a preview outlives our own bugs; the text says that it is one
                self.site.tell("faults", f"{type(error).__name__}: {error}")


def _frame_folders(saved: Path | None) -> set[Path]:
    """Where a saved page and the files that it brings along stand."""
    return {Path(each).resolve().parent for each in (str(saved), *read_portal(saved).files.values())} if saved else set()


def _watcher(site: _Preview) -> _Watcher:
    watcher = _Watcher(site)
    watcher.start()
    return watcher


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Files of the built site, with the reload script added to pages."""

    protocol_version = "HTTP/1.1"

    def __init__(self, site: _Preview, *arguments: object) -> None:
        self.site = site
        super().__init__(*arguments, directory=str(site.out))  # type: ignore[arg-type]  # passed through to the base class

    def log_message(self, format: str, *arguments: object) -> None:
        """Requests are not news."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == _EVENTS:
            self._events()
        elif path == _SCRIPT:
            self._send(200, "text/javascript", _CODE)
        else:
            self._page(Path(self.translate_path(self.path)))

    def _page(self, path: Path) -> None:
        if path.is_dir():
            path /= "index.html"
        missing = not path.is_file() or path.name.startswith(".")
        if missing:
            path = self.site.out / "404.html"
        content = path.read_bytes() if path.is_file() else "还没有生成网站，请先改正错误。".encode()
        kind = self.guess_type(str(path)) if path.is_file() else "text/plain"
        if kind == "text/html":
            content = content.replace(b"</body>", _TAG)
        self._send(404 if missing else 200, kind, content)

    def _send(self, code: int, kind: str, content: bytes) -> None:
        with contextlib.suppress(ConnectionError):  # the reader went on to another page
            self._sent(code, kind, content)

    def _sent(self, code: int, kind: str, content: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def _events(self) -> None:
        news: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self.site.listeners.append(news)
        try:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(b": here\n\n" + self.site.last)
            self.wfile.flush()
            while True:
                try:
                    self.wfile.write(news.get(timeout=15))
                except queue.Empty:
                    self.wfile.write(b": still here\n\n")
                self.wfile.flush()
        except (TimeoutError, OSError):
            self.close_connection = True
        finally:
            self.site.listeners.remove(news)
