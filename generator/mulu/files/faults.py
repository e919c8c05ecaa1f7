"""F: faults of a file as a file. Its content cannot be read, or not safely; the other files go on being checked."""

from mulu.diagnostics import Severity, fault

NOT_UTF8 = fault(
    "F101",
    "not_utf8",
    Severity.ERROR,
    zh=("文件不是 UTF-8 编码，看起来是 {encoding}", "用编辑器打开后另存为 UTF-8 编码（记事本：另存为 → 编码 → UTF-8）。"),
    en=("The file is not UTF-8; it looks like {encoding}", "Open it in an editor and save it as UTF-8."),
)
TOO_LARGE = fault(
    "F102",
    "file_too_large",
    Severity.ERROR,
    zh=("文本文件有 {size} MB，超过 {limit} MB 的上限", "把长内容改成附件，或者拆成几个文件。"),
    en=("The text file has {size} MB; the limit is {limit} MB", "Turn the long part into an attachment or split the file."),
)
BYTE_ORDER_MARK = fault(
    "F103",
    "byte_order_mark",
    Severity.NOTICE,
    zh=("文件开头有字节顺序标记（BOM）", "可以照常发布；另存为“UTF-8”而不是“带 BOM 的 UTF-8”就不再出现。"),
    en=(
        "The file starts with a byte order mark (BOM)",
        "It is read all the same; save as UTF-8 without BOM to be rid of this.",
    ),
)
CRLF = fault(
    "F104",
    "crlf_line_endings",
    Severity.NOTICE,
    zh=("文件使用 Windows 换行符（CRLF）", "可以照常发布；在编辑器中把换行符改为 LF，比较改动时更清楚。"),
    en=("The file has Windows line endings (CRLF)", "It is read all the same; switch to LF to keep diffs readable."),
)
YAML_SYNTAX = fault(
    "F105",
    "yaml_syntax_error",
    Severity.ERROR,
    zh=("这里不符合 YAML 写法：{problem}", "检查这一行和上一行：冒号后要有空格，用空格而不是 Tab 缩进，引号和括号要成对。"),
    en=(
        "This is not valid YAML: {problem}",
        "Look at this line and the one above: a space after each colon, spaces not tabs, paired quotes and brackets.",
    ),
)
REPEATED_KEY = fault(
    "F106",
    "repeated_key",
    Severity.ERROR,
    zh=("“{key}”写了两次", "删去其中一处；两处内容都要时合并成一处。"),
    en=("“{key}” is written twice", "Delete one of them, or merge the two."),
)
NESTED_TOO_DEEP = fault(
    "F107",
    "nested_too_deep",
    Severity.ERROR,
    zh=("嵌套超过 {limit} 层", "检查缩进和括号，正常的文件不超过 6 层。"),
    en=("Nested deeper than {limit} levels", "Check indentation and brackets; an ordinary file needs no more than 6."),
)
ALIAS_EXPLOSION = fault(
    "F108",
    "alias_explosion",
    Severity.ERROR,
    zh=("引用（*{alias}）展开后过大，或者引用了自己", "去掉 & 和 * 引用，把内容直接写出来。"),
    en=("The alias *{alias} grows too large or refers to itself", "Write the content out instead of using & and *."),
)
NO_FRONT_MATTER = fault(
    "F109",
    "front_matter_missing",
    Severity.ERROR,
    zh=("信息文件开头没有元数据", "第一行写三个连字符 ---，接着写元数据，再用一行 --- 结束；可以用 mulu new item 生成。"),
    en=(
        "The item has no front matter",
        "Start with a line ---, then the metadata, then a line ---; `mulu new item` writes one.",
    ),
)
UNCLOSED_FRONT_MATTER = fault(
    "F110",
    "front_matter_unclosed",
    Severity.ERROR,
    zh=("元数据没有结束行", "在元数据最后一行之后加一行 ---。"),
    en=("The front matter is not closed", "Add a line --- after its last line."),
)
SYMBOLIC_LINK = fault(
    "F111",
    "symbolic_link",
    Severity.ERROR,
    zh=("这不是普通文件（是符号链接、子模块或者管道），不会被读取", "删去它，把文件本身放在这里。"),
    en=("This is no ordinary file (a symbolic link, submodule or pipe); it is not read", "Put the file itself here."),
)
OUT_OF_PLACE = fault(
    "F112",
    "file_out_of_place",
    Severity.WARNING,
    zh=("不认识这个位置上的文件，没有读取", "对照 README 的文件夹说明移动它；附件要放在与信息编号同名的文件夹里。"),
    en=(
        "No file is expected here; it was not read",
        "Move it to where the README shows; attachments belong in the folder named after their item.",
    ),
)
EMPTY_FILE = fault(
    "F113",
    "empty_file",
    Severity.ERROR,
    zh=("文件是空的", "写入内容，或者删去这个文件。"),
    en=("The file is empty", "Fill it or delete it."),
)
UNSAFE_NAME = fault(
    "F114",
    "unsafe_file_name",
    Severity.ERROR,
    zh=("文件名含有不能用于网址的字符：{characters}", "改名，只用汉字、字母、数字、连字符、下划线和点。"),
    en=(
        "The file name holds characters that cannot stand in an address: {characters}",
        "Rename it: letters, digits, hyphen, underscore and dot.",
    ),
)
SEVERAL_DOCUMENTS = fault(
    "F115",
    "several_documents",
    Severity.ERROR,
    zh=("一个文件里有几份 YAML（中间又出现了 ---）", "删去多余的 --- 行，或者分成几个文件。"),
    en=("One file holds several YAML documents (a second ---)", "Delete the extra --- or split the file."),
)
CONTROL_CHARACTER = fault(
    "F116",
    "control_character",
    Severity.ERROR,
    zh=("文件里有看不见的控制字符（{character}）", "删去这个字符；它往往是从别的软件复制来的。"),
    en=(
        "The file holds an invisible control character ({character})",
        "Delete it; it usually comes from copying out of another program.",
    ),
)
NAME_COLLISION = fault(
    "F117",
    "file_name_collision",
    Severity.ERROR,
    zh=("文件名只有大小写不同：{other}", "改掉其中一个名称；在 Windows 上它们是同一个文件。"),
    en=("The names differ only in case: {other}", "Rename one of them; on Windows they are the same file."),
)
NOTHING_TO_CHECK = fault(
    "F118",
    "nothing_to_check",
    Severity.ERROR,
    zh=("没有可以检查的内容", "确认所给的文件夹含有 catalogs/，并且其中有站点、部门和目录文件；可以用 mulu init 新建一个。"),
    en=(
        "There is nothing to check",
        "Make sure the folder holds catalogs/ with site, departments and catalogs; `mulu init` makes one.",
    ),
)
REQUIRED_FILE_MISSING = fault(
    "F119",
    "required_file_missing",
    Severity.ERROR,
    zh=("缺少文件 {file}", "新建这个文件；可以从 mulu init 生成的样例复制。"),
    en=("The file {file} is missing", "Create it; `mulu init` writes one to copy from."),
)

FAULTS = (
    NOT_UTF8, TOO_LARGE, BYTE_ORDER_MARK, CRLF, YAML_SYNTAX, REPEATED_KEY, NESTED_TOO_DEEP, ALIAS_EXPLOSION, NO_FRONT_MATTER,
    UNCLOSED_FRONT_MATTER, SYMBOLIC_LINK, OUT_OF_PLACE, EMPTY_FILE, UNSAFE_NAME, SEVERAL_DOCUMENTS, CONTROL_CHARACTER,
    NAME_COLLISION, NOTHING_TO_CHECK, REQUIRED_FILE_MISSING,
)  # fmt: skip
