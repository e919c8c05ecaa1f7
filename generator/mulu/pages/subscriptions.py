"""订阅: every feed and calendar on one page."""

from mulu.model.district import Site
from mulu.model.repository import Repository
from mulu.model.schema import titles
from mulu.pages.metadata import column
from mulu.pages.page import (
    COMMENTS_CALENDAR,
    DEADLINES_CALENDAR,
    HOME,
    PERIODIC_CALENDAR,
    POLICY,
    SITE_FEED,
    SUBSCRIPTIONS,
    Crumb,
    Page,
    department_calendar_address,
    department_feed_address,
    field_feed_address,
    kind_feed_address,
)


def subscriptions_page(repository: Repository, site: Site) -> Page:
    """Feeds by department, field and kind; those of entries stand on the entries' own pages."""
    kinds = {item.kind for item in repository.items.values() if not item.withdrawn}
    fields = {entry.field for entry in repository.entries.values()}
    data = {
        "root": site.root,
        "whole": [
            ("全站最近公开", SITE_FEED),
            ("征求意见的期限", COMMENTS_CALENDAR),
            ("定期公开的日子", PERIODIC_CALENDAR),
            ("今后二十个工作日的公开期限", DEADLINES_CALENDAR),
        ],
        "departments": [
            (each.label, department_feed_address(each.code), department_calendar_address(each.code))
            for each in repository.departments.values()
        ],
        "fields": [(each.name, field_feed_address(each.code)) for each in repository.fields if each.code in fields],
        "kinds": [(name, kind_feed_address(code)) for code, name in titles("item", "kind").items() if code in kinds],
        "policy": POLICY if repository.audiences else "",
    }
    about = "新公开的信息和各种期限，用阅读器或者日历订阅"
    return Page(SUBSCRIPTIONS, "subscriptions", "订阅", about, (HOME, Crumb("订阅")), column(site, "订阅", about, "订阅"), data)
