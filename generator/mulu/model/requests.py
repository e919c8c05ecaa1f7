"""依申请公开登记簿: a body's requests of one year, without personal data, and the figures of the annual report that only people know."""

from datetime import date

import msgspec

from mulu.model.body import identity_lines, mobile_lines
from mulu.model.origin import Origin

NO_POWER = "/"
"""What stands for a figure where the body has no such power (a department without rule-making power, 规章)."""

Figure = int | str | None
"""A count; NO_POWER; or None where nobody has said anything. 0 is a count."""


class Converted(msgspec.Struct, frozen=True):
    """转为主动公开 (条例 art. 44): the item that now says it, and since when."""

    item: str
    on: date


class Request(msgspec.Struct, frozen=True):
    """One request. `outcome` is a row of table 3 (model.statutory); None while it is being handled."""

    id: str
    applicant: str
    received: date
    supplemented: date | None = None
    extended: date | None = None
    outcome: str | None = None
    answered: date | None = None
    carried_over: bool = False
    converted: Converted | None = None
    origin: Origin = Origin("")


class ReportedRow(msgspec.Struct, frozen=True):
    """A row of table 3 as a person counted it: six kinds of applicants, then the total."""

    row: str
    figures: tuple[int, ...]


class Results(msgspec.Struct, frozen=True):
    """Reviews or lawsuits by result (table 4)."""

    upheld: Figure = None
    corrected: Figure = None
    other: Figure = None
    pending: Figure = None
    total: Figure = None

    @property
    def parts(self) -> tuple[Figure, ...]:
        """The four results without the total."""
        return self.upheld, self.corrected, self.other, self.pending

    @property
    def summed(self) -> int:
        """The sum of what is written of the four."""
        return sum(part for part in self.parts if isinstance(part, int))


class Lawsuits(msgspec.Struct, frozen=True):
    """行政诉讼: without and after an administrative review."""

    direct: Results = Results()
    after_review: Results = Results()


class Documents(msgspec.Struct, frozen=True):
    """Documents of one kind: issued and repealed in the year, in force at its end (table 2)."""

    issued: Figure = None
    repealed: Figure = None
    in_force: Figure = None


class Sections(msgspec.Struct, frozen=True):
    """The written text of the report's six sections."""

    overview: str | None = None
    proactive: str | None = None
    requests: str | None = None
    disputes: str | None = None
    problems: str | None = None
    other: str | None = None


class Register(msgspec.Struct, frozen=True):
    """requests/<year>.yml. `requests` is None where requests are not kept one by one; `personal` are lines with numbers of persons."""

    department: str
    year: int
    closed: date | None = None
    requests: tuple[Request, ...] | None = None
    reported: tuple[ReportedRow, ...] = ()
    reviews: Results = Results()
    lawsuits: Lawsuits = Lawsuits()
    rules: Documents = Documents()
    normative: Documents = Documents()
    permits: Figure = None
    penalties: Figure = None
    coercions: Figure = None
    fees: int | float | str | None = None
    sections: Sections = Sections()
    personal: tuple[int, ...] = ()
    origin: Origin = Origin("")


def with_personal_numbers(register: Register, text: str) -> Register:
    """The register, told on which lines of its file (comments too: git keeps them) identity or mobile numbers stand."""
    return msgspec.structs.replace(register, personal=tuple(sorted({*identity_lines(text), *mobile_lines(text)})))


def previous(registers: tuple[Register, ...], register: Register) -> Register | None:
    """The same body's register of the year before."""
    wanted = register.department, register.year - 1
    return next((each for each in registers if (each.department, each.year) == wanted), None)
