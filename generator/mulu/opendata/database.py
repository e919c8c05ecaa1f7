"""catalog.sqlite: the catalogs, the items and what ties them together, with full text; made in a worker from rows, same rows, same bytes."""

import contextlib
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from mulu.mapping import Correspondence
from mulu.model.audience import DIMENSIONS
from mulu.model.district import Site
from mulu.model.item import RELATIONS, Item
from mulu.model.repository import Repository
from mulu.model.words import STATE_WORDS
from mulu.opendata.plain import plain_text
from mulu.pages.lines import explanation
from mulu.pages.page import entry_address, item_address

TEXT_BUDGET = 3_000_000
"""Characters in the full text of items, unless `full_text` of site.yml lifts the limit: about two seconds of work at every change
(measured: 10,000 items with 6.7 million characters take 0.4 s and 12 MB without their texts, 4.8 s and 82 MB with them; a file
for each year would cost the first build as much). Where whole texts do not fit, titles, numbers, summaries and keywords are
indexed; where those do not, titles and numbers."""

_INDEX_SETTINGS = (("hashsize", 1 << 26), ("pgsz", 4000))
"""Bytes that SQLite gathers before it writes, and bytes of a page of the index: 40 % less time than the defaults."""

_TABLES = {
    "about": "key TEXT PRIMARY KEY, value TEXT NOT NULL",
    "departments": "code TEXT PRIMARY KEY, name TEXT NOT NULL, short_name TEXT, level TEXT NOT NULL, credit_code TEXT NOT NULL, address TEXT, phone TEXT",
    "fields": "code TEXT PRIMARY KEY, name TEXT NOT NULL",
    "entries": (
        "id TEXT PRIMARY KEY, field TEXT REFERENCES fields(code), department TEXT REFERENCES departments(code), topic TEXT NOT NULL, item TEXT NOT NULL, "
        "subitem TEXT, basis TEXT NOT NULL, time_limit TEXT NOT NULL, responsible TEXT NOT NULL, channels TEXT NOT NULL, audience TEXT NOT NULL, "
        "method TEXT NOT NULL, levels TEXT NOT NULL, state TEXT NOT NULL, state_name TEXT NOT NULL, explanation TEXT NOT NULL, items INTEGER NOT NULL, url TEXT NOT NULL"
    ),
    "elements": "entry TEXT REFERENCES entries(id), name TEXT NOT NULL, required INTEGER NOT NULL, covered INTEGER NOT NULL, PRIMARY KEY (entry, name)",
    "items": (
        "id TEXT PRIMARY KEY, index_number TEXT NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, kind_name TEXT NOT NULL, "
        "department TEXT REFERENCES departments(code), issuers TEXT NOT NULL, document_number TEXT, formed TEXT NOT NULL, published TEXT NOT NULL, "
        "modified TEXT NOT NULL, validity TEXT, period TEXT, subject TEXT, summary TEXT, keywords TEXT NOT NULL, withdrawn TEXT, url TEXT NOT NULL, text TEXT"
    ),
    "answers": "entry TEXT REFERENCES entries(id), item TEXT REFERENCES items(id), element TEXT NOT NULL, PRIMARY KEY (entry, item, element)",
    "relations": "item TEXT REFERENCES items(id), relation TEXT NOT NULL, target TEXT REFERENCES items(id), PRIMARY KEY (item, relation, target)",
    "audiences": "item TEXT REFERENCES items(id), dimension TEXT NOT NULL, code TEXT NOT NULL, PRIMARY KEY (item, dimension, code)",
    "attachments": "item TEXT REFERENCES items(id), file TEXT NOT NULL, title TEXT NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (item, file)",
}  # fmt: skip
_WITHOUT_ROWID = ("elements", "answers", "relations", "audiences", "attachments")
_INDEXES = (("items", "published"), ("items", "department"), ("items", "kind"), ("entries", "field"), ("answers", "item"))
_TEXT_COLUMNS = ("title", "document_number", "summary", "keywords", "text")


def database_rows(repository: Repository, correspondence: Correspondence, site: Site, kinds: dict[str, str]) -> dict[str, Any]:
    """What goes into the database: `tables` of rows, which columns of items are indexed, and the `bodies` (path and blob) to read for it."""
    items = list(repository.items.values())
    indexed = _indexed(items, site)
    bodies = (item for item in items if not item.withdrawn) if indexed is _TEXT_COLUMNS else ()
    return {
        "tables": {
            "about": _about(correspondence, site, indexed),
            "departments": [(each.code, each.name, each.short_name, each.level, each.credit_code, each.address, each.phone) for each in repository.departments.values()],
            "fields": [(each.code, each.name) for each in repository.fields],
            **_entries(repository, correspondence, site),
            **_items(items, repository, site, kinds),
        },
        "indexed": indexed,
        "bodies": {item.id: (item.origin.path, item.blob) for item in bodies},
    }  # fmt: skip


def holds_texts(repository: Repository, site: Site) -> bool:
    """Whether the texts of items are in the database."""
    return _indexed(repository.items.values(), site) is _TEXT_COLUMNS


