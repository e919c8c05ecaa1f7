"""Our style sheet inside a portal: every rule below one id, over a reset, so that neither side's rules reach the other."""

import re

INSIDE = "mulu-inside"
"""The id of the element that holds everything of ours on a portal's page."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SELECTORS = re.compile(r"(?P<before>^|[{}])(?P<selectors>[^{}@;]+)\{")
_COMMA = re.compile(r",(?![^(]*\))")
_REM = re.compile(r"(\d*\.?\d+)rem\b")
_SLATE = re.compile(r"([^{}@;]*\[data-md-color-scheme=\"slate\"\][^{}]*)\{([^{}]*)\}")
_GLOBAL = (":root", ":host", "html", "[data-md-color-scheme", "body")

RESET = f"#{INSIDE},#{INSIDE} :not(svg,svg *){{all:revert}}html[data-mulu-elder] #{INSIDE}{{zoom:1.35}}"
"""The portal's rules for bare elements and classes end here, and letters grow without the portal's growing along.

SVG keeps its attributes, which count as rules too.
"""


def scoped(css: str) -> str:
    """The sheet with `#mulu-inside` before each selector that is not about the whole document.

    Lengths are in pixels: many portals set the size of `html` to anything from 10 to 100 of them.
    """
    plain = _REM.sub(lambda each: f"{float(each[1]) * 16:g}px", _COMMENT.sub("", css))
    return RESET + _SELECTORS.sub(lambda each: f"{each['before']}{_prefixed(each['selectors'])}{{", plain) + _dark(plain)


def _dark(plain: str) -> str:
    """The dark colours for a portal that is dark itself: always, or when the reader's system asks for it (site/portal.py tells)."""

    def rules(when: str) -> str:
        return "".join(
            f"{'html[data-mulu-elder] ' if 'data-mulu-elder' in selectors else ''}#{INSIDE}.mulu-dark-{when}{{{declared}}}"
            for selectors, declared in _SLATE.findall(plain)
        )

    return f"@media screen{{{rules('always')}}}@media screen and (prefers-color-scheme:dark){{{rules('asked')}}}"


def _prefixed(selectors: str) -> str:
    return ",".join(_one(each.strip()) for each in _COMMA.split(selectors))


def _one(selector: str) -> str:
    if selector.startswith(("html[", "[data-md-color-scheme")):  # a mode of the reader, then something of ours
        mode, _, rest = selector.partition(" ")
        return f"{mode} {_one(rest)}" if rest else selector
    if selector.startswith(_GLOBAL):
        return selector
    if selector == ".mulu" or selector.startswith(
        (".mulu ", ".mulu:", ".mulu>", ".mulu-main")
    ):  # they stand on the element itself
        return f"#{INSIDE}{selector}"
    return f"#{INSIDE} {selector}"
