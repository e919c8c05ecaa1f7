"""A frame: HTML of the shell, split once at its slots; content is joined between the pieces and never searched."""

import base64
import hashlib
import re
from collections.abc import Mapping

import msgspec

SLOTS = ("title", "head", "policy", "crumbs", "content", "correction")
_MARKER = re.compile(rf"<!--mulu:({'|'.join(SLOTS)})-->")
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)


class Frame(msgspec.Struct, frozen=True):
    """`pieces` has one more member than `slots`; between piece n and n+1 stands slot n. `policy` is its CSP.

    `codes` are meta names that the frame has already and that pages leave to it.
    """

    pieces: tuple[str, ...]
    slots: tuple[str, ...]
    policy: str
    codes: tuple[str, ...] = ()


def split_frame(html: str, *, tight: bool = True) -> Frame:
    """Split the shell's HTML at its slot comments, `tight` without blank lines; raises ValueError without a content slot."""
    parts = _MARKER.split(_tight(html) if tight else html)
    slots = tuple(parts[1::2])
    if "content" not in slots:
        raise ValueError("frame without <!--mulu:content-->")
    return Frame(tuple(parts[::2]), slots, policy(html))


def fill(frame: Frame, values: Mapping[str, str]) -> str:
    """The page: every slot replaced by its value."""
    joined = [frame.pieces[0]]
    for slot, piece in zip(frame.slots, frame.pieces[1:], strict=True):
        joined += (values[slot], piece)
    return "".join(joined)


def policy(html: str) -> str:
    """Content Security Policy of a frame: scripts from our own address, the theme's inline scripts by their hashes."""
    hashes = sorted(
        {
            "'sha256-" + base64.b64encode(hashlib.sha256(found["code"].encode()).digest()).decode() + "'"
            for found in _SCRIPT.finditer(html)
            if "src=" not in found["attributes"] and "application/json" not in found["attributes"]
        }
    )
    scripts = " ".join(["'self'", *hashes])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self'; img-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'"
    )


def _tight(html: str) -> str:
    """Without the blank lines and indentation that templates leave; scripts keep their bytes, for their hashes."""
    kept, end = [], 0
    for script in _SCRIPT.finditer(html):
        kept += [_squeezed(html[end : script.start()]), script.group()]
        end = script.end()
    return "".join([*kept, _squeezed(html[end:])])


def _squeezed(html: str) -> str:
    return re.sub(r"\s*\n\s*", "\n", html)
