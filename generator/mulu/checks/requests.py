"""M: registers of information requests by themselves: dates, outcomes, personal numbers (条例 arts. 29–44)."""

from collections.abc import Iterator
from datetime import date

from mulu.checks.rule import Finding, Over, View, at, rule
from mulu.diagnostics import Severity, Text
from mulu.model.requests import Register, Request
from mulu.model.statutory import FORWARD


@rule(
    "M150", Severity.ERROR, Over.EVERYTHING,
    zh=("登记簿里“{id}”出现了两次", "每件申请只登记一次，编号不能相同；表三的每一行只写一次。"),
    en=("“{id}” stands twice in the register", "Each request is registered once under an id of its own; each row of table 3 once."),
)  # fmt: skip
def register_duplicate(view: View) -> Iterator[Finding]:
    """An id of a request, or a row of `reported`, for the second time."""
    for register in view.repository.requests:
        listed = (
            ("requests", [each.id for each in register.requests or ()]),
            ("reported", [each.row for each in register.reported]),
        )
        for key, names in listed:
            for place, name in enumerate(names):
                if name in names[:place]:
                    yield at(register, key, place, id=name)


@rule(
    "M151", Severity.ERROR, Over.EVERYTHING,
    zh=("申请 {id} 的日期前后不对：{problem}", "核对申请单和答复书上的日期。"),
    en=("The dates of request {id} are out of order: {problem}", "Compare them with the request and the reply."),
)  # fmt: skip
def request_dates(view: View) -> Iterator[Finding]:
    """Answered, supplemented, extended or made proactive before received; answered before the completion arrived."""
    for register, place, request in _requests(view):
        for key, problem in _disorder(request):
            yield at(register, "requests", place, *key, id=request.id, problem=problem)


@rule(
    "M152", Severity.ERROR, Over.EVERYTHING,
    zh=("登记已经截止，申请 {id} 还没有办理结果", "填写办理结果（outcome）和答复日期；年底没有办结的，写“结转下年度”。"),
    en=("The register is closed but request {id} has no outcome",
        "Fill in `outcome` and `answered`; what was not finished by the end of the year has the outcome 结转下年度."),
)  # fmt: skip
def request_outcome_missing(view: View) -> Iterator[Finding]:
    """In a closed register every request has a row of table 3."""
    for register, place, request in _requests(view):
        if register.closed and request.outcome is None:
            yield at(register, "requests", place, id=request.id)


@rule(
    "M153", Severity.ERROR, Over.EVERYTHING,
    zh=("申请 {id} 的收到日期 {received} 和 {year} 年的登记簿不符", "本年收到的登记在本年；上年收到、结转来的，写 carried_over: true。"),
    en=("Request {id}, received on {received}, does not fit the register of {year}",
        "Requests of the year belong here; those carried over from the year before have `carried_over: true`."),
)  # fmt: skip
def request_of_another_year(view: View) -> Iterator[Finding]:
    """New requests were received in the year, carried ones before it."""
    for register, place, request in _requests(view):
        fits = request.received.year < register.year if request.carried_over else request.received.year == register.year
        if not fits:
            yield at(register, "requests", place, "received", id=request.id, received=request.received, year=register.year)


@rule(
    "M154", Severity.ERROR, Over.EVERYTHING,
    zh=("申请 {id} 转为主动公开的信息“{item}”不存在", "核对信息编号；还没有发布的，发布以后再写。"),
    en=("Request {id} was made proactive by an item “{item}” that does not exist", "Check the id; publish the item first."),
)  # fmt: skip
def request_unknown_item(view: View) -> Iterator[Finding]:
    """The item into which a request was turned is there."""
    known = view.repository.items.keys() | view.repository.broken_ids
    for register, place, request in _requests(view):
        if request.converted and request.converted.item not in known:
            yield at(register, "requests", place, "converted", "item", id=request.id, item=request.converted.item)


