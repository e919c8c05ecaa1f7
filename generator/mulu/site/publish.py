"""Writes the planned site: only what changed, in an order that leaves no dangling link, each file replaced whole."""

import contextlib
import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

import msgspec

from mulu.diagnostics import CouldNotRun, Text
from mulu.files.crew import crew
from mulu.pages.edition import Edition
from mulu.pages.plan import PARTS, closing, permanent
from mulu.site.checksums import checksum_files
from mulu.site.cluster import cluster_crew
from mulu.site.fresh import is_fresh, put_in_place
from mulu.site.lots import Keys, Standing, closing_key, standing_lots
from mulu.site.obstacles import clear_the_way
from mulu.site.published import Progress, Published
from mulu.site.scheduler import Cluster
from mulu.site.sending import workshop
from mulu.site.state import STATE_FILE, Lot, Written, present, read_state, write_state
from mulu.site.workshop import ASSETS, Chunk, Outcome, Site

CHUNK = 128
"""Items or entries that are planned and written at once."""

_ALONE = 30
"""Chunks up to which no process is started: the parts of a small site, or those few that an edit concerns."""


_CLOSING = "closing"
"""The label of the lot that is planned last."""

_FILES_ALONE = 5000
"""Files whose checksums are made by this process alone: reading as many takes a tenth of a second."""


class Vanishing(CouldNotRun):
    """Permanent addresses (items, entries) would disappear; nothing was written."""

    def __init__(self, addresses: tuple[str, ...]) -> None:
        """`addresses` are those that would be lost, sorted."""
        lost = ", ".join(addresses)
        super().__init__(Text(
            f"这些已经公开的网址会消失，没有发布：{lost}。信息要写 withdrawn、事项要写 retired，不能直接删除。",
            f"These published addresses would vanish; nothing was published: {lost}. Use `withdrawn` or `retired` instead of deleting.",
        ))  # fmt: skip
        self.addresses = addresses


def publish(
    site: Site,
    edition: Edition,
    *,
    workers: int = 1,
    progress: Progress = lambda done, total: None,
    cluster: Cluster | None = None,
    untouched: bool = False,
    same_world: bool = False,
) -> tuple[Published, Mapping[str, Written]]:
    """Bring the folder `site.out` to what the edition says, by `workers` processes here or by a Dask cluster; gives all files, too.

    Where the folder is `untouched` since its state was written, chunks that were planned from the same are left as they are; where also
    nothing but texts of items differs from what it was made from (`same_world`), that is not worked out again. Raises ForeignFolder for a folder that is not ours and Vanishing when a permanent address would be lost.
    """
    out = Path(site.out)
    if is_fresh(out):
        with put_in_place(out) as aside:
            fresh = msgspec.structs.replace(
                site, out=str(aside), fresh=cluster is None
            )  # a lost worker's files are there already
            done = whole(fresh, edition, {}, workers, progress, cluster, Standing())
            if cluster is not None:
                _sweep(aside, done.pages, present(aside))
            write_state(aside, done.pages, tuple(sorted(permanent(edition))), done.lots, done.world)
        return Published(len(done.pages), tuple(done.written), ()), done.pages
    state = read_state(out)
    lasting = permanent(edition)
    if lost := sorted(set(state.permanent) - lasting):
        raise Vanishing(tuple(lost))
    if not (out / STATE_FILE).exists():
        write_state(out, {}, ())  # from the first page on the folder is known as ours
    untouched = untouched and bool(state.pages)  # a state that could not be read says nothing of what is there
    if not untouched:
        clear_the_way(out, state.pages)
    standing = standing_lots(state.pages, state.lots) if untouched else Standing()
    world = state.world if untouched and same_world else b""
    done = whole(site, edition, state.pages, workers, progress, cluster, standing, world)
    removed = _sweep(out, done.pages, state.pages if untouched else present(out))
    if done.pages != state.pages or lasting != set(state.permanent) or done.lots != state.lots:
        write_state(out, done.pages, tuple(sorted(lasting)), done.lots, done.world)
    return Published(len(done.pages), tuple(done.written), tuple(removed)), done.pages


def _sweep(out: Path, pages: Mapping[str, Written], there: Iterable[str]) -> list[str]:
    """Remove what is not planned any more and what killed builds left; gives the addresses."""
    removed = sorted(address for address in there if address not in pages)
    for address in removed:
        (out / address).unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            (out / address).parent.rmdir()
    return removed


class Done(msgspec.Struct, frozen=True):
    """Everything that stands now, what of it was written, and of which lots it consists; `world` is what the keys of these have in common."""

    pages: dict[str, Written]
    written: list[str]
    lots: dict[str, Lot]
    world: bytes


