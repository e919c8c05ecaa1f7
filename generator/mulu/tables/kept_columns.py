"""What the official table has no column for: the whole entry travels in a hidden column. A cell changed by hand counts, not what is hidden."""

import json
from collections.abc import Mapping

import msgspec

from mulu.model.catalog import Catalog, Entry

HEAD = "mulu:"
"""The heading of the hidden column begins so; the field and the department follow."""

CELL_LIMIT = 32_767
"""Characters of one cell of a workbook."""

STATE = "公开情况"
"""The heading of the last column: it follows from everything else and is never read back."""

UNSEEN = ("limit", "awaiting", "cycle", "since", "explained", "retired")
"""Keys without a column: they hold for an entry that is new here; in a catalog that is there they may have been changed since."""

_UNWRITTEN = ("department", "field", "origin")


def head(catalog: Catalog) -> str:
    """The heading of the hidden column."""
    return f"{HEAD}{catalog.department}/{catalog.field}"


def is_ours(heading: str) -> bool:
    """Whether export adds a column of this heading."""
    return heading == STATE or heading.startswith(HEAD)


def kept(entry: Entry) -> str:
    """The entry as its file says it, as JSON; the id alone where the rest would not fit into a cell."""
    text = _ascii(_written(entry))
    return text if len(text) <= CELL_LIMIT else _ascii({"id": entry.id})


def read_kept(text: str) -> Mapping[str, object]:
    """What `kept` wrote; nothing where a hand has broken it."""
    try:
        value = msgspec.json.decode(text, type=dict[str, object])
    except (msgspec.DecodeError, msgspec.ValidationError):
        return {}
    return value


def _ascii(value: object) -> str:
    """Without a space or a Chinese character, so that no program breaks or mends it."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).replace(" ", "\\u0020")


def _written(entry: Entry) -> dict[str, object]:
    value: dict[str, object] = {
        key: each
        for key, each in msgspec.to_builtins(entry).items()
        if each not in (None, [], {}, ()) and key not in _UNWRITTEN
    }
    value["elements"] = [each.name if each.required else {"name": each.name, "required": False} for each in entry.elements]
    for key in ("basis", "awaiting"):
        if key in value:
            value[key] = [
                {name: part for name, part in msgspec.to_builtins(each).items() if part} for each in getattr(entry, key)
            ]
    for key in ("explained", "retired"):
        if key in value:
            value[key] = {name: part for name, part in msgspec.to_builtins(getattr(entry, key)).items() if part}
    if entry.since is not None:
        since = str(entry.since)
        value["since"] = int(since) if since.isdigit() else since
    return value
