"""The Content Security Policy of a portal's page: what the portal itself brings may run, department text may not.

It is used only where the saved page asks for it (slot `policy`): scripts that portals load later, from addresses that no page
names, would be stopped by it, and the portal's own server may send a policy already.
"""

import base64
import hashlib
import re
from collections.abc import Iterable

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL | re.IGNORECASE)
_HANDLER = re.compile(r"<[a-z][^<>]*?\son[a-z]+\s*=\s*(?:\"(?P<d>[^\"]*)\"|'(?P<s>[^']*)')", re.IGNORECASE)
_ORIGIN = re.compile(
    r"<(?!a\b|area\b)[a-z][^<>]*?\s(?:src|href)\s*=\s*[\"']?(?P<origin>(?:https?:)?//[^/\"'\s>]+)", re.IGNORECASE
)


def portal_policy(html: str) -> str:
    """Inline scripts and handlers by their hashes, other hosts as the page names them; pictures and fonts from anywhere."""
    codes = [each["code"] for each in _SCRIPT.finditer(html) if not re.search(r"\ssrc\s*=", each["attributes"], re.IGNORECASE)]
    handlers = [each["d"] if each["d"] is not None else each["s"] for each in _HANDLER.finditer(html)]
    hosts = " ".join(dict.fromkeys(each["origin"].removeprefix("//") for each in _ORIGIN.finditer(html)))
    scripts = " ".join(["'self'", hosts, *_hashes([*codes, *handlers]), *(["'unsafe-hashes'"] if handlers else [])])
    return (
        f"default-src 'self' {hosts}; script-src {scripts}; style-src 'self' 'unsafe-inline' {hosts}; "
        "img-src * data:; font-src * data:; object-src 'none'; base-uri 'self'"
    ).replace("  ", " ").replace(" ;", ";")  # fmt: skip


def _hashes(codes: Iterable[str]) -> list[str]:
    return sorted({f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'" for code in codes})
