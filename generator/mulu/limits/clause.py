"""What a 公开时限 can say, as typed clauses; a cell of the official table may hold several."""

import enum

import msgspec


class Unit(enum.StrEnum):
    """What an amount counts."""

    WORKDAY = "工作日"
    DAY = "日"
    MONTH = "个月"


class Amount(msgspec.Struct, frozen=True):
    """So many workdays, calendar days or months."""

    count: int
    unit: Unit

    def __str__(self) -> str:
        """20个工作日, 30日, 3个月."""
        return f"{self.count}{'个' if self.unit is Unit.WORKDAY else ''}{self.unit.value}"


class Trigger(msgspec.Struct, frozen=True):
    """What a limit counts from: what somebody did (形成, 变更, 批准 …), and to what; no acts means the wording names none."""

    acts: tuple[str, ...] = ()
    what: str = ""


class Deadline(msgspec.Struct, frozen=True, tag="deadline", tag_field="kind"):
    """信息形成之日起20个工作日内: so long after the trigger; `extension` may be added where the case is complex."""

    trigger: Trigger
    amount: Amount
    extension: Amount | None = None
    scope: str = ""


class Prompt(msgspec.Struct, frozen=True, tag="prompt", tag_field="kind"):
    """及时公开, 实时公开: a word instead of a number; site.yml says how many workdays stand for it."""

    how: str
    trigger: Trigger = Trigger()
    scope: str = ""


class Frequency(msgspec.Struct, frozen=True, tag="frequency", tag_field="kind"):
    """半年至少更新1次: so many times within so many months."""

    times: int
    months: int
    scope: str = ""


class Recurring(msgspec.Struct, frozen=True, tag="recurring", tag_field="kind"):
    """每季度首月20日, 每年1月31日前: a day that comes back every `months` months, in their `month`-th (from 1)."""

    months: int
    month: int
    day: int
    scope: str = ""


class PeriodDay(msgspec.Struct, frozen=True, tag="period_day", tag_field="kind"):
    """当年3月31日前, 次年8月31日前: the day by which a period's information is out, `years` after the period's year."""

    years: int
    month: int
    day: int
    scope: str = ""


class Permanent(msgspec.Struct, frozen=True, tag="permanent", tag_field="kind"):
    """长期公开: it is never withdrawn; `dynamic` where it is kept up to date (动态调整)."""

    dynamic: bool = False
    scope: str = ""


class Notice(msgspec.Struct, frozen=True, tag="notice", tag_field="kind"):
    """公示7个工作日: how long it is displayed."""

    amount: Amount
    scope: str = ""


class Minimum(msgspec.Struct, frozen=True, tag="minimum", tag_field="kind"):
    """征求意见期限不得少于30日: what must last at least so long."""

    what: str
    amount: Amount


class Before(msgspec.Struct, frozen=True, tag="before", tag_field="kind"):
    """提前7日: so long before an event."""

    amount: Amount
    event: str = ""
    scope: str = ""


class Relative(msgspec.Struct, frozen=True, tag="relative", tag_field="kind"):
    """与政策文件同步: together with another item, or at most so long after it."""

    to: str
    amount: Amount
    scope: str = ""


class Statute(msgspec.Struct, frozen=True, tag="statute", tag_field="kind"):
    """法律、法规另有规定的，从其规定: a statute may set another limit."""


class Ditto(msgspec.Struct, frozen=True, tag="ditto", tag_field="kind"):
    """同上: what the row above says."""


Clause = (
    Deadline | Prompt | Frequency | Recurring | PeriodDay | Permanent | Notice | Minimum | Before | Relative | Statute | Ditto
)  # fmt: skip


class Certainty(enum.StrEnum):
    """How sure a reading is: every character understood; something assumed or left over; no rule found."""

    SURE = "sure"
    LIKELY = "likely"
    UNREAD = "unread"


class TimeLimit(msgspec.Struct, frozen=True):
    """A wording, kept verbatim, and what it says. `assumed` are the reasons for LIKELY, `unread` the words without a rule."""

    wording: str
    clauses: tuple[Clause, ...]
    certainty: Certainty
    assumed: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
