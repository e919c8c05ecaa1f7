"""The district's own data: site, fields, departments, calendars, priorities."""

from datetime import date

import msgspec

from mulu.model.origin import Origin


class Name(msgspec.Struct, frozen=True):
    """A name of a closed list (公开层级, 公开渠道和载体) with the other spellings that mean the same."""

    name: str
    aliases: tuple[str, ...] = ()


class Deadlines(msgspec.Struct, frozen=True):
    """What a place decides about deadlines; workdays or days as the names say. Defaults: 条例 art. 26, 国务院令第713号 art. 15."""

    realtime_workdays: int = 0
    prompt_workdays: int = 20
    interpretation_workdays: int = 3
    feedback_days: int = 30
    consultation_days: int = 30
    backdating_days: int = 7
    roll_over: bool = False
    history_since: date | None = None


class Site(msgspec.Struct, frozen=True):
    """site.yml: who we are."""

    name: str
    site_name: str
    domain: str
    site_code: str
    sponsor: str
    base_path: str
    levels: tuple[Name, ...]
    channels: tuple[Name, ...]
    contact: str | None = None
    icp: str | None = None
    correction: str | None = None
    shell: str | None = None
    full_text: bool = False
    attachment_limit_mb: int = 20
    deadlines: Deadlines = Deadlines()
    origin: Origin = Origin("catalogs/site.yml")

    @property
    def root(self) -> str:
        """The absolute address of the site, to which addresses of pages are added."""
        return f"https://{self.domain}{self.base_path}"


class Guideline(msgspec.Struct, frozen=True):
    """标准指引: the ministry's guideline of a field."""

    issuer: str
    title: str | None = None
    number: str | None = None


class Field(msgspec.Struct, frozen=True):
    """领域."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    order: int = 0
    guideline: Guideline | None = None
    origin: Origin = Origin("catalogs/fields.yml")


class Department(msgspec.Struct, frozen=True):
    """公开主体: a department, township or other body; `code` is its folder's name."""

    name: str
    level: str
    credit_code: str
    address: str
    hours: str
    phone: str
    code: str = ""
    short_name: str | None = None
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    order: int = 0
    fax: str | None = None
    email: str | None = None
    postcode: str | None = None
    website: str | None = None
    contact_office: str | None = None
    owners: tuple[str, ...] = ()
    origin: Origin = Origin("")

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name

    @property
    def answers_to(self) -> tuple[str, ...]:
        """Every name or role under which a catalog may call on this body."""
        return (self.name, *([self.short_name] if self.short_name else []), *self.aliases, *self.roles)


class Holiday(msgspec.Struct, frozen=True, rename={"first": "from", "last": "to"}):
    """Days off, both ends included."""

    name: str
    first: date
    last: date


class CalendarYear(msgspec.Struct, frozen=True):
    """calendar/<year>.yml: official holidays and make-up workdays of one year."""

    year: int
    status: str
    holidays: tuple[Holiday, ...]
    workdays: tuple[date, ...]
    notice: str | None = None
    origin: Origin = Origin("")


class Task(msgspec.Struct, frozen=True):
    """One task of a year's plan and the entries that must cover it."""

    id: str
    section: str
    text: str
    entries: tuple[str, ...]


class Priorities(msgspec.Struct, frozen=True):
    """priorities/<year>.yml: 年度工作要点."""

    year: int
    title: str
    tasks: tuple[Task, ...]
    number: str | None = None
    origin: Origin = Origin("")
