"""W110–W113: hand-written pages and the files beside them: they must not stand in for anything that is generated."""

from collections.abc import Iterator

from mulu.checks.attachments import CONTENT
from mulu.checks.rule import Finding, Over, View, at_origin, rule
from mulu.diagnostics import Severity, Text
from mulu.files.yaml import parse
from mulu.model.kinds import PAGES, RESERVED, RESERVED_PAGES, file_kind
from mulu.model.origin import Origin

KEYS = ("title", "description")
"""What the front matter of a page may say; `template` and the like would change how the site is built."""


@rule(
    "W110", Severity.ERROR, Over.EVERYTHING,
    zh=("网址 {address} 由程序生成，不能放手写的页面或者文件", "换一个文件名或者文件夹；这些名字保留：{reserved}。"),
    en=("The address {address} is generated; no hand-written page or file may stand there", "Choose another name or folder; these are reserved: {reserved}."),
)  # fmt: skip
def page_address_reserved(view: View) -> Iterator[Finding]:
    """A page in a generated folder would replace an official document, or our script."""
    for path in (*view.repository.pages, *view.repository.page_files):
        address = path.removeprefix(PAGES)
        top = address.split("/")[0].casefold()
        if top in RESERVED or top in RESERVED_PAGES:
            yield at_origin(Origin(path), address=address, reserved=sorted((*RESERVED, *RESERVED_PAGES)))


@rule(
    "W111", Severity.ERROR, Over.EVERYTHING,
    zh=("页面旁边不能放这种文件：{actual}", "页面写成 .md；图片和文档用这些格式：{allowed}，内容要与扩展名一致。"),
    en=("Such a file may not stand beside pages: {actual}", "Write pages as .md; pictures and documents may be {allowed}, with the content that the name says."),
)  # fmt: skip
def page_file_not_allowed(view: View) -> Iterator[Finding]:
    """Scripts, web pages, SVG and mislabelled files would be given out from our own address."""
    for path, actual in view.repository.page_files.items():
        extension = path.rpartition(".")[2].casefold()
        if actual not in CONTENT.get(extension, ()):
            yield at_origin(Origin(path), actual=f".{extension} ({actual})", allowed=sorted(CONTENT))


@rule(
    "W112", Severity.ERROR, Over.EVERYTHING,
    zh=("页面的元数据有问题：{problem}", "页面开头的元数据只写 {allowed}，写不好就删去两条 --- 线和中间的内容。"),
    en=("The metadata of the page is wrong: {problem}", "A page's metadata may only say {allowed}; or delete the two --- lines and what is between."),
)  # fmt: skip
def page_metadata(view: View) -> Iterator[Finding]:
    """Keys that MkDocs would act on, and metadata that nobody can read."""
    for path, text in view.repository.pages.items():
        if not text.startswith("---"):
            continue
        metadata, closed, _ = text.removeprefix("---\n").partition("\n---")
        value, found = parse(path, metadata + "\n", line_offset=1)
        if found or not closed or not isinstance(value, dict):
            yield at_origin(Origin(path), line=1, problem=Text("读不懂", "it cannot be read"), allowed=KEYS)
            continue
        for key, said in value.items():
            if key not in KEYS or not isinstance(said, str):
                yield at_origin(Origin(path), line=1, problem=key, allowed=KEYS)


@rule(
    "W113", Severity.WARNING, Over.EVERYTHING,
    zh=("发布过的页面 {page} 不见了，它的网址会打不开", "用 git 找回这个文件，写明内容移到了哪里；确实没有发布过的，可以不管。"),
    en=("The page {page} was committed once and is gone; its address would stop working", "Bring the file back and say where its content went; ignore this if it was never published."),
)  # fmt: skip
def page_vanished(view: View) -> Iterator[Finding]:
    """A hand-written page that an earlier commit held."""
    for path in view.repository.history.deleted:
        known = file_kind(path)
        if known and known[0].name == "page" and path.endswith(".md"):
            yield at_origin(Origin(path), page=path.removeprefix(PAGES))


RULES = (page_address_reserved, page_file_not_allowed, page_metadata, page_vanished)
