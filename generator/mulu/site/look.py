"""The look of a site, told by its sources: configuration, templates, this program and those that it renders with."""

import hashlib
import importlib.metadata
from pathlib import Path

from mulu.resources import package_file, resource

CONFIG = "mkdocs.yml"
_PACKAGES = ("mkdocs", "mkdocs-material", "jinja2", "markdown", "pymdown-extensions")


def look_digest(home: Path) -> str:
    """Over the look of the repository at `home`."""
    digest = hashlib.sha256()
    for package in _PACKAGES:
        digest.update(f"{package} {importlib.metadata.version(package)}\n".encode())
    digest.update((home / CONFIG).read_bytes() if (home / CONFIG).is_file() else b"")
    for folder in (resource("site_templates"), home / "site_templates", package_file()):
        for each in sorted(each for each in folder.rglob("*") if each.is_file() and "__pycache__" not in each.parts):
            digest.update(each.relative_to(folder).as_posix().encode())
            digest.update(each.read_bytes())
    return digest.hexdigest()
