"""What somebody put where files and folders of the site were, and what is neither: it would stand in the way of every build."""

import os
import shutil
from collections.abc import Collection
from pathlib import Path, PurePosixPath


def clear_the_way(out: Path, files: Collection[str]) -> None:
    """Remove links, folders in the place of one of the `files` (paths below `out`), and files in the place of a folder of theirs.

    Through a link to a folder, pages would be written elsewhere, and lost when it is removed. Names that begin with a dot at the top are not ours.
    """
    folders = {str(above) for folder in {each.rpartition("/")[0] for each in files} for above in _with_parents(folder)}
    stack = [("", str(out))] if out.is_dir() else []
    while stack:
        prefix, folder = stack.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                address = prefix + entry.name
                if address.startswith("."):
                    continue
                if entry.is_symlink() or (address in folders and not entry.is_dir()):
                    Path(entry.path).unlink()
                elif entry.is_dir():
                    if address in files:
                        shutil.rmtree(entry.path)
                    else:
                        stack.append((f"{address}/", entry.path))


def _with_parents(folder: str) -> list[PurePosixPath]:
    path = PurePosixPath(folder)
    return [path, *path.parents]
