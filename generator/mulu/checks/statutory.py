"""M: the statutory tables of the annual report: sums, balances, the year before, and the items (国办公开办函〔2021〕30号)."""

from collections.abc import Iterator

from mulu.checks.rule import Finding, Over, View, at, rule
from mulu.diagnostics import Severity, Text
from mulu.model.proactive import documents, normative_from_items
from mulu.model.requests import Register, previous
from mulu.model.statutory import ALL, CARRIED, COLUMNS, FORWARD, counted, imbalances, reported, request_table, wrong_sums


@rule(
    "M155", Severity.ERROR, Over.EVERYTHING,
    zh=("上年结转{column} {carried} 件，{last} 年登记簿结转下年度的是 {forward} 件", "逐件核对两年的登记：上年结转下年度的，今年都要登记并写 carried_over: true。"),
    en=("{carried} requests carried over ({column}), but the register of {last} carried {forward} forward",
        "Compare both registers: what was carried forward last year is registered this year with `carried_over: true`."),
)  # fmt: skip
def carry_over_differs(view: View) -> Iterator[Finding]:
    """二、上年结转 is last year's 四、结转下年度, for every kind of applicant."""
    for register, before in _with_previous(view):
        carried, forward = request_table(register)[CARRIED], request_table(before)[FORWARD]
        for column, here, there in zip(COLUMNS[:-1], carried, forward, strict=False):
            if here is not None and there is not None and here != there:
                yield at(
                    register,
                    *_table_key(register),
                    related=[before],
                    column=column,
                    carried=here,
                    forward=there,
                    last=before.year,
                )


@rule(
    "M156", Severity.ERROR, Over.EVERYTHING,
    zh=("表三“{column}”一列不平：第一项加第二项是 {received}，第三项加第四项是 {handled}", "核对这一列：收到多少件，就要办理或者结转多少件。"),
    en=("Table 3 does not balance in {column}: rows one and two make {received}, rows three and four {handled}",
        "Check the column: what was received was either handled or carried forward."),
)  # fmt: skip
def request_table_unbalanced(view: View) -> Iterator[Finding]:
    """勾稽 of a table that people counted; one counted from requests can lack an outcome only, which M152 says."""
    for register in view.repository.requests:
        for found in imbalances(reported(register.reported)):
            yield at(register, "reported", column=found.column, received=found.received, handled=found.handled)


@rule(
    "M157", Severity.ERROR, Over.EVERYTHING,
    zh=("合计不对：“{row}”的{column}写的是 {written}，相加是 {summed}", "重新相加；改合计，或者改算错的那一格。"),
    en=("A wrong sum: {column} of “{row}” says {written}, its parts make {summed}", "Add up again; correct the total or the wrong part."),
)  # fmt: skip
def wrong_sum(view: View) -> Iterator[Finding]:
    """Totals of the rows and columns of a written table 3, and of table 4."""
    for register in view.repository.requests:
        written = [each.row for each in register.reported]
        for found in wrong_sums(reported(register.reported)):
            key = (
                ("reported", written.index(found.row), "figures", COLUMNS.index(found.column))
                if found.row in written
                else ("reported",)
            )
            yield at(register, *key, row=found.row, column=found.column, written=found.written, summed=found.summed)
        for place, row, results in (
            (("reviews",), "行政复议", register.reviews),
            (("lawsuits", "direct"), "未经复议直接起诉", register.lawsuits.direct),
            (("lawsuits", "after_review"), "复议后起诉", register.lawsuits.after_review),
        ):
            if isinstance(results.total, int) and results.total != results.summed:
                yield at(register, *place, "total", row=row, column=ALL, written=results.total, summed=results.summed)


