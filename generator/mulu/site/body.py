"""The body of an item as official paper: clean HTML, links resolved, addressee and signature set apart."""

import re
from urllib.parse import quote, unquote

from mulu.files.item_text import body_of

_LINK = re.compile(r'(?P<before><(?:a|img)\b[^>]*?\s(?:href|src)=")(?P<target>[^"]*)"')
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_DAY = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\Z")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def body_html(path: str, content: bytes, item: str, issuers: tuple[str, ...]) -> str:
    """The HTML of an item file's body, for a page in `items/`."""
    html = body_of(path, content)
    html = _LINK.sub(lambda match: f'{match["before"]}{_resolved(match["target"], item)}"', html)
    html = html.replace("<table>", '<div class="mulu-tablebox"><table>').replace("</table>", "</table></div>")
    return _set(html, issuers)


def _resolved(target: str, item: str) -> str:
    """Links as departments write them to relative addresses; the checks have seen that they lead somewhere."""
    address, hash, fragment = target.partition("#")
    kind, colon, id = address.partition(":")
    match kind.lower() if colon else "":
        case "item":
            return f"{id}.html{hash}{fragment}"
        case "entry":
            return f"../entries/{id}.html{hash}{fragment}"
    if not address or _SCHEME.match(address):
        return target
    return f"{item}/{quote(unquote(address))}{hash}{fragment}"


def _set(html: str, issuers: tuple[str, ...]) -> str:
    """Addressee (first paragraph, ends with a colon) without indent; issuer and date as signature to the right."""
    paragraphs = list(_PARAGRAPH.finditer(html))
    made = html
    for paragraph in reversed(paragraphs):
        if not paragraph[1].rstrip().endswith(("日", *issuers)):
            continue
        lines = [line.strip() for line in re.split(r"<br ?/?>|\n", paragraph[1]) if line.strip()]
        if lines and all(_DAY.match(line) or line in issuers for line in lines):
            made = f'{made[: paragraph.start()]}<p class="sign">{"<br>".join(lines)}</p>{made[paragraph.end() :]}'
    first = paragraphs[0] if paragraphs else None
    if first and first.start() < 2 and first[1].rstrip().endswith(("：", ":")) and len(first[1]) < 120:
        made = f'<p class="to">{first[1]}</p>{made[first.end() :]}' if made.startswith(first.group()) else made
    return made
