"""What stands already: a verdict or a site made from the same files is recognised by listings, without the rest of the program.

A listing of `catalogs/` leads to the digest of its content, that to the verdict, and both with the look to the site; a listing
of the site's folder shows whether somebody touched it. Nothing is parsed, and little of the program is imported.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

import msgspec

from mulu.checks.verdict import Verdict, recalled, verdict_key
from mulu.files.git import last_commit, tags
from mulu.files.kept import read_kept, write_kept
from mulu.files.listing import Listing, Look, line, listing, look, looks
from mulu.files.tree import CONTENT, CommitTree, SourceFile, Tree, WorkTree, content_digest
from mulu.pages.page import SEARCH_DATA
from mulu.resources import program_digest
from mulu.site.look import look_digest
from mulu.site.portal import Portal
from mulu.site.published import Published
from mulu.site.state import Written

SITE_FILE = ".mulu-standing"
_CONTENT_FILE = "content.msgpack"
_RACE = 2_000_000_000
"""Nanoseconds: a file saved so shortly before the listing was noted may be saved again with the same size and time."""


class Built(msgspec.Struct, frozen=True):
    """The outcome of a build; `published` is None when an error stands and the last good site was left as it is."""

    verdict: Verdict
    published: Published | None


class Noted(msgspec.Struct, frozen=True, array_like=True):
    """The site as it was left: what it was made from, its folders, and how many files were planned; `world` is what it was made from but for texts."""

    made_from: str
    looks: dict[str, Look]
    published: Published
    world: str


def standing_verdict(root: Path, as_of: date) -> Verdict | None:
    """What was found in the same files of the work tree as of the same day."""
    return recalled(root, key) if (key := _standing_key(root, as_of)) else None


def standing_build(root: Path, out: Path, as_of: date, portal: Portal | None) -> Built | None:
    """The site in `out`, if it was made from the same files of the work tree, as of the same day and with the same look."""
    key = _standing_key(root, as_of)
    known = recalled(root, key)
    published = standing_site(out, made_from(root, key, portal)) if known else None
    return Built(known, published) if known and published else None


def standing_site(out: Path, same: str) -> Published | None:
    """The site in `out`, if it was made from the same and nobody touched it since."""
    kept = noted(out) if same else None
    return kept.published if kept and kept.made_from == same and _looks(out) == kept.looks else None


def noted(out: Path) -> Noted | None:
    """What was noted of the site in `out`."""
    return read_kept(out / SITE_FILE, Noted)


def forget_site(out: Path) -> None:
    """Before anything is written: whatever becomes of this build, what was noted before is no longer so."""
    (out / SITE_FILE).unlink(missing_ok=True)


def untouched(out: Path) -> Noted | None:
    """The same, if nobody touched the site since."""
    kept = noted(out)
    return kept if kept and _looks(out) == kept.looks else None


def note_site(
    out: Path, same: str, world: str, published: Published, pages: Mapping[str, Written],
    index: Mapping[str, Mapping[str, tuple[int, int]]], known: Noted | None,
) -> None:  # fmt: skip
    """Note the site as it was left, for the next build: its `pages` and the files of the search `index`, by folder, as they were written.

    `known` is what was noted before, if it was untouched: folders of pages in which nothing was written or removed are as they were.
    """
    before = known.looks if known else {}
    changed = {address.rpartition("/")[0] for address in (*published.written, *published.removed)}
    now = {name: each for name, each in before.items() if name not in changed and not f"{name}/".startswith(f"{SEARCH_DATA}/")}
    folders: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for address, page in pages.items():
        folder, _, name = address.rpartition("/")
        if folder not in now:
            folders[folder][name] = page.size, page.modified
    for folder, files in index.items():
        folders[f"{SEARCH_DATA}/{folder}".rstrip("/")].update(files)
    now |= {folder: _as_written(files) for folder, files in folders.items()}
    write_kept(out / SITE_FILE, Noted(same, now, msgspec.structs.replace(published, written=(), removed=()), world))


def _as_written(files: Mapping[str, tuple[int, int]]) -> Look:
    """What a look at the folder gives: names with sizes and times."""
    lines = [line(name, size, time) for name, (size, time) in files.items()]
    return look(lines, max(time for _, time in files.values()), ordinary=True)


def _looks(out: Path) -> dict[str, Look]:
    return _filled(looks(out, dots_below=True)) if out.is_dir() else {}


def _filled(folders: Mapping[str, Look]) -> dict[str, Look]:
    """Without folders that hold no files: those above others, and those that a removal left."""
    return {name: found for name, found in folders.items() if found.newest}


def note_content(root: Path, tree: Tree) -> None:
    """Note by which listing the content of a work tree is recognised."""
    if isinstance(tree, WorkTree) and (content := content_digest(tree)):
        write_kept(_content_file(root), (tree.listing, content))


def checked_key(root: Path, tree: Tree, as_of: date, *, instead: Mapping[str, SourceFile] = MappingProxyType({})) -> str:
    """Over everything on which a verdict depends; empty while most of the files have never been read. With `instead`, as if those files were these."""
    commit = tree.commit if isinstance(tree, CommitTree) else last_commit(root)
    return _key(root, as_of, commit, content_digest(tree, instead=instead))


def made_from(root: Path, key: str, portal: Portal | None, *, look: bool = True) -> str:
    """Over everything on which a site depends; the look of an earlier commit is not looked at for this (`look` is False)."""
    return verdict_key(key, look_digest(root) if look else "", tags(root), portal.digest if portal else "") if key else ""


def _standing_key(root: Path, as_of: date) -> str:
    kept = read_kept(_content_file(root), tuple[Listing, str])
    if kept is None or not (root / CONTENT).is_dir():
        return ""
    known, content = kept
    settled = known.ordinary and known.newest < _content_file(root).stat().st_mtime_ns - _RACE
    same = settled and listing(root / CONTENT, dots_below=False) == known
    return _key(root, as_of, last_commit(root), content) if same else ""


def _key(root: Path, as_of: date, commit: str, content: str | None) -> str:
    return verdict_key(program_digest(), str(as_of), commit, content) if content else ""


def _content_file(root: Path) -> Path:
    return root / ".mulu" / "memory" / _CONTENT_FILE
