"""The portal shell: a page saved from the government's portal, with slots in it, as the frame of every page.

Everything outside the slots stays the portal's: header, footer, scripts, styles and identification codes. What would not work on
our pages (other bytes than UTF-8, links that lead nowhere from our folders, slots that are missing or misspelt) is refused by line.
"""

import difflib
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import msgspec

from mulu.diagnostics import CouldNotRun, Text
from mulu.site.frame import Frame, split_frame
from mulu.site.portal_policy import portal_policy

PORTAL_SLOTS = {"title": True, "head": True, "content": True, "crumbs": False, "policy": False}
"""Slot → whether a portal page must have it."""

FOLDER = "assets/portal/"
"""Where files saved beside the portal's page stand in the site."""

PART = "<!--mulu-part-->"
"""Between the head and the body of what the theme's portal.html gives."""

_UP = "\0up\0"
_SLOT = re.compile(r"<!--\s*mulu:\s*([\w-]*)\s*-->")
_PIECE = re.compile(r"<!--.*?-->|(?P<open><(?P<name>[a-z][a-z0-9]*)\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)", re.I | re.S)
_RAW = re.compile(r"(?P<before>.*?)(?=</(?:script|style)\b|\Z)", re.I | re.S)
_ATTRIBUTE = re.compile(r"(?P<before>\s(?P<name>href|src|action|poster|background)\s*=\s*)(?:\"(?P<d>[^\"]*)\"|'(?P<s>[^']*)'|(?P<u>[^\s\"'>]+))", re.I)  # fmt: skip
_URL = re.compile(r"(?P<before>url\(\s*['\"]?|@import\s+['\"])(?P<u>[^'\")]+)", re.I)
_ROOTED = re.compile(r"(?:[a-z][a-z0-9+.-]*:|/|#|\?|\Z)", re.I)
_META = re.compile(r"<meta\b[^>]*\bname\s*=\s*[\"']?(?P<name>[A-Za-z]+)[^>]*>", re.I)
_CANONICAL = re.compile(r"<link\b[^>]*\brel\s*=\s*[\"']?canonical[^>]*>", re.I)
_CHARSET = re.compile(r"<meta\b[^>]*\bcharset\s*=\s*[\"']?\s*(?P<name>[\w-]+)", re.I)
_SCHEME = re.compile(r"<meta\b(?=[^>]*\bname\s*=\s*[\"']?color-scheme\b)[^>]*\bcontent\s*=\s*[\"']?(?P<said>[\w -]+)", re.I)
_CODES = {"sitename", "sitedomain", "siteidcode"}
_OF_ONE_PAGE = {
    "columnname", "columndescription", "columnkeywords", "columntype", "articletitle", "pubdate", "contentsource", "keywords",
    "author", "description", "image", "url",
}  # fmt: skip


class UnusableShell(CouldNotRun):
    """The saved page cannot be the frame; says every line that is wrong, and what to do."""

    def __init__(self, path: Path, wrong: list[tuple[int, Text]]) -> None:
        """`wrong` are lines (0 for the whole file) with what is wrong there."""
        shown = wrong[:12]
        zh = "".join(f"\n  {f'第 {line} 行：' if line else ''}{text.zh}" for line, text in shown)
        en = "".join(f"\n  {f'line {line}: ' if line else ''}{text.en}" for line, text in shown)
        more = len(wrong) - len(shown)
        super().__init__(Text(
            f"{path} 不能用作网站的框架，没有发布：{zh}" + (f"\n  另有 {more} 处。" if more else ""),
            f"{path} cannot be the frame of the site; nothing was published:{en}" + (f"\n  and {more} more." if more else ""),
        ))  # fmt: skip


class Portal(msgspec.Struct, frozen=True):
    """The saved page, made ready: `files` that stand beside it by address, `codes` the meta names that stay the portal's.

    `dark` is how it said that it has dark colours, too (`<meta name="color-scheme">`): "" not at all, "asked" by the reader's
    system, or "always".
    """

    html: str
    files: dict[str, str]
    codes: tuple[str, ...]
    digest: str
    dark: str


