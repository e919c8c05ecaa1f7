"""The documentation is under test: commands, options, files, links."""

import re
from pathlib import Path

import click
import pytest

from conftest import HERE
from mulu.cli import cli
from mulu.resources import package_file

ROOT = HERE.parent
DOCUMENTS = ["README.md", "README.en.md", "CONTRIBUTING.md", "CHANGELOG.md", "generator/README.md"]
README = (ROOT / "README.md").read_text("utf-8")


def commands(group: click.Group, prefix: str) -> dict[str, click.Command]:
    found = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        found |= commands(command, f"{prefix} {name}") if isinstance(command, click.Group) else {f"{prefix} {name}": command}
    return found


@pytest.mark.parametrize(("name", "command"), commands(cli, "mulu").items())
def test_every_command_and_option_is_in_the_readme(name: str, command: click.Command) -> None:
    assert f"`{name}" in README
    for option in command.params:
        if isinstance(option, click.Option):
            assert any(f"`{form}" in README for form in option.opts), option.opts


def test_the_two_commands_stand_first() -> None:
    for document in DOCUMENTS[:2]:
        block = re.search(r"```bash\n(.*?)```", (ROOT / document).read_text("utf-8"), re.DOTALL)
        assert block and block[1].split("\n")[:2] == ["make site", "make test"]


def test_the_map_names_every_file_and_no_other() -> None:
    named = re.findall(r"^- `([^`]+\.py)`", (ROOT / "generator/README.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(named) == sorted(path.relative_to(package_file()).as_posix() for path in package_file().rglob("*.py"))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_in_documents_resolve(document: str) -> None:
    path = ROOT / document
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text("utf-8")):
        assert target.startswith("https://") or (path.parent / Path(target)).exists(), target
