"""What `/data/v1/*.json` say, version 1: released names and meanings never change; the JSON Schemas are made from these."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

Id = Annotated[str, Meta(title="编号", description="全站唯一，发布后不改。")]
Url = Annotated[str, Meta(title="网址", description="完整的网址。")]
Code = Annotated[str, Meta(title="代码", description="单位或者领域的代码。")]


class Record(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What every document has: the version of its format and its own address as a page."""

    version: Annotated[int, Meta(title="格式版本", description="这里是第 1 版；以后只增加，不改变已有的含义。", ge=1, le=1)]
    url: Url


class Answered(msgspec.Struct, frozen=True, omit_defaults=True):
    """An entry that an item answers; no elements means all of them."""

    entry: Id
    url: Url
    elements: Annotated[tuple[str, ...], Meta(title="要素", description="所回应的要素；没有这一项就是全部。")] = ()


class AttachmentRecord(msgspec.Struct, frozen=True):
    """A file published with an item."""

    title: Annotated[str, Meta(title="标题", description="附件的标题。")]
    url: Url
    bytes: Annotated[int, Meta(title="大小", description="字节数。", ge=0)]


class WithdrawnRecord(msgspec.Struct, frozen=True):
    """Why an item is no longer there."""

    on: Annotated[date, Meta(title="日期", description="撤下的日期。")]
    reason: Annotated[str, Meta(title="原因", description="向公众说明的原因。")]
    by: Annotated[str, Meta(title="机构", description="决定撤下的机构。")]


class CommentRecord(msgspec.Struct, frozen=True):
    """When and how opinions are taken."""

    first: Annotated[date, Meta(title="开始", description="征求意见的第一天。")]
    last: Annotated[date, Meta(title="截止", description="征求意见的最后一天。")]
    how: Annotated[str, Meta(title="方式", description="提出意见的方式。")]


class ServiceRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """The key points of a service guide."""

    handler: Annotated[str, Meta(title="受理机构", description="受理和办理的机构。")]
    phone: Annotated[str, Meta(title="咨询电话", description="咨询电话。")]
    time: Annotated[str, Meta(title="办理时限", description="法定或者承诺的时限。")]
    fee: Annotated[str, Meta(title="收费", description="收费标准。")]
    place: Annotated[str | None, Meta(title="地点", description="办理地点。")] = None
    online: Annotated[str | None, Meta(title="网上办理", description="网上办理的网址。")] = None


class ItemRecord(Record, frozen=True, omit_defaults=True, kw_only=True):
    """信息：一条已经公开的政府信息。撤下的信息只留下编号、标题和撤下的说明。"""

    id: Id
    index_number: Annotated[str, Meta(title="索引号", description="统一社会信用代码/年份-流水号。")]
    title: Annotated[str, Meta(title="标题", description="完整的标题。")]
    kind: Annotated[str, Meta(title="类别代码", description="例如 normative、guide。")]
    kind_name: Annotated[str, Meta(title="类别", description="例如“规范性文件”。")]
    department: Code
    department_name: Annotated[str, Meta(title="单位", description="公开信息的单位。")]
    formed: Annotated[date, Meta(title="成文日期", description="成文或者生成的日期。")]
    published: Annotated[date, Meta(title="发布日期", description="在网站上公开的日期。")]
    modified: Annotated[date, Meta(title="改动日期", description="最后一次改动的日期，由信息本身和 git 的记录得出。")]
    issuers: Annotated[tuple[str, ...], Meta(title="发文机关", description="制发或者联合制发的机关。")] = ()
    document_number: Annotated[str | None, Meta(title="发文字号", description="规范写法，例如 示政办发〔2024〕23号。")] = None
    validity: Annotated[str | None, Meta(title="有效性", description="现行有效、已修改、已废止、失效。")] = None
    effective: Annotated[date | None, Meta(title="施行日期", description="开始施行的日期。")] = None
    expires: Annotated[date | None, Meta(title="失效日期", description="有效期届满的日期。")] = None
    period: Annotated[str | None, Meta(title="所属期间", description="2024、2024H1、2024Q3 或者 2024-06。")] = None
    subject: Annotated[str | None, Meta(title="主题分类", description="主题分类。")] = None
    summary: Annotated[str | None, Meta(title="内容概述", description="一两句话的概述。")] = None
    keywords: Annotated[tuple[str, ...], Meta(title="关键词", description="主题词或者关键词。")] = ()
    source: Annotated[str | None, Meta(title="信息来源", description="信息来自哪里。")] = None
    entries: Annotated[tuple[Answered, ...], Meta(title="对应目录", description="回应哪些目录事项。")] = ()
    audience: Annotated[dict[str, tuple[str, ...]], Meta(title="服务对象", description="适用于谁：方面和代码。")] = {}
    relations: Annotated[
        dict[str, tuple[str, ...]], Meta(title="有关信息", description="解读、替代、废止、修改、反馈、所属：关系和信息编号。")
    ] = {}
    related_from: Annotated[
        dict[str, tuple[str, ...]], Meta(title="被哪些信息提到", description="同样的关系，从另一头看。")
    ] = {}
    comment: Annotated[CommentRecord | None, Meta(title="征求意见", description="征求意见的期限和方式。")] = None
    service: Annotated[ServiceRecord | None, Meta(title="办理", description="办事指南的要点。")] = None
    attachments: Annotated[tuple[AttachmentRecord, ...], Meta(title="附件", description="一起公开的文件。")] = ()
    text: Annotated[str | None, Meta(title="纯文本", description="正文的纯文本的网址。")] = None
    withdrawn: Annotated[WithdrawnRecord | None, Meta(title="撤下", description="何时、为何、由谁撤下。")] = None


