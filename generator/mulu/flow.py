"""The whole system: files in git → sources → model → checks → mapping → pages → site."""

import hashlib
import tempfile
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

import msgspec

from mulu.amendment import amended
from mulu.checks.engine import faultless, over_items, run
from mulu.checks.registry import RULES
from mulu.checks.rule import View
from mulu.checks.verdict import Verdict, recalled, remember
from mulu.diagnostics import Diagnostic, Place, Severity, blocks, ordered
from mulu.evaluation.trend import Trend, count, moments
from mulu.evaluation.trend import trend as counted
from mulu.files import faults
from mulu.files.crew import meanwhile
from mulu.files.git import exported
from mulu.files.history import history
from mulu.files.mainline import mainline
from mulu.files.tree import CONTENT, CommitTree, NoContent, Tree, WorkTree
from mulu.mapping import Correspondence, map_entries
from mulu.model.load import load, load_judged
from mulu.model.memory import Memory, keep, recall
from mulu.model.repository import Repository
from mulu.pages.edition import Edition
from mulu.search.index import Indexed, write_index
from mulu.search.sources import document_reader, search_sources
from mulu.site.afar import bring_index, held, publish_afar, untouched_afar
from mulu.site.lock import locked
from mulu.site.look import CONFIG
from mulu.site.points import Points, read_points, write_points
from mulu.site.portal import Portal, read_portal
from mulu.site.publish import publish
from mulu.site.published import Progress, Published
from mulu.site.scheduler import Cluster
from mulu.site.shard import Shard
from mulu.site.shards import publish_shard
from mulu.site.shell import Shell, shell
from mulu.site.state import Written
from mulu.site.store import Store
from mulu.site.workshop import Site
from mulu.standing import (
    Built,
    Noted,
    checked_key,
    forget_site,
    made_from,
    note_content,
    note_site,
    noted,
    standing_site,
    untouched,
)


class Checked(msgspec.Struct, frozen=True):
    """What was read, how it maps, and everything wrong with it; `key` is over all of that, `same_as` as in a verdict."""

    tree: Tree
    repository: Repository
    correspondence: Correspondence
    diagnostics: tuple[Diagnostic, ...]
    as_of: date
    key: str = ""
    same_as: str = ""

    @property
    def empty(self) -> bool:
        """Nothing found to check: never a success."""
        return any(found.code == faults.NOTHING_TO_CHECK.code for found in self.diagnostics)

    @property
    def verdict(self) -> Verdict:
        """The part that can be kept."""
        return Verdict(self.diagnostics, len(self.tree.files), self.empty, self.same_as)


def check(
    root: Path, *, as_of: date, revision: str | None = None, workers: int = 1, progress: Progress = lambda done, total: None
) -> Checked:
    """Read `root/catalogs` (or the same folder of a commit) by `workers` processes and check all of it.

    Raises NoContent where there is no `catalogs/`, UnknownRevision for a revision that git does not know.
    """
    memory = recall(root)
    return _checked(root, _tree(root, memory, revision), memory, as_of, workers, progress)


def verdict(
    root: Path, *, as_of: date, revision: str | None = None, workers: int = 1, progress: Progress = lambda done, total: None
) -> Verdict:
    """What `check` finds; where the same files were checked before as of the same day, or nothing but texts differs, little is read."""
    memory = recall(root)
    tree = _tree(root, memory, revision)
    _, known = _recalled(root, tree, memory, as_of)
    if known:
        _note(root, tree, memory)
        return known
    return _checked(root, tree, memory, as_of, workers, progress).verdict


def _recalled(root: Path, tree: Tree, memory: Memory, as_of: date) -> tuple[str, Verdict | None]:
    """The key of what is there, and what was found in the same files before, or in files that differ in nothing on which it depends."""
    known = amended(root, tree, memory, as_of)
    key = checked_key(root, tree, as_of)
    if known:
        remember(root, key, known)
        return key, known
    return key, recalled(root, key)


def _note(root: Path, tree: Tree, memory: Memory) -> None:
    """Keep what was learned of the files of a work tree."""
    if isinstance(tree, WorkTree):
        keep(memory, tree.stamps)
        note_content(root, tree)


