"""The other door: `mkdocs build` and `mkdocs serve` on the same mkdocs.yml give the same site as `mulu build`."""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs.config import Config, config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from mulu import flow
from mulu.diagnostics import blocks
from mulu.files.markdown import clean
from mulu.files.tree import Tree
from mulu.model.load import load_site
from mulu.pages.page import FRAMES
from mulu.reports.text import text_report
from mulu.resources import resource
from mulu.site.look import look_digest
from mulu.site.portal import Portal, UnusableShell
from mulu.site.publish import Vanishing
from mulu.site.shell import harvest, portal_of
from mulu.site.state import ForeignFolder
from mulu.standing import untouched

_PAGES = "catalogs/pages/"
_NOT_SHIPPED = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')


class Settings(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves __init_subclass__ untyped
    """`as_of`: the date of evaluation as YYYY-MM-DD; today when empty."""

    as_of = config_options.Type(str, default="")


class MuluPlugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call]  # the same
    """Adds the frames to MkDocs' pages, and after the build fills them (or leaves them to `mulu build`)."""

    def __init__(self) -> None:
        self.tree: Tree | None = None
        self.alone = True
        self.written: dict[str, tuple[str, str]] = {}
        self.checked: flow.Checked | None = None
        self.asked: Path | None = None
        self.portal: Portal | None = None

    def frames_only(self, tree: Tree, portal: Portal | None) -> None:
        """`mulu build` wants the shell, for a `portal` or not: check nothing, fill nothing, take hand-written pages from `tree`."""
        self.tree, self.alone, self.portal = tree, False, portal

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check the data first, while nothing is written; then give the templates what they need."""
        root = _root(config)
        if self.alone:
            as_of = date.fromisoformat(self.config.as_of) if self.config.as_of else date.today()
            self.checked = flow.check(root, as_of=as_of)
            self.tree = self.checked.tree
            if blocks(self.checked.diagnostics):
                raise PluginError("\n" + text_report(self.checked.diagnostics, lang="zh"))
            self.asked = Path(config.site_dir)
            config.site_dir = tempfile.mkdtemp()  # MkDocs empties the folder it writes to
        assert self.tree is not None
        site = load_site(self.tree)
        assert site is not None, "a repository without site.yml has an error and is never built"
        config.site_url = f"https://{site.domain}{site.base_path}"
        if self.alone:
            try:
                self.portal = portal_of(site, root)
            except UnusableShell as refused:
                raise PluginError(refused.text.zh) from refused
        config.extra["mulu"] = site
        config.extra["mulu_portal"] = self.portal
        config.theme.static_templates.discard("sitemap.xml")
        for folder in (resource("site_templates", "overrides"), root / "site_templates" / "overrides"):
            if folder.is_dir() and str(folder) not in config.theme.dirs:
                config.theme.dirs.insert(0, str(folder))
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Pages come from the tree that was checked; frames are added; what no page uses is not shipped."""
        assert self.tree is not None
        self.written = {}
        for file in list(files):
            own = not (file.abs_src_path or "").startswith(config.docs_dir)
            if not own or file.src_uri.startswith(_NOT_SHIPPED) or file.src_uri.endswith((".map", "sitemap.xml")):
                files.remove(file)
        for path in self.tree.files:
            if path.startswith(_PAGES):
                files.append(File.generated(config, path.removeprefix(_PAGES), content=self.tree.read(path)))
        for source, (title, section) in FRAMES.items():
            files.append(File.generated(config, source, content=f"---\nsection: {section}\n---\n# {title}\n"))
        return files

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Hand-written pages are cleaned like every other text and kept for their frame."""
        if page.file.src_uri not in FRAMES:
            self.written[page.file.dest_uri] = (str(page.title), clean(html))
        page.toc.items.clear()  # the theme's skip link would lead to a heading that is not in the frame
        return ""

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Fill the frames where MkDocs was called by itself; the folder it was asked for gets what changed, as from `mulu build`."""
        if self.alone and self.checked is not None and self.asked is not None:
            scratch = Path(config.site_dir)
            try:
                with tempfile.TemporaryDirectory() as folder:
                    shell = harvest(
                        scratch, Path(folder), look_digest(_root(config)), self.written, config.extra["mulu"], self.portal
                    )
                    before = untouched(self.asked)
                    flow.publish_site(
                        _root(config), self.checked, shell, self.asked, home=_root(config), workers=1, before=before
                    )
            except (ForeignFolder, Vanishing) as refused:
                raise PluginError(f"{refused.text.zh} / {refused.text.en}") from refused
            finally:
                shutil.rmtree(scratch)
                config.site_dir = str(self.asked)

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., Any]) -> LiveReloadServer:
        """Watch the data too; the reload script of MkDocs is inline, so the preview goes without the page's policy."""
        server.watch(str(_root(config) / "catalogs"))
        serve = server.get_app()
        assert serve is not None

        def without_policy(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
                return start_response(status, [each for each in headers if each[0].lower() != "content-length"], *rest)

            return [_POLICY.sub(b"", b"".join(serve(environ, start)))]

        server.set_app(without_policy)
        return server


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).resolve().parent
