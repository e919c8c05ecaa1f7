"""For a store what `publish` is for a folder: only what changed is sent, nothing points to what is not there yet, removals come last.

The store is listed once before and once after; its own state file says what the last build left, so any machine can go on from it.
"""

import hashlib
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from mulu.diagnostics import CouldNotRun, Text
from mulu.files.kept import tell_forgotten
from mulu.pages.edition import Edition
from mulu.pages.page import SEARCH_DATA
from mulu.pages.plan import permanent
from mulu.site.fresh import lives
from mulu.site.lock import Holder
from mulu.site.lots import Standing, standing_lots
from mulu.site.publish import Vanishing, whole
from mulu.site.published import Progress, Published
from mulu.site.scheduler import Cluster
from mulu.site.sending import LOAD
from mulu.site.state import LEFTOVER, STATE_FILE, STATE_VERSION, ForeignFolder, State, Written, is_permanent
from mulu.site.store import Look, Store, StoreFailed
from mulu.site.workshop import Site

LOCK_FILE = ".mulu-lock"
_UNSEEN = -1
"""A mark that no listing tells: the file is sent again by the next build."""


class StoreState(State, frozen=True):
    """As the state of a folder; here it also holds what the site was made from, the files of the search index, and the attachments that could not be read for it."""

    made_from: str = ""
    index: dict[str, Written] = msgspec.field(default_factory=dict)
    unread: tuple[tuple[str, Text], ...] = ()


_EMPTY = StoreState(STATE_VERSION, {}, ())


class StoreLocked(CouldNotRun):
    """Another build writes to the same store, or one was killed on another machine."""

    def __init__(self, store: Store, holder: Holder | None) -> None:
        """`holder` is None where that cannot be read."""
        process, host = (holder.process, holder.host) if holder else ("?", "?")
        super().__init__(Text(
            f"另一个 mulu 正在写 {store}：主机 {host}，进程 {process}。等它结束再运行；如果它早已中断，先删除其中的 {LOCK_FILE}。",
            f"Another mulu is writing to {store}: host {host}, process {process}. Wait for it; if it died long ago, delete {LOCK_FILE} there first.",
        ))  # fmt: skip


class MemoryOnly(CouldNotRun):
    """A cluster cannot write to the memory of this process."""


@contextmanager
def held(store: Store) -> Iterator[None]:
    """Hold the lock of a store: a file in it, which a killed build leaves there; on the same machine that is seen. Raises StoreLocked."""
    mine = Holder(os.getpid(), socket.gethostname())
    if not store.create(LOCK_FILE, msgspec.json.encode(mine)):
        holder = _holder(store)
        if holder is None or holder.host != mine.host or lives(holder.process):
            raise StoreLocked(store, holder)
        store.put({LOCK_FILE: msgspec.json.encode(mine)})
    try:
        yield
    finally:
        with suppress(StoreFailed):  # why the build failed is what people need to know
            store.remove([LOCK_FILE])


def _holder(store: Store) -> Holder | None:
    try:
        return msgspec.json.decode(next(store.read([LOCK_FILE])), type=Holder)
    except msgspec.MsgspecError:
        return None


def publish_afar(
    site: Site, edition: Edition, store: Store, *, workers: int, progress: Progress, cluster: Cluster | None = None
) -> Published:
    """Bring the pages of the store to what the edition says; the index and the end of the record are `bring_index`'s.

    Raises StoreFailed, ForeignFolder for a place that is not ours and Vanishing when a permanent address would be lost.
    """
    if store.alone and cluster is not None:
        raise MemoryOnly(Text(
            f"{store} 只在这个进程的内存里，集群写不进去。换一个各台机器都能写的地址。",
            f"{store} is in the memory of this process; a cluster cannot write there. Give an address that all machines can write to.",
        ))  # fmt: skip
    there = store.files()
    state = _state(store, there)
    lasting = permanent(edition)
    if lost := sorted(set(state.permanent) - lasting):
        raise Vanishing(tuple(lost))
    if STATE_FILE not in there:
        _record(store, state)  # from the first page on the place is known as ours
    known = {address: each for address, each in state.pages.items() if there.get(address) == (each.size, each.modified)}
    standing = standing_lots(state.pages, state.lots) if len(known) == len(state.pages) else Standing()
    done = whole(site, edition, known, 1 if store.alone else workers, progress, cluster, standing)
    now = store.files() if done.written else there  # workers that were killed have left files since
    removed = sorted(address for address in _pages(now) if address not in done.pages)
    store.remove(removed)
    if done.written or removed or len(known) != len(state.pages) or done.lots != state.lots:
        pages = _seen(done.pages, set(done.written), now)
        _record(
            store, msgspec.structs.replace(state, pages=pages, permanent=tuple(sorted(lasting)), lots=done.lots, made_from="")
        )
    return Published(len(done.pages), tuple(done.written), tuple(removed))


