"""`mkdocs build` with the plugin gives the same site as `mulu build`, and never a half one."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import AS_OF, HERE
from mulu import flow
from test_incremental import contents


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    shutil.copytree(HERE.parent / "catalogs", tmp_path / "catalogs")
    config = (HERE.parent / "mkdocs.yml").read_text("utf-8")
    (tmp_path / "mkdocs.yml").write_text(config.replace("  - mulu\n", f'  - mulu:\n      as_of: "{AS_OF}"\n'), "utf-8")
    return tmp_path


def mkdocs(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(root / "mkdocs.yml"), "-d", str(root / "by-mkdocs")]
    return subprocess.run(command, capture_output=True, text=True)


def test_mkdocs_build_gives_the_same_bytes_and_fails_before_writing(demo: Path) -> None:
    done = mkdocs(demo)
    assert done.returncode == 0, done.stderr
    flow.build(demo, demo / "by-mulu", as_of=AS_OF)
    made = contents(demo / "by-mkdocs")
    assert made == contents(demo / "by-mulu") and len(made) > 200
    (demo / "catalogs/site.yml").write_text("name: 只有名称\n", "utf-8")
    failed = mkdocs(demo)
    assert failed.returncode != 0 and "S101" in failed.stderr + failed.stdout
    assert contents(demo / "by-mkdocs") == made
