"""One site made in several runs: each writes its share of the chunks, `merge` puts them together. Same bytes as a build at once."""

import hashlib
import shutil
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import msgspec

from mulu.diagnostics import CouldNotRun, Text
from mulu.pages.edition import Edition
from mulu.pages.page import SEARCH_DATA
from mulu.pages.plan import PARTS, permanent
from mulu.resources import program_digest
from mulu.site.checksums import checksum_files
from mulu.site.fresh import is_fresh, put_in_place
from mulu.site.lock import locked
from mulu.site.lots import Keys, Standing
from mulu.site.publish import Vanishing, close, written, years
from mulu.site.published import Progress, Published
from mulu.site.shard import Shard
from mulu.site.state import ForeignFolder, Written, create_file, present, read_state, replace_file, write_state
from mulu.site.workshop import Site

SHARD_FILE = ".mulu-shard"
_VERSION = 1


class Record(msgspec.Struct, frozen=True):
    """What stands in a share's folder. `edition` is the same for shares of the same site; `pages` gives digests by address, `years` the year of every item."""

    version: int
    edition: str
    shard: Shard
    pages: dict[str, bytes]
    permanent: tuple[str, ...]
    years: dict[str, int]


class NoShare(CouldNotRun):
    """The folders are not the shares of one site."""


def publish_shard(site: Site, edition: Edition, shard: Shard, *, workers: int, progress: Progress) -> Published:
    """Write one share of the site to the folder `site.out`: new, empty, or with an earlier share, which is replaced.

    Raises ForeignFolder for any other folder.
    """
    out = Path(site.out)
    if (out / SHARD_FILE).is_file():
        shutil.rmtree(out)
    if not is_fresh(out):
        raise ForeignFolder(out)
    with put_in_place(out) as aside:
        fresh = msgspec.structs.replace(site, out=str(aside), fresh=True)
        done = written(fresh, edition, {}, workers, progress, Keys(site.shell.digest, edition), mine=shard)
        if shard.last:
            close(fresh, edition, {}, done, _addresses(edition), Standing())
        pages = {address: each.digest for address, each in done.pages.items()}
        record = Record(_VERSION, edition_mark(site, edition), shard, pages, tuple(sorted(permanent(edition))), years(edition))
        create_file(str(aside / SHARD_FILE), msgspec.msgpack.encode(record))
    return Published(len(pages), tuple(done.written), ())


def _addresses(edition: Edition) -> list[str]:
    """The address of every page, as the parts plan them; those of items and entries are known without planning."""
    parts = (part for part in PARTS if part.rank > 1)
    listed = (planned.address for part in parts for planned in part.planned(edition, 0, part.size(edition)))
    return [*permanent(edition), *listed]


