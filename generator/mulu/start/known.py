"""What is already in the repository and what a new thing must fit to; a wrong name is answered with the near ones."""

import difflib
import re
from collections.abc import Collection
from pathlib import Path

from mulu.diagnostics import Diagnostic, Text, blocks
from mulu.files.history import history
from mulu.files.tree import WorkTree
from mulu.model.district import Department
from mulu.model.load import load
from mulu.model.repository import Repository
from mulu.start.appended import unreadable
from mulu.start.written import Refused

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_CODE_LIMIT = 80


def opened(root: Path) -> tuple[Repository, tuple[Diagnostic, ...]]:
    """The work tree as it is, and what was wrong in reading it; raises FileNotFoundError without `catalogs/`."""
    tree = WorkTree(root)
    repository, found = load(tree, remembered=history(root, "HEAD", tree.files))
    return repository, tuple(found)


def department_of(repository: Repository, found: Collection[Diagnostic], code: str) -> Department:
    """The department in the folder `code`; raises Refused when there is none or its file has errors."""
    if code in repository.departments:
        return repository.departments[code]
    path = f"catalogs/departments/{code}/department.yml"
    faulty = [each for each in found if each.place.file == path and path in repository.files and blocks([each])]
    raise unreadable(faulty[0]) if faulty else not_among("单位", "department", code, repository.departments)


def checked_code(code: str) -> str:
    """The code itself; raises Refused unless it can be a file name and an address."""
    if not _CODE.match(code) or len(code) > _CODE_LIMIT:
        raise Refused(Text(
            f"“{code}”不能用作编号或者代码：只用小写字母、数字和连字符，最长 {_CODE_LIMIT} 个字符，例如 fgj-project-01。",
            f"“{code}” cannot be an id or code: lower-case letters, digits and hyphens only, up to {_CODE_LIMIT}.",
        ))  # fmt: skip
    return code


def not_among(zh: str, en: str, value: str, known: Collection[str]) -> Refused:
    """`value` is none of the known ones: those that look like it, or the first of all."""
    near = difflib.get_close_matches(value, known, n=3, cutoff=0.5) or sorted(known)[:20]
    return Refused(Text(
        f"没有{zh}“{value}”。相近的有：{'、'.join(near) or '（一个也没有）'}。",
        f"There is no {en} “{value}”. Similar: {', '.join(near) or '(none at all)'}.",
    ))  # fmt: skip


def schema_line(path: str, name: str, version: str) -> str:
    """The comment by which editors find the schema of the file at `path`, relative to that file."""
    return f"# yaml-language-server: $schema={'../' * path.count('/')}schemas/{version}/{name}.schema.json"
