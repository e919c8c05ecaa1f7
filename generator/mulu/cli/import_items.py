"""`mulu import items`: old publications from a list, in bulk."""

import sys
from pathlib import Path

import click

from mulu.cli.options import IN_ROOT, LANG
from mulu.cli.running import could_not_run, progress_bar
from mulu.files.crew import available_processors
from mulu.legacy.plan import Outcome
from mulu.legacy.run import import_items
from mulu.legacy.said import plan_text


@click.command()
@click.argument("source", metavar="LIST", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--attachments", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), required=True,
              help="名单里的文件在哪个文件夹 / folder of the files.")  # fmt: skip
@IN_ROOT
@click.option("--department", help="名单里没有写单位的行属于哪个单位 / department of rows that name none.")
@click.option(
    "--decisions",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="填好的待定表 / the review sheet, filled in.",
)
@click.option("--review", type=click.Path(path_type=Path, dir_okay=False),
              help="待定表写到哪里，缺省在名单旁边 / where the review sheet goes.")  # fmt: skip
@click.option(
    "--dry-run", is_flag=True, help="只说会怎样，只写待定表 / say what would happen; only the review sheet is written."
)
@click.option("--workers", type=click.IntRange(1, 256), help="进程数，缺省为处理器数 / processes.")
@LANG
def items(
    source: Path, folder: Path, root: Path, department: str | None, decisions: Path | None, review: Path | None, dry_run: bool,
    workers: int | None, lang: str,
) -> None:  # fmt: skip
    """按名单和文件成批新建以前的信息：每一行对应哪个目录事项、为什么、多大把握；没有把握的写进待定表。"""
    sheet = review or source.with_name(f"{source.stem}-待定.xlsx")
    with could_not_run(lang), progress_bar() as progress:
        done = import_items(
            root, source, folder, department=department, decisions=decisions, review=sheet, dry_run=dry_run,
            workers=workers or available_processors(), progress=progress,
        )  # fmt: skip
    for line in plan_text(done.plan, done.listing, lang=lang):
        click.echo(line)
    if done.review is not None:
        click.echo(f"待定表：{done.review}" if lang == "zh" else f"review sheet: {done.review}")
    if dry_run:
        click.echo("这是试运行，内容库没有改动。" if lang == "zh" else "A dry run; the content was not changed.")
    sys.exit(int(bool(done.plan.count(Outcome.UNSURE) or done.plan.count(Outcome.LEFT_OUT))))