def whole(
    site: Site, edition: Edition, known: dict[str, Written], workers: int, progress: Progress, cluster: Cluster | None,
    standing: Standing, world: bytes = b"",
) -> Done:  # fmt: skip
    """Everything that is planned, in the order of writing; `known` is what stands and need not be written if it stays the same."""
    keys = Keys(site.shell.digest, edition, world)
    done = written(site, edition, known, workers, progress, keys, cluster=cluster, standing=standing)
    close(site, edition, known, done, tuple(done.pages), standing)
    close_sums(site, edition, known, done, 1 if cluster else workers)  # the client of a cluster has threads, and is not forked
    return done


def written(
    site: Site, edition: Edition, known: dict[str, Written], workers: int, progress: Progress, keys: Keys,
    *, mine: Callable[[int], bool] = lambda chunk: True, cluster: Cluster | None = None, standing: Standing = Standing(),  # noqa: B008 - frozen
) -> Done:  # fmt: skip
    """Rank after rank, so that nothing points to a page that is not there yet; only chunks whose number is `mine`, and not what is `standing`."""
    done = Done({}, [], {}, keys.world)
    number = itertools.count()
    ranks = [[_lot(chunk, keys, standing) for chunk in rank if mine(next(number))] for rank in _ranks(site, edition)]
    total, finished = sum(len(rank) for rank in ranks), 0
    work = workshop(site, edition, known)
    crowd = workers if sum(each.stands is None for rank in ranks for each in rank) > _ALONE else 1
    with cluster_crew(work, cluster) if cluster else crew(work, workers=crowd) as each:
        for lots in ranks:
            outcomes = iter(each([lot.chunk for lot in lots if lot.stands is None]))
            for lot in lots:
                before = len(done.pages)
                if lot.stands is None:
                    for outcome in next(outcomes):
                        _add(outcome, done)
                else:
                    done.pages.update((address, known[address]) for address in lot.stands)
                done.lots[lot.label] = Lot(lot.key, len(done.pages) - before)
                finished += 1
                progress(finished, total)
    return done


class _Asked(msgspec.Struct, frozen=True):
    """A chunk that is asked for, and its files where they stand already."""

    chunk: Chunk
    label: str
    key: bytes
    stands: tuple[str, ...] | None


def _lot(chunk: Chunk, keys: Keys, standing: Standing) -> _Asked:
    label = f"{chunk.part}:{chunk.start}"
    key = b"" if chunk.part == ASSETS else keys.of(chunk.part, chunk.start, chunk.stop)
    return _Asked(chunk, label, key, standing.addresses(label, key) if key else None)


def close(
    site: Site, edition: Edition, known: dict[str, Written], done: Done, addresses: Collection[str], standing: Standing
) -> None:
    """Add to `done` what can be said only when it is known what there is: `addresses` are those of everything else."""
    key = closing_key(done.world, addresses)
    stands = standing.addresses(_CLOSING, key)
    before = len(done.pages)
    if stands is None:
        work = workshop(site, edition, known)
        for planned in list(closing(edition, addresses)):
            _add(work.bring(planned), done)
        work.flush()
    else:
        done.pages.update((address, known[address]) for address in stands)
    done.lots[_CLOSING] = Lot(key, len(done.pages) - before)


def close_sums(site: Site, edition: Edition, known: dict[str, Written], done: Done, workers: int) -> None:
    """Add the checksums, which are over files as they stand; those of many files are made by several processes."""
    sums = list(checksum_files(done.pages, years(edition)))

    def bring(number: int) -> Outcome:
        work = workshop(site, edition, known)
        outcome = work.kept_or_written(
            sums[number].address, sums[number].digest(done.pages), partial(sums[number].content, work.standing)
        )
        work.flush()
        return outcome

    files = sum(len(each.files) for each in sums)
    with crew(bring, workers=workers if not known and files > _FILES_ALONE else 1) as each:
        for outcome in list(each(range(len(sums)))):
            _add(outcome, done)


def years(edition: Edition) -> dict[str, int]:
    """Item → the year of its publication."""
    return {item.id: item.published.year for item in edition.repository.all_items}


def _add(outcome: Outcome, done: Done) -> None:
    address, digest, size, modified, now = outcome
    assert address not in done.pages, f"two files for {address}"
    done.pages[address] = Written(digest, size, modified)
    if now:
        done.written.append(address)


def _ranks(site: Site, edition: Edition) -> Iterator[list[Chunk]]:
    """The chunks of each rank: assets; items and entries; lists; home."""
    yield list(_chunks(ASSETS, len(site.shell.assets)))
    for rank in (1, 2, 3):
        yield [chunk for number, part in enumerate(PARTS) if part.rank == rank for chunk in _chunks(number, part.size(edition))]


def _chunks(part: int, size: int) -> Iterator[Chunk]:
    for start in range(0, size, CHUNK):
        yield Chunk(part, start, min(start + CHUNK, size))
