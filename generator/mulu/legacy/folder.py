"""The files that a list speaks of, found by name however it was typed."""

import re
import unicodedata
from collections import defaultdict
from pathlib import Path


class Attachments:
    """The files below a folder by name, however a name's width, case and spaces were typed. Links are not followed."""

    def __init__(self, folder: Path) -> None:
        self.paths = sorted(
            path
            for path in folder.rglob("*")
            if path.is_file() and not path.is_symlink() and not path.name.startswith((".", "~$"))
        )
        self.by_name: dict[str, list[Path]] = defaultdict(list)
        self.by_stem: dict[str, list[Path]] = defaultdict(list)
        for path in self.paths:
            self.by_name[folded(path.name)].append(path)
            self.by_stem[folded(path.stem)].append(path)

    def find(self, name: str) -> list[Path]:
        """The files that a cell can mean: by its path's end, its name, or its name without extension."""
        last = re.split(r"[/\\]", name)[-1]
        found = self.by_name.get(folded(last)) or self.by_stem.get(folded(last)) or []
        if len(found) > 1:
            tail = folded(name.replace("\\", "/"))
            found = [path for path in found if folded(path.as_posix()).endswith("/" + tail.lstrip("/"))] or found
        return found


def folded(text: str) -> str:
    """For comparing: one width, one case, no spaces."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()
