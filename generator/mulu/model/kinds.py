"""One table of the file kinds below `catalogs/`: where each stands and which schema it follows."""

import re

import msgspec


class FileKind(msgspec.Struct, frozen=True):
    """A kind of YAML or Markdown file; the pattern's groups name what the path says (department, field, year, id)."""

    name: str
    pattern: re.Pattern[str]
    schema: str | None


PAGES = "catalogs/pages/"
"""Where hand-written pages stand."""

RESERVED = frozenset(
    [
        "annual",
        "assets",
        "catalog",
        "checks",
        "data",
        "departments",
        "disclosure",
        "embed",
        "entries",
        "evaluation",
        "feeds",
        "fields",
        "finders",
        "frames",
        "items",
        "policy",
        "search",
        "sheets",
        "sitemaps",
    ]
)
"""First folders of the site that the generator writes."""

RESERVED_PAGES = frozenset({"index.md", "404.md", "sitemap.xml", "robots.txt", "llms.txt"})
"""Files at the top of the site that the generator writes."""

_CODE = r"[a-z0-9]+(?:-[a-z0-9]+)*"

FILE_KINDS = tuple(
    FileKind(name, re.compile(rf"catalogs/{pattern}\Z"), schema)
    for name, pattern, schema in (
        ("site", r"site\.yml", "site"),
        ("fields", r"fields\.yml", "fields"),
        ("audiences", r"audiences\.yml", "audiences"),
        ("calendar", r"calendar/(?P<year>\d{4})\.yml", "calendar"),
        ("priorities", r"priorities/(?P<year>\d{4})\.yml", "priorities"),
        ("profile", rf"profiles/(?P<name>{_CODE})\.yml", "profile"),
        ("department", rf"departments/(?P<department>{_CODE})/department\.yml", "department"),
        ("catalog", rf"departments/(?P<department>{_CODE})/catalog/(?P<field>{_CODE})\.yml", "catalog"),
        ("ledger", rf"departments/(?P<department>{_CODE})/ledger\.yml", "ledger"),
        ("requests", rf"departments/(?P<department>{_CODE})/requests/(?P<year>\d{{4}})\.yml", "requests"),
        ("item", rf"departments/(?P<department>{_CODE})/items/(?P<year>\d{{4}})/(?P<id>{_CODE})\.md", "item"),
        ("attachment", rf"departments/(?P<department>{_CODE})/items/(?P<year>\d{{4}})/(?P<id>{_CODE})/(?P<file>[^/]+)", None),
        ("page", r"pages/(?P<page>.+)", None),
    )
)


_COMMON_FIRST = tuple(sorted(FILE_KINDS, key=lambda kind: kind.name not in ("item", "attachment")))


def file_kind(path: str) -> tuple[FileKind, dict[str, str]] | None:
    """The kind of the file at `path` and what its path says, or None where no file is expected."""
    for kind in _COMMON_FIRST:
        if match := kind.pattern.match(path):
            return kind, match.groupdict()
    return None
