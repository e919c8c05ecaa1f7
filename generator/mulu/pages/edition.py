"""What pages are made from: everything that was read, mapped, judged and counted, as one frozen value."""

from collections.abc import Mapping
from datetime import date

import msgspec

from mulu.diagnostics import Diagnostic
from mulu.evaluation.trend import Trend
from mulu.mapping import Correspondence
from mulu.model.district import Site
from mulu.model.repository import Repository


class Edition(msgspec.Struct, frozen=True):
    """One edition of the site, from a repository without errors; `written` are the hand-written pages: address → title, HTML."""

    repository: Repository
    correspondence: Correspondence
    diagnostics: tuple[Diagnostic, ...]
    written: Mapping[str, tuple[str, str]]
    as_of: date
    trend: Trend

    @property
    def site(self) -> Site:
        """The district's own settings."""
        assert self.repository.site is not None, "a repository without site.yml has an error and is never built"
        return self.repository.site