def _tree(root: Path, memory: Memory, revision: str | None) -> Tree:
    return CommitTree(root, revision) if revision else WorkTree(root, memory.files.stamps)


def _checked(
    root: Path,
    tree: Tree,
    memory: Memory,
    as_of: date,
    workers: int,
    progress: Progress,
    key: str = "",
    known: Verdict | None = None,
) -> Checked:
    """Everything is read; where the verdict over the very same, which has the `key`, is `known`, the rules are not run again."""
    commit = tree.commit if isinstance(tree, CommitTree) else "HEAD"
    remembered = history(root, commit, tree.files, kept=root / ".mulu" / "history.msgpack")
    repository, diagnostics = load(
        tree, remembered=remembered, memory=memory, faultless=partial(faultless, over_items(RULES)), workers=workers, progress=progress
    )  # fmt: skip
    correspondence = map_entries(repository, as_of)
    now = checked_key(root, tree, as_of)
    if key != now:  # a file was saved after the verdict was taken
        known = None
    if not known:
        diagnostics += run(RULES, View(repository, correspondence, as_of), tree)
    _note(root, tree, memory)
    if known:
        return Checked(tree, repository, correspondence, known.diagnostics, as_of, now, known.same_as)
    if not (repository.all_entries or repository.all_items or repository.broken_ids):
        diagnostics.append(faults.NOTHING_TO_CHECK.at(Place("")))
    checked = Checked(tree, repository, correspondence, ordered(diagnostics), as_of, now, now)
    remember(root, now, checked.verdict)
    return checked


def build(
    root: Path, out: Path | Store, *, as_of: date, revision: str | None = None, workers: int = 1, saved: Path | None = None,
    progress: Progress = lambda done, total: None, shard: Shard | None = None, cluster: Cluster | None = None,
) -> Built:  # fmt: skip
    """Check, then bring `out` to what the sources say; with any error nothing is written. `saved` is a page of the portal as frame.

    Where the same files were built before as of the same day, with the same look, and nobody touched `out`, nothing is read.
    With `shard` only that share of the site is made, for `merge`, in a folder; with `cluster` the workers of a Dask cluster write.
    Raises what `check`, `publish` and `read_portal` raise.
    """
    portal = read_portal(saved) if saved else None
    memory = recall(root)
    tree = _tree(root, memory, revision)
    key, known = _recalled(root, tree, memory, as_of)
    same = made_from(root, key, portal, look=revision is None)
    if known and shard is None and (standing := _standing(out, same)):
        _note(root, tree, memory)
        return Built(known, standing)
    noted_there = shard is None and isinstance(out, Path) and noted(out) is not None
    with meanwhile(partial(_untouched, out), workers=workers if noted_there else 1) as looked:
        checked = _checked(root, tree, memory, as_of, workers, progress, key, known)
        if blocks(checked.diagnostics):
            return Built(checked.verdict, None)
        before = looked() if noted_there else None
    assert checked.repository.site is not None, "a repository without site.yml has an error"
    with tempfile.TemporaryDirectory() as folder:
        home = root
        if isinstance(tree, CommitTree):  # look and navigation of that commit, not of the work tree
            home = Path(folder) / "home"
            exported(root, tree.commit, (CONFIG, "site_templates"), home)
            (home / CONTENT / "pages").mkdir(parents=True)
        made = shell(root, tree, checked.repository.site, home=home, saved=portal)
        published = publish_site(
            root, checked, made, out, home=home, workers=workers, saved=portal, progress=progress, shard=shard, cluster=cluster,
            before=before,
        )  # fmt: skip
        return Built(checked.verdict, published)


def _untouched(out: Path | Store) -> Noted | None:
    return None if isinstance(out, Store) else untouched(out)


def _standing(out: Path | Store, same: str) -> Published | None:
    return untouched_afar(out, same) if isinstance(out, Store) else standing_site(out, same)


