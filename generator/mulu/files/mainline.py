"""The main line of the history: its commits by day, and the tags that lead to it. One `git log`, nothing is checked out."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import msgspec

from mulu.files.git import UnknownRevision, git

_TAG = "tag: refs/tags/"
_LOG = ("-c", "log.showSignature=false", "log", "--encoding=UTF-8", "--decorate=full", "--decorate-refs=refs/tags/", "--format=%H%x00%P%x00%cs%x00%D")  # fmt: skip


class Commit(msgspec.Struct, frozen=True):
    """One commit, with the day on which it was committed (in its own time zone) and the tags that stand on it, sorted."""

    id: str
    day: date
    tags: tuple[str, ...] = ()


class Mainline(msgspec.Struct, frozen=True):
    """What git says up to a day: the commits on the first-parent line, newest first, and all tagged ones that it contains.

    `recorded` is false where there is no git; `shallow` says that only the newest part of the history is here. `prefix` is the
    way from the git top level to the content root.
    """

    commits: tuple[Commit, ...] = ()
    tagged: tuple[Commit, ...] = ()
    recorded: bool = False
    shallow: bool = False
    prefix: str = ""


def mainline(root: Path, revision: str, *, until: date) -> Mainline:
    """The line that ends in `revision`; commits later than `until` are not there."""
    try:
        shallow, prefix = git(root, "rev-parse", "--is-shallow-repository", "--show-prefix").decode().split("\n")[:2]
        listed = git(root, *_LOG, revision, "--").decode("utf-8", "replace")
    except UnknownRevision:
        return Mainline()
    known = {id: (Commit(id, day, tags), parent) for id, parent, day, tags in _read(listed)}
    line = [each for each in _first_parents(known) if each.day <= until]
    tagged = [each for each, _ in known.values() if each.tags and each.day <= until]
    tagged.sort(key=lambda each: (each.day, each.tags))
    return Mainline(tuple(line), tuple(tagged), recorded=True, shallow=shallow == "true", prefix=prefix)


def _read(log: str) -> Iterator[tuple[str, str, date, tuple[str, ...]]]:
    for line in filter(None, log.split("\n")):
        id, parents, day, names = line.split("\0")
        tags = sorted(each.removeprefix(_TAG) for each in names.split(", ") if each.startswith(_TAG))
        yield id, parents.partition(" ")[0], date.fromisoformat(day), tuple(tags)


def _first_parents(known: Mapping[str, tuple[Commit, str]]) -> Iterator[Commit]:
    """From the tip, which git lists first, to the root or to where a shallow clone ends."""
    at = next(iter(known), "")
    while at in known:
        commit, at = known[at]
        yield commit
