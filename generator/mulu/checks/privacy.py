"""P: personal information in what is about to be published (条例 art. 15)."""

from collections.abc import Iterator

from mulu.checks.rule import Finding, Over, View, at, at_origin, rule
from mulu.diagnostics import Severity
from mulu.model.item import Item
from mulu.model.origin import Origin


@rule(
    "P101", Severity.ERROR, Over.ITEM,
    zh=("这里有一个公民身份号码", "删去号码，或者只保留前六位和后四位中的一部分、其余用 * 代替；已经提交到 git 的，还要按泄露个人信息处理。"),
    en=("There is a citizen identity number here", "Delete it or mask most of its digits; if it was committed, treat it as a leak."),
)  # fmt: skip
def identity_number(item: Item) -> Iterator[Finding]:
    """A valid 18-character number anywhere in the file, in any width or spacing."""
    for line in item.body.identity_numbers:
        yield at(item, line=line)


@rule(
    "P102", Severity.NOTICE, Over.ITEM,
    zh=("这里有一个手机号码", "核对是不是公开的办公电话；个人的手机号码删去，或者只留前三位和后四位，中间用 * 代替。"),
    en=("There is a mobile phone number here", "Check that it is an office's; delete a private one or mask its middle digits."),
)  # fmt: skip
def mobile_number(item: Item) -> Iterator[Finding]:
    """Eleven digits of a Chinese mobile number anywhere in the file."""
    for line in item.body.mobile_numbers:
        yield at(item, line=line)


@rule(
    "P103", Severity.ERROR, Over.EVERYTHING,
    zh=("附件“{file}”里有公民身份号码", "打开附件，把号码删去或者遮住中间的数字，检查隐藏的列、工作表和批注，再重新保存；已经提交到 git 的，还要按泄露个人信息处理。"),
    en=("The attachment “{file}” holds a citizen identity number", "Delete or mask it, also in hidden columns, sheets and comments, and save again; if it was committed, treat it as a leak."),
)  # fmt: skip
def identity_number_in_attachment(view: View) -> Iterator[Finding]:
    """A valid number in the words of a docx, xlsx, pptx, pdf, txt or csv; scans are pictures and cannot be looked into."""
    for path in sorted(view.repository.identity):
        yield at_origin(Origin(path), file=path.rpartition("/")[2])


@rule(
    "P104", Severity.ERROR, Over.EVERYTHING,
    zh=("这里有一个公民身份号码", "删去号码；目录、单位资料、台账和页面也会公开。已经提交到 git 的，还要按泄露个人信息处理。"),
    en=("There is a citizen identity number here", "Delete it: catalogs, departments' data, ledgers and pages are published too. If it was committed, treat it as a leak."),
)  # fmt: skip
def identity_number_in_data(view: View) -> Iterator[Finding]:
    """A valid number in a hand-written page or a YAML file; registers of requests have a rule of their own."""
    for path, line in view.repository.personal:
        yield at_origin(Origin(path), line=line)


RULES = (identity_number, identity_number_in_data, mobile_number, identity_number_in_attachment)
