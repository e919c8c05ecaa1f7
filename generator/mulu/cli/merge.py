"""`mulu merge`: the shares that `mulu build --shard` made, put together."""

from pathlib import Path

import click

from mulu.cli.options import LANG, Target
from mulu.cli.running import could_not_run
from mulu.site.shards import merge as merged
from mulu.site.store import Store


@click.command()
@click.argument("shards", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", required=True, type=Target(), metavar="FOLDER", help="网站写到哪里 / target folder.")
@LANG
def merge(shards: tuple[Path, ...], out: Path | Store, lang: str) -> None:
    """把 mulu build --shard 分别生成的几份合成一个网站，结果与一次生成的一字不差。"""
    if isinstance(out, Store):
        raise click.UsageError("merge 的 --out 要写文件夹 / the --out of merge is a folder.")
    with could_not_run(lang):
        done = merged(shards, out)
    numbers = done.planned, len(done.written), len(done.removed)
    said = "共 {} 个文件，写了 {} 个，移去 {} 个。" if lang == "zh" else "{} files, {} written, {} removed."
    click.echo(f"{out}: {said.format(*numbers)}")
