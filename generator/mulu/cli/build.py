"""`mulu build`: check, then bring the site to what the sources say."""

import re
import sys
from datetime import date
from pathlib import Path

import click

from mulu import standing
from mulu.cli.options import AT, LANG, ROOT, SHELL, VERBOSE, Target, as_of_option
from mulu.cli.running import could_not_run, one_pass, progress_bar
from mulu.cli.running import verbose as told
from mulu.files.crew import available_processors
from mulu.reports.text import summary, text_report, unread_report
from mulu.site.portal import read_portal
from mulu.site.scheduler import Cluster
from mulu.site.shard import Shard
from mulu.site.store import Store


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
@click.option(
    "--out", type=Target(), metavar="FOLDER|URL",
    help="网站写到哪里，缺省为 ROOT/site；也可以写 s3://桶/路径 / target folder or store.",
)  # fmt: skip
@as_of_option
@AT
@LANG
@click.option("--workers", type=click.IntRange(1, 256), help="进程数，缺省为处理器数 / processes.")
@SHELL
@click.option(
    "--shard", callback=_shard, metavar="I/N", help="只生成 N 份中的第 I 份，以后用 mulu merge 合并 / one of N shares."
)
@click.option("--cluster", metavar="ADDRESS", help="交给 Dask 集群写页面 / address of a Dask scheduler.")
@click.option(
    "--cluster-source",
    metavar="REMOTE|URL",
    help="各台机器从哪里取 --at 的提交 / where its workers fetch the commit of --at from.",
)
@VERBOSE
@click.option("-q", "--quiet", is_flag=True, help="只说错误 / errors only.")
def build(
    root: Path, out: Path | Store | None, as_of: date, revision: str | None, lang: str, workers: int | None, saved: Path | None,
    shard: Shard | None, cluster: str | None, cluster_source: str | None, verbose: bool, quiet: bool,
) -> None:  # fmt: skip
    """检查后生成网站。有任何错误都不发布，原来的网站保持不变。"""
    if shard is not None and (cluster or not isinstance(out, Path)):
        raise click.UsageError(
            "--shard 要用 --out 指定各自的文件夹，不能与 --cluster 合用 / needs a folder as --out, and not --cluster."
        )
    if cluster_source is not None and not (cluster and revision):
        raise click.UsageError(
            "--cluster-source 要与 --cluster 和 --at 合用：各台机器按提交取仓库 / needs --cluster, and --at: workers fetch by commit."
        )
    with could_not_run(lang), told(lang, verbose), one_pass(), progress_bar(quiet) as progress:
        target, processes = out or root / "site", workers or available_processors()
        portal = read_portal(saved) if saved else None
        built = None
        if isinstance(target, Path) and revision is None and shard is None and cluster is None:
            built = standing.standing_build(root, target, as_of, portal)
        if built is None:
            from mulu import flow

            built = flow.build(
                root, target, as_of=as_of, revision=revision, workers=processes, saved=saved, progress=progress, shard=shard,
                cluster=Cluster(cluster, cluster_source or "") if cluster else None,
            )  # fmt: skip
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
        click.echo(f"{target}: {said.format(*numbers)}{summary(built.verdict.diagnostics, lang=lang)}")
