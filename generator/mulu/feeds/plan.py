"""Which feeds there are: the site, every department, field, entry, kind and choice of an audience; each keeps its newest items."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from mulu.feeds.atom import Feed, Line
from mulu.mapping import Correspondence, Mapped, newest_first
from mulu.model.audience import choices, fits, words
from mulu.model.district import Site
from mulu.model.item import Item
from mulu.model.repository import Repository
from mulu.model.schema import titles
from mulu.pages.page import (
    SITE_FEED,
    Page,
    choice_feed_address,
    data_file,
    department_address,
    department_feed_address,
    entry_address,
    entry_feed_address,
    field_address,
    field_feed_address,
    item_address,
    kind_feed_address,
)

NEWEST = 50
"""Items in a feed; a reader that looks once a month misses none where fewer appear in a month."""


def feed_files(repository: Repository, correspondence: Correspondence, site: Site) -> Iterator[Page]:
    """Every Atom feed but those of entries; withdrawn items are in none."""
    items = [item for item in newest_first(repository.items.values()) if not item.withdrawn]
    maker = _Maker(repository, site)
    yield maker.feed(SITE_FEED, "index.html", site.name, "最近公开的政府信息", items[:NEWEST])
    yield from _of_departments(items, maker)
    yield from _of_kinds(items, maker)
    yield from _of_fields(correspondence, maker)
    yield from _of_choices(items, maker)


class _Maker:
    """Lines are made once per item, however many feeds it stands in."""

    def __init__(self, repository: Repository, site: Site) -> None:
        self.repository, self.site = repository, site
        self.kinds = titles("item", "kind")
        self.root = site.root
        self.since = (repository.history.since.isoformat()) if repository.history.since else "1970-01-01"
        self.lines: dict[str, Line] = {}

    def feed(self, address: str, page: str, title: str, about: str, items: list[Item], author: str = "") -> Page:
        """One feed as a planned file."""
        lines = tuple(self.line(item) for item in items)
        return data_file(
            address, "feed", feed=Feed(self.root, address, page, title, about, author or self.site.sponsor, self.since, lines)
        )

    def line(self, item: Item) -> Line:
        """The summary of an item."""
        if item.id not in self.lines:
            department = self.repository.departments[item.department]
            self.lines[item.id] = Line(
                item_address(item.id), item.title, "、".join(item.issuers) or department.name, item.kind, self.kinds[item.kind],
                item.published.isoformat(), self.repository.modified(item).isoformat(), item.summary or "",
            )  # fmt: skip
        return self.lines[item.id]


def _of_departments(items: list[Item], maker: _Maker) -> Iterator[Page]:
    newest = _newest((item.department, item) for item in items)
    for department in maker.repository.departments.values():
        yield maker.feed(
            department_feed_address(department.code), department_address(department.code), f"{department.label} — {maker.site.name}",
            f"{department.name}最近公开的信息", newest[department.code], department.name,
        )  # fmt: skip


def _of_kinds(items: list[Item], maker: _Maker) -> Iterator[Page]:
    newest = _newest((item.kind, item) for item in items)
    for kind, name in maker.kinds.items():
        if newest[kind]:
            yield maker.feed(
                kind_feed_address(kind),
                "disclosure/index.html",
                f"{name} — {maker.site.name}",
                f"最近公开的{name}",
                newest[kind],
            )


def entry_feed(mapped: Mapped, repository: Repository, site: Site) -> Page:
    """The feed of an entry; one of which nothing is published yet has a feed too, for those who wait for it."""
    entry = mapped.entry
    field = next((field.name for field in repository.fields if field.code == entry.field), entry.field)
    title = f"{entry.title} — {field} — {repository.departments[entry.department].label}"
    about = f"公开时限：{entry.time_limit}"
    items = list(mapped.items[:NEWEST])
    return _Maker(repository, site).feed(entry_feed_address(entry.id), entry_address(entry.id), title, about, items)


def _of_fields(correspondence: Correspondence, maker: _Maker) -> Iterator[Page]:
    newest: dict[str, dict[str, Item]] = defaultdict(dict)
    for mapped in correspondence.entries.values():
        newest[mapped.entry.field].update({item.id: item for item in mapped.items[:NEWEST]})
    for field in maker.repository.fields:
        if field.code in newest:
            items = list(newest_first(newest[field.code].values())[:NEWEST])
            title, about = f"{field.name} — {maker.site.name}", f"{field.name}领域最近公开的信息"
            yield maker.feed(field_feed_address(field.code), field_address(field.code), title, about, items)


def _of_choices(items: list[Item], maker: _Maker) -> Iterator[Page]:
    """政策找人: one feed for every choice that has one."""
    audiences = maker.repository.audiences
    if audiences is None:
        return
    tagged = [(item.audience, item) for item in items if item.audience and item.current]
    every = (item.audience for item in maker.repository.items.values() if item.audience)
    for choice in choices(audiences, every):
        fitting = {audience for audience in dict.fromkeys(each for each, _ in tagged) if fits(audience, choice, audiences)}
        chosen = [item for audience, item in tagged if audience in fitting][:NEWEST]
        said = words(choice, audiences)
        yield maker.feed(
            choice_feed_address(choice),
            "policy/index.html",
            f"{said} — 政策找人 — {maker.site.name}",
            f"适用于“{said}”的政策和服务",
            chosen,
        )


def _newest(pairs: Iterable[tuple[str, Item]]) -> dict[str, list[Item]]:
    """The first NEWEST items of every group, in the order given."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for group, item in pairs:
        if len(groups[group]) < NEWEST:
            groups[group].append(item)
    return groups
