"""What was read from a document, in words, for the person who confirms it."""

from collections.abc import Iterator

from mulu.documents.item import Made


def made_text(made: Made, *, lang: str) -> str:
    """A line for each thing read, set aside or lost, so that nothing of the document is dropped without a word."""
    return "".join(f"{line}\n" for line in (_zh if lang == "zh" else _en)(made))


def _zh(made: Made) -> Iterator[str]:
    facts = made.document.facts
    read = (
        ("标题", facts.title), ("发文字号", facts.document_number), ("发文机关", "、".join(facts.issuers)), ("成文日期", facts.formed),
        ("施行日期", facts.effective),
    )  # fmt: skip
    yield "从文件里读出（请核对）：" + "；".join(
        f"{name} {value or '没有读出'}" for name, value in read if value or name != "施行日期"
    )
    for line in made.document.aside:
        yield f"没有放进正文（页面别处显示，或者是版头版记）：{line}"
    for reason in dict.fromkeys(made.document.lost):
        yield f"没有取出 {made.document.lost.count(reason)} 张图片：{reason}。请另存为 PNG 后手工加上。"
    if made.attached is None:
        yield f"原文件 {made.document.original.path.name} 不能作为附件公开（网页、Markdown，或者扩展名与内容不符），请自行留存。"
    yield "接着填写标着“待填写”的各项，运行 mulu check。"


def _en(made: Made) -> Iterator[str]:
    facts = made.document.facts
    read = (
        ("title", facts.title), ("number", facts.document_number), ("issuers", ", ".join(facts.issuers)), ("formed", facts.formed),
        ("in force", facts.effective),
    )  # fmt: skip
    yield "Read from the file (please confirm): " + "; ".join(
        f"{name} {value or 'not found'}" for name, value in read if value or name != "in force"
    )
    for line in made.document.aside:
        yield f"Not in the text (shown elsewhere on the page, or head and colophon): {line}"
    for reason in dict.fromkeys(made.document.lost):
        yield f"{made.document.lost.count(reason)} pictures were not taken out ({reason}); save them as PNG and add them by hand."
    if made.attached is None:
        yield f"The original {made.document.original.path.name} is not published as an attachment; keep it yourself."
    yield "Now fill in what is marked 待填写 and run mulu check."
