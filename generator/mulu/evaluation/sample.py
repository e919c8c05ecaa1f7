"""A reproducible draw, as a third-party evaluator makes it: the same seed over the same entries gives the same sample."""

import hashlib
from collections.abc import Iterable

from mulu.mapping import Mapped
from mulu.model.profile import Sample


def drawn(entries: Iterable[Mapped], sample: Sample | None, seed: str) -> tuple[Mapped, ...]:
    """The chosen entries in their order; all of them where nothing is drawn.

    Things are ranked by SHA-256 of `seed`, a colon and their code, smallest first; so an entry's luck depends on no other's.
    """
    listed = tuple(entries)
    if sample is None:
        return listed
    if sample.fields is not None:
        fields = sorted({each.entry.field for each in listed}, key=lambda field: _luck(seed, field))[: sample.fields]
        groups = [[each for each in listed if each.entry.field == field] for field in fields]
    else:
        groups = [list(listed)]
    chosen = {
        each.entry.id
        for group in groups
        for each in sorted(group, key=lambda each: _luck(seed, each.entry.id))[: sample.entries]
    }
    return tuple(each for each in listed if each.entry.id in chosen)


def _luck(seed: str, code: str) -> str:
    return hashlib.sha256(f"{seed}:{code}".encode()).hexdigest()
