"""What the tests share: small repositories in temporary folders, with files laid over them."""

import base64
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from mulu.checks.explain import Example
from mulu.flow import Checked, check

HERE = Path(__file__).parent

settings.register_profile("mulu", deadline=None)  # no timings in tests
settings.load_profile("mulu")
AS_OF = date(2026, 11, 23)


@pytest.fixture
def minimal(tmp_path: Path) -> Path:
    """A copy of the smallest good repository: one department, one entry, one item."""
    root = tmp_path / "minimal"
    shutil.copytree(HERE / "repositories" / "good" / "minimal", root)
    return root


@pytest.fixture
def checked() -> Callable[[Path], Checked]:
    """Check a folder as of the tests' date."""
    return lambda root: check(root, as_of=AS_OF)


def lay_over(root: Path, examples: Iterable[Example]) -> None:
    """Write the files of an example over a repository."""
    for example in examples:
        target = root / example.path
        options = dict(option.partition("=")[::2] for option in example.options)
        target.parent.mkdir(parents=True, exist_ok=True)
        if "delete" in options:
            target.unlink()
        elif "link" in options:
            os.symlink(options["link"], target)
        elif "history" in options:
            target.write_text(example.text, "utf-8")
            commit(root)
            target.unlink()
        else:
            target.write_bytes(_content(example.text, options))


def _content(text: str, options: dict[str, str]) -> bytes:
    encoding = options.get("encoding", "utf-8")
    content = base64.b64decode(text) if encoding == "base64" else text.encode(encoding)
    return content.ljust(int(options.get("bytes", "0")), b" ")


def commit(root: Path, message: str = "一次提交") -> None:
    """Commit everything below `root`, in a new git repository where there is none."""
    name = ["-c", "user.name=测试", "-c", "user.email=test@example.com"]
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    subprocess.run(["git", "add", "-A"], cwd=root, check=True)
    subprocess.run(["git", *name, "commit", "-q", "-m", message], cwd=root, check=True)
