"""Which limit holds for an entry: the rule written beside the wording, the wording itself, or the row above."""

from collections.abc import Iterable

from mulu.limits.clause import Ditto, TimeLimit
from mulu.limits.parse import parse_limit
from mulu.model.catalog import Catalog


def entry_limits(catalogs: Iterable[Catalog]) -> dict[str, TimeLimit]:
    """Entry → its limit; a 同上 takes what the row above says, and stays itself where there is none."""
    parsed: dict[str, TimeLimit] = {}
    found: dict[str, TimeLimit] = {}
    for catalog in catalogs:
        above: TimeLimit | None = None
        for entry in catalog.entries:
            wording = entry.limit or entry.time_limit
            if wording not in parsed:
                parsed[wording] = parse_limit(wording)
            limit = parsed[wording]
            if any(isinstance(clause, Ditto) for clause in limit.clauses) and above:
                limit = above
            found.setdefault(entry.id, limit)
            above = limit
    return found
