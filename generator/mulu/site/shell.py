"""The shell: frames and assets that MkDocs with Material renders once, kept until something that goes into it changes."""

import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from mulu.diagnostics import CouldNotRun, Text
from mulu.files.kept import tell_forgotten
from mulu.files.tree import Tree
from mulu.model.district import Site
from mulu.site.frame import Frame, split_frame
from mulu.site.look import CONFIG, look_digest
from mulu.site.portal import Portal, portal_frame, read_portal
from mulu.site.scoped import scoped

_KEPT = "shell.msgpack"
_SHELL, _STYLE, _INSIDE = "assets/mulu/shell.css", "assets/mulu/mulu.css", "assets/mulu/inside.css"
"""Style sheets: the first two make one of a site that stands alone; in a portal, and in tables embedded in one, it is the scoped one."""


class NoShell(CouldNotRun):
    """mkdocs.yml is missing or cannot be used; says why in MkDocs' own words."""

    def __init__(self, why: str) -> None:
        """`why` names the file, and what MkDocs said of it."""
        super().__init__(Text(
            f"网站的外观做不出来，没有发布：{why}。检查 mkdocs.yml，plugins 里要有 mulu。",
            f"The look of the site cannot be made; nothing was published: {why}. Check mkdocs.yml; its plugins must list mulu.",
        ))  # fmt: skip


class Shell(msgspec.Struct, frozen=True):
    """Frames by address; hand-written pages by address as (title, clean HTML); assets by address as blob ids.

    `folder` is where the assets' bytes stand, `home` the site's own address and `correction` the pattern of 纠错 links.
    """

    digest: str
    folder: str
    frames: dict[str, Frame]
    written: dict[str, tuple[str, str]]
    assets: dict[str, str]
    home: str = ""
    correction: str = ""


def shell(root: Path, tree: Tree, site: Site, *, home: Path, saved: Portal | None = None) -> Shell:
    """The shell of the site at `root`, from the cache below `.mulu/` when nothing that goes into it has changed.

    `home` holds mkdocs.yml and the repository's own templates; `saved` is a page of the portal instead of the one that site.yml
    names. Raises NoShell where mkdocs.yml cannot be used, UnusableShell where the saved page cannot.
    """
    if not (home / CONFIG).is_file():
        raise NoShell(f"{root / CONFIG}")
    portal = saved or portal_of(site, home)
    digest = _digest(home, tree, site, portal)
    folder = root.resolve() / ".mulu" / "shell" / digest  # MkDocs takes relative folders from its configuration file
    try:
        return msgspec.msgpack.decode((folder / _KEPT).read_bytes(), type=Shell)
    except (FileNotFoundError, msgspec.MsgspecError) as unusable:
        if not isinstance(unusable, FileNotFoundError):
            tell_forgotten(folder / _KEPT)
        return _made(home, folder, digest, tree, site, portal)


def portal_of(site: Site, home: Path) -> Portal | None:
    """The saved page that site.yml names as frame, below `home`'s site_templates/."""
    return read_portal(home / "site_templates" / site.shell) if site.shell else None


def harvest(
    site_dir: Path, folder: Path, digest: str, written: Mapping[str, tuple[str, str]], site: Site, portal: Portal | None = None
) -> Shell:
    """Turn what MkDocs wrote to `site_dir` into a shell whose assets stand in `folder`."""
    frames: dict[str, Frame] = {}
    assets: dict[str, str] = {}

    def keep(address: str, content: bytes) -> None:
        target = folder / address
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        assets[address] = hashlib.sha1(content, usedforsecurity=False).hexdigest()

    for address, file in portal.files.items() if portal else ():
        keep(address, Path(file).read_bytes())
    for path in sorted(each for each in site_dir.rglob("*") if each.is_file()):
        address = path.relative_to(site_dir).as_posix()
        if any(part.startswith(".") for part in address.split("/")):
            continue
        if address.endswith(".html"):
            html = path.read_text("utf-8")
            up = site.base_path if address == "404.html" else "../" * address.count("/")
            frames[address] = portal_frame(portal, html, up) if portal else split_frame(html)
        elif address not in (_SHELL, _STYLE) and (
            portal is None or not address.startswith("assets/") or address.startswith("assets/mulu/")
        ):
            keep(address, path.read_bytes())
    style = (site_dir / _STYLE).read_text("utf-8")
    keep(_INSIDE, scoped(style).encode())
    if portal is None:
        keep(_STYLE, ((site_dir / _SHELL).read_text("utf-8") + style).encode())
    home = f"https://{site.domain}{site.base_path}"
    made = Shell(digest, str(folder), frames, dict(written), assets, home, site.correction or "")
    (folder / _KEPT).write_bytes(msgspec.msgpack.encode(made))
    return made


def _made(root: Path, folder: Path, digest: str, tree: Tree, site: Site, portal: Portal | None) -> Shell:
    """Run MkDocs into a temporary folder; its own warnings are ours to give (rules W), so it only reports errors."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        try:
            config: Any = load_config(str((root / CONFIG).resolve()), site_dir=f"{scratch}/site")
            plugin = config.plugins.get("mulu")
            if plugin is None:
                raise NoShell(f"{root / CONFIG}: plugins: - mulu")
            plugin.frames_only(tree, portal)
            build(config)
        except (MkDocsException, SystemExit) as failed:
            raise NoShell(f"{root / CONFIG}: {str(failed).strip() or failed!r}") from failed
        made = harvest(Path(scratch) / "site", _fresh(Path(scratch) / "kept"), digest, plugin.written, site, portal)
        for old in folder.parent.iterdir():
            if old.name != Path(scratch).name:
                shutil.rmtree(old, ignore_errors=True)
        kept = msgspec.structs.replace(made, folder=str(folder))
        (Path(scratch) / "kept" / _KEPT).write_bytes(msgspec.msgpack.encode(kept))
        os.replace(Path(scratch) / "kept", folder)
    return kept


def _fresh(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _digest(home: Path, tree: Tree, site: Site, portal: Portal | None) -> str:
    """Over everything that goes into the shell: the look, hand-written pages, site data, the portal's page."""
    digest = hashlib.sha256(look_digest(home).encode())
    digest.update(portal.digest.encode() if portal else b"")
    digest.update(msgspec.json.encode(site, order="sorted"))
    for path, file in tree.files.items():
        if path.startswith("catalogs/pages/"):
            digest.update(f"{path} {file.blob}\n".encode())
    return digest.hexdigest()[:32]
