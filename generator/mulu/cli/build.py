"""`mulu build`: check, then bring the site to what the sources say."""

import sys
from datetime import date
from pathlib import Path

import click

from mulu import flow
from mulu.cli.options import AT, LANG, ROOT, as_of_option
from mulu.cli.running import could_not_run, one_pass, progress_bar
from mulu.files.crew import available_processors
from mulu.reports.text import summary, text_report


@click.command()
@ROOT
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="网站写到哪里，缺省为 ROOT/site / target folder.")
@as_of_option
@AT
@LANG
@click.option("--workers", type=click.IntRange(1, 256), help="进程数，缺省为处理器数 / processes.")
@click.option(
    "--shell",
    "saved",
    type=click.Path(path_type=Path, dir_okay=False),
    help="从门户另存、写好位置的网页，用作框架 / a portal page as frame.",
)
@click.option("-q", "--quiet", is_flag=True, help="只说错误 / errors only.")
def build(
    root: Path,
    out: Path | None,
    as_of: date,
    revision: str | None,
    lang: str,
    workers: int | None,
    saved: Path | None,
    quiet: bool,
) -> None:
    """检查后生成网站。有任何错误都不发布，原来的网站保持不变。"""
    with could_not_run(lang), one_pass(), progress_bar(quiet) as progress:
        built = flow.build(
            root,
            out or root / "site",
            as_of=as_of,
            revision=revision,
            workers=workers or available_processors(),
            saved=saved,
            progress=progress,
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
        click.echo(f"{out or root / 'site'}: {said.format(*numbers)}{summary(built.verdict.diagnostics, lang=lang)}")
