"""What kind of information a title names: a proposal, for confirmation."""

import re

_KINDS = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (r"政府信息公开(?:工作)?年度?报告", "annual_report"),
        (r"解读|一图读懂|政策问答", "interpretation"),
        (r"(?:意见|建议).{0,12}(?:采纳|反馈)|采纳情况", "feedback"),
        (r"征求.{0,30}意见|意见征集|征求意见稿|向社会公开征集", "consultation"),
        (r"预算|决算|三公.?经费|收支", "budget"),
        (r"行政许可.{0,10}(?:决定|公示|结果)|准予.{0,20}许可", "permit"),
        (r"行政处罚", "penalty"),
        (r"招标|中标|采购|成交", "procurement"),
        (r"统计公报|统计数据|统计信息|季度.{0,20}情况|月份.{0,20}情况", "statistics"),
        (r"规划|工作计划|年度计划|工作要点", "plan"),
        (r"重大(?:行政)?决策", "decision"),
        (r"常见问题|问答", "faq"),
        (r"办事指南|服务指南|办理流程|申请条件|申报指南", "guide"),
        (r"工作报告|工作总结|述职|法治政府建设.{0,10}报告", "report"),
        (r"公告|公示|通告|名单|结果", "notice"),
        (r"机构(?:职能|设置|概况)|内设机构|领导(?:信息|分工|班子)", "institution"),
        (r"印发.{0,60}(?:办法|规定|细则)|管理办法|实施细则|暂行规定", "document"),
        (r"通知|意见|办法|方案|决定|批复|函|通报|规定|预案|制度", "document"),
    )
)
"""Pattern in the title → kind, the first that fits; whether a 办法 is a normative document only its office can say."""

OTHERWISE = "document"


def kind_of(title: str) -> str:
    """The kind that the title names; `document` where it names none."""
    return next((kind for pattern, kind in _KINDS if pattern.search(title)), OTHERWISE)
