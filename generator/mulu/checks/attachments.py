"""I140–I149: the files published with items. Content is judged by its first bytes (files.sniff), not by its name."""

from collections import Counter
from collections.abc import Iterator

from mulu.checks.rule import Finding, Over, View, at, at_origin, rule
from mulu.diagnostics import Severity, Text
from mulu.model.item import Item
from mulu.model.origin import Origin

CONTENT = {
    "pdf": ("pdf",), "doc": ("ole",), "docx": ("docx",), "xls": ("ole",), "xlsx": ("xlsx",), "csv": ("text",),
    "ppt": ("ole",), "pptx": ("pptx",), "wps": ("ole", "docx"), "et": ("ole", "xlsx"), "ofd": ("ofd",), "txt": ("text",),
    "zip": ("zip",), "rar": ("rar",), "png": ("png",), "jpg": ("jpeg",), "jpeg": ("jpeg",), "gif": ("gif",), "webp": ("webp",),
    "mp4": ("mp4",), "mp3": ("mp3",),
}  # fmt: skip
"""Every extension that may be published → the content it may have."""

_OLD = {"doc": "docx", "xls": "xlsx", "ppt": "pptx"}

_NAMES = {
    "ole": Text("旧版 Office 文档，或者加了密码的文档", "an old Office document, or one with a password"),
    "macro": Text("带宏的 Office 文档", "an Office document with macros"),
    "text": Text("纯文本", "plain text"),
    "html": Text("网页", "a web page"),
    "exe": Text("程序", "a program"),
    "unknown": Text("认不出的内容", "nothing that is known here"),
}


@rule(
    "I140", Severity.ERROR, Over.EVERYTHING,
    zh=("列出的附件“{file}”不在文件夹里", "把文件放进 {folder}/，文件名一字不差；或者删去这一项。"),
    en=("The attachment “{file}” is listed but not there", "Put it into {folder}/ under exactly this name, or delete this entry."),
)  # fmt: skip
def attachment_missing(view: View) -> Iterator[Finding]:
    """Every listed file exists."""
    for item in view.repository.all_items:
        for index, attachment in enumerate(() if item.withdrawn else item.attachments):
            if not _escapes(attachment.file) and f"{item.folder}/{attachment.file}" not in view.repository.files:
                yield at(item, "attachments", index, "file", file=attachment.file, folder=item.folder)


@rule(
    "I141", Severity.ERROR, Over.EVERYTHING,
    zh=("附件“{file}”是空文件（0 字节）", "重新复制一次原文件；不需要的就删去它和“attachments”里的那一项。"),
    en=("The attachment “{file}” is empty (0 bytes)", "Copy the original again, or delete the file and its entry."),
)  # fmt: skip
def attachment_empty(view: View) -> Iterator[Finding]:
    """A file of no bytes helps nobody."""
    for path in view.repository.attachments:
        if view.repository.files[path].size == 0:
            yield at_origin(Origin(path), file=_name(path))


@rule(
    "I142", Severity.ERROR, Over.EVERYTHING,
    zh=("附件“{file}”的内容不是 {extension}，而是：{actual}", "用原来的软件打开，取消密码和宏，“另存为”{extension} 格式；只改扩展名没有用。"),
    en=("The attachment “{file}” is not {extension} inside; it is: {actual}", "Open it, remove password and macros, and save it as {extension}; renaming is not enough."),
)  # fmt: skip
def attachment_mislabelled(view: View) -> Iterator[Finding]:
    """The content fits the extension."""
    for path, actual in view.repository.attachments.items():
        expected = CONTENT.get(_extension(path))
        if expected and actual not in expected and view.repository.files[path].size:
            yield at_origin(Origin(path), file=_name(path), extension=_extension(path), actual=_NAMES.get(actual, actual))


@rule(
    "I143", Severity.ERROR, Over.EVERYTHING,
    zh=("附件“{file}”有 {size} MB，超过本站 {limit} MB 的上限", "压缩图片后重新导出，或者拆成几个文件；上限写在 site.yml 的 attachment_limit_mb。"),
    en=("The attachment “{file}” has {size} MB; this site's limit is {limit} MB", "Compress its pictures or split it; the limit is attachment_limit_mb in site.yml."),
)  # fmt: skip
def attachment_too_large(view: View) -> Iterator[Finding]:
    """No file is larger than site.attachment_limit_mb."""
    limit = view.repository.site.attachment_limit_mb if view.repository.site else 0
    for path in view.repository.attachments if limit else ():
        size = view.repository.files[path].size
        if size > limit * 1024 * 1024:
            yield at_origin(Origin(path), file=_name(path), size=f"{size / 1048576:.1f}", limit=limit)


