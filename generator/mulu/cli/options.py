"""Options that several commands share."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from mulu.site.store import Store

Command = TypeVar("Command", bound=Callable[..., Any])

ROOT = click.argument("root", type=click.Path(path_type=Path, file_okay=False), default=".")
LANG = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", envvar="MULU_LANG", help="文字语言 / language of messages."
)
IN_ROOT = click.option(
    "--root", type=click.Path(path_type=Path, file_okay=False), default=".", help="内容库 / content repository."
)
AT = click.option("--at", "revision", metavar="REV", help="检查某一次提交，而不是工作目录 / a commit instead of the work tree.")


_STORE = re.compile(r"\w[\w+.-]*(::\w[\w+.-]*)*://")


class Target(click.Path):
    """Where a site goes: a folder, or the address of a store."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, file_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """A Store for what begins as `s3://` does, else a Path."""
        return Store(value) if isinstance(value, str) and _STORE.match(value) else super().convert(value, param, ctx)


def day_of(context: click.Context, parameter: click.Parameter, value: Any) -> date | None:
    """A day of the years that the data may speak of (schemas/v1: 1900 to 2199)."""
    if value is not None and not 1900 <= value.year <= 2199:
        raise click.BadParameter("1900-01-01 – 2199-12-31")
    return value.date() if value is not None else None


VERBOSE = click.option("-v", "--verbose", is_flag=True, help="说明哪些缓存不能用、重新生成 / say which caches were of no use.")


def as_of_option(command: Command) -> Command:
    """`--as-of DATE`: the day as of which everything is judged; today when not given."""
    return click.option(
        "--as-of", type=click.DateTime(["%Y-%m-%d"]), default=lambda: date.today().isoformat(), envvar="MULU_AS_OF",
        help="评估日期，缺省为今天 / date of evaluation.", callback=day_of,
    )(command)  # fmt: skip


SHELL = click.option(
    "--shell", "saved", type=click.Path(path_type=Path, dir_okay=False),
    help="从门户另存、写好位置的网页，用作框架 / a portal page as frame.",
)  # fmt: skip


def say_written(files: Iterable[Any], lang: str) -> None:
    """A line for every file of a `WrittenFile`."""
    for file in files:
        click.echo(
            f"{'改动' if file.appended else '新建'} {file.path}"
            if lang == "zh"
            else f"{'changed' if file.appended else 'new'} {file.path}"
        )