def _indexed(items: Collection[Item], site: Site) -> tuple[str, ...]:
    """The columns of items in the full text."""
    short = sum(len(item.title) + len(item.document_number or "") for item in items)
    told = short + sum(len(item.summary or "") + sum(map(len, item.keywords)) for item in items)
    if site.full_text or told + sum(item.body.length for item in items if not item.withdrawn) <= TEXT_BUDGET:
        return _TEXT_COLUMNS
    return _TEXT_COLUMNS[:4] if told <= TEXT_BUDGET else _TEXT_COLUMNS[:2]


def database_bytes(data: Mapping[str, Any], read: Callable[[str, str], bytes]) -> bytes:
    """The SQLite file, written aside first (in memory it would be there twice), for the version of SQLite that runs; `read` gives item files by path and blob id."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "catalog.sqlite")
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")  # nobody else sees the file, and a torn one is thrown away
            connection.execute("PRAGMA synchronous = OFF")
            _fill(connection, data, read)
        return path.read_bytes()


def _fill(connection: sqlite3.Connection, data: Mapping[str, Any], read: Callable[[str, str], bytes]) -> None:
    bodies = data["bodies"]
    for name, columns in _TABLES.items():
        rows = data["tables"][name]
        connection.execute(f"CREATE TABLE {name} ({columns}){' WITHOUT ROWID' if name in _WITHOUT_ROWID else ''}")
        if not rows:
            continue
        places = ["?"] * len(rows[0])
        if name == "items":
            places.append("?")
            rows = ((*row, plain_text(bodies[row[0]][0], read(*bodies[row[0]])) if row[0] in bodies else None) for row in rows)
        connection.executemany(f"INSERT INTO {name} VALUES ({','.join(places)})", rows)  # noqa: S608 — a name of our own
    for table, column in _INDEXES:
        connection.execute(f"CREATE INDEX {table}_{column} ON {table}({column})")
    _index_text(connection, "items", tuple(data["indexed"]))
    _index_text(connection, "entries", ("topic", "item", "subitem", "basis"))
    connection.commit()


def _index_text(connection: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> None:
    """Trigrams find any three characters or more inside Chinese text, and Datasette offers a search box by itself."""
    connection.execute(
        f"CREATE VIRTUAL TABLE {table}_fts USING fts5({', '.join(columns)}, content='{table}', tokenize='trigram')"
    )
    for setting, value in _INDEX_SETTINGS:
        connection.execute(f"INSERT INTO {table}_fts({table}_fts, rank) VALUES (?, ?)", (setting, value))  # noqa: S608 — a name of our own
    connection.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")  # noqa: S608 — a name of our own


def _about(correspondence: Correspondence, site: Site, indexed: tuple[str, ...]) -> list[tuple[str, str]]:
    return [
        ("title", site.name),
        ("url", site.root),
        ("version", "1"),
        ("as_of", correspondence.terms.as_of.isoformat()),
        ("full_text_of_items", ", ".join(indexed)),
        ("full_text_of_entries", "topic, item, subitem, basis"),
    ]


def _entries(repository: Repository, correspondence: Correspondence, site: Site) -> dict[str, list[Any]]:
    entries, elements = [], []
    for mapped in correspondence.entries.values():
        entry = mapped.entry
        entries.append((
            entry.id, entry.field, entry.department, entry.topic, entry.item, entry.subitem, "\n".join(map(str, entry.basis)), entry.time_limit,
            "、".join(entry.responsible), "、".join(entry.channels), "、".join(entry.audience), entry.method, "、".join(entry.levels),
            mapped.state.value, STATE_WORDS[mapped.state].zh, explanation(mapped), len(mapped.items), site.root + entry_address(entry.id),
        ))  # fmt: skip
        named = {element.name: element for element in entry.elements}
        elements += [(entry.id, name, each.required, bool(mapped.answered.get(name))) for name, each in named.items()]
    return {"entries": entries, "elements": elements}


def _items(items: list[Item], repository: Repository, site: Site, kinds: dict[str, str]) -> dict[str, list[Any]]:
    rows, audiences, attachments = [], [], []
    answers: dict[tuple[str, str, str], None] = {}
    relations: dict[tuple[str, str, str], None] = {}
    for item in items:
        gone = item.withdrawn
        rows.append((
            item.id, item.index_number, item.title, item.kind, kinds[item.kind], item.department, "、".join(item.issuers), item.number,
            item.formed.isoformat(), item.published.isoformat(), repository.modified(item).isoformat(), item.validity,
            str(item.period) if item.period else None, item.subject, None if gone else item.summary, "" if gone else "、".join(item.keywords),
            gone.on.isoformat() if gone else None, site.root + item_address(item.id),
        ))  # fmt: skip
        if not gone:
            answers |= dict.fromkeys(
                (each.entry, item.id, element) for each in item.entries for element in each.elements or ("",)
            )
            relations |= dict.fromkeys(
                (item.id, relation, target) for relation in RELATIONS for target in item.related(relation)
            )
            if item.audience:
                audiences += [(item.id, key, code) for key in DIMENSIONS for code in item.audience.codes(key)]
            files = {each.file: each for each in item.attachments}
            attachments += [
                (item.id, name, each.title or name, repository.files[f"{item.folder}/{name}"].size)
                for name, each in files.items()
            ]
    return {
        "items": rows,
        "answers": list(answers),
        "relations": list(relations),
        "audiences": audiences,
        "attachments": attachments,
    }
