"""`mulu check`: everything wrong with the data."""

import sys
from datetime import date
from pathlib import Path

import click

from mulu import __version__, standing
from mulu.cli.options import AT, LANG, ROOT, VERBOSE, as_of_option
from mulu.cli.running import could_not_run, one_pass, progress_bar
from mulu.cli.running import verbose as told
from mulu.diagnostics import Diagnostic, blocks
from mulu.files.crew import available_processors
from mulu.files.git import git_prefix
from mulu.reports.findings import Findings
from mulu.reports.formats import FORMATS
from mulu.reports.text import left_aside


@click.command()
@ROOT
@as_of_option
@AT
@LANG
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="报告格式 / format."
)
@VERBOSE
@click.option("--since", metavar="REV", help="只说从这次提交以来新出现的问题 / only what is new since a commit.")
def check(root: Path, as_of: date, revision: str | None, lang: str, form: str, since: str | None, verbose: bool) -> None:
    """检查全部数据。退出码 0 没有错误，1 有错误，2 无法检查。"""
    older: tuple[Diagnostic, ...] = ()
    with could_not_run(lang), told(lang, verbose), one_pass(), progress_bar() as progress:
        workers = available_processors()
        if since is not None:
            from mulu import comparison

            compared = comparison.compare(root, since=since, as_of=as_of, revision=revision)
            now, found, older = compared.now.verdict, compared.new, compared.older
        elif revision is None and (known := standing.standing_verdict(root, as_of)):
            now, found = known, known.diagnostics
        else:
            from mulu import flow

            now = flow.verdict(root, as_of=as_of, revision=revision, workers=workers, progress=progress)
            found = now.diagnostics
    findings = Findings(found, as_of, now.files, lang, git_prefix(root), __version__)
    click.echo(FORMATS[form].write(findings), nl=False)
    if since is not None:
        click.echo(left_aside(older, lang=lang), nl=False, err=not FORMATS[form].spoken)
    sys.exit(2 if now.empty else int(blocks(found)))
