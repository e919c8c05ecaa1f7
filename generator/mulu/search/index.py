"""The index below `out/search/v1/`: what changed is found by the documents' keys; everything else keeps its files.

Documents stand by day of publication in two segments, `base` and `recent` (the newest month or months). A document that
changes keeps its place, so its segment is patched; one that is added is among the newest, so the small segment is made anew. When
a month moves from `recent` to `base`, or an old document is added, `base` is made anew. The bytes depend on the documents alone.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path

import msgspec

from mulu.diagnostics import Text
from mulu.pages.page import SEARCH_DATA
from mulu.resources import program_digest
from mulu.search.document import Full, with_simplified
from mulu.search.fold import SAME, simplified
from mulu.search.shards import VERSION, shard_count
from mulu.search.state import (
    PLAIN,
    Deed,
    Files,
    Held,
    SearchState,
    Segment,
    Stamp,
    begin,
    book,
    healthy,
    put,
    read_search_state,
    remove_strangers,
    write_file,
    write_search_state,
)
from mulu.site.obstacles import clear_the_way

RECENT = 1000
"""Documents that `recent` holds at most, unless the newest month alone has more."""

PATCHED = 100
"""Changed documents of a segment up to which it is patched."""

Reader = Callable[[], Callable[[str], Full]]
"""Gives, in whatever process it is called, a function that reads a document by its id."""


class Source(msgspec.Struct, frozen=True):
    """A document that is to be found: its id, day of publication (YYYY-MM-DD), and a key over everything that goes into it."""

    id: str
    published: str
    key: bytes


class Indexed(msgspec.Struct, frozen=True):
    """What came of it: documents and attachments that are searched, files written and removed, the attachments that could not be read, and all files."""

    documents: int
    attachments: int
    written: int
    removed: int
    unread: tuple[tuple[str, Text], ...]
    files: Files


def write_index(
    sources: Iterable[Source],
    reader: Reader,
    out: Path,
    scratch: Path,
    *,
    workers: int = 1,
    recent: int = RECENT,
    untouched: bool = False,
) -> Indexed:
    """Bring `out/search/v1/` to what the sources say, by `workers` processes; `scratch` is a folder for passing files.

    Where nobody touched the index since it was written, its files are not looked at.
    """
    program = program_digest()
    state = read_search_state(out, program)
    if not untouched:
        clear_the_way(
            out / SEARCH_DATA, {f"{folder}/{name}".lstrip("/") for folder, files in state.files.items() for name in files}
        )
    deed = begin(out / SEARCH_DATA, state, untouched=untouched)
    bring = partial(_brought, reader, deed, scratch, workers)
    ordered = sorted(sources, key=lambda each: each.published + each.id)
    segments = {name: bring(name, members, state.segments.get(name)) for name, members in split(ordered, recent).items()}
    fixed = _fixed(deed, segments)
    needed = set(fixed).union(*(segment.attached for segment in segments.values()))
    remove_strangers(deed, segments, needed)
    now = SearchState(program, segments, {folder: files for folder, files in deed.files.items() if files})
    unread = tuple(sorted((each for segment in segments.values() for each in segment.unread), key=lambda each: each[0]))
    if now != state:
        write_search_state(out, now)
    found, searched = sum(each.found for each in segments.values()), sum(each.searched for each in segments.values())
    return Indexed(found, searched, deed.written, deed.removed, unread, now.files)


def split(sources: Sequence[Source], recent: int = RECENT) -> dict[str, Sequence[Source]]:
    """`base` and `recent`: from the first month with which at most `recent` documents follow; the newest month in any case."""
    if not sources:
        return {}
    month = sources[-1].published[:7]
    if len(sources) > recent and sources[-recent].published[:7] != month:
        before = sources[-recent - 1].published[:7]
        month = next(each.published[:7] for each in sources[-recent:] if each.published[:7] > before)
    elif len(sources) <= recent:
        month = ""
    cut = bisect_left(sources, month, key=attrgetter("published"))
    return {name: part for name, part in (("recent", sources[cut:]), ("base", sources[:cut])) if part}


def _brought(
    reader: Reader, deed: Deed, scratch: Path, workers: int, name: str, members: Sequence[Source], old: Segment | None
) -> Segment:
    """One segment, kept, patched or made anew."""
    keys = {each.id: each.key for each in members}
    if old is not None and list(old.keys) == list(keys) and healthy(deed, name, old):
        if old.keys == keys:
            return old
        both = zip(old.keys.values(), keys.values(), strict=True)
        changed = [number for number, (before, now) in enumerate(both) if before != now]
        if len(changed) <= PATCHED:
            held = old.held | _patched(name, members, changed, reader, deed)
            return Segment(_version(keys), keys, {id: each for id, each in held.items() if each != PLAIN})
    return Segment(_version(keys), keys, _made(name, list(keys), reader, deed, scratch, workers))


def _patched(name: str, members: Sequence[Source], changed: list[int], reader: Reader, deed: Deed) -> dict[str, Held]:
    from mulu.search.patch import patch_segment

    read = reader()
    new = {number: with_simplified(read(members[number].id)) for number in changed}
    for file, content in patch_segment(deed.folder / name, deed.folder, new, len(members)):
        put(deed, _placed(name, file), content)
    return {full.document.id: Held.of(full) for full in new.values()}


def _made(name: str, ids: list[str], reader: Reader, deed: Deed, scratch: Path, workers: int) -> dict[str, Held]:
    from mulu.search.segment import Plan, build_segment

    def write(file: str, content: bytes) -> tuple[str, Stamp]:
        placed = _placed(name, file)
        return placed, write_file(deed, placed, content)

    scratch.mkdir(parents=True, exist_ok=True)
    made = build_segment(Plan(ids, reader, write, scratch), workers=workers)
    before = [f"{folder}/{file}" for folder, files in deed.files.items() if folder.startswith(f"{name}/") for file in files]
    for file in sorted(set(before) - made.files.keys()):
        put(deed, file, None)
    for file, stamp in made.files.items():
        book(deed, file, stamp)
    return made.held


def _placed(segment: str, file: str) -> str:
    return file if file.startswith("attachments/") else f"{segment}/{file}"


def _version(keys: Mapping[str, bytes]) -> str:
    return hashlib.blake2b(msgspec.msgpack.encode(keys), key=program_digest().encode(), digest_size=6).hexdigest()


def _fixed(deed: Deed, segments: dict[str, Segment]) -> tuple[str, str]:
    """The two files that every reader of the index needs: the manifest, and the table of traditional characters."""
    manifest = {
        "version": VERSION,
        "documents": sum(each.found for each in segments.values()),
        "attachments": sum(each.searched for each in segments.values()),
        "unread": sum(len(each.unread) for each in segments.values()),
        "same": "".join(sorted(f"{old}{new or chr(0)}" for old, new in SAME.items())),
        "segments": [
            {
                "name": name,
                "version": segment.version,
                "documents": len(segment.keys),
                "shards": shard_count(len(segment.keys)),
                "filters": sorted(file.removesuffix(".bin") for file in deed.files.get(f"{name}/filters", {})),
            }
            for name, segment in segments.items()
        ],
    }
    pairs = sorted(simplified().items())
    put(deed, "manifest.json", msgspec.json.encode(manifest))
    put(
        deed, "simplified.json", msgspec.json.encode({"from": "".join(a for a, _ in pairs), "to": "".join(b for _, b in pairs)})
    )
    return "manifest.json", "simplified.json"
