"""How each peer is set up over exported items: settings, template, and the commands that build and tell its version."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.peers.export import attachments, exported, frame

_TEMPLATES = Path(__file__).parent / "templates"
_SITE = "示例区政府信息公开"
_HUGO_HEAD = (
    '<meta name="description" content="{{ .Params.about }}"><meta name="SiteName" content="示例区人民政府门户网站"><meta name="SiteDomain" content="www.example.gov.cn">'
    '<meta name="SiteIDCode" content="3302990001"><meta name="ColumnName" content="{{ .Params.column }}"><meta name="ColumnDescription" content="{{ .Params.column }}信息">'
    '<meta name="ColumnKeywords" content="{{ .Params.column }}"><meta name="ColumnType" content="政府信息公开"><meta name="ArticleTitle" content="{{ .Title }}">'
    '<meta name="PubDate" content="{{ .Params.issued }} 00:00"><meta name="ContentSource" content="{{ .Params.source }}">'
    '<meta name="Keywords" content="{{ delimit .Params.words "," }}"><meta name="Description" content="{{ .Params.about }}">'
).replace("><meta", ">\n<meta")
_CRUMBS = '<li><a href="../index.html">首页</a></li><li><a href="../disclosure/index.html">法定主动公开内容</a></li><li><a href="{list}">{column} {year}年</a></li><li><span>正文</span></li>'
_ITEM_ONLY = "{% if page is defined and page and page.meta is defined and page.meta.issued is defined %}"
"""The theme's 404 page uses the same template without a page."""

_HUGO_SETTINGS = f"""baseURL: /
title: {_SITE}
uglyURLs: true
disableKinds: [home, section, taxonomy, term, RSS, sitemap, robotsTXT, "404"]
markup: {{goldmark: {{parser: {{autoHeadingID: false}}}}}}
"""
_MKDOCS_SETTINGS = f"""site_name: {_SITE}
site_url: https://www.example.gov.cn/
docs_dir: docs
site_dir: site
use_directory_urls: false
theme: {{name: material, language: zh, font: false, custom_dir: overrides}}
plugins: []
markdown_extensions: [tables]
validation: {{nav: {{omitted_files: ignore}}, links: {{not_found: ignore, unrecognized_links: ignore, absolute_links: ignore}}}}
nav: [index.md]
"""


class Peer(NamedTuple):
    """`set_up(repository, as_of, folder)` writes the peer's project; `build` and `version` are commands below the peers' `bin`.

    `items` is where item pages stand in its project, `template` what a change of the template edits, `content` a page's source.
    """

    name: str
    set_up: Callable[[Path, str, Path], None]
    build: tuple[str, ...]
    version: tuple[str, ...]
    site: str
    template: str
    content: str
    caches: tuple[str, ...] = ()


def _hugo(root: Path, as_of: str, folder: Path) -> None:
    crumbs = _CRUMBS.format(list="{{ .Params.list }}", column="{{ .Params.column }}", year="{{ slicestr .Params.issued 0 4 }}")
    content = (_TEMPLATES / "hugo.html").read_text("utf-8")
    slots = {
        "title": f"{{{{ .Title }}}} - {_SITE}",
        "head": _HUGO_HEAD,
        "crumbs": crumbs,
        "content": content,
        "correction": "#",
    }
    _write(folder / "layouts/page.html", frame(root, as_of, slots))
    _write(folder / "hugo.yaml", _HUGO_SETTINGS)
    _contents(root, as_of, folder / "content/items", folder / "static/items")


def _mkdocs(root: Path, as_of: str, folder: Path) -> None:
    crumbs = _CRUMBS.format(list="{{ page.meta.list }}", column="{{ page.meta.column }}", year="{{ page.meta.issued[:4] }}")
    head = _HUGO_HEAD.replace('{{ delimit .Params.words "," }}', '{{ page.meta.words | join(",") | e }}')
    head = head.replace("{{ .Title }}", "{{ page.meta.title | e }}").replace("{{ .Params.", "{{ page.meta.")
    content = (_TEMPLATES / "mkdocs.html").read_text("utf-8")
    slots = {
        "title": f"{{{{ page.meta.title | e }}}} - {_SITE}",
        "head": head,
        "crumbs": crumbs,
        "content": content,
        "correction": "#",
    }
    text = frame(root, as_of, slots)
    _write(folder / "overrides/main.html", f"{_ITEM_ONLY}{text}{{% endif %}}")
    _write(folder / "mkdocs.yml", _MKDOCS_SETTINGS)
    _write(folder / "docs/index.md", f"# {_SITE}\n")
    _contents(root, as_of, folder / "docs/items", folder / "docs/items")


def _contents(root: Path, as_of: str, pages: Path, files: Path) -> None:
    pages.mkdir(parents=True, exist_ok=True)
    for id, text in exported(root, as_of):
        (pages / f"{id}.md").write_text(text, "utf-8")
    attachments(root, files)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


PEERS = {
    peer.name: peer
    for peer in (
        Peer("hugo", _hugo, ("hugo", "build", "--quiet"), ("hugo", "version"), "public", "layouts/page.html", "content/items/{}.md", ("resources", ".hugo_build.lock")),
        Peer("mkdocs", _mkdocs, ("mkdocs", "build", "--quiet"), ("mkdocs", "--version"), "site", "overrides/main.html", "docs/items/{}.md"),
        Peer("zensical", _mkdocs, ("zensical", "build"), ("zensical", "--version"), "site", "overrides/main.html", "docs/items/{}.md", (".cache",)),
    )
}  # fmt: skip


def made(peer: Peer, folder: Path) -> list[Path]:
    """What the peer builds and keeps; without it the next build is cold."""
    return [folder / name for name in (peer.site, *peer.caches)]
