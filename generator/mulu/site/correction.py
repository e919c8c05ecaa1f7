"""纠错: the link with which a reader says what is wrong on a page, filled with the page's title and address."""

from urllib.parse import quote

_SUBJECT, _PAGE, _WHAT = (quote(words, safe="") for words in ("纠错：", "页面：", "\r\n\r\n哪里有误、应当怎样：\r\n"))


def correction(pattern: str, title: str, address: str) -> str:
    """The link of one page; empty without a pattern.

    A pattern with `{title}` or `{address}` is a form or a new issue; a bare mail address gets subject and text; any other
    address is opened as it is.
    """
    if "{title}" in pattern or "{address}" in pattern:
        return pattern.replace("{title}", quote(title, safe="")).replace("{address}", quote(address, safe=""))
    if pattern.startswith("mailto:") and "?" not in pattern:
        return f"{pattern}?subject={_SUBJECT}{quote(title, safe='')}&body={_PAGE}{quote(address, safe='')}{_WHAT}"
    return pattern
