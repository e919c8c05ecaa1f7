"""`mulu ledger`: the rectification ledger."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from mulu import flow
from mulu.cli.options import IN_ROOT, LANG, as_of_option, say_written
from mulu.cli.running import could_not_run
from mulu.reports.ledger import bookings, bookings_json, bookings_table
from mulu.start.known import department_of
from mulu.start.ledger import book_gap, close_gap


@click.group()
def ledger() -> None:
    """整改台账：登记缺口、办结、列出。"""


ENTRY = click.option("--entry", required=True, help="目录事项编号 / id of the catalog entry.")
PERIOD = click.option("--period", help="所属期间，如 2026Q3 / period.")
ELEMENTS = click.option("--element", "elements", multiple=True, help="所缺的要素，可以写几次 / element.")


@ledger.command("add")
@IN_ROOT
@ENTRY
@PERIOD
@ELEMENTS
@click.option("--owner", required=True, help="负责补齐的机构和人员 / who fills the gap.")
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), required=True, help="应当补齐的日期 / due date.")
@click.option("--note", help="缺口的情况 / what is known of the gap.")
@as_of_option
@LANG
def ledger_add(
    root: Path, entry: str, period: str | None, elements: tuple[str, ...], owner: str, due: Any, note: str | None, as_of: date,
    lang: str,
) -> None:  # fmt: skip
    """登记一个缺口：到期以前只提醒，到期以后阻断发布。"""
    with could_not_run(lang):
        booked = book_gap(
            root, entry=entry, owner=owner, due=due.date(), booked=as_of, period=period, elements=elements, note=note
        )
        say_written(booked, lang)


@ledger.command("close")
@IN_ROOT
@ENTRY
@PERIOD
@ELEMENTS
@as_of_option
@LANG
def ledger_close(root: Path, entry: str, period: str | None, elements: tuple[str, ...], as_of: date, lang: str) -> None:
    """办结一个缺口，办结日期为评估日期；有几条登记时用期间或者要素指明。"""
    with could_not_run(lang):
        say_written(close_gap(root, entry=entry, closed=as_of, period=period, elements=elements), lang)


@ledger.command("list")
@IN_ROOT
@click.option("--department", help="只列一个单位 / one department only.")
@click.option("--all", "closed", is_flag=True, help="已办结的也列出 / closed ones too.")
@click.option("--json", "as_json", is_flag=True, help="写成 JSON / as JSON.")
@as_of_option
@LANG
def ledger_list(root: Path, department: str | None, closed: bool, as_json: bool, as_of: date, lang: str) -> None:
    """列出登记在册的缺口，先到期的在前。"""
    with could_not_run(lang):
        checked = flow.check(root, as_of=as_of)
        if department:
            department_of(checked.repository, checked.diagnostics, department)
    found = bookings(checked.repository, as_of=as_of, department=department, closed=closed)
    click.echo(bookings_json(found, as_of=as_of) if as_json else bookings_table(found, as_of=as_of, lang=lang), nl=False)