@rule(
    "I144", Severity.ERROR, Over.ITEM,
    zh=("附件文件名“{file}”带有路径", "只写文件名，不写斜杠和“..”；文件本身放在与信息编号同名的文件夹里。"),
    en=("The attachment “{file}” is written with a path", "Write the bare file name; the file belongs in the folder named after the item."),
)  # fmt: skip
def attachment_path_escapes(item: Item) -> Iterator[Finding]:
    """An attachment is named, not addressed: a path could lead out of the folder."""
    for index, attachment in enumerate(item.attachments):
        if _escapes(attachment.file):
            yield at(item, "attachments", index, "file", file=attachment.file)


@rule(
    "I145", Severity.WARNING, Over.EVERYTHING,
    zh=("文件“{file}”放在信息 {id} 的文件夹里，元数据没有列出，正文也没有链接", "要公开的，在“attachments”里加一项；不公开的，从文件夹删去。"),
    en=("The file “{file}” stands in the folder of {id}, but neither metadata nor text mention it", "List it under `attachments`, or delete it."),
)  # fmt: skip
def attachment_unlisted(view: View) -> Iterator[Finding]:
    """Nobody finds a file that nothing points to, and nobody may have meant to publish it."""
    folders = {_folder(path) for path in view.repository.attachments}
    owners = {item.folder: item for item in view.repository.all_items if item.folder in folders}
    mentioned = {
        f"{item.folder}/{name}"
        for item in owners.values()
        for name in (*(each.file for each in item.attachments), *(link.target.partition("#")[0] for link in item.body.links))
    }
    for path in view.repository.attachments:
        owner = owners.get(_folder(path))
        if owner and path not in mentioned:
            yield at_origin(Origin(path), related=[owner], file=_name(path), id=owner.id)


@rule(
    "I146", Severity.ERROR, Over.EVERYTHING,
    zh=("不允许发布这种格式的附件：“{file}”", "另存为 pdf、docx、xlsx 等格式再放进来；可以发布的格式有：{allowed}。"),
    en=("Attachments of this format are not published: “{file}”", "Save it as pdf, docx or xlsx; allowed are: {allowed}."),
)  # fmt: skip
def attachment_type_forbidden(view: View) -> Iterator[Finding]:
    """Programs, scripts, web pages and documents with macros could harm who downloads them."""
    for path in view.repository.attachments:
        if _extension(path) not in CONTENT:
            yield at_origin(Origin(path), file=_name(path), allowed=list(CONTENT))


@rule(
    "I147", Severity.WARNING, Over.EVERYTHING,
    zh=("附件文件夹 {folder}/ 没有对应的信息", "补上同名的信息文件 {folder}.md；或者把文件夹改成所属信息的编号；不要的就删去。"),
    en=("The attachment folder {folder}/ belongs to no item", "Add {folder}.md, rename the folder to the id of its item, or delete it."),
)  # fmt: skip
def attachment_without_item(view: View) -> Iterator[Finding]:
    """Every folder of attachments stands beside the item of the same name; reported once, at its first file."""
    first = {_folder(path): path for path in reversed(tuple(view.repository.attachments))}
    for folder, path in first.items():
        if f"{folder}.md" not in view.repository.files:
            yield at_origin(Origin(path), folder=folder)


@rule(
    "I148", Severity.ERROR, Over.ITEM,
    zh=("附件“{file}”列了两次", "删去其中一项；其实是两个文件的，给它们不同的文件名。"),
    en=("The attachment “{file}” is listed twice", "Delete one entry; if two files are meant, give them different names."),
)  # fmt: skip
def attachment_listed_twice(item: Item) -> Iterator[Finding]:
    """Each file stands in the list once."""
    seen: Counter[str] = Counter()
    for index, attachment in enumerate(item.attachments):
        seen[attachment.file] += 1
        if seen[attachment.file] == 2:
            yield at(item, "attachments", index, "file", file=attachment.file)


@rule(
    "I149", Severity.NOTICE, Over.EVERYTHING,
    zh=("附件“{file}”是旧格式 {extension}", "可以照常发布；另存为 {newer} 或者 pdf，手机和国产软件更容易打开。"),
    en=("The attachment “{file}” is in the old format {extension}", "It is published all the same; {newer} or pdf opens on more devices."),
)  # fmt: skip
def attachment_old_format(view: View) -> Iterator[Finding]:
    """doc, xls and ppt open badly on phones."""
    for path in view.repository.attachments:
        extension = _extension(path)
        if extension in _OLD:
            yield at_origin(Origin(path), file=_name(path), extension=extension, newer=_OLD[extension])


def _escapes(file: str) -> bool:
    return file in (".", "..") or "/" in file or "\\" in file


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _extension(path: str) -> str:
    return _name(path).rpartition(".")[2].casefold() if "." in _name(path) else ""


RULES = (
    attachment_missing, attachment_empty, attachment_mislabelled, attachment_too_large, attachment_path_escapes,
    attachment_unlisted, attachment_type_forbidden, attachment_without_item, attachment_listed_twice, attachment_old_format,
)  # fmt: skip