@rule(
    "M158", Severity.ERROR, Over.EVERYTHING,
    zh=("{kind}的现行有效件数不平：上年 {last}，本年制发 {issued}、废止 {repealed}，应当是 {expected}，现在是 {in_force}",
        "核对制发、废止和现行有效三个数；上年报错的，先改上年的登记簿并说明。"),
    en=("{kind}: {last} were in force last year, {issued} issued, {repealed} repealed: that makes {expected}, not {in_force}",
        "Check the three figures; if last year's were wrong, correct that register first and say so."),
)  # fmt: skip
def documents_unbalanced(view: View) -> Iterator[Finding]:
    """现行有效 = last year's + 制发 − 废止, for 规章 and 行政规范性文件."""
    for register, before in _with_previous(view):
        for key, kind, now, last in (
            ("rules", Text("规章", "Rules"), register.rules, before.rules),
            ("normative", Text("行政规范性文件", "Normative documents"), documents(view.repository, register), documents(view.repository, before)),
        ):  # fmt: skip
            figures = (now.issued, now.repealed, now.in_force, last.in_force)
            if all(isinstance(figure, int) for figure in figures):
                issued, repealed, in_force, then = (int(figure or 0) for figure in figures)
                if then + issued - repealed != in_force:
                    yield at(
                        register, key, "in_force", related=[before], kind=kind, last=then, issued=issued, repealed=repealed,
                        expected=then + issued - repealed, in_force=in_force,
                    )  # fmt: skip


@rule(
    "M159", Severity.ERROR, Over.EVERYTHING,
    zh=("表三“{row}”的{column}写的是 {written}，逐件登记是 {counted}", "改写错的数字，或者补登记漏掉的申请；逐件登记的单位可以不写 reported。"),
    en=("Table 3 says {written} in {column} of “{row}”, the register counts {counted}",
        "Correct the figure or register the request that is lacking; where requests are listed, `reported` can be left out."),
)  # fmt: skip
def table_differs_from_requests(view: View) -> Iterator[Finding]:
    """Where a body gives both, the written table is what the list of requests counts."""
    for register in view.repository.requests:
        if register.requests is None:
            continue
        table = counted(register.requests)
        for place, row in enumerate(register.reported):
            for column, (written, listed) in enumerate(zip(row.figures, table[row.row], strict=True)):
                if written != listed:
                    yield at(
                        register, "reported", place, "figures", column, row=row.row, column=COLUMNS[column], written=written,
                        counted=listed,
                    )  # fmt: skip


@rule(
    "M163", Severity.WARNING, Over.EVERYTHING,
    zh=("行政规范性文件{figure}写的是 {written}，按本站公开的规范性文件统计是 {counted}", "没有公开的补充公开；信息的类别、发文机关、成文日期或者有效性写错的改正；登记簿写错的改登记簿。"),
    en=("Normative documents, {figure}: the register says {written}, the items on the site make {counted}",
        "Publish what is lacking; correct kind, issuers, date or validity of items, or the register."),
)  # fmt: skip
def documents_differ_from_items(view: View) -> Iterator[Finding]:
    """Normative documents are disclosed by law (条例 art. 20), so the report and the site count the same."""
    names = {
        "issued": Text("本年制发", "issued"),
        "repealed": Text("本年废止", "repealed"),
        "in_force": Text("现行有效", "in force"),
    }
    for register in view.repository.requests:
        computed = normative_from_items(view.repository, register)
        for key, figure in names.items():
            written, listed = getattr(register.normative, key), getattr(computed, key)
            if written is not None and listed is not None and written != listed:
                yield at(register, "normative", key, figure=figure, written=written, counted=listed)


def _with_previous(view: View) -> Iterator[tuple[Register, Register]]:
    for register in view.repository.requests:
        if before := previous(view.repository.requests, register):
            yield register, before


def _table_key(register: Register) -> tuple[str, ...]:
    return ("requests",) if register.requests is not None else ("reported",)


RULES = (
    carry_over_differs, request_table_unbalanced, wrong_sum, documents_unbalanced, table_differs_from_requests,
    documents_differ_from_items,
)  # fmt: skip
