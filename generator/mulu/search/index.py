"""The index below `out/search/v1/`: what changed is found by the documents' keys; everything else keeps its files.

Documents stand by day of publication in two segments, `base` and `recent` (the newest month or months). A document that
changes keeps its place, so its segment is patched; one that is added is among the newest, so the small segment is made anew. When
a month moves from `recent` to `base`, or an old document is added, `base` is made anew. The bytes depend on the documents alone.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from mulu.diagnostics import Text
from mulu.pages.page import SEARCH_DATA
from mulu.resources import program_digest
from mulu.search.document import Full, attached_name, with_simplified
from mulu.search.fold import SAME, simplified
from mulu.search.patch import patch_segment
from mulu.search.reader import VERSION
from mulu.search.segment import build_segment
from mulu.search.shards import shard_count
from mulu.search.state import (
    Deed,
    Held,
    SearchState,
    Segment,
    begin,
    healthy,
    put,
    read_search_state,
    remove_strangers,
    write_search_state,
)

RECENT = 1000
"""Documents that `recent` holds at most, unless the newest month alone has more."""

PATCHED = 100
"""Changed documents of a segment up to which it is patched."""


class Source(msgspec.Struct, frozen=True):
    """A document that is to be found: its id, day of publication (YYYY-MM-DD), and a key over everything that goes into it."""

    id: str
    published: str
    key: bytes


class Indexed(msgspec.Struct, frozen=True):
    """What came of it: documents and attachments that are searched, files written and removed, and the attachments that could not be read."""

    documents: int
    attachments: int
    written: int
    removed: int
    unread: tuple[tuple[str, Text], ...]


def write_index(
    sources: Iterable[Source],
    read: Callable[[str], Full],
    out: Path,
    scratch: Path,
    *,
    made_from: str = "",
    recent: int = RECENT,
) -> Indexed:
    """Bring `out/search/v1/` to what the sources say; `read` gives a document by its id, `scratch` is a folder for passing files."""
    scratch.mkdir(parents=True, exist_ok=True)
    program = program_digest()
    state = read_search_state(out, program)
    deed = begin(out / SEARCH_DATA, state)
    segments: dict[str, Segment] = {}
    for name, members in split(sorted(sources, key=lambda each: (each.published, each.id)), recent).items():
        segments[name] = _brought(name, members, state.segments.get(name), read, deed, scratch, program)
    ids = {id for segment in segments.values() for id, held in segment.documents.items() if held.texts}
    needed = {*_fixed(deed, segments), *(attached_name(id) for id in ids)}
    remove_strangers(deed, lambda name: name in needed or name.partition("/")[0] in segments)
    now = SearchState(program, segments, deed.files, made_from)
    if deed.written or deed.removed or made_from != state.made_from:
        write_search_state(out, now)
    every = [held for segment in segments.values() for held in segment.documents.values()]
    found, searched = sum(held.found for held in every), sum(held.searched for held in every)
    return Indexed(found, searched, deed.written, deed.removed, now.unread)


def untouched_index(out: Path, made_from: str) -> SearchState | None:
    """The state of the index in `out`, if it was made from the same and nobody touched its files since."""
    state = read_search_state(out, program_digest())
    return state if state.made_from == made_from and begin(out / SEARCH_DATA, state).found == state.files else None


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
    cut = next(place for place, each in enumerate(sources) if each.published[:7] >= month)
    return {name: part for name, part in (("recent", sources[cut:]), ("base", sources[:cut])) if part}


def _brought(
    name: str, members: Sequence[Source], old: Segment | None, read: Callable[[str], Full], deed: Deed, scratch: Path, program: str
) -> Segment:  # fmt: skip
    """One segment, kept, patched or made anew."""
    keys = {each.id: each.key for each in members}
    if old is not None and list(old.documents) == list(keys) and healthy(deed, name, old):
        changed = [number for number, each in enumerate(members) if old.documents[each.id].key != each.key]
        if len(changed) <= PATCHED:
            new = {number: with_simplified(read(members[number].id)) for number in changed}
            for file, content in patch_segment(deed.folder / name, deed.folder, new, len(members)):
                put(deed, _placed(name, file), content)
            held = {full.document.id: Held.of(keys[full.document.id], full) for full in new.values()}
            return Segment(_version(program, keys), {id: held.get(id, kept) for id, kept in old.documents.items()})
    return Segment(_version(program, keys), _made(name, keys, read, deed, scratch))


def _made(name: str, keys: dict[str, bytes], read: Callable[[str], Full], deed: Deed, scratch: Path) -> dict[str, Held]:
    documents: dict[str, Held] = {}

    def fulls() -> Iterator[Full]:
        for id, key in keys.items():
            full = with_simplified(read(id))
            documents[id] = Held.of(key, full)
            yield full

    stale = {file for file in deed.files if file.startswith(f"{name}/")}
    for file, content in build_segment(fulls(), len(keys), scratch):
        placed = _placed(name, file)
        stale.discard(placed)
        put(deed, placed, content)
    for file in sorted(stale):
        put(deed, file, None)
    return documents


def _placed(segment: str, file: str) -> str:
    return file if file.startswith("attachments/") else f"{segment}/{file}"


def _version(program: str, keys: dict[str, bytes]) -> str:
    digest = hashlib.blake2b(program.encode(), digest_size=6)
    for id, key in keys.items():
        digest.update(id.encode() + b"\0" + key)
    return digest.hexdigest()


def _fixed(deed: Deed, segments: dict[str, Segment]) -> tuple[str, str]:
    """The two files that every reader of the index needs: the manifest, and the table of traditional characters."""
    prefix = len("/filters/")
    manifest = {
        "version": VERSION,
        "documents": sum(held.found for segment in segments.values() for held in segment.documents.values()),
        "attachments": sum(held.searched for segment in segments.values() for held in segment.documents.values()),
        "unread": sum(len(held.unread) for segment in segments.values() for held in segment.documents.values()),
        "same": "".join(sorted(f"{old}{new or chr(0)}" for old, new in SAME.items())),
        "segments": [
            {
                "name": name,
                "version": segment.version,
                "documents": len(segment.documents),
                "shards": shard_count(len(segment.documents)),
                "filters": sorted(
                    file[len(name) + prefix :].removesuffix(".bin")
                    for file in deed.files
                    if file.startswith(f"{name}/filters/")
                ),
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
