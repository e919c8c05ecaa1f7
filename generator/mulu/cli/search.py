"""`mulu search`: the search of a built site, by the same rules as in the browser."""

import sys
from pathlib import Path

import click

from mulu.cli.options import LANG
from mulu.cli.running import could_not_run
from mulu.reports.search import found_json, found_text
from mulu.search.asked import ask
from mulu.search.find import Filters


@click.command()
@click.argument("site", type=click.Path(path_type=Path, file_okay=False))
@click.argument("query", default="")
@click.option("--kind", help="信息类别代码，如 guide / kind of item.")
@click.option("--field", help="领域代码 / field.")
@click.option("--department", help="单位代码 / department.")
@click.option("--year", type=int, help="发布年份 / year of publication.")
@click.option(
    "--validity", type=click.Choice(["valid", "amended", "repealed", "expired"]), help="有效、已修改、已废止、失效 / validity."
)
@click.option("--entry", default="", help="目录事项编号 / id of the catalog entry.")
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="最多列几条，0 为全部 / most hits shown.")
@click.option("--json", "as_json", is_flag=True, help="写成 JSON / as JSON.")
@LANG
def search(
    site: Path,
    query: str,
    kind: str | None,
    field: str | None,
    department: str | None,
    year: int | None,
    validity: str | None,
    entry: str,
    limit: int,
    as_json: bool,
    lang: str,
) -> None:
    """在生成好的网站里查找，规则和网页上的一样。退出码 0 有，1 没有，2 无法查找。"""
    values = {"kind": kind, "field": field, "department": department, "year": year, "validity": validity}
    facets = tuple(f"{name}-{value}" for name, value in values.items() if value is not None)
    with could_not_run(lang):
        typed = query.encode("utf-8", "replace").decode()  # arguments can hold bytes that are no text
        found = ask(site, typed, Filters(facets, entry), limit=limit)
    click.echo(found_json(found) if as_json else found_text(found, lang=lang), nl=False)
    sys.exit(0 if found.hits else 1)
