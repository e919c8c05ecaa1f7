"""The states of an entry (DESIGN §2), the same for a period and an element of it."""

import enum


class State(enum.StrEnum):
    """What can be said of an entry as of a date."""

    PUBLISHED = "published"
    PENDING = "pending"
    OVERDUE = "overdue"
    STALE = "stale"
    MISSING = "missing"
    NOT_OCCURRED = "not_occurred"
    NOT_APPLICABLE = "not_applicable"
    ON_REQUEST_ONLY = "on_request_only"
    EXTERNAL = "external"
    RETIRED = "retired"


EXPLAINED = (State.NOT_OCCURRED, State.NOT_APPLICABLE, State.ON_REQUEST_ONLY, State.EXTERNAL)
"""States in which an entry rightly has no content here."""

OPEN = (State.OVERDUE, State.STALE, State.MISSING)
"""States in which something is owed."""
