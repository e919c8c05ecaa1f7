"""`mulu limit`: what a time limit says."""

import sys
from datetime import date
from pathlib import Path

import click

from mulu import scoring
from mulu.cli.options import LANG, as_of_option, day_of
from mulu.limits.clause import Certainty
from mulu.limits.parse import parse_limit
from mulu.reports.limit import due_dates, limit_json, limit_text


@click.command()
@click.argument("wording")
@click.option(
    "--from",
    "start",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=day_of,
    help="起算日，缺省为评估日期 / the day it counts from.",
)
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), default=".", help="内容库 / content repository.")
@as_of_option
@LANG
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / as JSON.")
def limit(wording: str, start: date | None, root: Path, as_of: date, lang: str, as_json: bool) -> None:
    """试读一条公开时限：读成什么规则、有多大把握、哪天到期、怎样推算。退出码 1 表示读不懂。"""
    day = start or as_of
    days, settings = scoring.calendar(root, until=max(day, as_of).year + 2)
    read = parse_limit(wording)
    dues = due_dates(read, day, days, settings)
    click.echo(limit_json(read, dues, as_of=as_of) if as_json else limit_text(read, dues, as_of=as_of, lang=lang), nl=False)
    sys.exit(int(read.certainty is Certainty.UNREAD))
