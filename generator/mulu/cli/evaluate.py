"""`mulu evaluate`: a score by an assessment scheme."""

import sys
from datetime import date
from pathlib import Path

import click

from mulu import flow, scoring
from mulu.cli.options import AT, LANG, ROOT, as_of_option
from mulu.cli.running import could_not_run, progress_bar
from mulu.files.crew import available_processors
from mulu.reports.score import SCORE_FORMATS


@click.command()
@ROOT
@click.option("--profile", "name", required=True, help="评估方案，如 district-quarterly / assessment scheme.")
@as_of_option
@AT
@click.option("--sample", type=click.IntRange(1), help="每个抽中的领域（或者一共）抽几个事项 / entries drawn.")
@click.option("--seed", default="1", show_default=True, help="抽样的种子，同一种子同一结果 / seed of the draw.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv", "xlsx"]),
    default="text",
    show_default=True,
    help="格式 / format.",
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="写到文件 / write to a file.")
@LANG
def evaluate(
    root: Path,
    name: str,
    as_of: date,
    revision: str | None,
    sample: int | None,
    seed: str,
    form: str,
    out: Path | None,
    lang: str,
) -> None:
    """按评估方案打分，每一分扣在哪个事项、哪条时限、哪条规则都写明。"""
    with could_not_run(lang), progress_bar() as progress:
        checked = flow.check(root, as_of=as_of, revision=revision, workers=available_processors(), progress=progress)
        content = SCORE_FORMATS[form](scoring.evaluate(checked, name, sample=sample, seed=seed), lang)
        if out is not None:
            out.write_bytes(content)
    if out is None:
        if form == "xlsx":
            click.echo("mulu: --format xlsx 要用 --out 写到文件 / needs --out", err=True)
            sys.exit(2)
        click.echo(content.decode("utf-8"), nl=False)
    sys.exit(2 if checked.empty else 0)
