"""A first build is made aside and put in place whole: nobody meets half a site, and its files need no replacing one by one."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def put_in_place(out: Path) -> Iterator[Path]:
    """A new folder beside `out`, which takes the place of `out` (absent or empty) at the end; what killed builds left is removed."""
    _sweep(out)
    aside = out.with_name(f".{out.name}.{os.getpid()}.new")
    aside.mkdir(parents=True)
    try:
        yield aside
        aside.replace(out)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise


def is_fresh(out: Path) -> bool:
    """Whether there is nothing yet."""
    return not out.exists() or (out.is_dir() and not out.is_symlink() and not os.listdir(out))


def _sweep(out: Path) -> None:
    name = re.compile(rf"\.{re.escape(out.name)}\.(\d+)\.new\Z")
    for each in out.parent.iterdir() if out.parent.is_dir() else ():
        found = name.match(each.name)
        if found and not lives(int(found[1])):
            shutil.rmtree(each, ignore_errors=True)


def lives(process: int) -> bool:
    """Whether there is a process of that number on this machine."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True
