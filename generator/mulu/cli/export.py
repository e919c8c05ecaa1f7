"""`mulu export`: catalogs in the official layout."""

import sys
from datetime import date
from pathlib import Path

import click

from mulu import flow
from mulu.cli.options import AT, LANG, as_of_option
from mulu.cli.running import could_not_run, progress_bar
from mulu.diagnostics import CouldNotRun, Text
from mulu.site.state import replace_file
from mulu.tables.export import exported


@click.command()
@click.argument("root", type=click.Path(path_type=Path, file_okay=False))
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--department", help="只写一个单位 / one department only.")
@click.option("--field", help="只写一个领域 / one field only.")
@click.option("--overwrite", is_flag=True, help="OUT 已经存在时覆盖它 / replace OUT where it exists.")
@as_of_option
@AT
@LANG
def export(
    root: Path, out: Path, department: str | None, field: str | None, overwrite: bool, as_of: date, revision: str | None, lang: str
) -> None:  # fmt: skip
    """把标准目录写成规定样式的表：OUT 是 .xlsx、.docx 或 .csv，最后一栏是公开情况和链接。"""
    with could_not_run(lang), progress_bar() as progress:
        if out.exists() and not overwrite:
            raise CouldNotRun(Text(
                f"{out} 已经存在，没有改动。换一个文件名，或者加上 --overwrite。",
                f"{out} exists and was not changed. Choose another name, or add --overwrite.",
            ))  # fmt: skip
        checked = flow.check(root, as_of=as_of, revision=revision, progress=progress)
        content = exported(checked.repository, checked.correspondence, out.suffix.lower(), department=department, field=field)
        replace_file(str(out), content)
    click.echo(f"{'写好' if lang == 'zh' else 'written'} {out}")
    sys.exit(2 if checked.empty else 0)
