"""The words of the field for states, relations and severities."""

from mulu.diagnostics import Severity
from mulu.model.state import EXPLAINED, State

STATE_WORDS = {
    State.PUBLISHED: "已公开",
    State.PENDING: "期限内",
    State.OVERDUE: "逾期",
    State.STALE: "待更新",
    State.MISSING: "未公开",
    State.NOT_OCCURRED: "本期未发生",
    State.NOT_APPLICABLE: "不适用",
    State.ON_REQUEST_ONLY: "依申请公开",
    State.EXTERNAL: "在其他平台公开",
    State.RETIRED: "已移出目录",
}

SEVERITY_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTICE: "提示"}

RELATION_WORDS = {
    "interprets": ("解读的文件", "解读"),
    "replaces": ("所替代的文件", "替代它的文件"),
    "repeals": ("所废止的文件", "废止它的文件"),
    "amends": ("所修改的文件", "修改它的文件"),
    "feedback_on": ("所反馈的征求意见", "意见采纳反馈"),
    "part_of": ("所属信息", "组成部分"),
}
"""Relation → (what it points to, what points here by it)."""


def state_class(state: State) -> str:
    """The look of a state: the explained ones look alike."""
    return "explained" if state in EXPLAINED or state is State.RETIRED else state.value
