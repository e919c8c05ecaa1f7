"""Everything that was read, as one frozen value."""

from collections.abc import Mapping
from datetime import date

import msgspec

from mulu.files.history import History
from mulu.files.tree import SourceFile
from mulu.model.audience import Audiences
from mulu.model.catalog import Catalog, Entry, Gap
from mulu.model.district import CalendarYear, Department, Field, Priorities, Site
from mulu.model.item import Item
from mulu.model.profile import Profile
from mulu.model.requests import Register


class Repository(msgspec.Struct, frozen=True):
    """The content of one work tree or commit.

    `entries` and `items` hold the first of each id; `all_entries` and `all_items` hold repeats too. `broken_ids` are ids
    that stand in files which could not be used: what follows from that fault alone is not reported a second time. `attachments`
    gives every attachment's type as its bytes say (files.sniff), `identity` those with a citizen identity number inside; `page_files`
    the types of files beside hand-written pages. `clean` are paths of items of which the rules over single items have nothing to say. `personal` are path and line of identity numbers in pages and YAML files.
    """

    site: Site | None
    fields: tuple[Field, ...]
    departments: Mapping[str, Department]
    catalogs: tuple[Catalog, ...]
    all_entries: tuple[Entry, ...]
    all_items: tuple[Item, ...]
    entries: Mapping[str, Entry]
    items: Mapping[str, Item]
    gaps: tuple[Gap, ...]
    priorities: tuple[Priorities, ...]
    calendars: tuple[CalendarYear, ...]
    profiles: tuple[Profile, ...]
    files: Mapping[str, SourceFile]
    pages: Mapping[str, str]
    attachments: Mapping[str, str] = {}
    identity: frozenset[str] = frozenset()
    page_files: Mapping[str, str] = {}
    personal: tuple[tuple[str, int], ...] = ()
    broken_ids: frozenset[str] = frozenset()
    clean: frozenset[str] = frozenset()
    history: History = History()
    requests: tuple[Register, ...] = ()
    audiences: Audiences | None = None

    def modified(self, item: Item) -> date:
        """The last day on which the item changed, by what it says itself and what git remembers; never the clock."""
        said = max(item.published, item.withdrawn.on) if item.withdrawn else item.published
        return max(said, self.history.changed.get(item.id, said))
