"""An item file is metadata between two `---` lines and a Markdown body."""

import msgspec

from mulu.diagnostics import Diagnostic, Place
from mulu.files import faults

FRONT_MATTER_LINE = 1
"""Lines before the metadata: the opening `---`."""


class Parts(msgspec.Struct, frozen=True):
    """The metadata text, the Markdown body, and the number of file lines before the body."""

    metadata: str
    body: str
    lines_before_body: int


def split(path: str, text: str) -> tuple[Parts | None, list[Diagnostic]]:
    """The two parts of an item file, or why it has not two."""
    if not text.startswith("---\n"):
        return None, [faults.NO_FRONT_MATTER.at(Place(path, 1))]
    end = text.find("\n---\n", 3)
    if end < 0 and text.endswith("\n---"):
        end = len(text) - 4
    if end < 0:
        return None, [faults.UNCLOSED_FRONT_MATTER.at(Place(path, 1))]
    metadata = text[4 : end + 1]
    return Parts(metadata, text[end + 5 :], metadata.count("\n") + 2), []
