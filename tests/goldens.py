"""One golden per arrow of the flow: what was read, how it maps and is judged, which pages follow. `python tests/goldens.py` renews them."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from mulu.flow import Checked, check, trend
from mulu.limits.format import format_limit
from mulu.pages.edition import Edition
from mulu.pages.plan import pages

HERE = Path(__file__).parent
AS_OF = date(2026, 11, 23)
GOOD = {path.name: path for path in sorted((HERE / "repositories" / "good").iterdir())} | {"demo": HERE.parent}


def model(checked: Checked) -> Iterator[str]:
    """Every value that was read, a line each."""
    repository = checked.repository
    for value in (
        repository.site,
        *repository.fields,
        *repository.departments.values(),
        *repository.entries.values(),
        *repository.items.values(),
    ):
        yield f"{type(value).__name__} {msgspec.json.encode(value, order='sorted').decode()}"


def mapping(checked: Checked) -> Iterator[str]:
    """Every entry with its state, limit, items, due dates and elements."""
    for id, mapped in checked.correspondence.entries.items():
        judgement = mapped.judgement
        yield f"{id} {mapped.state} [{judgement.limit.certainty}] {format_limit(judgement.limit.clauses)}"
        for timing in judgement.items:
            yield f"  item {timing.item} from {timing.start} due {timing.due} published {timing.published} late {timing.late}"
        for period in judgement.periods:
            yield f"  period {period.period} {period.state} due {period.timing.due}{' assumed' if period.timing.assumed else ''}"
        for awaited in judgement.awaiting:
            yield f"  awaiting {awaited.what} {awaited.state} due {awaited.timing.due}"
        for element in judgement.elements:
            yield f"  element {element.name} {element.state or '-'} {element.first or ''}".rstrip()


def planned(checked: Checked) -> Iterator[str]:
    """Every page: address, kind and title."""
    edition = Edition(
        checked.repository, checked.correspondence, checked.diagnostics, {}, AS_OF, trend(HERE / "repositories", checked)
    )
    for page in pages(edition):
        yield f"{page.address} {page.kind} {page.title}".rstrip()


ARROWS = {"model": model, "mapping": mapping, "pages": planned}


def made(name: str, arrow: str) -> str:
    """The text of one golden as the program makes it now."""
    return "\n".join(ARROWS[arrow](check(GOOD[name], as_of=AS_OF))) + "\n"


def golden(name: str, arrow: str) -> Path:
    """Where it stands."""
    return HERE / "expected" / name / f"{arrow}.txt"


if __name__ == "__main__":
    for each in GOOD:
        for arrow in ARROWS:
            golden(each, arrow).parent.mkdir(parents=True, exist_ok=True)
            golden(each, arrow).write_text(made(each, arrow), "utf-8")
    sys.stdout.write("read the difference before you commit it: git diff tests/expected\n")