def publish_site(
    root: Path, checked: Checked, made: Shell, out: Path | Store, *, home: Path, workers: int, saved: Portal | None = None,
    progress: Progress = lambda done, total: None, shard: Shard | None = None, cluster: Cluster | None = None, before: Noted | None = None,
) -> Published:  # fmt: skip
    """Bring `out` to what a checked repository says, pages first, then the search index; `home` holds the templates of the repository.

    `before` is what was noted of the site in `out`, where it was seen a moment ago that nobody touched it since.
    """
    repository = checked.repository
    commit = checked.tree.commit if isinstance(checked.tree, CommitTree) else None
    edition = Edition(
        repository, checked.correspondence, checked.diagnostics, made.written, checked.as_of, trend(root, checked)
    )
    key, world = (made_from(root, each, saved, look=commit is None) for each in (checked.key, checked.same_as))
    site = Site(str(root), out.url if isinstance(out, Store) else str(out), str(home), edition.site.name, made, commit)
    if isinstance(out, Store):
        return _publish_afar(root, checked, site, edition, out, key, workers, progress, cluster)
    with locked(out):
        known = before if before == noted(out) else None  # another build may have come between
        forget_site(out)  # until this one is done
        pages: Mapping[str, Written] = {}
        if shard is not None:
            published = publish_shard(site, edition, shard, workers=workers, progress=progress)
        else:
            published, pages = publish(
                site, edition, workers=workers, progress=progress, cluster=cluster, untouched=known is not None,
                same_world=known is not None and known.world == world != "",
            )  # fmt: skip
        if shard is not None and not shard.last:
            return published
        index = search_index(root, checked, out, workers=workers, untouched=known is not None)
        published = msgspec.structs.replace(published, unread=index.unread)
        if shard is None:
            note_site(out, key, world, published, pages, index.files, known)
        return published


def _publish_afar(
    root: Path, checked: Checked, site: Site, edition: Edition, store: Store, same: str, workers: int, progress: Progress,
    cluster: Cluster | None,
) -> Published:  # fmt: skip
    """The index is made in a folder of its own below `root/.mulu/`; where that was lost, it is made anew and only what differs is sent."""
    folder = root / ".mulu" / "stores" / hashlib.sha256(store.url.encode()).hexdigest()[:16]
    with held(store), locked(folder):
        published = publish_afar(site, edition, store, workers=workers, progress=progress, cluster=cluster)
        unread = search_index(root, checked, folder, workers=workers).unread
        bring_index(store, folder, same, unread)
        return msgspec.structs.replace(published, unread=unread)


def search_index(root: Path, checked: Checked, out: Path, *, workers: int = 1, untouched: bool = False) -> Indexed:
    """Bring the search index of `out` to what the sources say; texts of attachments are kept below `root/.mulu/`."""
    kept = root / ".mulu" / "attachments"
    reader = partial(document_reader, checked.repository, checked.tree, kept)
    return write_index(search_sources(checked.repository), reader, out, kept.parent, workers=workers, untouched=untouched)


def trend(root: Path, checked: Checked) -> Trend:
    """The counts of earlier quarters and tags, each from its own commit, with those of `checked` last.

    What was counted before is kept below `root/.mulu/`; then nothing is read but the list of commits.
    """
    revision = checked.tree.commit if isinstance(checked.tree, CommitTree) else "HEAD"
    line = mainline(root, revision, until=checked.as_of)
    wanted = moments(line, checked.as_of)
    points = read_points(root, line.prefix)
    missing = [each for each in wanted if (each.commit, each.day) not in points]
    present = (checked.same_as, checked.as_of)
    now = points.get(present) if checked.same_as else None
    for commit in dict.fromkeys(each.commit for each in missing):
        points |= _read_past(root, commit, [each.day for each in missing if each.commit == commit])
    if now is None:
        now = count(checked.correspondence)
    if missing or present not in points:
        points |= {present: now} if checked.same_as else {}
        write_points(root, line.prefix, points, {present, *((each.commit, each.day) for each in wanted)} & points.keys())
    known = {each: points[each.commit, each.day] for each in wanted}
    return counted(line, known, now, checked.as_of)


def _read_past(root: Path, commit: str, days: list[date]) -> Points:
    """One commit, read once and judged as of each day; what is wrong with it is no finding of today."""
    try:
        repository, found = load_judged(CommitTree(root, commit))
    except NoContent:
        return dict.fromkeys((commit, day) for day in days)
    unread = len({each.place.file for each in found if each.severity is Severity.ERROR})
    return {(commit, day): count(map_entries(repository, day), unread=unread) for day in days}
