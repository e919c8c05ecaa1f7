"""`mulu import items`: the list is read, planned, made and written; a review sheet that a person has filled in is never overwritten."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from mulu.diagnostics import Text
from mulu.legacy.listing import Listing, read_listing
from mulu.legacy.make import made, waiting_room
from mulu.legacy.plan import Outcome, Plan, plan
from mulu.legacy.review import read_decisions, review_sheet
from mulu.start.known import department_of, opened
from mulu.start.written import Refused, WrittenFile, write


class Imported(msgspec.Struct, frozen=True):
    """What the list said, what became of its rows, the files written (none in a dry run), and the review sheet or None."""

    listing: Listing
    plan: Plan
    files: tuple[WrittenFile, ...]
    review: Path | None


def import_items(
    root: Path, source: Path, folder: Path, *, department: str | None = None, decisions: Path | None = None, review: Path,
    dry_run: bool = False, workers: int = 1, progress: Callable[[int, int], None] = lambda done, total: None,
) -> Imported:  # fmt: skip
    """Make items of the rows of `source` with their files below `folder`; a dry run reads everything and writes only `review`.

    Raises Refused for a list, review sheet or department that cannot be used, and where `review` holds decisions that would be lost.
    """
    repository, found = opened(root)
    body = department_of(repository, found, department) if department else None
    settled = read_decisions(decisions) if decisions else {}
    listing = read_listing(source)
    planned = plan(repository, listing, folder, department=body, decisions=settled)
    _refuse_unknown_decisions(settled, listing, decisions)
    with waiting_room(root) as aside:
        planned, files = made(root, repository, planned, Path(aside), workers=workers, progress=progress)
        sheet = _fit_review(planned, review, decisions)
        if not dry_run:
            write(root, files)
    if sheet is not None:
        sheet.write_bytes(review_sheet(planned, repository.entries, settled))
    return Imported(listing, planned, () if dry_run else files, sheet)


def _fit_review(planned: Plan, review: Path, decisions: Path | None) -> Path | None:
    """Where the review sheet goes; None where nothing is open."""
    if not planned.count(Outcome.UNSURE) and not planned.count(Outcome.LEFT_OUT):
        return None
    if review.exists() and not (decisions is not None and review.samefile(decisions)) and _filled_in(review):
        raise Refused(Text(
            f"{review} 里有填好的决定，没有覆盖。用 --decisions {review} 交回，或者用 --review 换一个文件名。什么都没有改动。",
            f"{review} holds decisions and was not overwritten: give it with --decisions, or choose another name with --review. Nothing was changed.",
        ))  # fmt: skip
    return review


def _filled_in(review: Path) -> bool:
    """Whether a person has worked in the file; one that is no review sheet is somebody's too."""
    try:
        return bool(read_decisions(review))
    except Refused:
        return True


def _refuse_unknown_decisions(settled: dict[str, str], listing: Listing, decisions: Path | None) -> None:
    """A decision about a row that the list does not have is a mistake of one of the two files."""
    lost = sorted(settled.keys() - {line.key for line in listing.lines})
    if lost and decisions is not None:
        raise Refused(Text(
            f"{decisions.name} 里有 {len(lost)} 条决定在名单里找不到对应的行，例如“{lost[0].split('|')[0]}”。名单改过标题、文号、日期或者文件名的，先重新生成待定表。什么都没有改动。",
            f"{decisions.name} decides {len(lost)} rows that the list does not have, such as “{lost[0].split('|')[0]}”; make a new review sheet first. Nothing was changed.",
        ))  # fmt: skip
