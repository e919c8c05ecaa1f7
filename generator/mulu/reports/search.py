"""What a search found, for `mulu search`: as text and as JSON, version 1."""

from typing import Any

import msgspec

from mulu.pages.page import item_address
from mulu.search.answer import Answer
from mulu.search.asked import Found, Hit
from mulu.search.document import Document
from mulu.search.query import subjects


def found_json(found: Found) -> str:
    """One record; `total` is there when all hits are known, `at_most` always."""
    record = {
        "version": 1,
        "query": found.text,
        "words": found.query.words,
        "total": len(found.hits) if found.complete else found.at_most if found.exact else None,
        "at_most": found.at_most,
        "answer": _answer(found.answered) if found.answered else None,
        "hits": [_hit(hit) for hit in found.hits],
    }
    return msgspec.json.format(msgspec.json.encode(record), indent=2).decode() + "\n"


def found_text(found: Found, *, lang: str) -> str:
    """The answer first, then a few lines for every hit."""
    zh = lang == "zh"
    lines = []
    if found.answered:
        quoted = found.answered
        lines += ["直接答复（原文）：" if zh else "Answer (quoted):", *_indented(f"{quoted.heading}\n{quoted.text}")]
        lines += [f"    —— {_about(quoted.document)}", ""]
    for hit in found.hits:
        lines += [f"{hit.document.title}", f"    {_about(hit.document)}", f"    {item_address(hit.document.id)}"]
        if hit.excerpt.attachment is not None:
            title = hit.document.attachments[hit.excerpt.attachment].title
            lines.append(f"    附件：{title}" if zh else f"    attachment: {title}")
        lines += ["    " + "".join(f"【{text}】" if marked else text for text, marked in hit.excerpt.pieces), ""]
    return "\n".join([*lines, _count(found, zh=zh)]) + "\n"


def _count(found: Found, *, zh: bool) -> str:
    if not found.query.words and not found.hits:
        return "没有可以查找的字。" if zh else "There is nothing to search for."
    shown = len(found.hits)
    if not shown and found.complete and (parts := " ".join(subjects(found.query))) not in ("", " ".join(found.query.words)):
        return (
            f"没有一条信息里有全部这些字词；可以只查：{parts}" if zh else f"0 found. Without the words that only ask: {parts}"
        )
    if found.complete:
        return f"找到 {shown} 条。" if zh else f"{shown} found."
    if found.exact:
        return f"找到 {found.at_most} 条，列出 {shown} 条。" if zh else f"{found.at_most} found, {shown} shown."
    return f"列出 {shown} 条，至多 {found.at_most} 条。" if zh else f"{shown} shown, {found.at_most} at most."


def _hit(hit: Hit) -> dict[str, Any]:
    place: dict[str, Any] = {"place": hit.excerpt.place, "pieces": hit.excerpt.pieces}
    if hit.excerpt.attachment is not None:
        attached = hit.document.attachments[hit.excerpt.attachment]
        place |= {"attachment": {"address": attached.address, "title": attached.title}}
    return _described(hit.document) | place


def _answer(answer: Answer) -> dict[str, Any]:
    return {"heading": answer.heading, "text": answer.text} | _described(answer.document)


def _described(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "address": item_address(document.id),
        "title": document.title,
        "number": document.number,
        "index_number": document.index_number,
        "kind": document.kind,
        "source": document.source,
        "validity": document.validity,
        "published": document.published,
    }


def _about(document: Document) -> str:
    known = (document.title, document.number, document.source, document.validity, document.published)
    return " · ".join(filter(None, known))


def _indented(text: str) -> list[str]:
    return [f"    {line}" for line in text.split("\n") if line]
