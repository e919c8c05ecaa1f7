"""Other people's text in Markdown: quoted so that no platform reads mentions, links, HTML or table borders out of it."""

import re
import unicodedata

LONGEST = 200
"""Characters of one quotation; a title fits, a smuggled page does not."""


def quoted(text: str) -> str:
    """The text as a code span on one line, in which GitHub, GitLab and Gitea leave everything as it is.

    Invisible and direction-changing characters are dropped, bytes that are no text shown as such, and `|` becomes `｜`,
    because renderers disagree about escaping it inside a table. Nothing visible gives an empty string.
    """
    shown = "".join("\ufffd" if "\ud800" <= each <= "\udfff" else each for each in " ".join(text.split()))
    shown = "".join(each for each in shown if unicodedata.category(each) not in ("Cc", "Cf")).replace("|", "｜").strip()
    if len(shown) > LONGEST:
        shown = shown[: LONGEST - 1] + "…"
    if not shown:
        return ""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    pad = " " if shown[0] == "`" or shown[-1] == "`" else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def table(heads: list[str], rows: list[list[str]]) -> list[str]:
    """A table's lines; cells are our own words or quoted."""
    lines = [heads, ["---"] * len(heads), *rows]
    return [f"| {' | '.join(cells)} |" for cells in lines]


def cut(text: str, limit: int, *, notice: str, closing: str) -> str:
    """`text` and `closing`; where both are longer than `limit`, whole lines go from the end of `text` and `notice` says so."""
    if len(text) + len(closing) <= limit:
        return text + closing
    room = limit - len(notice) - len(closing)
    return text[: text.rfind("\n", 0, room) + 1] + notice + closing
