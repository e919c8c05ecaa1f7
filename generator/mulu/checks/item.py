"""I101–I109, I116, I120, I121: an item by itself — its numbers and what it must say."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from mulu.checks.rule import Finding, Over, View, at, rule
from mulu.diagnostics import Severity
from mulu.model.document_number import parse_document_number
from mulu.model.item import Item

_LETTERS = ("permit", "penalty")
"""Kinds whose 发文字号 is that of a decision letter, which follows other forms."""

_OTHER_FORMS = re.compile(r"\D+令\s*第?\s*\d+\s*号\Z|\D*(?:19|20)\d\d\s*年\s*第?\s*\d+\s*号\Z")
"""Orders (省政府令第9号) and announcements (2026年第3号) carry no brackets."""


@rule(
    "I101", Severity.ERROR, Over.EVERYTHING,
    zh=("信息编号 {id} 已经被另一个文件用了", "给后发布的一条换一个新编号，文件名和附件文件夹同时改；先发布的一条不要动。"),
    en=("The item id {id} is already used by another file", "Give the later item a new id and rename its file and folder; leave the earlier one."),
)  # fmt: skip
def duplicate_item_id(view: View) -> Iterator[Finding]:
    """Every further item of one id."""
    for item, first in _repeats(view.repository.all_items, lambda item: item.id):
        yield at(item, "id", related=[first], id=item.id)


@rule(
    "I102", Severity.ERROR, Over.ITEM,
    zh=("信息编号写的是 {id}，文件名却是 {file}.md", "两处改成一样；已经发布过的，以原来的网址所用的编号为准。"),
    en=("The id says {id} but the file is called {file}.md", "Make the two equal; once published, the id in the old address counts."),
)  # fmt: skip
def id_file_mismatch(item: Item) -> Iterator[Finding]:
    """The file's name is the id."""
    stem = item.folder.rsplit("/", 1)[-1]
    if stem != item.id:
        yield at(item, "id", id=item.id, file=stem)


@rule(
    "I103", Severity.ERROR, Over.EVERYTHING,
    zh=("索引号 {number} 与信息 {other} 重复", "一个索引号只给一条信息；给后发布的一条换下一个流水号。"),
    en=("The index number {number} is also that of item {other}", "One number, one item: give the later item the next serial."),
)  # fmt: skip
def duplicate_index_number(view: View) -> Iterator[Finding]:
    """Every further item of one 索引号, withdrawn ones too: numbers are not used again."""
    for item, first in _repeats(view.repository.items.values(), lambda item: item.index_number):
        yield at(item, "index_number", related=[first], number=item.index_number, other=first.id)


@rule(
    "I104", Severity.ERROR, Over.EVERYTHING,
    zh=("发文字号 {number} 与信息 {other} 重复", "核对原文改正字号；同一份文件只发布一次；附属材料在“part_of”里写明所属文件。"),
    en=("The document number {number} is also that of item {other}", "Correct it from the paper; publish a document once; let an annex name its document in `part_of`."),
)  # fmt: skip
def duplicate_document_number(view: View) -> Iterator[Finding]:
    """Two current texts under one 发文字号, neither part of the other."""
    sharing: dict[str, list[Item]] = defaultdict(list)
    for item in view.repository.items.values():
        if item.number and item.withdrawn is None:
            sharing[item.number].append(item)
    for number, items in sharing.items():
        ids = {item.id for item in items}
        whole = [item for item in items if not ids.intersection(item.part_of)]
        for item in whole[1:]:
            yield at(item, "document_number", related=whole[:1], number=number, other=whole[0].id)


@rule(
    "I105", Severity.WARNING, Over.EVERYTHING,
    zh=("索引号 {number} 不是以本单位的统一社会信用代码 {code} 开头", "把斜杠前面的部分改成本单位的代码；或者核对 department.yml 里的代码。"),
    en=("The index number {number} does not begin with the department's credit code {code}", "Correct the part before the slash, or the code in department.yml."),
)  # fmt: skip
def index_number_owner(view: View) -> Iterator[Finding]:
    """索引号 begins with the credit code of the department in whose folder it stands."""
    for item in view.repository.all_items:
        department = view.repository.departments.get(item.department)
        if department and item.index_number.partition("/")[0] != department.credit_code:
            yield at(item, "index_number", number=item.index_number, code=department.credit_code)


