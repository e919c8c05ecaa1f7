"""`mulu annual`: the statutory tables of the annual report."""

import sys
from datetime import date
from fnmatch import fnmatch
from pathlib import Path

import click

from mulu import flow
from mulu.annual.document import document
from mulu.annual.report import reports
from mulu.cli.options import AT, LANG, ROOT, as_of_option
from mulu.cli.running import could_not_run, progress_bar
from mulu.files.crew import available_processors
from mulu.reports.annual import annual_text
from mulu.reports.text import text_report
from mulu.site.state import replace_file


@click.command()
@click.argument("year", type=click.IntRange(1949, 2199))
@ROOT
@click.option("--department", help="单位代码，缺省为全部有登记簿的单位 / code of the department.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Word 文件写到哪里 / folder for Word files.")
@as_of_option
@AT
@LANG
def annual(
    year: int, root: Path, department: str | None, out: Path | None, as_of: date, revision: str | None, lang: str
) -> None:
    """填写政府信息公开工作年度报告的法定表格，说出还要写什么、哪里不平。"""
    with could_not_run(lang), progress_bar() as progress:
        checked = flow.check(root, as_of=as_of, revision=revision, workers=available_processors(), progress=progress)
    made = reports(checked.repository, year, department)
    wanted = f"catalogs/departments/{department or '*'}/requests/{year}.yml"
    found = [each for each in checked.diagnostics if fnmatch(each.place.file, wanted)]
    for report in made:
        click.echo(annual_text(report, [each for each in found if each.place.file == report.path], lang=lang))
        if out:
            replace_file(str(out / f"{report.department}-{year}.docx"), document(report))
            click.echo(f"{out / f'{report.department}-{year}.docx'}\n")
    unread = [each for each in found if each.place.file not in {report.path for report in made}]
    if unread:
        click.echo(text_report(unread, lang=lang), nl=False, err=True)
    if not made:
        click.echo(f"mulu: 没有可用的登记簿 {wanted}" if lang == "zh" else f"mulu: no usable register {wanted}", err=True)
        sys.exit(2)
    sys.exit(int(bool(found or any(report.missing for report in made))))
