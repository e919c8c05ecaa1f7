"""The words of the field for states and severities, for pages and reports alike; keyed by the values of the enums."""

from mulu.diagnostics import Severity, Text

STATE_WORDS: dict[str, Text] = {
    "published": Text("已公开", "published"),
    "pending": Text("期限内", "pending"),
    "overdue": Text("逾期", "overdue"),
    "stale": Text("待更新", "stale"),
    "missing": Text("未公开", "missing"),
    "not_occurred": Text("本期未发生", "not occurred"),
    "not_applicable": Text("不适用", "not applicable"),
    "on_request_only": Text("依申请公开", "on request only"),
    "external": Text("在其他平台公开", "on another platform"),
    "retired": Text("已移出目录", "retired"),
}

SEVERITY_WORDS: dict[Severity, Text] = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("警告", "warning"),
    Severity.NOTICE: Text("提示", "notice"),
}
