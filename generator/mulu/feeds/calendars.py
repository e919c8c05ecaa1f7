"""Calendars to subscribe to: comment windows, periodic publications, and all of a department's own; deadlines are in evaluation/due.ics."""

from collections.abc import Iterable, Iterator

from mulu.evaluation.forecast import MATTERS, Coming, Matter, everything
from mulu.evaluation.ics import Event, ics
from mulu.mapping import Correspondence
from mulu.model.district import Site
from mulu.model.item import Item
from mulu.model.repository import Repository
from mulu.pages.page import (
    COMMENTS_CALENDAR,
    PERIODIC_CALENDAR,
    Page,
    data_file,
    department_calendar_address,
    entry_address,
    item_address,
)

_WINDOWS = 50
"""The newest comment windows kept in a calendar."""

_PERIODIC = (Matter.PERIOD, Matter.REFRESH)


def calendar_files(repository: Repository, correspondence: Correspondence, site: Site) -> Iterator[Page]:
    """Two calendars of the site and one of each department."""
    as_of = correspondence.terms.as_of
    ahead = sorted(each for each in everything(repository, correspondence) if each.due >= as_of)
    windows = _windows(repository, site)
    periodic = [(each.department, _due(each, repository, site)) for each in ahead if each.matter in _PERIODIC]
    deadlines = [
        (each.department, _due(each, repository, site)) for each in ahead if each.matter not in (*_PERIODIC, Matter.COMMENTS)
    ]

    def file(address: str, name: str, events: Iterable[Event]) -> Page:
        return data_file(address, text=ics(events, name=f"{site.name}：{name}", domain=site.domain, as_of=as_of))

    yield file(COMMENTS_CALENDAR, "征求意见", [event for _, event in windows])
    yield file(PERIODIC_CALENDAR, "定期公开", [event for _, event in periodic])
    for department in repository.departments.values():
        own = [event for code, event in (*windows, *periodic, *deadlines) if code == department.code]
        yield file(
            department_calendar_address(department.code),
            department.label,
            sorted(own, key=lambda event: (event.first, event.id)),
        )


def _windows(repository: Repository, site: Site) -> list[tuple[str, Event]]:
    """The newest comment windows, over or not, oldest first."""
    open_for_comments = [(item, item.comment) for item in repository.items.values() if item.comment and not item.withdrawn]
    newest = sorted(open_for_comments, key=lambda each: (each[1].last, each[0].id))[-_WINDOWS:]
    return [
        (item.department, Event(
            f"{item.id}-window", comment.first, comment.last, f"征求意见：{item.title}（{_label(item, repository)}）", comment.how,
            site.root + item_address(item.id),
        ))
        for item, comment in newest
    ]  # fmt: skip


def _due(coming: Coming, repository: Repository, site: Site) -> Event:
    department = repository.departments.get(coming.department)
    label = department.label if department else coming.department
    summary = f"{MATTERS[coming.matter].zh}：{coming.title}（{label}）"
    address = item_address(coming.item) if coming.item else entry_address(coming.entry)
    return Event(coming.id, coming.due, coming.due, summary, coming.detail, site.root + address)


def _label(item: Item, repository: Repository) -> str:
    return repository.departments[item.department].label
