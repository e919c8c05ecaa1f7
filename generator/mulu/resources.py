"""The files that travel with the package: schemas, templates, starter content; in a checkout they stand at its top."""

from pathlib import Path

_HERE = Path(__file__).parent


def resource(*parts: str) -> Path:
    """A file or folder of the package's data."""
    packaged = _HERE / "_data"
    return (packaged if packaged.is_dir() else _HERE.parents[1]).joinpath(*parts)


def package_file(*parts: str) -> Path:
    """A file that stands beside the code."""
    return _HERE.joinpath(*parts)
