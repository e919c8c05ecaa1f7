"""政策找人: a reader chooses who they are; policies and services for them follow from the audiences of items."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping

import msgspec

from mulu.mapping import newest_first
from mulu.model.audience import DIMENSIONS, Audience, Audiences, Choice, Option, canonical, choices, fits
from mulu.model.district import Site
from mulu.model.item import Item
from mulu.model.repository import Repository
from mulu.model.schema import titles
from mulu.pages.lines import item_line
from mulu.pages.metadata import column
from mulu.pages.page import HOME, POLICY, Crumb, Page, choice_feed_address, data_file

SHOWN = 50
"""Items on a plain list of one option."""

ROWS = 200
"""The newest items of one audience that a browser can load."""

_NAME = "政策找人"


def policy_pages(repository: Repository, site: Site) -> Iterator[Page]:
    """The page of choices, a plain list for every option in use, and the data that the browser loads; nothing without audiences.yml."""
    audiences = repository.audiences
    if audiences is None:
        return
    groups: dict[Audience, list[Item]] = defaultdict(list)
    for item in newest_first(repository.items.values()):
        if item.audience and item.current:
            groups[item.audience].append(item)
    every = tuple(choices(audiences, (item.audience for item in repository.items.values() if item.audience)))
    fitting = {
        (key, option.code): _fitting(canonical(((key, option.code),), audiences), groups, audiences)
        for key in DIMENSIONS
        for option in audiences.options(key)
        if (canonical(((key, option.code),), audiences)) in every
    }
    yield _index(audiences, fitting, site)
    for (key, code), items in fitting.items():
        yield _plain(key, code, items, audiences, repository, site)
    yield data_file("policy/tags.json", text=_tags(audiences, groups, every))
    for audience, items in groups.items():
        yield data_file(f"policy/{_shard(audience)}", text=msgspec.json.encode(_rows(items[:ROWS], repository)))


def _fitting(choice: Choice, groups: Mapping[Audience, list[Item]], audiences: Audiences) -> list[Item]:
    found = [item for audience, items in groups.items() if fits(audience, choice, audiences) for item in items]
    return list(newest_first(found))


def _index(audiences: Audiences, fitting: Mapping[tuple[str, str], list[Item]], site: Site) -> Page:
    data = {
        "dimensions": [
            (key, name, [_option(key, each, fitting) for each in audiences.options(key) if (key, each.code) in fitting])
            for key, name in DIMENSIONS.items()
        ],
        "shown": SHOWN,
    }
    about = "说出您是谁、要办什么事，找到适用的政策和服务"
    return Page(POLICY, "policy", _NAME, about, (HOME, Crumb(_NAME)), column(site, _NAME, about, "政策", "服务"), data)


def _option(key: str, option: Option, fitting: Mapping[tuple[str, str], list[Item]]) -> dict[str, object]:
    return {
        "code": option.code, "name": option.name, "who": option.who or "", "count": len(fitting[key, option.code]),
        "address": _address(key, option.code), "feed": choice_feed_address(((key, option.code),)),
    }  # fmt: skip


def _address(key: str, code: str) -> str:
    return f"policy/{key}-{code}.html"


def _plain(key: str, code: str, items: list[Item], audiences: Audiences, repository: Repository, site: Site) -> Page:
    name = next(each.name for each in audiences.options(key) if each.code == code)
    kinds = titles("item", "kind")
    title = f"适用于“{name}”的政策和服务"
    data = {
        "title": title,
        "lines": [item_line(item, repository, kinds[item.kind]) for item in items[:SHOWN]],
        "years": [],
        "feed": choice_feed_address(((key, code),)),
    }
    about = f"适用于“{name}”的政策和服务，最近 {SHOWN} 条"
    crumbs = (HOME, Crumb(_NAME, POLICY), Crumb(name))
    return Page(_address(key, code), "list", title, about, crumbs, column(site, name, about, name), data)


def _tags(audiences: Audiences, groups: Mapping[Audience, list[Item]], every: tuple[Choice, ...]) -> bytes:
    """What the browser needs to know which rows to load: options, audiences in use, and the choices that have a feed."""
    return msgspec.json.encode(
        {
            "version": 1,
            "dimensions": [
                {"key": key, "name": name, "options": [{"code": each.code, "name": each.name, "who": each.who} for each in audiences.options(key)]}
                for key, name in DIMENSIONS.items()
            ],
            "feeds": [choice_feed_address(choice).removeprefix("feeds/for-").removesuffix(".xml") for choice in every],
            "sets": [
                {"audience": {key: audience.codes(key) for key in DIMENSIONS if audience.codes(key)}, "rows": _shard(audience), "count": len(items)}
                for audience, items in sorted(groups.items(), key=lambda each: _shard(each[0]))
            ],
        }
    )  # fmt: skip


def _rows(items: list[Item], repository: Repository) -> dict[str, object]:
    kinds = titles("item", "kind")
    return {
        "version": 1,
        "rows": [
            (item.id, item.title, item.number or "", item.published.isoformat(), kinds[item.kind], repository.departments[item.department].label, item.summary or "")
            for item in items
        ],
    }  # fmt: skip


def _shard(audience: Audience) -> str:
    """Named by what it holds, so that a new audience leaves the other files alone."""
    return f"set-{hashlib.sha1(msgspec.json.encode(audience), usedforsecurity=False).hexdigest()[:12]}.json"
