"""The command line: arguments → one call per command. Alone prints, sets exit codes, and reads clock and environment.

Exit codes: 0 clean, 1 something was found, 2 could not run.
"""

import importlib
import keyword
import os

import click

from mulu import __version__

COMMANDS = (
    "check", "report", "build", "serve", "status", "trend", "annual", "evaluate", "limit", "explain", "new", "import", "ledger", "init",
)  # fmt: skip
"""Every command, in the order of the help; each is the function of that name in the module of that name (`import` is `import_`)."""


class Commands(click.Group):
    """A command's module is imported when it is called: the program starts in a tenth of a second."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        found = getattr(importlib.import_module(f"mulu.cli.{name}"), name)
        assert isinstance(found, click.Command)
        return found


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="mulu")
def cli() -> None:
    """Mulu 目录：把政务公开标准目录和已公开的信息放在 git 里，检查、对应、生成网站。"""


def main() -> None:
    """The entry point."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # an advertisement of the theme, not about this site
    cli()
