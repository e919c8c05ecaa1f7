"""How well a piece of text fits a column, by its form alone: used where a copied text has lost its empty and merged cells."""

import re
from functools import lru_cache

from mulu.limits.clause import Certainty
from mulu.limits.parse import parse_limit
from mulu.tables.words import header_key, marked, squeezed, words

_BODY = re.compile(
    r"(?:局|委|委员会|部门|政府|办|办公室|办事处|中心|派出所|机构|站|行政村|村委会|居委会|街道|单位|院|厅|主体|负责人)\Z"
)
_BODY_WITHIN = re.compile(r"部门|机构|政府|局|办事处|招标人")
_LIMIT = re.compile(
    r"工作日|日内|之日起|及时|实时|随时|永久|长期|按进展|每.{1,4}[月季年日]|提前.{1,4}[天日周]|动态|\A日内|同步"
)
_LAW = re.compile(r".{3,}(?:条例|规定|办法|法|意见|通知|规划|标准|规范|实施细则|决定)(?:\(.*\))?\Z")
_NUMBER = re.compile(r"[〔\[﹝(]?(?:19|20)\d\d[〕\]﹞)]?\d+号|令第|第\d+号")
_LABELLED = (
    (re.compile(r"条款|依据"), re.compile(r"《|第.{1,6}条")),
    (
        re.compile(r"效力|位阶"),
        re.compile(r"\A(?:宪法|法律|法规|行政法规|地方性法规|规章|部门规章|规范性文件|政策文件|文件)\Z"),
    ),
    (re.compile(r"科室|单位|部门"), re.compile(r"(?:组|科|室|股|办|局|处|中心|站|所)\Z")),
    (re.compile(r"电话"), re.compile(r"\d{3,4}-?\d{7,8}")),
    (re.compile(r"网站|网址|链接"), re.compile(r"https?://")),
)
"""Headers of columns that a place adds, and what stands below them."""
_BARE_NUMBER = re.compile(r"[^《》\s]{1,12}[〔\[﹝(](?:19|20)\d\d[〕\]﹞)]?\d+号\Z")
_PHONE = re.compile(r"(?:\D*\d{3,4}-?\d{7,8})+\D*\Z|\D*1\d{10}\Z")
_NUMBERED = re.compile(r"\A(?:\d+[.、)]|[①-⑳]|[●〇○])")
_SERIAL = re.compile(r"\d{1,5}(?:/\d{1,5})?\Z")

MARK_COLUMNS = frozenset({"everyone", "specific", "proactive", "on_request", "level"})
_NAMES = frozenset({"topic", "item", "subitem", "field"})


@lru_cache(maxsize=65536)
def affinity(text: str, key: str) -> float:
    """From −4 (cannot be) to 4 (must be). A column that a place adds has the key `extra:` with its header."""
    short = squeezed(text)
    if not short:
        return 0.5 if key in MARK_COLUMNS else -2.0 if key == "item" else 0.0
    if key in MARK_COLUMNS or key in ("audience", "method", "levels"):
        return _mark(short, key)
    if short not in ("t", "1", "-", "/") and not short.isdigit() and marked(short) is not None:
        return -1.0 if key.startswith("extra") else -4.0
    if key == "serial":
        return 4.0 if _SERIAL.match(short) else -4.0
    if short.isdigit():
        return -3.0
    return _text(short, key)


def _mark(short: str, key: str) -> float:
    if marked(short) is not None and not short.isdigit():
        return 3.0
    if key in ("level", "levels") and header_key(short) == "level":
        return 3.0
    if key in ("everyone", "audience") and header_key(short) in ("everyone", "specific"):
        return 4.0
    if key in ("method", "proactive") and header_key(short) in ("proactive", "on_request"):
        return 4.0
    if key in ("specific", "audience") and len(short) <= 30 and not (_is_channel(short) or "《" in short or short[0] == "("):
        return 0.8
    return -3.0


def _text(short: str, key: str) -> float:
    channel, limit, law = _is_channel(short), _is_limit(short), _is_law(short)
    if key == "channels":
        return 4.0 if channel else -1.5
    if key == "time_limit":
        return 3.5 if limit and not channel else 2.0 if _LIMIT.search(short) else -2.0
    if key == "basis":
        return (2.5 if _NUMBERED.match(short) else 3.0) if law and not channel else -1.0
    if key == "responsible":
        return 3.0 if _BODY.search(short) and not law else 2.0 if _BODY_WITHIN.search(short) and not law else -1.0
    if key == "elements":
        return _element(short, channel, limit, law)
    if key in _NAMES:
        return _name(short, channel, limit, law)
    if any(label.search(key) and value.search(short) for label, value in _LABELLED):
        return 3.5
    return 2.5 if _PHONE.match(short) else 1.5 if channel and short[1:] not in words().channels and len(short) <= 4 else 0.3


def _element(short: str, channel: bool, limit: bool, law: bool) -> float:
    if channel or limit or _PHONE.match(short):
        return -2.0
    if short[0] in "●〇○":
        return 3.0 if not law else 2.7 if "《" in short else 1.5
    if _NUMBERED.match(short):
        return 2.2
    if law:
        return 0.2
    return 2.0 if re.search(r"[、;；。,，]", short) else 0.8


def _name(short: str, channel: bool, limit: bool, law: bool) -> float:
    if channel or limit or _NUMBERED.match(short) or "《" in short or _PHONE.match(short):
        return -2.0
    if _BARE_NUMBER.match(short):
        return 0.0
    if len(short) > 40 or re.search(r"[;；。●]", short):
        return -1.0
    return 1.0 if law or "、" in short or len(short) > 20 else 1.5


def glued(before: str, text: str, key: str) -> float:
    """How likely `text` goes on in the cell of `before` rather than starting the next one."""
    one, two = squeezed(before), squeezed(text)
    if any(one.count(a) > one.count(b) for a, b in ("《》", "()", "〔〕", "“”")) or two[:1] in ")》〕":
        return 3.0
    if key in _NAMES or key == "serial":
        return 1.0 if _BARE_NUMBER.match(one) else 0.2 if len(one) <= 3 and len(two) <= 3 else -2.0
    if key in ("channels", "elements", "basis") and (_NUMBERED.match(two) or _is_channel(two)):
        return 0.3
    if key in ("responsible", "time_limit", "specific", "audience") or key in MARK_COLUMNS:
        return -0.3 if len(two) <= 4 else -1.0
    return -0.5


@lru_cache(maxsize=8192)
def _is_channel(short: str) -> bool:
    boxes = words().boxes
    if short[0] in boxes.ticked or (short[0] in boxes.unticked and short[0] not in "〇○"):
        return len(short) > 1
    if any(box in short for box in boxes.ticked + boxes.unticked if box not in "〇○") and short[0] not in "●〇○":
        return True
    body = short[1:] if short[0] in (*boxes.ticked_letters, *boxes.unticked_letters) else short
    return any(body.startswith(name) or body.endswith("公示栏") for name in words().channels) and "网站" not in short[8:]


@lru_cache(maxsize=8192)
def _is_limit(short: str) -> bool:
    return len(short) < 200 and "《" not in short and parse_limit(short).certainty is not Certainty.UNREAD


@lru_cache(maxsize=8192)
def _is_law(short: str) -> bool:
    return "《" in short or "》" in short or bool(_NUMBER.search(short) or _LAW.search(short)) or short.startswith("【")