@rule(
    "I106", Severity.NOTICE, Over.ITEM,
    zh=("索引号里的年份是 {year}，发布日期却在 {published} 年", "核对两处；索引号的年份一般就是发布的年份。"),
    en=("The index number says {year}, but the item was published in {published}", "Check both; the number's year is usually that of publication."),
)  # fmt: skip
def index_number_year(item: Item) -> Iterator[Finding]:
    """The year inside 索引号 is the year of publication."""
    year = item.index_number.partition("/")[2][:4]
    if year != str(item.published.year):
        yield at(item, "index_number", year=year, published=item.published.year)


@rule(
    "I107", Severity.ERROR, Over.ITEM,
    zh=("看不懂发文字号“{number}”", "写成机关代字、六角括号里的年份、序号和“号”，例如 示政办发〔2024〕23号；没有字号就删去这一行。"),
    en=("“{number}” is not a document number", "Write issuer〔year〕serial号, such as 示政办发〔2024〕23号; delete the line if there is none."),
)  # fmt: skip
def document_number_form(item: Item) -> Iterator[Finding]:
    """发文字号 can be read (GB/T 9704-2012); orders and announcements have forms of their own."""
    written = item.document_number
    if written and item.kind not in _LETTERS and not parse_document_number(written) and not _OTHER_FORMS.match(written):
        yield at(item, "document_number", number=written)


@rule(
    "I108", Severity.NOTICE, Over.ITEM,
    zh=("发文字号“{number}”的写法不规范", "改成 {canonical}：年份用六角括号〔〕，序号前不加“第”，中间不留空格。"),
    en=("The document number “{number}” is not in its standard form", "Write {canonical}: hexagonal brackets, no 第, no spaces."),
)  # fmt: skip
def document_number_brackets(item: Item) -> Iterator[Finding]:
    """发文字号 is written as GB/T 9704-2012 has it."""
    parsed = parse_document_number(item.document_number or "")
    if parsed and item.kind not in _LETTERS and item.document_number != parsed.canonical:
        yield at(item, "document_number", number=item.document_number, canonical=parsed.canonical)


@rule(
    "I109", Severity.WARNING, Over.ITEM,
    zh=("发文字号里的年份是 {year}，成文日期却是 {formed}", "对照文件原文核对字号和成文日期。"),
    en=("The document number says {year}, but the document was formed on {formed}", "Check number and date against the paper."),
)  # fmt: skip
def document_number_year(item: Item) -> Iterator[Finding]:
    """The year inside 发文字号 is the year of 成文日期."""
    parsed = parse_document_number(item.document_number or "")
    if parsed and parsed.year != item.formed.year:
        yield at(item, "document_number", year=parsed.year, formed=item.formed)


@rule(
    "I116", Severity.WARNING, Over.ITEM,
    zh=("没有填写内容概述", "补上一行“summary: …”，用一两句话说明这条信息讲什么。"),
    en=("There is no summary", "Add a line “summary: …” saying in a sentence or two what the item is about."),
)  # fmt: skip
def summary_missing(item: Item) -> Iterator[Finding]:
    """条例 art. 12: the catalog carries 内容概述."""
    if item.summary is None and item.withdrawn is None:
        yield at(item)


@rule(
    "I120", Severity.ERROR, Over.ITEM,
    zh=("信息只有元数据，没有正文，也没有附件", "在第二个 --- 之后写正文，或者在“attachments”里列出附件。"),
    en=("The item has metadata but neither a body nor attachments", "Write the text below the second ---, or list files under `attachments`."),
)  # fmt: skip
def empty_body(item: Item) -> Iterator[Finding]:
    """Something must be there to read; a withdrawn item shows its reason instead."""
    if not item.body.length and not item.attachments and item.withdrawn is None:
        yield at(item)


@rule(
    "I121", Severity.NOTICE, Over.ITEM,
    zh=("正文第一个标题与信息标题“{title}”相同，页面上会出现两次", "删去正文里的这一行；页面会自动显示标题。"),
    en=("The body repeats the title “{title}”; the page would show it twice", "Delete this line; the page shows the title by itself."),
)  # fmt: skip
def title_repeated(item: Item) -> Iterator[Finding]:
    """The body opens with the title as a heading."""
    if item.body.title_line:
        yield at(item, line=item.body.title_line, title=item.title)


def _repeats(items: Iterable[Item], key: Callable[[Item], str]) -> Iterator[tuple[Item, Item]]:
    """Every item whose key an earlier one had, with that earlier one."""
    first: dict[str, Item] = {}
    for item in items:
        earlier = first.setdefault(key(item), item)
        if earlier is not item:
            yield item, earlier


RULES = (
    duplicate_item_id, id_file_mismatch, duplicate_index_number, duplicate_document_number, index_number_owner,
    index_number_year, document_number_form, document_number_brackets, document_number_year, summary_missing, empty_body,
    title_repeated,
)  # fmt: skip
