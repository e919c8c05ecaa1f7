"""The words before an amount: what a limit counts from, and for which part of the information it holds."""

import re

import msgspec

from mulu.limits.clause import Trigger

VERB_FIRST = (
    "制作", "制定", "获取", "获得", "取得", "作出", "收到", "颁布", "印发", "发布", "公布", "出台", "签订", "签署", "受理", "编制",
)  # fmt: skip
"""Acts that stand before their object: 制定政策."""

SUBJECT_FIRST = (
    "形成", "变更", "产生", "生成", "更新", "批准", "批复", "核准", "审议通过", "通过", "确定", "完成", "结束", "终了", "期满", "届满",
    "下发至本单位", "下发", "生效", "施行", "召开", "发生", "送达", "立项", "竣工", "成交",
)  # fmt: skip
"""Acts that stand after their subject: 信息形成."""

ARRIVAL = "下发至本单位"
"""Where a body counts from receipt, the making of the information no longer matters."""

_OF_INFORMATION = frozenset({"形成", "变更", "产生", "生成", "更新", "制作", "制定", "获取", "获得"})
_ACT = "|".join(sorted((*VERB_FIRST, *SUBJECT_FIRST), key=len, reverse=True))
_ACTS = rf"(?:{_ACT})(?:(?:、|或|和|及|与|/)?(?:{_ACT}))*"
_VERB_FIRST = re.compile(rf"(?P<acts>(?:{'|'.join(VERB_FIRST)})(?:(?:、|或|和|及|与|/)(?:{_ACT}))*)(?P<what>.*)\Z")
_SUBJECT_FIRST = re.compile(rf"(?P<what>.*?)(?P<acts>{_ACTS})\Z")
_LEAD = re.compile(r"\A(?:应当|应|须)?(?:自(?!然)|从|在|于)")
_TAIL = re.compile(r"(?:之日起|之日|日起|起|之后|以后|后|的)+\Z")
_SCOPED = re.compile(r"\A(?:其中,?)?(?P<scope>.+?)(?:应当|应|须)?(?:自(?!然)|在)(?P<rest>.+)\Z")
_GENERIC = re.compile(r"\A(?:该|此|本|相关|有关)*(?:该|政府|公开事项|事项)*信息\Z")
_DECISION = re.compile(r"(?P<scope>.*(?:许可|处罚|执法|强制).*?)决定\Z")


class Left(msgspec.Struct, frozen=True):
    """What was read: the trigger, the part of the information it is for, why it is not sure, and words without a meaning here."""

    trigger: Trigger
    scope: str = ""
    assumed: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def read_trigger(text: str) -> Left:
    """信息形成或变更之日起 → acts 形成, 变更 of 信息."""
    bare = _TAIL.sub("", _LEAD.sub("", text))
    scope = ""
    scoped = _SCOPED.match(bare)
    if scoped and re.search(_ACT, scoped["rest"]):
        scope, bare = scoped["scope"], scoped["rest"]
    if not bare:
        return Left(Trigger(), scope, ("no_trigger",))
    acts, what = _acts(bare)
    if not acts:
        return Left(Trigger((bare,)), scope, ("unknown_trigger",))
    return _refined(acts, what, scope)


def _acts(text: str) -> tuple[tuple[str, ...], str]:
    for form in (_VERB_FIRST, _SUBJECT_FIRST):
        if match := form.match(text):
            return tuple(re.findall(_ACT, match["acts"])), match["what"]
    return (), text


def _refined(acts: tuple[str, ...], what: str, scope: str) -> Left:
    unread: tuple[str, ...] = ()
    if "、" in what and _GENERIC.match(what.rsplit("、", 1)[1]):
        before, what = what.rsplit("、", 1)
        unread = (before,)
    if what.startswith(("其他", "其它")):
        scope, what = scope or what, "信息"
    decided = _DECISION.match(what)
    if decided and not scope:
        scope, what = decided["scope"], "决定"
    if _GENERIC.match(what) or (not what and set(acts) <= _OF_INFORMATION):
        what = "信息"
    if ARRIVAL in acts:
        acts = (ARRIVAL,)
    return Left(Trigger(tuple(dict.fromkeys(acts)), what), scope, ("more_words",) if unread else (), unread)


def spoken(trigger: Trigger) -> str:
    """The words that read_trigger reads as this trigger."""
    acts = "或".join(trigger.acts)
    verb_first = trigger.acts and trigger.what and set(trigger.acts) <= set(VERB_FIRST)
    return f"{acts}{trigger.what}" if verb_first else f"{trigger.what}{acts}"
