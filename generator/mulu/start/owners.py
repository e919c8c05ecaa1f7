"""CODEOWNERS: each body approves only its own folder."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from mulu.model.district import Department
from mulu.start.written import WrittenFile

OWNER_FILES = {"github": ".github/CODEOWNERS", "gitlab": ".gitlab/CODEOWNERS", "gitea": ".gitea/CODEOWNERS"}
"""Platform → where it looks for the file. Gitea reads the paths as Go regular expressions, the others as gitignore does."""

_HEADER = (
    "# 谁审批哪个文件夹。由 mulu new department 按各部门 department.yml 的 owners 生成；手写的其他行会保留。",
    "# Who approves which folder. Generated from owners in department.yml by `mulu new department`; other lines are kept.",
)
_OF_A_DEPARTMENT = re.compile(r"/?catalogs/departments/[a-z0-9-]+/(\.\*)?\s")


def codeowners(departments: Iterable[Department], platform: str, *, office: Sequence[str] = ()) -> str:
    """The whole file; `office` (政务公开办) approves everything that no department owns."""
    everything = ".*" if platform == "gitea" else "*"
    default = [f"{everything} {' '.join(office)}"] if office else []
    return _joined([*_HEADER, *default, *_lines(departments, platform)])


def owner_files(root: Path, departments: Iterable[Department]) -> tuple[WrittenFile, ...]:
    """Those CODEOWNERS files below `root` that exist and change; lines written by hand stay before or after ours."""
    listed = tuple(departments)
    found = []
    for platform, path in OWNER_FILES.items():
        if (root / path).is_file():
            existing = (root / path).read_text("utf-8")
            renewed = _renewed(existing, listed, platform)
            if renewed != existing:
                found.append(WrittenFile(path, renewed, appended=True))
    return tuple(found)


def _renewed(existing: str, departments: Iterable[Department], platform: str) -> str:
    lines = [line for line in existing.splitlines() if line not in _HEADER]
    ours = [number for number, line in enumerate(lines) if _OF_A_DEPARTMENT.match(line)]
    first = ours[0] if ours else len(lines)
    after = [line for line in lines[first:] if not _OF_A_DEPARTMENT.match(line)]
    return _joined([*_HEADER, *lines[:first], *_lines(departments, platform), *after])


def _lines(departments: Iterable[Department], platform: str) -> list[str]:
    form = "catalogs/departments/{}/.* {}" if platform == "gitea" else "/catalogs/departments/{}/ {}"
    return [form.format(each.code, " ".join(each.owners)) for each in sorted(departments, key=lambda d: d.code) if each.owners]


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
