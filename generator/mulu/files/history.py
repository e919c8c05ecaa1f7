"""What git remembers of the content: when each item came, which paths are gone, which dates were changed afterwards."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path, PurePosixPath

import msgspec

from mulu.files.git import UnknownRevision, git, git_prefix, last_commit
from mulu.files.kept import read_kept, write_kept
from mulu.files.tree import CONTENT
from mulu.resources import program_digest

_FILE = re.compile(r"^--- (?:\"?a/)(?P<path>.*?)\"?$")
_ID = re.compile(r"^- *- *id: *[\"']?(?P<id>[a-z0-9-]+)")
_EARLIER = re.compile(r"^-published: *[\"']?(?P<day>\d{4}-\d{2}-\d{2})")


class History(msgspec.Struct, frozen=True):
    """The record up to one revision; empty where there is no git.

    `since` is the day of its first commit. `added` gives for each item id the day on which a file of that name was first
    committed, `changed` the day of the last commit that changed it, for those that were changed since; `redated` the publication dates that earlier commits gave and that were changed; `deleted` are paths that were once there and are not now, sorted; `entries` are entry ids that a line of a catalog once
    gave and that was taken out or changed, with the catalog's path.
    """

    since: date | None = None
    added: Mapping[str, date] = {}
    redated: Mapping[str, tuple[str, ...]] = {}
    deleted: tuple[str, ...] = ()
    entries: Mapping[str, str] = {}
    changed: Mapping[str, date] = {}


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """What was read up to `commit`, and every path that was ever there; `program` and `prefix` say by which program, for which folder."""

    program: str
    prefix: str
    commit: str
    history: History
    ever: frozenset[str]


def history(root: Path, revision: str, present: Iterable[str], *, kept: Path | None = None) -> History:
    """The history of `root/catalogs` up to `revision`; `present` are the paths that are there now.

    With a file `kept`, only the commits that came since the last time are read.
    """
    commit, prefix = last_commit(root, revision), git_prefix(root)
    if not commit:
        return History()
    program = program_digest()
    known = read_kept(kept, _Kept) if kept else None
    if known is None or (known.program, known.prefix) != (program, prefix) or not _leads_to(root, known.commit, commit):
        known = _Kept(program, prefix, "", History(), frozenset())
    if known.commit != commit:
        known = _Kept(program, prefix, commit, *_read(root, known, commit))
        if kept:
            write_kept(kept, known)
    return msgspec.structs.replace(known.history, deleted=tuple(sorted(known.ever - set(present))))


def _leads_to(root: Path, earlier: str, commit: str) -> bool:
    try:
        git(root, "merge-base", "--is-ancestor", earlier, commit)
    except UnknownRevision:
        return False
    return True


def _read(root: Path, known: _Kept, commit: str) -> tuple[History, frozenset[str]]:
    """What the commits after `known` add to it."""
    new = f"{known.commit}..{commit}" if known.commit else commit
    changes = git(root, "log", "--no-renames", "--diff-filter=ADM", "--format=%x01%cs", "--name-status", "--relative", "-z", new, "--", CONTENT)  # fmt: skip
    # A first commit changes nothing, but all its files would be read for that: 4 s of 100,000, each time.
    later = ("-c", "log.showRoot=false", "log")
    dates = git(root, *later, "--no-renames", "--diff-filter=M", "--format=", "-p", "-U0", "--no-color", "--no-ext-diff", "-G^published:", "--relative", "--reverse", new, "--", f"{CONTENT}/departments")  # fmt: skip
    ids = git(root, *later, "--no-renames", "--diff-filter=MD", "--format=", "-p", "-U0", "--no-color", "--no-ext-diff", "-G^ *- *id:", "--relative", "--reverse", new, "--", f"{CONTENT}/departments/*/catalog/*.yml")  # fmt: skip
    ever: set[str] = set()
    added: dict[str, date] = {}
    changed: dict[str, date] = {}
    day: date | None = None
    for day, status, path in _named(changes):  # newest commit first: the last day seen for a path is its first
        ever.add(path)
        if path.endswith(".md") and status == "M":
            changed.setdefault(PurePosixPath(path).stem, day)
        elif path.endswith(".md"):
            added[PurePosixPath(path).stem] = day
    old = known.history
    redated = dict(old.redated)
    for item, days in _redated(dates).items():
        redated[item] = (*redated.get(item, ()), *days)
    entries = dict(old.entries) | _taken_out(ids)
    made = History(old.since or day, added | dict(old.added), redated, (), entries, dict(old.changed) | changed)
    return made, known.ever | ever


def _named(log: bytes) -> Iterator[tuple[date, str, str]]:
    """Day, status (A, D, M) and path of every change."""
    for commit in log.decode("utf-8", "surrogateescape").split("\x01")[1:]:
        day, _, names = commit.partition("\0")
        told = names.strip("\n\0").split("\0")
        for status, path in zip(told[::2], told[1::2], strict=False):
            yield date.fromisoformat(day.strip()), status.strip(), path


def _redated(log: bytes) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    item = ""
    for line in log.decode("utf-8", "replace").splitlines():
        if line.startswith("--- "):
            match = _FILE.match(line)
            item = PurePosixPath(match["path"]).stem if match else ""
        elif item and (earlier := _EARLIER.match(line)):
            found[item].append(earlier["day"])
    return {item: tuple(days) for item, days in found.items()}


def _taken_out(log: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    path = ""
    for line in log.decode("utf-8", "replace").splitlines():
        if line.startswith("--- "):
            match = _FILE.match(line)
            path = match["path"] if match else ""
        elif path and (entry := _ID.match(line)):
            found[entry["id"]] = path
    return found
