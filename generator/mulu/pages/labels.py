"""The words of the field for relations, and the look of a state; states and severities have theirs in model.words."""

from mulu.model.state import EXPLAINED, State

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


LIFE_WORDS = {
    "interprets": ("", "解读"),
    "replaces": ("原文件", "被替代"),
    "repeals": ("原文件", "废止"),
    "amends": ("原文件", "修改"),
    "feedback_on": ("征求意见", "意见反馈"),
    "part_of": ("", ""),
}
"""Relation → what the other is in a document's life: (that to which the document points, that which points to it)."""

STAGE_WORDS = {
    "consultation": "征求意见", "feedback": "意见反馈", "decision": "决定", "interpretation": "解读", "interprets": "解读", "replaces": "替代",
    "repeals": "废止", "amends": "修改", "feedback_on": "反馈", "part_of": "属于",
}  # fmt: skip
"""Kind → stage of a life; relation → the verb on a line of the graph."""