def read_portal(path: Path) -> Portal:
    """Read and examine a saved page. Raises UnusableShell."""
    text = _decoded(path)
    wrong = [*_charset(text), *_slots(text)]
    links = _Links(path.resolve().parent, wrong)
    made = links.page(text)
    if wrong:
        raise UnusableShell(path, sorted(wrong, key=lambda each: each[0]))
    codes = tuple(sorted({name for each in _META.finditer(made) if (name := each["name"]).lower() in _CODES}))
    made = _META.sub(lambda each: "" if each["name"].lower() in _OF_ONE_PAGE else each.group(), _CANONICAL.sub("", made))
    made = _SLOT.sub(lambda each: f"<!--mulu:{each[1]}-->", made)
    digest = hashlib.sha256(made.encode())
    for address, file in sorted(links.files.items()):
        digest.update(address.encode() + Path(file).read_bytes())
    return Portal(made, links.files, codes, digest.hexdigest(), _dark(made))


def portal_frame(portal: Portal, inside: str, up: str) -> Frame:
    """The frame of one folder depth: `inside` is what the theme's portal.html gives, `up` the way to the site's root."""
    head, body = inside.split(PART)
    html = portal.html.replace(_UP, f"{up}{FOLDER}").replace("<!--mulu:head-->", head.strip())
    if "<!--mulu:crumbs-->" in html:
        body = re.sub(r"<nav class=\"mulu-crumbs\".*?</nav>\s*", "", body, flags=re.S)
    html = html.replace("<!--mulu:content-->", body.strip())
    return msgspec.structs.replace(split_frame(html, tight=False), policy=portal_policy(html), codes=portal.codes)


def _dark(html: str) -> str:
    """Ours follows the standard word of a page about its colours; a portal that does not say it is light, whatever the reader's system."""
    found = _SCHEME.search(re.sub(r"<!--.*?-->", "", html, flags=re.S))
    said = found["said"].lower().split() if found else []
    return "" if "dark" not in said else "asked" if "light" in said else "always"


