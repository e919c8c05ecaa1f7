"""Every figure of the annual report of one body and year: what the register says, completed by what follows from items."""

from collections.abc import Iterator

import msgspec

from mulu.diagnostics import Text
from mulu.model.proactive import decisions, documents
from mulu.model.repository import Repository
from mulu.model.requests import Documents, Figure, Register, Results, previous
from mulu.model.statutory import ROWS, RequestTable, request_table


class Figures(msgspec.Struct, frozen=True):
    """Tables 2, 3 and 4 before they are laid out; `before` are last year's documents in force (规章, 行政规范性文件)."""

    rules: Documents
    normative: Documents
    permits: Figure
    penalties: Figure
    coercions: Figure
    fees: int | float | str | None
    table: RequestTable
    reviews: Results
    direct: Results
    after_review: Results
    before: tuple[Figure, Figure] = (None, None)


def figures(repository: Repository, register: Register) -> Figures:
    """The figures; None stays None: nobody has written it and nothing follows from items."""
    permits, penalties = decisions(repository, register)
    last = previous(repository.requests, register)
    return Figures(
        rules=register.rules,
        normative=documents(repository, register),
        permits=permits,
        penalties=penalties,
        coercions=register.coercions,
        fees=register.fees,
        table=request_table(register),
        reviews=_totalled(register.reviews),
        direct=_totalled(register.lawsuits.direct),
        after_review=_totalled(register.lawsuits.after_review),
        before=(last.rules.in_force, documents(repository, last).in_force) if last else (None, None),
    )


def blanks(found: Figures) -> Iterator[Text]:
    """The figures that a person must still write, by table."""
    for name, listed in (
        (Text("规章", "Rules"), found.rules),
        (Text("行政规范性文件", "Normative documents"), found.normative),
    ):
        for part, figure in zip(_PARTS, msgspec.structs.astuple(listed), strict=True):
            if figure is None:
                yield Text(f"表二 {name.zh}：{part.zh}", f"Table 2, {name.en}: {part.en}")
    for name, decided in (
        (Text("行政许可：本年处理决定数量", "Permits"), found.permits),
        (Text("行政处罚：本年处理决定数量", "Penalties"), found.penalties),
        (Text("行政强制：本年处理决定数量", "Coercive measures"), found.coercions),
        (Text("行政事业性收费：本年收费金额", "Fees"), found.fees),
    ):
        if decided is None:
            yield Text(f"表二 {name.zh}", f"Table 2, {name.en}")
    yield from _blank_requests(found.table)
    for name, results in (
        (Text("行政复议", "Reviews"), found.reviews),
        (Text("未经复议直接起诉", "Lawsuits without review"), found.direct),
        (Text("复议后起诉", "Lawsuits after review"), found.after_review),
    ):
        for part, figure in zip(_RESULTS, results.parts, strict=True):
            if figure is None:
                yield Text(f"表四 {name.zh}：{part.zh}", f"Table 4, {name.en}: {part.en}")


def unbalanced_documents(now: Documents, before: Figure) -> bool:
    """Whether 现行有效 is not last year's + 制发 − 废止, where all four are known."""
    match now.issued, now.repealed, now.in_force, before:
        case int(issued), int(repealed), int(in_force), int(last):
            return last + issued - repealed != in_force
    return False


def _totalled(results: Results) -> Results:
    """With its total where all four parts are numbers, or all of them are “/”."""
    if results.total is not None:
        return results
    if all(isinstance(part, int) for part in results.parts):
        return msgspec.structs.replace(results, total=results.summed)
    return msgspec.structs.replace(results, total=results.upheld) if len(set(results.parts)) == 1 else results


def _blank_requests(table: RequestTable) -> Iterator[Text]:
    blank = [row for row in ROWS if table[row][0] is None]
    if len(blank) == len(ROWS):
        yield Text("表三 全部数字", "Table 3, all of it")
    else:
        yield from (Text(f"表三 {row}", f"Table 3, {row}") for row in blank)


_PARTS = (Text("本年制发件数", "issued"), Text("本年废止件数", "repealed"), Text("现行有效件数", "in force"))
_RESULTS = (
    Text("结果维持", "upheld"), Text("结果纠正", "corrected"), Text("其他结果", "other results"), Text("尚未审结", "pending"),
)  # fmt: skip
