"""QR codes as inline SVG: no picture file, no style attribute, no network.

A code takes segno 5 ms to make and draw, more than all the rest of a page. Of two texts of the same length and mask the codes
differ by a sum (exclusive or) of terms that depend only on which bits of the text differ: error correction over GF(2⁸) is linear,
padding and masking are constant. The addresses of a site differ in few characters, so after some dozens of codes the rest are sums.
"""

import re
from html import escape

import msgspec
import segno
from markupsafe import Markup

_MASK = 3
"""Any mask is valid; trying all eight for the prettiest takes ten times as long (29 ms instead of 3)."""

_BORDER = 4
_RUN = re.compile("1+")
_DIGITS = bytes.maketrans(b"\0\1", b"01")


class _Code(msgspec.Struct, frozen=True):
    """Text in bytes, its code as one number with a bit for each module, row by row, and the modules of a row."""

    text: bytes
    modules: int
    size: int


class QrCodes:
    """Codes of addresses, which may be photographed from paper (level M)."""

    def __init__(self) -> None:
        """The first code of each length, and what single bits change in it, are kept as they are met."""
        self._first: dict[int, _Code] = {}
        self._terms: dict[tuple[int, int, int], int] = {}

    def drawn(self, address: str, said: str) -> Markup:
        """The code as SVG; `said` is its text for the blind."""
        code = self._code(address.encode())
        side = code.size + 2 * _BORDER
        label = escape(f"{said}的二维码：{address}")
        return Markup(  # noqa: S704 - numbers and escaped text
            f'<svg role="img" aria-label="{label}" viewBox="0 0 {side} {side}" class="mulu-qr"><path stroke="#000" d="{_path(code)}"/></svg>'
        )

    def _code(self, text: bytes) -> _Code:
        first = self._first.get(len(text))
        if first is None:
            return self._first.setdefault(len(text), _made(text))
        modules = first.modules
        for place, (here, there) in enumerate(zip(text, first.text, strict=True)):
            differing = here ^ there
            while differing:
                bit = differing & -differing
                differing ^= bit
                modules ^= self._term(first, place, bit)
        return _Code(text, modules, first.size)

    def _term(self, first: _Code, place: int, bit: int) -> int:
        key = len(first.text), place, bit
        if key not in self._terms:
            other = bytearray(first.text)
            other[place] ^= bit
            self._terms[key] = _made(bytes(other)).modules ^ first.modules
        return self._terms[key]


def _made(text: bytes) -> _Code:
    code = segno.make(text, error="m", micro=False, boost_error=False, mask=_MASK, mode="byte")
    rows = [bytes(row).translate(_DIGITS) for row in code.matrix]
    return _Code(text, int(b"".join(rows), 2), len(rows))


def _path(code: _Code) -> str:
    """Runs of dark modules as strokes, each from where the last one ended."""
    digits = f"{code.modules:0{code.size**2}b}"
    steps: list[str] = []
    x = y = 0
    for row in range(code.size):
        for run in _RUN.finditer(digits, row * code.size, (row + 1) * code.size):
            start, stop = run.start() - row * code.size, run.end() - row * code.size
            steps.append(
                f"m{start - x} {row - y}h{stop - start}" if steps else f"M{start + _BORDER} {row + _BORDER}.5h{stop - start}"
            )
            x, y = stop, row
    return "".join(steps)
