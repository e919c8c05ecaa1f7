"""Two checks as of the same date: what a change brings, makes worse and solves."""

from datetime import date
from pathlib import Path

import msgspec

from mulu.diagnostics import Diagnostic, newer, ordered
from mulu.files.ends import EmptyTree, Ends, ends
from mulu.files.tree import NoContent
from mulu.flow import Checked, check
from mulu.mapping import map_entries
from mulu.model.load import load


class Compared(msgspec.Struct, frozen=True):
    """Two checks as of the same date, with what is wrong now and was not then, what was already, and what no longer is."""

    before: Checked
    now: Checked
    ends: Ends
    new: tuple[Diagnostic, ...]
    older: tuple[Diagnostic, ...]
    solved: tuple[Diagnostic, ...]


def compare(root: Path, *, since: str, as_of: date, revision: str | None = None) -> Compared:
    """Check all of it, now and at the commit of `since` on which now is built: consequences in other files are found too.

    Raises what `check` raises. A commit without `catalogs/` had nothing, and that is no fault.
    """
    both = ends(root, since, revision)
    before, now = _before(root, both.before, as_of=as_of), check(root, as_of=as_of, revision=revision)
    new = newer(now.diagnostics, before.diagnostics)
    fresh, solved = set(new), newer(before.diagnostics, now.diagnostics)
    return Compared(before, now, both, new, tuple(each for each in now.diagnostics if each not in fresh), solved)


def _before(root: Path, commit: str, *, as_of: date) -> Checked:
    try:
        return check(root, as_of=as_of, revision=commit)
    except NoContent:
        tree = EmptyTree()
        repository, diagnostics = load(tree)
        return Checked(tree, repository, map_entries(repository, as_of), ordered(diagnostics), as_of)
