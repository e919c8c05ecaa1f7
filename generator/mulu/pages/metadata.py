"""The mandated meta tags: site tags on every page, column tags on columns and articles, article tags on items."""

from mulu.model.district import Site
from mulu.model.item import Item
from mulu.pages.page import Meta


def site_tags(site: Site) -> tuple[tuple[str, str], ...]:
    """SiteName, SiteDomain, SiteIDCode: required on every page."""
    return (("SiteName", site.site_name), ("SiteDomain", site.domain), ("SiteIDCode", site.site_code))


def column(site: Site, name: str, description: str, *keywords: str) -> Meta:
    """A column page: ColumnName, ColumnDescription, ColumnKeywords, ColumnType."""
    return Meta((*site_tags(site), *_column_tags(name, description, keywords)))


def article(site: Site, item: Item, source: str, column_name: str) -> Meta:
    """An article page: the site's and the column's tags, then ArticleTitle, PubDate, ContentSource and what is known more.

    PubDate has the form `YYYY-MM-DD HH:MM`; the time of day stands as 00:00 where the item does not say it.
    """
    known = (
        ("ArticleTitle", item.title),
        ("PubDate", f"{item.published} {item.published_time}"),
        ("ContentSource", item.source or source),
        ("Keywords", ",".join(item.keywords)),
        ("Author", item.author or ""),
        ("Description", item.summary or ""),
    )
    tags = _column_tags(column_name, f"{column_name}信息", (column_name,))
    return Meta((*site_tags(site), *tags, *((name, value) for name, value in known if value)))


def _column_tags(name: str, description: str, keywords: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return (
        ("ColumnName", name), ("ColumnDescription", description), ("ColumnKeywords", ",".join(keywords or (name,))),
        ("ColumnType", "政府信息公开"),
    )  # fmt: skip