def bring_index(store: Store, folder: Path, made_from: str, unread: tuple[tuple[str, Text], ...]) -> None:
    """Send what differs of the search index that stands in `folder`, its manifest last, then remove what is over, then close the record."""
    there = store.files(SEARCH_DATA)
    state = _read_state(store) or _EMPTY
    known = {address: each for address, each in state.index.items() if there.get(address) == (each.size, each.modified)}
    index: dict[str, Written] = {}
    sent: set[str] = set()
    load: dict[str, bytes] = {}
    size = 0
    for address, path in _index_files(folder):
        content = path.read_bytes()
        digest = hashlib.blake2b(content, digest_size=16).digest()
        if address in known and known[address].digest == digest:
            index[address] = known[address]
            continue
        index[address] = Written(digest, len(content), _UNSEEN)
        load[address] = content
        sent.add(address)
        size += len(content)
        if size > LOAD:
            store.put(load)
            load, size = {}, 0
    store.put(load)
    store.remove(removed := sorted(there.keys() - index.keys()))
    if sent or removed:
        index = _seen(index, sent, store.files(SEARCH_DATA))
    now = msgspec.structs.replace(state, index=index, unread=unread, made_from=made_from)
    if now != state:
        _record(store, now)


def untouched_afar(store: Store, made_from: str) -> Published | None:
    """The site in the store as an outcome that wrote nothing, if it was made from the same and nobody touched it since."""
    there = store.files()
    if STATE_FILE not in there:
        return None
    state = _state(store, there)
    standing = {address: look for address, look in there.items() if address.startswith(f"{SEARCH_DATA}/")}
    standing |= {address: there[address] for address in _pages(there)}
    recorded = {address: (each.size, each.modified) for address, each in (state.pages | state.index).items()}
    if state.made_from != made_from or standing != recorded:
        return None
    return Published(len(state.pages), (), (), state.unread)


def _pages(there: Mapping[str, Look]) -> Iterator[str]:
    """What is ours, but for the search index: not what begins with a dot at the top, unless a killed build left it."""
    for address in there:
        first = address.partition("/")[0]
        if not address.startswith(f"{SEARCH_DATA}/") and (not first.startswith(".") or LEFTOVER.match(address)):
            yield address


def _seen(pages: Mapping[str, Written], sent: set[str], there: Mapping[str, Look]) -> dict[str, Written]:
    """With the marks that the store tells of what was sent; what is not there as it was sent gets none."""
    seen = {}
    for address, each in pages.items():
        size, mark = there.get(address, (each.size, each.modified))
        fits = size == each.size and address in there
        seen[address] = Written(each.digest, each.size, mark if fits else _UNSEEN) if address in sent else each
    return seen


def _state(store: Store, there: Mapping[str, Look]) -> StoreState:
    """The state of the last build, an empty one for a new place; of one that cannot be read only the permanent addresses are left."""
    if STATE_FILE in there:
        found = _read_state(store)
        return found or StoreState(STATE_VERSION, {}, tuple(sorted(each for each in there if is_permanent(each))))
    if any(not address.startswith(".") for address in there):
        raise ForeignFolder(store)
    return _EMPTY


def _read_state(store: Store) -> StoreState | None:
    with suppress(msgspec.MsgspecError):
        state = msgspec.msgpack.decode(next(store.read([STATE_FILE])), type=StoreState)
        if state.version == STATE_VERSION:
            return state
    tell_forgotten(f"{store}/{STATE_FILE}")
    return None


def _record(store: Store, state: StoreState) -> None:
    store.put({STATE_FILE: msgspec.msgpack.encode(state)})


def _index_files(folder: Path) -> list[tuple[str, Path]]:
    """Address and path of each file of the index, the manifest last."""
    found = ((path.relative_to(folder).as_posix(), path) for path in (folder / SEARCH_DATA).rglob("*") if path.is_file())
    return sorted(found, key=lambda each: (each[0].endswith("/manifest.json"), each[0]))
