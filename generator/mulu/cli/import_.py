"""`mulu import`: the tables that offices have, into the catalogs. What is not a subcommand is a file: `mulu import FILE…`."""

import sys
from pathlib import Path

import click

from mulu.cli.options import LANG, say_written
from mulu.cli.running import could_not_run
from mulu.site.state import replace_file
from mulu.tables.importing import carry_out, plan_import
from mulu.tables.report import report_json, report_text


class FilesOrCommand(click.Group):
    """A group whose first word may be a file: then it is the command `catalog` that is meant."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `catalog` before the words unless they begin with a subcommand or ask for help."""
        if args and args[0] not in (*self.commands, "-h", "--help"):
            args = ["catalog", *args]
        return super().parse_args(ctx, args)


@click.group("import", cls=FilesOrCommand)
def import_() -> None:
    """把单位现有的表读进来。mulu import FILE… 等于 mulu import catalog FILE…：读标准目录。"""


@import_.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--department", required=True, help="目录属于哪个单位，单位代码 / code of the department.")
@click.option("--field", help="领域代码；不给出时由标题认出 / field; recognised from the title when not given.")
@click.option(
    "--into", "root", type=click.Path(path_type=Path, file_okay=False), default=".", help="内容库 / content repository."
)
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="导入报告写到这个 JSON 文件 / import report.")
@click.option("--prefer", type=click.Choice(["catalog", "table"]), default="catalog", show_default=True,
              help="手工改过的和表里不同时用哪个 / which counts where the catalog was edited by hand.")  # fmt: skip
@click.option(
    "--dry-run", is_flag=True, help="只看会怎样改，不改动目录；--report 照样写 / change nothing; a report is still written."
)
@LANG
def catalog(
    files: tuple[Path, ...], department: str, field: str | None, root: Path, report: Path | None, prefer: str, dry_run: bool, lang: str
) -> None:  # fmt: skip
    """读标准目录：Excel、Word、网页、CSV、复制出来的文字，写成 catalog/领域.yml。退出码 1 表示有没放进目录的行。"""
    with could_not_run(lang):
        contents = [(file.name, file.read_bytes()) for file in files]
        planned = plan_import(root, contents, department=department, field=field, table_first=prefer == "table")
        for difference in planned.differences:
            click.echo(difference, nl=False)
        if report is not None:
            replace_file(str(report), report_json(planned.report))
        if not dry_run:
            say_written(carry_out(root, planned), lang)
    click.echo(report_text(planned.report, lang=lang), nl=False)
    if dry_run:
        click.echo("这是试运行，目录没有改动。" if lang == "zh" else "A dry run: the catalogs were not changed.")
    sys.exit(int(planned.report.rows.reported > 0))
