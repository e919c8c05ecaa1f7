"""Items of a corpus as content files of another generator.

A file holds the item's own front matter, with what our page says of other items (answers, relations) worked out, so that no peer has
to look anything up; the body is the same Markdown with links as that generator writes them.
"""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from mulu import flow
from mulu.files.frontmatter import split
from mulu.model.item import Item
from mulu.pages.item import item_page
from mulu.site.shell import shell

_LINK = re.compile(r"\]\((?:(item|entry):([^)]+)|(?!https?:)([^)]+))\)")


def exported(root: Path, as_of: str) -> Iterator[tuple[str, str]]:
    """Id and file of every item of the repository at `root`."""
    checked = flow.check(root, as_of=date.fromisoformat(as_of))
    site = checked.repository.site
    assert site is not None
    for item in checked.repository.items.values():
        page = item_page(item, checked.repository, checked.correspondence, site)
        parts, _ = split(item.origin.path, (root / item.origin.path).read_text("utf-8"))
        assert parts is not None
        head = "".join(
            f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in _metadata(item, page.data).items() if value
        )
        yield item.id, f"---\n{head}---\n{_LINK.sub(lambda match, id=item.id: _linked(match, id), parts.body)}"  # type: ignore[misc]  # a default binds id in the loop


def attachments(root: Path, target: Path) -> None:
    """Copy every attachment to `target`/ID/."""
    for folder in root.glob("catalogs/departments/*/items/*/*/"):
        shutil.copytree(folder, target / folder.name)


def frame(root: Path, as_of: str, slots: dict[str, str]) -> str:
    """Our frame of item pages with the peer's own template code in its slots."""
    checked = flow.check(root, as_of=date.fromisoformat(as_of))
    assert checked.repository.site is not None
    made = shell(root, checked.tree, checked.repository.site, home=root).frames["frames/disclosure.html"]
    values = slots | {"policy": escape(made.policy)}
    pieces = [made.pieces[0]]
    for slot, piece in zip(made.slots, made.pieces[1:], strict=True):
        pieces += [values[slot], piece]
    return "".join(pieces)


def _linked(match: re.Match[str], id: str) -> str:
    kind, target, file = match.groups()
    return f"]({'../entries/' if kind == 'entry' else ''}{target}.html)" if kind else f"]({id}/{file})"


def _metadata(item: Item, data: dict[str, Any]) -> dict[str, Any]:
    shown = {label: value for label, value, _, _ in data["metadata"]}
    banner = data["banner"]
    return {
        "title": item.title, "index_number": item.index_number, "subject": item.subject, "issuers": list(item.issuers),
        "document_number": item.number, "formed_on": shown["成文日期"], "issued_on": shown["发布日期"], "issued": item.published.isoformat(),
        "effective_on": shown.get("施行日期"), "validity": item.validity, "column": shown["信息类别"], "span": shown.get("所属期间"),
        "source": item.source, "words": list(item.keywords), "about": item.summary, "list": f"../disclosure/{item.kind}-{item.published.year}.html",
        "answers": [{"address": address, "wording": wording, "elements": elements} for address, wording, elements in data["entries"]],
        "banner": banner and [banner[0], banner[1], [{"address": f"../{each.address}", "label": each.number or each.title} for each in banner[2]]],
        "service": item.service and {key: getattr(item.service, key) for key in ("handler", "phone", "time", "fee")},
        "comment": item.comment and {"from": item.comment.first.isoformat(), "until": item.comment.last.isoformat(), "how": item.comment.how},
        "files": list(data["attachments"]),
        "related": [
            {"word": word, "address": f"../{each.address}", "title": each.title, "number": each.number, "day": str(each.published)}
            for word, each in data["relations"]
        ],
    }  # fmt: skip
