"""The workflows of this repository and of `mulu init`: they parse, ask for little, and their `run:` lines run."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from mulu.files.tree import WorkTree
from mulu.model.load import load
from mulu.start.init import init
from mulu.start.owners import OWNER_FILES, codeowners

HERE = Path(__file__).parents[1]
STARTER = HERE / "generator/mulu/start/content"
OURS = sorted((HERE / ".github/workflows").glob("*.yml"))
RUNNABLE = [path for path in OURS if path.name != "test.yml"]
ACTIONS = sorted(STARTER.glob("*/*/workflows/*.yml"))
GITLAB = STARTER / "gitlab/dot.gitlab-ci.yml"
KNOWN_ACTIONS = {
    "actions/checkout@v4", "actions/setup-python@v5", "actions/upload-pages-artifact@v3", "actions/deploy-pages@v4",
    "actions/upload-artifact@v3",
}  # fmt: skip
SAFE = {"contents": "read", "pages": "write", "id-token": "write"}


def steps(workflow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


def run_lines(path: Path) -> list[str]:
    workflow = yaml.safe_load(path.read_text("utf-8"))
    if path == GITLAB:
        return [line for job in workflow.values() if isinstance(job, dict) for line in job.get("script", [])]
    return [step["run"] for step in steps(workflow) if "run" in step]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A fresh content repository under git, as a platform checks out a pull request onto main."""
    root = tmp_path / "repository"
    init(root, platform="github", name="东湖区", today=date(2026, 1, 5))
    for command in ("init -q -b main", "add -A", "commit -qm 1", "update-ref refs/remotes/origin/main HEAD"):
        subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@x", *shlex.split(command)], cwd=root, check=True)
    return root


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A runner: `pip` installs nothing, `mulu` is this checkout."""
    commands = tmp_path / "bin"
    commands.mkdir()
    for name, line in {"pip": "exit 0", "mulu": f'exec {shlex.quote(sys.executable)} -m mulu "$@"'}.items():
        (commands / name).write_text(f"#!/bin/sh\n{line}\n", "utf-8")
        (commands / name).chmod(0o755)
    names = ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_STEP_SUMMARY", "GITHUB_PATH")
    files = {name: str(tmp_path / name.lower()) for name in names}
    for file in files.values():
        Path(file).touch()
    paths = {"PATH": f"{commands}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(HERE / "generator")}
    base = {"GITHUB_BASE_REF": "main", "CI_MERGE_REQUEST_DIFF_BASE_SHA": "origin/main"}
    return {**os.environ, **paths, **files, **base, "CI": "true", "GITHUB_ACTIONS": "true", "TZ": "CST-8"}


def run(line: str, root: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = ["bash", "-e", "-o", "pipefail", "-c", line]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("path", [*RUNNABLE, *ACTIONS, GITLAB], ids=lambda path: str(path.relative_to(HERE)))
def test_the_run_lines_run(path: Path, repository: Path, environment: dict[str, str]) -> None:
    lines = run_lines(path)
    assert any(line.startswith("mulu check") for line in lines)
    for line in lines:
        done = run(line, repository, environment)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
    if any(line.startswith("mulu build") for line in lines):
        assert list(repository.glob("*/index.html"))


@pytest.mark.parametrize(
    "path", [HERE / ".github/workflows/check.yml", *ACTIONS, GITLAB], ids=lambda path: str(path.relative_to(HERE))
)
def test_a_pull_request_gets_its_comment(path: Path, repository: Path, environment: dict[str, str]) -> None:
    lines = [line for line in run_lines(path) if line.startswith("mulu report")]
    assert bool(lines) == (path == GITLAB or path.name == "check.yml")
    for line in lines:
        (repository / "catalogs/stray.txt").write_text("x", "utf-8")
        assert run(line, repository, environment).returncode == 0
        out = repository / "mulu-report.md" if path == GITLAB else Path(environment["GITHUB_STEP_SUMMARY"])
        assert "catalogs/stray.txt" in out.read_text("utf-8")


@pytest.mark.parametrize("path", [*ACTIONS, GITLAB], ids=lambda path: str(path.relative_to(STARTER)))
def test_a_fault_stops_them(path: Path, repository: Path, environment: dict[str, str]) -> None:
    (repository / "catalogs/departments/zfb/department.yml").write_text("name: x\n", "utf-8")
    line = next(line for line in run_lines(path) if line.startswith("mulu check"))
    done = run(line, repository, environment)
    assert done.returncode == 1
    assert "catalogs/departments/zfb/department.yml" in done.stdout


@pytest.mark.parametrize("path", [*OURS, *ACTIONS], ids=lambda path: str(path.relative_to(HERE)))
def test_they_ask_for_little(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] and set(job.get("permissions", {}).items()) <= set(SAFE.items())
    for step in steps(workflow):
        assert step.get("uses", "actions/checkout@v4") in KNOWN_ACTIONS
        assert "${{" not in step.get("run", "")
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"] == {"fetch-depth": 0, "persist-credentials": False}


def test_ours_are_those_of_init_but_for_the_installation() -> None:
    for name in ("check.yml", "publish.yml"):
        ours, starter = (HERE / ".github/workflows" / name, STARTER / "github/dot.github/workflows" / name)
        assert run_lines(ours)[1:] == run_lines(starter)[1:]
        assert run_lines(ours)[0] == "pip install ." and re.fullmatch(r'pip install "mulu~=\d+\.\d+"', run_lines(starter)[0])
    assert run_lines(HERE / ".github/workflows/test.yml") == ["bash .ci/run"]


def test_our_code_owners_are_those_of_the_departments() -> None:
    departments = load(WorkTree(HERE))[0].departments.values()
    assert (HERE / OWNER_FILES["github"]).read_text("utf-8") == codeowners(departments, "github")
