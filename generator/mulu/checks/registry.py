"""Every fault and rule of the program, listed by hand; a test ties each to its page."""

from mulu.checks import (
    attachments,
    audiences,
    catalog,
    dates,
    deadlines,
    district,
    item,
    ledger,
    limits,
    links,
    mapping,
    pages,
    periods,
    priorities,
    privacy,
    profiles,
    record,
    relations,
    requests,
    statutory,
)  # fmt: skip
from mulu.checks.rule import Rule
from mulu.diagnostics import Fault
from mulu.files import faults as file_faults
from mulu.model import faults as schema_faults

RULES: tuple[Rule, ...] = (
    *district.RULES, *catalog.RULES, *item.RULES, *dates.RULES, *relations.RULES, *attachments.RULES, *audiences.RULES, *mapping.RULES,
    *periods.RULES, *limits.RULES, *deadlines.RULES, *record.RULES, *ledger.RULES, *priorities.RULES, *requests.RULES, *statutory.RULES,
    *profiles.RULES, *privacy.RULES, *links.RULES, *pages.RULES,
)  # fmt: skip

FAULTS: tuple[Fault, ...] = (*file_faults.FAULTS, *schema_faults.FAULTS, *(rule.fault for rule in RULES))


def fault_of(code: str) -> Fault | None:
    """The fault called `code` (`M101`) or named so (`required_entry_missing`), in any case."""
    wanted = code.strip().lower()
    return next((each for each in FAULTS if wanted in (each.code.lower(), each.name)), None)
