"""QR codes as inline SVG: no picture file, no style attribute, no network."""

from html import escape

import segno
from markupsafe import Markup

_MASK = 3
"""Any mask is valid; trying all eight for the prettiest takes ten times as long (29 ms instead of 3)."""


def qr(address: str, said: str) -> Markup:
    """The code of an address, which may be photographed from paper (level M); `said` is its text for the blind."""
    code = segno.make(address, error="m", micro=False, boost_error=False, mask=_MASK)
    drawn = code.svg_inline(omitsize=True, border=4, svgclass="mulu-qr", lineclass=None)
    label = escape(f"{said}的二维码：{address}")
    return Markup(drawn.replace("<svg", f'<svg role="img" aria-label="{label}"', 1))  # noqa: S704 - segno's own markup and escaped text
