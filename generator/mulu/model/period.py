"""Periods of periodic disclosure: a year, half-year, quarter or month."""

import re
from datetime import date, timedelta

import msgspec

_FORM = re.compile(r"(?P<year>\d{4})(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?\Z")

MONTHS_OF_CYCLE = {"每月": 1, "每季度": 3, "每半年": 6, "每年": 12}
"""Length in months of each 公开周期."""


class Period(msgspec.Struct, frozen=True, order=True, gc=False):
    """`months` months from the `first` month of `year`; ordered by time."""

    year: int
    first: int
    months: int

    def __str__(self) -> str:
        """The form written in files: 2024, 2024H1, 2024Q3, 2024-06."""
        match self.months:
            case 12:
                return f"{self.year}"
            case 6:
                return f"{self.year}H{(self.first + 5) // 6}"
            case 3:
                return f"{self.year}Q{(self.first + 2) // 3}"
        return f"{self.year}-{self.first:02}"

    @property
    def chinese(self) -> str:
        """The form people read: 2024年第三季度."""
        match self.months:
            case 12:
                return f"{self.year}年"
            case 6:
                return f"{self.year}年{'上' if self.first == 1 else '下'}半年"
            case 3:
                return f"{self.year}年第{'一二三四'[self.first // 3]}季度"
        return f"{self.year}年{self.first}月"

    @property
    def start(self) -> date:
        """First day."""
        return date(self.year, self.first, 1)

    @property
    def end(self) -> date:
        """Last day."""
        return self.next.start - timedelta(days=1)

    @property
    def next(self) -> "Period":
        """The period of the same length that follows."""
        month = self.first + self.months
        return Period(self.year + (month > 12), month - 12 if month > 12 else month, self.months)


def parse_period(text: str) -> Period | None:
    """The period written as 2024, 2024H1, 2024Q3 or 2024-06; None for anything else."""
    match = _FORM.match(text)
    if not match:
        return None
    year = int(match["year"])
    if match["half"]:
        return Period(year, 6 * int(match["half"]) - 5, 6)
    if match["quarter"]:
        return Period(year, 3 * int(match["quarter"]) - 2, 3)
    return Period(year, int(match["month"]), 1) if match["month"] else Period(year, 1, 12)
