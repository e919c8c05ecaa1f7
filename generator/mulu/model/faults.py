"""S: faults of a file against its JSON Schema, said in the words of a person who fills in a form."""

from mulu.diagnostics import Severity, fault

MISSING_KEY = fault(
    "S101",
    "missing_key",
    Severity.ERROR,
    zh=("缺少“{key}”（{title}）", "补上一行“{key}: …”。{description}"),
    en=("“{key}” ({title}) is missing", "Add a line “{key}: …”."),
)
UNKNOWN_KEY = fault(
    "S102",
    "unknown_key",
    Severity.ERROR,
    zh=("不认识“{key}”", "{suggestion}"),
    en=("“{key}” is not a known key", "{suggestion}"),
)
WRONG_TYPE = fault(
    "S103",
    "wrong_type",
    Severity.ERROR,
    zh=("“{key}”（{title}）应当是{expected}，现在是{actual}", "{advice}"),
    en=("“{key}” ({title}) should be {expected} but is {actual}", "{advice}"),
)
NOT_ALLOWED = fault(
    "S104",
    "value_not_allowed",
    Severity.ERROR,
    zh=("“{key}”（{title}）不能是“{value}”", "从这些当中选一个：{allowed}。"),
    en=("“{key}” ({title}) cannot be “{value}”", "Choose one of: {allowed}."),
)
WRONG_FORM = fault(
    "S105",
    "wrong_form",
    Severity.ERROR,
    zh=("“{key}”（{title}）的写法不对：{value}", "{description}"),
    en=("“{key}” ({title}) is not in the right form: {value}", "It must look like {pattern}; schemas/v1 describes it."),
)
TOO_SHORT = fault(
    "S106",
    "empty_value",
    Severity.ERROR,
    zh=("“{key}”（{title}）是空的", "填写内容；没有内容就删去这一行（必填的不能删）。{description}"),
    en=("“{key}” ({title}) is empty", "Fill it in, or delete the line if it is optional."),
)
TOO_LONG = fault(
    "S107",
    "too_long",
    Severity.ERROR,
    zh=("“{key}”（{title}）超过 {limit} 个字符", "缩短它；长内容放到正文或者附件里。"),
    en=("“{key}” ({title}) is longer than {limit} characters", "Shorten it; put long content into the body or an attachment."),
)
IMPOSSIBLE_DATE = fault(
    "S108",
    "impossible_date",
    Severity.ERROR,
    zh=("“{key}”（{title}）不是一个存在的日期：{value}", "写成 2024-06-02 这样的年-月-日，并核对日历。"),
    en=(
        "“{key}” ({title}) is not a date that exists: {value}",
        "Write year-month-day such as 2024-06-02 and check the calendar.",
    ),
)
REPEATED_VALUE = fault(
    "S109",
    "repeated_value",
    Severity.ERROR,
    zh=("“{key}”（{title}）里有重复的内容", "删去重复的一项。"),
    en=("“{key}” ({title}) holds the same value twice", "Delete the repeat."),
)
OUT_OF_RANGE = fault(
    "S110",
    "out_of_range",
    Severity.ERROR,
    zh=("“{key}”（{title}）的数值 {value} 超出范围", "应当在 {low} 和 {high} 之间。"),
    en=("“{key}” ({title}) is {value}, out of range", "It should lie between {low} and {high}."),
)

FAULTS = (
    MISSING_KEY, UNKNOWN_KEY, WRONG_TYPE, NOT_ALLOWED, WRONG_FORM, TOO_SHORT, TOO_LONG, IMPOSSIBLE_DATE, REPEATED_VALUE,
    OUT_OF_RANGE,
)  # fmt: skip
