"""The command line: arguments → one call per command. Alone prints, sets exit codes, and reads clock and environment.

Exit codes: 0 clean, 1 something was found, 2 could not run.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from mulu import __version__

Command = TypeVar("Command", bound=Callable[..., Any])

ROOT = click.argument("root", type=click.Path(path_type=Path, file_okay=False), default=".")
LANG = click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", envvar="MULU_LANG", help="文字语言 / language of messages.")
AT = click.option("--at", "revision", metavar="REV", help="检查某一次提交，而不是工作目录 / a commit instead of the work tree.")


def as_of_option(command: Command) -> Command:
    """`--as-of DATE`: the day as of which everything is judged; today when not given."""
    return click.option(
        "--as-of", type=click.DateTime(["%Y-%m-%d"]), default=lambda: date.today().isoformat(), envvar="MULU_AS_OF",
        help="评估日期，缺省为今天 / date of evaluation.", callback=lambda context, parameter, value: value.date(),
    )(command)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="mulu")
def cli() -> None:
    """mulu 目录：把政务公开标准目录和已公开的信息放在 git 里，检查、对应、生成网站。"""


@cli.command()
@ROOT
@as_of_option
@AT
@LANG
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="报告格式 / format.")
def check(root: Path, as_of: date, revision: str | None, lang: str, form: str) -> None:
    """检查全部数据。退出码 0 没有错误，1 有错误，2 无法检查。"""
    from mulu import flow
    from mulu.diagnostics import blocks
    from mulu.files.tree import git_prefix
    from mulu.reports.github import github_report
    from mulu.reports.json import json_report
    from mulu.reports.text import text_report

    with _could_not_run(lang):
        checked = flow.check(root, as_of=as_of, revision=revision)
    found = checked.diagnostics
    match form:
        case "json":
            click.echo(json_report(found, as_of=as_of, files=len(checked.tree.files)), nl=False)
        case "github":
            click.echo(github_report(found, lang=lang, prefix=git_prefix(root)), nl=False)
        case _:
            click.echo(text_report(found, lang=lang), nl=False)
    sys.exit(2 if checked.empty else int(blocks(found)))


@cli.command()
@ROOT
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="网站写到哪里，缺省为 ROOT/site / target folder.")
@as_of_option
@AT
@LANG
@click.option("--workers", type=click.IntRange(1, 256), help="进程数，缺省为处理器数 / processes.")
@click.option("-q", "--quiet", is_flag=True, help="只说错误 / errors only.")
def build(root: Path, out: Path | None, as_of: date, revision: str | None, lang: str, workers: int | None, quiet: bool) -> None:
    """检查后生成网站。有任何错误都不发布，原来的网站保持不变。"""
    from mulu import flow
    from mulu.reports.text import summary, text_report
    from mulu.site.publish import available_processors

    with _could_not_run(lang), _progress(quiet) as progress:
        built = flow.build(
            root, out or root / "site", as_of=as_of, revision=revision, workers=workers or available_processors(), progress=progress
        )
    if built.published is None:
        click.echo(text_report(built.checked.diagnostics, lang=lang), nl=False, err=True)
        click.echo("有错误，没有发布；原来的网站没有改动。" if lang == "zh" else "Errors stand; nothing was published.", err=True)
        sys.exit(2 if built.checked.empty else 1)
    if not quiet:
        done = built.published
        numbers = done.planned, len(done.written), len(done.removed)
        said = "共 {} 个文件，写了 {} 个，移去 {} 个" if lang == "zh" else "{} files, {} written, {} removed"
        click.echo(f"{out or root / 'site'}: {said.format(*numbers)}。{summary(built.checked.diagnostics, lang=lang)}")


@cli.command()
@ROOT
@as_of_option
@LANG
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址 / address.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="端口，0 为任意 / port.")
def serve(root: Path, as_of: date, lang: str, host: str, port: int) -> None:
    """在浏览器里预览，保存文件后自动刷新。"""
    from mulu.preview import preview

    with _could_not_run(lang):
        preview(root, as_of=as_of, host=host, port=port, lang=lang, say=lambda line: click.echo(line))


@cli.command()
@ROOT
@as_of_option
@AT
@LANG
def status(root: Path, as_of: date, revision: str | None, lang: str) -> None:
    """按领域和单位列出公开情况。"""
    from mulu import flow
    from mulu.reports.status import status as counted
    from mulu.reports.status import status_table
    from mulu.reports.text import summary

    with _could_not_run(lang):
        checked = flow.check(root, as_of=as_of, revision=revision)
    click.echo(status_table(counted(checked.repository, checked.correspondence), as_of=as_of, lang=lang), nl=False)
    click.echo(summary(checked.diagnostics, lang=lang))
    sys.exit(2 if checked.empty else 0)


@cli.command()
@click.argument("code")
@LANG
def explain(code: str, lang: str) -> None:
    """说明一条规则：什么意思，为什么，怎样改，正误举例。"""
    from mulu.checks.registry import fault_of
    from mulu.reports.explained import explained

    fault = fault_of(code)
    if fault is None:
        known = "没有这条规则：{}。全部规则见网站的“数据检查”页。" if lang == "zh" else "No such rule: {}. All are on the site's checks page."
        click.echo(known.format(code), err=True)
        sys.exit(2)
    click.echo(explained(fault, lang=lang), nl=False)


@contextmanager
def _could_not_run(lang: str) -> Iterator[None]:
    """What keeps a command from running, in a sentence and exit code 2; everything else is our bug and shows as one."""
    from mulu.files.tree import NoContent, UnknownRevision
    from mulu.site.publish import Vanishing
    from mulu.site.state import ForeignFolder

    zh = lang == "zh"
    try:
        yield
        return
    except ForeignFolder as foreign:
        said = f"{foreign} 里有不是 mulu 写的文件，没有改动。换一个文件夹，或者先清空它。" if zh else f"{foreign} holds files that mulu did not write; nothing was changed. Choose another folder or empty it."
    except Vanishing as lost:
        said = (
            f"这些已经公开的网址会消失，没有发布：{lost}。信息要写 withdrawn、事项要写 retired，不能直接删除。"
            if zh
            else f"These published addresses would vanish; nothing was published: {lost}. Use `withdrawn` or `retired` instead of deleting."
        )
    except NoContent as missing:
        said = f"找不到 {missing}。用 mulu init 可以新建一个内容库。" if zh else f"Not found: {missing}. `mulu init` makes a content repository."
    except UnknownRevision as unknown:
        said = f"git 不认识这次提交：{unknown}" if zh else f"git does not know this commit: {unknown}"
    click.echo(f"mulu: {said}", err=True)
    sys.exit(2)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("mulu", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def main() -> None:
    """The entry point."""
    cli()
