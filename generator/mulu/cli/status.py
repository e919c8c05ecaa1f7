"""`mulu status`: coverage by field and department, and what falls due."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from mulu import flow
from mulu.cli.options import AT, LANG, ROOT, as_of_option
from mulu.cli.running import could_not_run, progress_bar
from mulu.evaluation.forecast import forecast, past_due
from mulu.evaluation.ics import calendar
from mulu.files.crew import available_processors
from mulu.reports.due import due_table
from mulu.reports.status import status as counted
from mulu.reports.status import status_table
from mulu.reports.text import summary


@click.command()
@ROOT
@as_of_option
@AT
@LANG
@click.option(
    "--due",
    type=click.IntRange(0, 400),
    metavar="N",
    help="列出 N 个工作日内到期的和已经逾期的 / what falls due within N workdays.",
)
@click.option("--ics", type=click.Path(path_type=Path, dir_okay=False), help="把到期的写成日历文件 / write them as iCalendar.")
def status(root: Path, as_of: date, revision: str | None, lang: str, due: int | None, ics: Path | None) -> None:
    """按领域和单位列出公开情况；--due 列出快到期的。"""
    with could_not_run(lang), progress_bar() as progress:
        checked = flow.check(root, as_of=as_of, revision=revision, workers=available_processors(), progress=progress)
    if due is None and ics is None:
        click.echo(status_table(counted(checked.repository, checked.correspondence), as_of=as_of, lang=lang), nl=False)
        click.echo(summary(checked.diagnostics, lang=lang))
    else:
        with could_not_run(lang):
            _say_due(checked, 20 if due is None else due, ics, lang)
    sys.exit(2 if checked.empty else 0)


def _say_due(checked: Any, workdays: int, ics: Path | None, lang: str) -> None:

    repository, as_of = checked.repository, checked.as_of
    late = past_due(repository, checked.correspondence)
    coming = forecast(repository, checked.correspondence, workdays=workdays)
    if ics is not None:
        site = repository.site
        names = {code: each.label for code, each in repository.departments.items()}
        text = calendar(coming, name="mulu", domain=site.domain if site else "localhost", as_of=as_of, departments=names)
        ics.write_bytes(text.encode())
    titles = ("已经逾期", f"{workdays} 个工作日内到期") if lang == "zh" else ("past due", f"due within {workdays} workdays")
    for title, listed in zip(titles, (late, coming), strict=True):
        click.echo(f"{title}（{len(listed)}）" if lang == "zh" else f"{title} ({len(listed)})")
        click.echo(due_table(listed, repository, as_of=as_of, lang=lang))
