"""A site that stands as it was built: recognised by what it was made from and by its files, without planning anything."""

from functools import partial
from pathlib import Path

from mulu.files.crew import crew
from mulu.site.publish import Published
from mulu.site.state import State, modified, present, read_state

_CROWD = 20_000
"""Files above which they are looked at by several processes: a look takes 3 µs."""


def untouched(out: Path, made_from: str, *, workers: int) -> Published | None:
    """The site in `out` as an outcome that wrote nothing, if it was made from the same and nobody touched it since.

    Raises ForeignFolder for a folder that is not ours.
    """
    state = read_state(out)
    if state.made_from != made_from or set(present(out)) != state.pages.keys():
        return None
    addresses = list(state.pages)
    share = -(-len(addresses) // workers)
    shares = [range(start, min(start + share, len(addresses))) for start in range(0, len(addresses), share or 1)]
    crowd = workers if len(addresses) > _CROWD else 1
    with crew(partial(_as_written, out, state, addresses), workers=crowd) as each:
        if all(each(shares)):
            return Published(len(addresses), (), ())
    return None


def _as_written(out: Path, state: State, addresses: list[str], share: range) -> bool:
    for number in share:
        written = state.pages[addresses[number]]
        if modified(f"{out}/{addresses[number]}") != (written.size, written.modified):
            return False
    return True
