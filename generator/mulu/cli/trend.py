"""`mulu trend`: coverage and timeliness over quarters and tags."""

import sys
from datetime import date
from pathlib import Path

import click

from mulu import flow
from mulu.cli.options import AT, LANG, ROOT, as_of_option
from mulu.cli.running import could_not_run, progress_bar
from mulu.files.crew import available_processors
from mulu.reports.trend import trend_json, trend_table


@click.command()
@ROOT
@as_of_option
@AT
@click.option("--json", "as_json", is_flag=True, help="写成 JSON / as JSON.")
@LANG
def trend(root: Path, as_of: date, revision: str | None, as_json: bool, lang: str) -> None:
    """按季度和标签列出公开情况的走势，由 git 历史得出，不改动工作目录。"""
    with could_not_run(lang), progress_bar() as progress:
        checked = flow.check(root, as_of=as_of, revision=revision, workers=available_processors(), progress=progress)
        found = flow.trend(root, checked)
    click.echo(trend_json(found, as_of=as_of) if as_json else trend_table(found, as_of=as_of, lang=lang), nl=False)
    sys.exit(2 if checked.empty else 0)
