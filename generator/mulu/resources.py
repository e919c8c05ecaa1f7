"""The files that travel with the package: schemas, templates, starter content; in a checkout they stand at its top."""

import hashlib
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


def resource(*parts: str) -> Path:
    """A file or folder of the package's data."""
    packaged = _HERE / "_data"
    return (packaged if packaged.is_dir() else _HERE.parents[1]).joinpath(*parts)


def package_file(*parts: str) -> Path:
    """A file that stands beside the code."""
    return _HERE.joinpath(*parts)


@cache
def program_digest() -> str:
    """Over the code and the schemas by which data is read and judged: stricter than a version number; they never change while it runs."""
    digest = hashlib.sha256()
    for folder, pattern in ((package_file(), "*.py"), (resource("schemas"), "*.json")):
        for path in sorted(folder.rglob(pattern)):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:32]
