"""`mulu build`: check, then bring the site to what the sources say."""

import re
import sys
from datetime import date
from pathlib import Path

import click

from mulu import flow
from mulu.cli.options import AT, LANG, ROOT, SHELL, VERBOSE, as_of_option
from mulu.cli.running import could_not_run, one_pass, progress_bar
from mulu.cli.running import verbose as told
from mulu.files.crew import available_processors
from mulu.reports.text import summary, text_report, unread_report
from mulu.site.shards import Shard


def _shard(context: click.Context, parameter: click.Parameter, value: str | None) -> Shard | None:
    """`2/5`: the second of five shares."""
    if value is None:
        return None
    found = re.fullmatch(r"([1-9]\d{0,4})/([1-9]\d{0,4})", value)
    if found is None or int(found[1]) > int(found[2]):
        raise click.BadParameter("I/N, 1 ≤ I ≤ N, 例如 2/5")
    return Shard(int(found[1]), int(found[2]))


@click.command()
@ROOT
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="网站写到哪里，缺省为 ROOT/site / target folder.")
@as_of_option
@AT
@LANG
@click.option("--workers", type=click.IntRange(1, 256), help="进程数，缺省为处理器数 / processes.")
@SHELL
@click.option(
    "--shard", callback=_shard, metavar="I/N", help="只生成 N 份中的第 I 份，以后用 mulu merge 合并 / one of N shares."
)
@click.option("--cluster", metavar="ADDRESS", help="交给 Dask 集群写页面 / address of a Dask scheduler.")
@VERBOSE
@click.option("-q", "--quiet", is_flag=True, help="只说错误 / errors only.")
def build(
    root: Path, out: Path | None, as_of: date, revision: str | None, lang: str, workers: int | None, saved: Path | None,
    shard: Shard | None, cluster: str | None, verbose: bool, quiet: bool,
) -> None:  # fmt: skip
    """检查后生成网站。有任何错误都不发布，原来的网站保持不变。"""
    if shard is not None and (cluster or out is None):
        raise click.UsageError("--shard 要用 --out 指定各自的文件夹，不能与 --cluster 合用 / needs --out, and not --cluster.")
    with could_not_run(lang), told(lang, verbose), one_pass(), progress_bar(quiet) as progress:
        built = flow.build(
            root,
            out or root / "site",
            as_of=as_of,
            revision=revision,
            workers=workers or available_processors(),
            saved=saved,
            progress=progress,
            shard=shard,
            cluster=cluster,
        )
    if built.published is None:
        click.echo(text_report(built.verdict.diagnostics, lang=lang), nl=False, err=True)
        click.echo(
            "有错误，没有发布；原来的网站没有改动。" if lang == "zh" else "Errors stand; nothing was published.", err=True
        )
        sys.exit(2 if built.verdict.empty else 1)
    if not quiet:
        done = built.published
        numbers = done.planned, len(done.written), len(done.removed)
        said = "共 {} 个文件，写了 {} 个，移去 {} 个。" if lang == "zh" else "{} files, {} written, {} removed. "
        click.echo(unread_report(done.unread, lang=lang), nl=False)
        click.echo(f"{out or root / 'site'}: {said.format(*numbers)}{summary(built.verdict.diagnostics, lang=lang)}")
