"""`mulu explain`: the page of a rule."""

import sys

import click

from mulu.checks.registry import fault_of
from mulu.cli.options import LANG
from mulu.reports.explained import explained


@click.command()
@click.argument("code")
@LANG
def explain(code: str, lang: str) -> None:
    """说明一条规则：什么意思，为什么，怎样改，正误举例。"""
    fault = fault_of(code)
    if fault is None:
        known = (
            "没有这条规则：{}。全部规则见网站的“数据检查”页。"
            if lang == "zh"
            else "No such rule: {}. All are on the site's checks page."
        )
        click.echo(known.format(code), err=True)
        sys.exit(2)
    click.echo(explained(fault, lang=lang), nl=False)
