"""A saved web page to the HTML of its text: the mandated meta tags, the part that holds the article, pictures beside the page."""

import base64
import binascii
import re
from pathlib import Path
from urllib.parse import unquote

from bs4 import BeautifulSoup, Tag

from mulu.documents.opened import Opened
from mulu.documents.word import Html, Pictures

_ARTICLE = re.compile(
    r"UCAP-CONTENT|TRS_Editor|TRS_UEDITOR|zoom|article|content|detail|main-?text|xxgk|conTxt|news_?text|view", re.IGNORECASE
)
_FURNITURE = (
    "script", "style", "noscript", "template", "iframe", "object", "embed", "form", "nav", "header", "footer", "aside", "button",
    "select", "input", "link", "meta", "svg",
)  # fmt: skip
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_PICTURE_LIMIT = 20 * 1024 * 1024


def from_html(file: Opened) -> Html:
    """The article of the page with its title before it; scripts and the page's furniture are left out."""
    soup = BeautifulSoup(decoded(file.content), "html.parser")
    title = _title(soup)
    for element in soup(list(_FURNITURE)):
        element.decompose()
    article = _article(soup)
    for table in article.find_all("table"):
        if len(table.find_all(["td", "th"])) == 1:  # old pages put the whole text into a table of one cell
            table.name = "div"
    pictures = Pictures()
    for image in article.find_all("img"):
        source = str(image.get("src") or "")
        image.attrs.update({"alt": str(image.get("alt") or "")} | _kept(source, file.path, pictures))
    inner = article.decode_contents()
    head = "" if title is None or _starts_with(article, title) else f"<h1>{title.replace('<', '&lt;')}</h1>"
    return Html(head + inner, tuple(pictures.kept), tuple(pictures.lost))


def decoded(content: bytes) -> str:
    """The text in the encoding that it is really in: Unicode by its mark or form, otherwise GB18030; what it says of itself comes last."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        said = _CHARSET.search(content[:4096])
        name = said[1].decode("ascii").lower() if said else ""
        return content.decode("big5" if name == "big5" else "gb18030", "replace")


def _title(soup: BeautifulSoup) -> str | None:
    """ArticleTitle of 政府网站发展指引; the page's own title names the site as well and is not taken."""
    for meta in soup.find_all("meta"):
        if str(meta.get("name") or "").lower() == "articletitle" and meta.get("content"):
            return str(meta["content"]).strip()
    return None


def _article(soup: BeautifulSoup) -> Tag:
    """The smallest element that is named like an article and holds most of the page's words; the body otherwise."""
    body = soup.body or soup
    whole = len(body.get_text(strip=True))
    best: Tag = body
    for element in body.find_all(["div", "article", "main", "td", "section"]):
        name = " ".join([str(element.get("id") or ""), *(element.get("class") or [])])
        named = element.name in ("article", "main") or _ARTICLE.search(name)
        if named and len(element.get_text(strip=True)) * 2 > whole:
            best = element
    return best


def _kept(source: str, page: Path, pictures: Pictures) -> dict[str, str]:
    """The picture in a data: address, or the file beside the page; nothing is fetched, nothing above the page's folder is read."""
    if source.startswith("data:image/"):
        try:
            return pictures.keep(base64.b64decode(source.partition(",")[2], validate=False))
        except (binascii.Error, ValueError):
            return pictures.lose("读不出的图片")
    folder = page.parent.resolve()
    target = (folder / unquote(source.partition("?")[0])).resolve() if "://" not in source and source else None
    if target is not None and target.is_relative_to(folder) and target.is_file() and target.stat().st_size <= _PICTURE_LIMIT:
        return pictures.keep(target.read_bytes())
    return pictures.lose("不在文件夹里的图片")


def _starts_with(article: Tag, title: str) -> bool:
    return re.sub(r"\s", "", article.get_text())[: len(title) + 80].startswith(re.sub(r"\s", "", title))