@rule(
    "M160", Severity.ERROR, Over.EVERYTHING,
    zh=("登记簿里有公民身份号码或者手机号码", "删去号码：登记簿随网站数据公开，不写申请人的任何个人信息；已经提交到 git 的，还要按泄露个人信息处理。"),
    en=("The register holds a citizen identity number or a mobile number",
        "Delete it: registers are public data and say nothing of persons; if it was committed, treat it as a leak."),
)  # fmt: skip
def register_personal_number(view: View) -> Iterator[Finding]:
    """Anywhere in the file, comments included."""
    for register in view.repository.requests:
        for line in register.personal:
            yield at(register, line=line)


@rule(
    "M161", Severity.WARNING, Over.EVERYTHING,
    zh=("申请 {id} 的办理结果和答复日期不符：{problem}", "办结的写结果和答复日期；到年底没有办结的写“结转下年度”，在下一年的登记簿里写结果。"),
    en=("Outcome and answer of request {id} do not fit: {problem}",
        "What was handled has both; what was not finished by the end of the year is 结转下年度 and gets its outcome in the next register."),
)  # fmt: skip
def request_answer_incomplete(view: View) -> Iterator[Finding]:
    """An outcome without its date, a date without outcome, an answer outside the register's year."""
    for register, place, request in _requests(view):
        if problem := _incomplete(register, request):
            yield at(register, "requests", place, "answered" if request.answered else "outcome", id=request.id, problem=problem)


@rule(
    "M162", Severity.WARNING, Over.EVERYTHING,
    zh=("{year} 年的登记簿在 {due} 以后还没有截止", "核定数字，填写截止日期（closed）；各部门的年度报告应当在1月31日前公布（条例第四十九条）。"),
    en=("The register of {year} is not closed after {due}",
        "Settle the figures and write `closed`; departments publish their annual report before 31 January (条例 art. 49)."),
)  # fmt: skip
def register_not_closed(view: View) -> Iterator[Finding]:
    """The report of a year was due and its register is still open."""
    for register in view.repository.requests:
        due = date(register.year + 1, 1, 31)
        if register.closed is None and view.as_of > due:
            yield at(register, year=register.year, due=due)


def _requests(view: View) -> Iterator[tuple[Register, int, Request]]:
    for register in view.repository.requests:
        for place, request in enumerate(register.requests or ()):
            yield register, place, request


def _disorder(request: Request) -> Iterator[tuple[tuple[str, ...], Text]]:
    for key, day, zh, en in (
        (("answered",), request.answered, "答复", "answered"),
        (("supplemented",), request.supplemented, "补正", "completed"),
        (("extended",), request.extended, "告知延期", "extended"),
        (("converted", "on"), request.converted.on if request.converted else None, "转为主动公开", "made proactive"),
    ):
        if day and day < request.received:
            yield key, Text(f"{zh} {day} 早于收到 {request.received}", f"{en} on {day}, received on {request.received}")
    for day, zh, en in ((request.supplemented, "补正", "completed"), (request.extended, "告知延期", "extended")):
        if request.answered and day and request.answered < day:
            yield (
                ("answered",),
                Text(f"答复 {request.answered} 早于{zh} {day}", f"answered on {request.answered}, {en} on {day}"),
            )


def _incomplete(register: Register, request: Request) -> Text | None:
    if request.outcome == FORWARD:
        return Text("结转下年度的还写着答复日期", "carried forward, yet answered") if request.answered else None
    if request.outcome and not request.answered:
        return Text("有结果，没有答复日期", "an outcome without `answered`")
    if request.answered and not request.outcome:
        return Text("有答复日期，没有结果", "`answered` without an outcome")
    if request.answered and request.answered.year != register.year:
        return Text(
            f"答复日期 {request.answered} 不在 {register.year} 年", f"answered on {request.answered}, not in {register.year}"
        )
    return None


RULES = (
    register_duplicate, request_dates, request_outcome_missing, request_of_another_year, request_unknown_item,
    register_personal_number, request_answer_incomplete, register_not_closed,
)  # fmt: skip
