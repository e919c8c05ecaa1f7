"""Sources → model. Every file is read by itself: a fault in one leaves the others untouched."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from mulu.diagnostics import Diagnostic, Place
from mulu.files import faults
from mulu.files.history import History
from mulu.files.sniff import sniff
from mulu.files.text import decode
from mulu.files.tree import SourceFile, Tree
from mulu.files.yaml import parse
from mulu.model.body import identity_lines
from mulu.model.builders import BUILDERS
from mulu.model.district import CalendarYear, Site
from mulu.model.item import Item
from mulu.model.kinds import file_kind
from mulu.model.memory import Memory
from mulu.model.profile import Profile
from mulu.model.reading import CHUNK, ItemFile, read_attachments, read_items
from mulu.model.repository import Repository
from mulu.model.requests import with_personal_numbers
from mulu.model.schema import diagnose
from mulu.model.shared import Shared

_ID = re.compile(r"^[ \t]*(?:-[ \t]*)?id:[ \t]*[\"']?([a-z0-9-]+)", re.MULTILINE)
_UNSAFE_NAME = re.compile(r"[^\w\-.（）()《》〈〉、，·+ 〔〕]")
_UNSAFE_PATH = re.compile(r"[^\w\-.（）()《》〈〉、，·+ 〔〕/]")
_SITE = "catalogs/site.yml"
_JUDGED = frozenset({"site", "fields", "calendar", "department", "catalog", "item"})
_REQUIRED_FILES = (_SITE, "catalogs/fields.yml")


class Loaded(msgspec.Struct):
    """What has been read so far; frozen into a Repository at the end."""

    memory: Memory = msgspec.field(default_factory=lambda: Memory(None, ""))
    shared: Shared = msgspec.field(default_factory=Shared)
    values: dict[str, list[Any]] = msgspec.field(default_factory=lambda: {name: [] for name in BUILDERS})
    pages: dict[str, str] = msgspec.field(default_factory=dict)
    attachments: dict[str, str] = msgspec.field(default_factory=dict)
    page_files: dict[str, str] = msgspec.field(default_factory=dict)
    personal: list[tuple[str, int]] = msgspec.field(default_factory=list)
    identity: set[str] = msgspec.field(default_factory=set)
    broken: set[str] = msgspec.field(default_factory=set)
    clean: set[str] = msgspec.field(default_factory=set)
    diagnostics: list[Diagnostic] = msgspec.field(default_factory=list)


def load(
    tree: Tree,
    *,
    remembered: History | None = None,
    memory: Memory | None = None,
    faultless: Callable[[Item], bool] = lambda item: False,
    workers: int = 1,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Repository, list[Diagnostic]]:
    """Everything below `catalogs/`, with what git remembers of it; `progress` hears how many files are read.

    What `memory` knows of unchanged files is not worked out again; the others are read by `workers` processes. `faultless` says
    whether the rules over single items have nothing to say of one: such items are remembered and listed as `clean`.
    """
    loaded = Loaded() if memory is None else Loaded(memory=memory)
    _load(tree, list(tree.files.values()), loaded, faultless, workers, progress)
    loaded.diagnostics += _names(tree.files)
    loaded.diagnostics += _missing_files(tree.files)
    return _repository(loaded, tree.files, remembered or History()), loaded.diagnostics


def load_judged(tree: Tree) -> tuple[Repository, list[Diagnostic]]:
    """What a judgement needs and no more: attachments, hand-written pages and registers are not read."""
    loaded = Loaded()
    files = {path: file for path, file in tree.files.items() if (known := file_kind(path)) and known[0].name in _JUDGED}
    _load(tree, list(files.values()), loaded, lambda item: False, 1, lambda done, total: None)
    return _repository(loaded, files, History()), loaded.diagnostics


def load_site(tree: Tree) -> Site | None:
    """site.yml alone, for those who need no more; None when it cannot be used."""
    loaded = Loaded()
    if _SITE in tree.files:
        _load_file(tree, tree.files[_SITE], loaded)
    return loaded.values["site"][0] if loaded.values["site"] else None


def load_calendar(tree: Tree) -> tuple[list[CalendarYear], Site | None]:
    """The working-day calendars and site.yml alone; files with faults are left out."""
    loaded = Loaded()
    for path, file in tree.files.items():
        if path == _SITE or path.startswith("catalogs/calendar/"):
            _load_file(tree, file, loaded)
    return loaded.values["calendar"], loaded.values["site"][0] if loaded.values["site"] else None


def load_profile(tree: Tree, name: str) -> Profile | None:
    """One assessment scheme of a tree, or None where it has none of that name that can be used."""
    loaded = Loaded()
    path = f"catalogs/profiles/{name}.yml"
    if path in tree.files:
        _load_file(tree, tree.files[path], loaded)
    return loaded.values["profile"][0] if loaded.values["profile"] else None


def _load(
    tree: Tree, files: list[SourceFile], loaded: Loaded, faultless: Callable[[Item], bool], workers: int,
    progress: Callable[[int, int], None],
) -> None:  # fmt: skip
    unread: list[str] = []
    unseen: list[str] = []
    for file in files:
        if remembered := loaded.memory.item(file):
            loaded.shared.file(remembered[0], file)
            _take(remembered[0], loaded, clean=remembered[1])
            continue
        known = None if file.link else file_kind(file.path)
        if known is not None and known[0].name == "attachment":
            if seen := loaded.memory.attachment(file):
                _take_attachment(file.path, *seen, loaded)
            else:
                unseen.append(file.path)
        elif known is None or known[0].name != "item":
            _load_file(tree, file, loaded)
        else:
            unread.append(file.path)
    for found in read_attachments(tree, unseen, workers=workers):
        tree.learn(found.path, found.blob)
        _take_attachment(found.path, found.kind, found.personal, loaded)
        loaded.memory.keep_attachment(found)
    done = len(files) - len(unread)
    for read in read_items(tree, unread, faultless=faultless, workers=workers, progress=lambda more: None):
        done += 1
        if done % CHUNK == 0:
            progress(done, len(files))
        _load_item(tree, read, loaded)


def _take_attachment(path: str, kind: str, personal: bool, loaded: Loaded) -> None:
    loaded.attachments[path] = kind
    if personal:
        loaded.identity.add(path)


def _load_item(tree: Tree, read: ItemFile, loaded: Loaded) -> None:
    tree.learn(read.path, read.blob)
    loaded.diagnostics += read.diagnostics
    if read.item is None:
        loaded.broken.update(read.mentioned)
        return
    loaded.shared.item(read.item, tree.files[read.path])
    _take(read.item, loaded, clean=read.clean)
    if not read.diagnostics:
        loaded.memory.keep_item(read)


def _take(item: Item, loaded: Loaded, *, clean: bool) -> None:
    loaded.values["item"].append(item)
    if clean:
        loaded.clean.add(item.origin.path)


def _load_file(tree: Tree, file: SourceFile, loaded: Loaded) -> None:
    known = file_kind(file.path)
    if file.link:
        loaded.diagnostics.append(faults.SYMBOLIC_LINK.at(Place(file.path)))
    elif known is None:
        loaded.diagnostics.append(faults.OUT_OF_PLACE.at(Place(file.path)))
    elif known[0].name == "page":
        if file.path.endswith(".md"):
            text, found = decode(file.path, tree.read(file.path))
            loaded.diagnostics += found
            loaded.pages[file.path] = text or ""
            loaded.personal += [(file.path, line) for line in sorted(identity_lines(text or ""))]
        else:
            loaded.page_files[file.path] = sniff(tree.read(file.path))
    elif known[0].schema:
        _load_yaml(tree, file, known[0].schema, known[1], loaded)


def _load_yaml(tree: Tree, file: SourceFile, schema: str, said: Mapping[str, str], loaded: Loaded) -> None:
    if schema == "catalog" and (known := loaded.memory.catalog(file)):
        loaded.values[schema].append(known)
        return
    text, found = decode(file.path, tree.read(file.path))
    loaded.diagnostics += found
    if text is None:
        return
    loaded.personal += [(file.path, line) for line in sorted(identity_lines(text))] if schema != "requests" else []
    value, faulty = parse(file.path, text)
    faulty = faulty or diagnose(schema, file.path, text, value)
    loaded.diagnostics += faulty
    if faulty:
        loaded.broken.update(_ID.findall(text))
        return
    assert isinstance(value, dict)
    made = BUILDERS[schema](value, file.path, said)
    if schema == "catalog" and not (found or identity_lines(text)):
        loaded.memory.keep_catalog(file.path, tree.files[file.path].blob, made[0])
    loaded.values[schema] += [with_personal_numbers(each, text) for each in made] if schema == "requests" else made


def _names(files: Mapping[str, SourceFile]) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    folded: dict[str, str] = {}
    if not _UNSAFE_PATH.search("".join(files)) and len({path.casefold() for path in files}) == len(files):
        return found
    for path in files:
        name = path.rsplit("/", 1)[-1]
        if bad := _UNSAFE_NAME.findall(name):
            found.append(faults.UNSAFE_NAME.at(Place(path), characters=sorted(set(bad))))
        other = folded.setdefault(path.casefold(), path)
        if other != path:
            found.append(faults.NAME_COLLISION.at(Place(path), other=other, related=[Place(other)]))
    return found


def _missing_files(files: Mapping[str, SourceFile]) -> list[Diagnostic]:
    below = {path.rpartition("/")[0] for path in files if path.startswith("catalogs/departments/")}
    folders = {"/".join(folder.split("/")[:3]) for folder in below if folder.count("/") > 1}
    wanted = [*_REQUIRED_FILES, *(f"{folder}/department.yml" for folder in sorted(folders))]
    return [faults.REQUIRED_FILE_MISSING.at(Place(path), file=path) for path in wanted if path not in files]


def _repository(loaded: Loaded, files: Mapping[str, SourceFile], remembered: History) -> Repository:
    values = loaded.values
    fields = sorted(values["fields"], key=lambda field: (field.order, field.code))
    departments = sorted(values["department"], key=lambda department: (department.order, department.code))
    rank = {field.code: place for place, field in enumerate(fields)}
    catalogs = sorted(values["catalog"], key=lambda each: (rank.get(each.field, len(rank)), each.field, each.department))
    entries = [entry for catalog in catalogs for entry in catalog.entries]
    items = sorted(values["item"], key=lambda item: (item.id, item.origin.path))
    return Repository(
        site=values["site"][0] if values["site"] else None,
        fields=tuple(fields),
        departments={department.code: department for department in departments},
        catalogs=tuple(catalogs),
        all_entries=tuple(entries),
        all_items=tuple(items),
        entries=_first(entries),
        items=_first(items),
        gaps=tuple(values["ledger"]),
        priorities=tuple(sorted(values["priorities"], key=lambda each: each.year)),
        profiles=tuple(sorted(values["profile"], key=lambda each: each.name)),
        calendars=tuple(sorted(values["calendar"], key=lambda each: each.year)),
        files=files,
        pages=loaded.pages,
        page_files=loaded.page_files,
        personal=tuple(loaded.personal),
        attachments=dict(sorted(loaded.attachments.items())),
        identity=frozenset(loaded.identity),
        clean=frozenset(loaded.clean),
        broken_ids=frozenset(loaded.broken),
        history=remembered,
        audiences=values["audiences"][0] if values["audiences"] else None,
        requests=tuple(sorted(values["requests"], key=lambda each: (each.department, each.year))),
    )


def _first(values: Iterable[Any]) -> dict[str, Any]:
    first: dict[str, Any] = {}
    for value in values:
        first.setdefault(value.id, value)
    return first