class ElementRecord(msgspec.Struct, frozen=True):
    """An element of an entry, and whether what is published covers it."""

    name: Annotated[str, Meta(title="要素", description="要素的名称。")]
    required: Annotated[bool, Meta(title="必选", description="必选要素为真。")]
    covered: Annotated[bool, Meta(title="已公开", description="现行信息是否覆盖。")]


class EntryRecord(Record, frozen=True, omit_defaults=True, kw_only=True):
    """目录事项：标准目录的一行、它的状态和回应它的信息。"""

    id: Id
    field: Code
    field_name: Annotated[str, Meta(title="领域", description="领域的名称。")]
    department: Code
    department_name: Annotated[str, Meta(title="单位", description="编制目录的单位。")]
    topic: Annotated[str, Meta(title="一级事项", description="公开事项，一级。")]
    item: Annotated[str, Meta(title="二级事项", description="公开事项，二级。")]
    subitem: Annotated[str | None, Meta(title="三级事项", description="公开事项，三级。")] = None
    elements: Annotated[tuple[ElementRecord, ...], Meta(title="公开内容（要素）", description="应当公开的内容。")]
    basis: Annotated[tuple[str, ...], Meta(title="公开依据", description="法规、文件和条款。")]
    time_limit: Annotated[str, Meta(title="公开时限", description="目录的原文。")]
    responsible: Annotated[tuple[str, ...], Meta(title="公开主体", description="负责公开的机关。")]
    channels: Annotated[tuple[str, ...], Meta(title="公开渠道和载体", description="在哪里公开。")]
    audience: Annotated[tuple[str, ...], Meta(title="公开对象", description="向谁公开。")]
    method: Annotated[str, Meta(title="公开方式", description="主动公开或者依申请公开。")]
    levels: Annotated[tuple[str, ...], Meta(title="公开层级", description="由哪一级公开。")]
    extra: Annotated[dict[str, str], Meta(title="其他栏目", description="本地增加的栏目。")] = {}
    state: Annotated[
        str,
        Meta(
            title="状态代码",
            description="published、pending、overdue、stale、missing、not_occurred、not_applicable、on_request_only、external、retired。",
        ),
    ]
    state_name: Annotated[str, Meta(title="状态", description="例如“已公开”。")]
    explanation: Annotated[str, Meta(title="说明", description="没有内容的原因。")] = ""
    as_of: Annotated[date, Meta(title="评估日期", description="状态是哪一天的。")]
    count: Annotated[int, Meta(title="信息数", description="现行信息的条数。", ge=0)]
    items: Annotated[
        tuple[Id, ...], Meta(title="信息", description="最近的现行信息，至多一百条；全部对应关系见 mapping 的表格。")
    ] = ()
    feed: Annotated[str, Meta(title="订阅", description="本事项的 Atom 订阅地址。")]


class Counted(msgspec.Struct, frozen=True):
    """Entries by state."""

    entries: Annotated[int, Meta(title="事项", description="应当公开的事项数。", ge=0)]
    published: Annotated[int, Meta(title="已公开", description="已公开的事项数。", ge=0)]
    explained: Annotated[int, Meta(title="有说明", description="有说明的未公开事项数。", ge=0)]
    pending: Annotated[int, Meta(title="期限内", description="还在期限内的事项数。", ge=0)]
    late: Annotated[int, Meta(title="未公开或者逾期", description="逾期、待更新、未公开的事项数。", ge=0)]


class DepartmentRecord(Record, frozen=True, omit_defaults=True, kw_only=True):
    """单位：公开主体、它的联系方式和目录事项。"""

    code: Code
    name: Annotated[str, Meta(title="单位全称", description="单位的全称。")]
    short_name: Annotated[str | None, Meta(title="简称", description="单位的简称。")] = None
    level: Annotated[str, Meta(title="公开层级", description="单位所在的层级。")]
    credit_code: Annotated[str, Meta(title="统一社会信用代码", description="十八位。")]
    address: Annotated[str, Meta(title="办公地址", description="办公地址。")]
    hours: Annotated[str, Meta(title="办公时间", description="办公时间。")]
    phone: Annotated[str, Meta(title="联系电话", description="联系电话。")]
    counted: Annotated[Counted, Meta(title="公开情况", description="目录事项按状态的数目。")]
    entries: Annotated[tuple[Id, ...], Meta(title="目录事项", description="本单位的目录事项编号。")]
    count: Annotated[int, Meta(title="信息数", description="已公开、没有撤下的信息条数。", ge=0)]
    feed: Annotated[str, Meta(title="订阅", description="本单位的 Atom 订阅地址。")]


class FieldRecord(Record, frozen=True, omit_defaults=True, kw_only=True):
    """领域：标准目录的一个领域和其中的目录事项。"""

    code: Code
    name: Annotated[str, Meta(title="领域", description="领域的名称。")]
    guideline: Annotated[str | None, Meta(title="标准指引", description="所依据的国家部门标准指引。")] = None
    counted: Annotated[Counted, Meta(title="公开情况", description="目录事项按状态的数目。")]
    entries: Annotated[tuple[Id, ...], Meta(title="目录事项", description="本领域的目录事项编号。")]
    feed: Annotated[str, Meta(title="订阅", description="本领域的 Atom 订阅地址。")]
