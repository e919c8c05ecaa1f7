"""A line chart as SVG: milliseconds per item against the number of items, which grows tenfold from mark to mark."""

import math
from html import escape

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP, _RIGHT = 720, 360, 64, 40, 16, 150
_STROKES = ("#a61b1b", "#1d5fa8", "#5c7c2f", "#7a4ba0")
_DASHES = ("", "6 4", "2 3", "10 4 2 4")


def chart(lines: dict[str, list[tuple[int, float]]]) -> str:
    """`lines` gives for each name its points (items, milliseconds per item)."""
    points = [point for line in lines.values() for point in line]
    low, high = (math.log10(choose(items for items, _ in points)) for choose in (min, max))
    top = max(value for _, value in points) * 1.1

    def x(items: int) -> float:
        return _LEFT + (math.log10(items) - low) / ((high - low) or 1) * (_WIDTH - _LEFT - _RIGHT)

    def y(value: float) -> float:
        return _HEIGHT - _BOTTOM - value / top * (_HEIGHT - _BOTTOM - _TOP)

    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
    ]
    drawn += [
        f'<text x="{x(items):.1f}" y="{_HEIGHT - 16}" text-anchor="middle">{items:,}</text>'
        for items in sorted({items for items, _ in points})
    ]
    for step in range(5):
        value = top * step / 4
        drawn.append(
            f'<path d="M{_LEFT} {y(value):.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/><text x="{_LEFT - 8}" y="{y(value) + 4:.1f}" text-anchor="end">{value:.2f}</text>'
        )
    for number, (name, line) in enumerate(lines.items()):
        look = f'stroke="{_STROKES[number % 4]}" stroke-dasharray="{_DASHES[number % 4]}"'
        path = " ".join(f"{x(items):.1f},{y(value):.1f}" for items, value in line)
        dots = "".join(
            f'<circle cx="{x(items):.1f}" cy="{y(value):.1f}" r="3" fill="{_STROKES[number % 4]}"/>' for items, value in line
        )
        height = _TOP + 16 + number * 20
        drawn.append(f'<polyline points="{path}" fill="none" stroke-width="2" {look}/>{dots}')
        drawn.append(
            f'<path d="M{_WIDTH - _RIGHT + 12} {height}h24" stroke-width="2" {look}/><text x="{_WIDTH - _RIGHT + 42}" y="{height + 4}">{escape(name)}</text>'
        )
    return "\n".join([*drawn, f'<text x="{_LEFT}" y="12">ms / item</text>', "</svg>\n"])