def edition_mark(site: Site, edition: Edition) -> str:
    """The same wherever the same program makes the same site: over every source, the day, the look and the program."""
    digest = hashlib.sha256(f"{program_digest()} {site.shell.digest} {edition.as_of}\n".encode())
    for path, file in edition.repository.files.items():
        digest.update(f"{path} {file.blob}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:32]


def merge(folders: tuple[Path, ...], out: Path) -> Published:
    """Bring `out` to the site whose shares stand in `folders`: pages before the lists that point to them, removals last.

    Raises NoShare unless they are all the shares of one site, and what `publish` raises.
    """
    records = _records(folders)
    there = {address: folder for folder, record in records.items() for address in record.pages}
    lasting = next(iter(records.values())).permanent
    with locked(out):
        fresh = is_fresh(out)
        known = {} if fresh else read_state(out).pages
        if not fresh and (lost := sorted(set(read_state(out).permanent) - set(lasting))):
            raise Vanishing(tuple(lost))
        place: AbstractContextManager[Path] = put_in_place(out) if fresh else nullcontext(out)
        with place as target:
            if not fresh and not known:
                write_state(target, {}, ())
            pages, changed = _brought(records, there, target, known)
            _add_sums(target, pages, changed, known, next(iter(records.values())).years)
            _bring_index(tuple(records), target)
            removed = sorted(address for address in present(target) if address not in pages)
            for address in removed:
                (target / address).unlink(missing_ok=True)
            write_state(target, pages, lasting)
    return Published(len(pages), tuple(changed), tuple(removed))


def _brought(
    records: Mapping[Path, Record], there: Mapping[str, Path], target: Path, known: Mapping[str, Written]
) -> tuple[dict[str, Written], list[str]]:
    pages: dict[str, Written] = {}
    changed: list[str] = []
    for address in sorted(there, key=lambda address: (_rank(address), address)):
        size, modified = replace_file(str(target / address), (there[address] / address).read_bytes())
        pages[address] = Written(records[there[address]].pages[address], size, modified)
        if known.get(address) != pages[address]:
            changed.append(address)
    return pages, changed


def _add_sums(
    target: Path, pages: dict[str, Written], changed: list[str], known: Mapping[str, Written], published: Mapping[str, int]
) -> None:
    """The checksums, which no share can make alone."""
    for sums in list(checksum_files(pages, published)):
        size, modified = replace_file(
            str(target / sums.address), sums.content(lambda files: ((target / address).read_bytes() for address in files))
        )
        pages[sums.address] = Written(sums.digest(pages), size, modified)
        if known.get(sums.address) != pages[sums.address]:
            changed.append(sums.address)


def _bring_index(folders: tuple[Path, ...], target: Path) -> None:
    """The search index of the share that holds it; the next build looks through it anew."""
    source = next((folder / SEARCH_DATA for folder in folders if (folder / SEARCH_DATA).is_dir()), None)
    if source is None:
        return
    wanted = {path.relative_to(source) for path in source.rglob("*") if path.is_file()}
    for name in sorted(wanted):
        (target / SEARCH_DATA / name).parent.mkdir(parents=True, exist_ok=True)
        replace_file(str(target / SEARCH_DATA / name), (source / name).read_bytes())
    for path in sorted((target / SEARCH_DATA).rglob("*")):
        if path.is_file() and path.relative_to(target / SEARCH_DATA) not in wanted:
            path.unlink()


def _rank(address: str) -> int:
    """Assets and attachments, pages of items and entries, lists, home: nothing points to what is not there yet."""
    if not address.endswith(".html"):
        return 0
    return 1 if address.startswith(("items/", "entries/")) else 3 if address == "index.html" else 2


def _records(folders: tuple[Path, ...]) -> dict[Path, Record]:
    records = {folder: _record(folder) for folder in folders}
    kinds = {(record.edition, record.shard.of) for record in records.values()}
    if len(kinds) != 1:
        raise NoShare(Text(
            "这些分片不是同一次内容、同一天、同一个程序生成的，不能合并。每个分片用同样的提交（--at）和 --as-of 重新生成。",
            "These shards were not made from the same content, day and program; build each again with the same commit (--at) and --as-of.",
        ))  # fmt: skip
    of, numbers = next(iter(kinds))[1], [record.shard.number for record in records.values()]
    if missing := [f"{number}/{of}" for number in range(1, of + 1) if numbers.count(number) != 1]:
        said = ", ".join(missing)
        raise NoShare(Text(
            f"分片不齐：{said} 没有，或者给了两次。", f"Shards missing, or given twice: {said}.",
        ))  # fmt: skip
    return records


def _record(folder: Path) -> Record:
    try:
        record = msgspec.msgpack.decode((folder / SHARD_FILE).read_bytes(), type=Record)
    except (FileNotFoundError, NotADirectoryError, msgspec.MsgspecError):
        record = None
    if record is None or record.version != _VERSION:
        raise NoShare(Text(
            f"{folder} 不是 mulu build --shard 生成的分片，或者版本不同。", f"{folder} is no shard made by this version of `mulu build --shard`.",
        ))  # fmt: skip
    if gone := next((address for address in record.pages if not (folder / address).is_file()), None):
        raise NoShare(
            Text(f"分片 {folder} 缺少文件 {gone}，重新生成这个分片。", f"The shard {folder} lacks {gone}; build it again.")
        )
    return record
