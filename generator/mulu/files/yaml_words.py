"""What libyaml says about a broken file, in both languages."""

from mulu.diagnostics import Text

_CHINESE = {
    "could not find expected ':'": "缺少冒号",
    "did not find expected ',' or ']'": "方括号没有成对，或者缺少逗号",
    "did not find expected ',' or '}'": "花括号没有成对，或者缺少逗号",
    "did not find expected key": "这里应当是“名称: 内容”，请看缩进和引号",
    "did not find expected '-' indicator": "列表的缩进不齐，或者缺少“-”",
    "did not find expected node content": "这里缺少内容",
    "did not find expected <document start>": "前面的内容已经结束，这里不应当还有文字",
    "found a tab character that violates indentation": "缩进里有 Tab",
    "found character that cannot start any token": "内容不能以这个符号或 Tab 开头，需要时加引号",
    "found unexpected end of stream": "到文件末尾引号还没有成对",
    "found unexpected document indicator": "引号里出现了 --- 或者 ...，多半是引号没有成对",
    "found unknown escape character": "双引号里的反斜杠用法不对，可以改用单引号",
    "found undefined alias": "“*”引用的名称没有定义，普通文字请加引号",
    "found undefined tag handle": "“!”标签没有定义，普通文字请加引号",
    "mapping values are not allowed in this context": "这里不能再有冒号；内容里有冒号的，整段加引号",
    "block sequence entries are not allowed in this context": "这里不能写“-”列表，请另起一行",
}


def problem_text(problem: str) -> Text:
    """The problem in both languages; one that is not known keeps libyaml's own words."""
    return Text(_CHINESE.get(problem, problem), problem)