def _decoded(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as failed:
        raise UnusableShell(path, [(0, Text(f"文件读不出：{failed.strerror}。检查路径。", f"the file cannot be read: {failed.strerror}."))]) from failed  # fmt: skip
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnusableShell(path, [(0, _encoding(content))]) from None
    if "\0" in text:
        raise UnusableShell(path, [(0, Text("不是网页：含有空字节。", "not a page: it holds NUL bytes."))])
    return text


def _encoding(content: bytes) -> Text:
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return Text("不是 UTF-8 文字。用浏览器另存为网页，再存成 UTF-8。", "not UTF-8 text; save the page again as UTF-8.")
    return Text(
        "编码是 GB18030（GBK、GB2312），网站只用 UTF-8。另存为 UTF-8，或者 iconv -f GB18030 -t UTF-8，并把 <meta charset> 改为 utf-8。",
        "the encoding is GB18030 (GBK, GB2312); save as UTF-8 (iconv -f GB18030 -t UTF-8) and set <meta charset> to utf-8.",
    )


def _charset(text: str) -> Iterator[tuple[int, Text]]:
    found = _CHARSET.search(text)
    if found is None:
        yield 0, Text('没有 <meta charset="utf-8">，浏览器会猜错编码。在 <head> 里加上。', 'no <meta charset="utf-8">; add it to <head>.')  # fmt: skip
    elif found["name"].lower() != "utf-8":
        yield (
            _line(text, found.start()),
            Text(
                f"文件是 UTF-8，却写着 charset={found['name']}，页面会成乱码。改为 utf-8。",
                f"the file is UTF-8 but says charset={found['name']}; change it to utf-8.",
            ),
        )


def _slots(text: str) -> Iterator[tuple[int, Text]]:
    seen: dict[str, int] = {}
    for each in _SLOT.finditer(text):
        name, line = each[1], _line(text, each.start())
        if name not in PORTAL_SLOTS:
            near = difflib.get_close_matches(name, PORTAL_SLOTS, 1)
            known = "、".join(f"mulu:{slot}" for slot in PORTAL_SLOTS)
            yield (
                line,
                Text(
                    f"没有 mulu:{name} 这个位置{f'，是不是 mulu:{near[0]}' if near else ''}。可以用的：{known}。",
                    f"there is no slot mulu:{name}{f'; did you mean mulu:{near[0]}' if near else ''}. Known: {known}.",
                ),
            )
        elif name in seen:
            yield line, Text(f"mulu:{name} 在第 {seen[name]} 行已经有了，只能有一个。", f"mulu:{name} already stands in line {seen[name]}.")  # fmt: skip
        else:
            seen[name] = line
            yield from _misplaced(text, name, each.start())
    for name in (slot for slot, needed in PORTAL_SLOTS.items() if needed and slot not in seen):
        yield 0, Text(f"没有 <!--mulu:{name}-->。{_WHERE[name].zh}", f"<!--mulu:{name}--> is missing. {_WHERE[name].en}")


_WHERE = {
    "title": Text("写在 <title> 里，代替原来的标题。", "Put it inside <title> in place of the old title."),
    "head": Text("写在 </head> 前面。", "Put it before </head>."),
    "content": Text("写在正文区，代替原来的正文；删去栏目列表和正文的 HTML。", "Put it where the text of the page was."),
    "crumbs": Text("写在正文区的列表 <ol> 里。", "Put it inside a list <ol> of the body."),
    "policy": Text('写成 <meta http-equiv="Content-Security-Policy" content="<!--mulu:policy-->">。', 'Write <meta http-equiv="Content-Security-Policy" content="<!--mulu:policy-->">.'),
}  # fmt: skip


def _misplaced(text: str, name: str, at: int) -> Iterator[tuple[int, Text]]:
    before = text[:at].lower()
    in_head = "</head" not in before and "<body" not in before
    right = in_head if name in ("title", "head", "policy") else not in_head
    if name == "title":
        right = right and before.rstrip().endswith("<title>")
    if not right:
        yield (
            _line(text, at),
            Text(f"mulu:{name} 的位置不对。{_WHERE[name].zh}", f"mulu:{name} is misplaced. {_WHERE[name].en}"),
        )


class _Links:
    """One pass over the page: links from our folders work, or are entered in `wrong`; what stands beside the page is in `files`."""

    def __init__(self, folder: Path, wrong: list[tuple[int, Text]]) -> None:
        self.folder = folder
        self.wrong = wrong
        self.files: dict[str, str] = {}

    def page(self, text: str) -> str:
        """The page with links to files beside it made ready for any depth."""
        kept, end = [], 0
        while found := _PIECE.search(text, end):
            line = _line(text, found.start())
            kept += [text[end : found.start()], self._tag(found, line) if found["name"] else found.group()]
            end = found.end()
            if found["name"] and found["name"].lower() in ("script", "style"):
                raw = _RAW.match(text, end)
                assert raw is not None
                kept.append(self._style(raw.group(), line) if found["name"].lower() == "style" else raw.group())
                end = raw.end()
        return "".join([*kept, text[end:]])

    def _tag(self, found: re.Match[str], line: int) -> str:
        name = found["name"].lower()
        if name == "base":
            self.wrong.append((line, Text("<base> 会使本站的链接全部失效。删去它，把链接改成以 / 开头。", "<base> breaks every link of ours; remove it, begin links with /.")))  # fmt: skip
        return _ATTRIBUTE.sub(lambda each: self._attribute(each, name, line), found.group())

    def _attribute(self, each: re.Match[str], tag: str, line: int) -> str:
        value = next(each[group] for group in "dsu" if each[group] is not None)
        resource = tag not in ("a", "area", "form")
        return f'{each["before"]}"{self._target(value, self.folder, line, resource=resource, label=value)}"'

    def _style(self, css: str, line: int) -> str:
        return _URL.sub(lambda each: each["before"] + self._target(each["u"], self.folder, line, resource=True, label=each["u"]), css)  # fmt: skip

    def _target(self, value: str, folder: Path, line: int, *, resource: bool, label: str) -> str:
        address = value.strip()
        if _ROOTED.match(address) and not address.lower().startswith("file:"):
            return value
        path, mark, rest = address.partition("?")
        file = (folder / unquote(path.partition("#")[0])).resolve()
        if resource and file.is_relative_to(self.folder) and file.is_file():
            return _UP + quote(self._shipped(file)) + mark + rest
        what = (
            Text("旁边没有这个文件", "there is no such file beside the page")
            if resource
            else Text("相对链接", "a relative link")
        )
        self.wrong.append((line, Text(
            f"{label}：{what.zh}，在本站的文件夹里打不开。改成以 / 或者 https:// 开头的地址。",
            f"{label}: {what.en}; it leads nowhere from our folders. Begin the address with / or https://.",
        )))  # fmt: skip
        return value

    def _shipped(self, file: Path) -> str:
        """The address of a file below FOLDER; a style sheet brings along what it uses, by links that stay as they are."""
        address = file.relative_to(self.folder).as_posix()
        if FOLDER + address not in self.files:
            self.files[FOLDER + address] = str(file)
            if file.suffix.lower() == ".css":
                for each in _URL.finditer(file.read_text("utf-8", errors="replace")):
                    self._target(each["u"], file.parent, 0, resource=True, label=f"{address} → {each['u']}")
        return address


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
