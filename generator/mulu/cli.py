"""The command line: arguments → one call per command. Alone prints, sets exit codes, and reads clock and environment.

Exit codes: 0 clean, 1 something was found, 2 could not run.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from mulu import __version__
from mulu.reports.formats import FORMATS

Command = TypeVar("Command", bound=Callable[..., Any])

ROOT = click.argument("root", type=click.Path(path_type=Path, file_okay=False), default=".")
LANG = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", envvar="MULU_LANG", help="文字语言 / language of messages."
)
AT = click.option("--at", "revision", metavar="REV", help="检查某一次提交，而不是工作目录 / a commit instead of the work tree.")


def _day(context: click.Context, parameter: click.Parameter, value: Any) -> date | None:
    """A day of the years that the data may speak of (schemas/v1: 1900 to 2199)."""
    if value is not None and not 1900 <= value.year <= 2199:
        raise click.BadParameter("1900-01-01 – 2199-12-31")
    return value.date() if value is not None else None


def as_of_option(command: Command) -> Command:
    """`--as-of DATE`: the day as of which everything is judged; today when not given."""
    return click.option(
        "--as-of", type=click.DateTime(["%Y-%m-%d"]), default=lambda: date.today().isoformat(), envvar="MULU_AS_OF",
        help="评估日期，缺省为今天 / date of evaluation.", callback=_day,
    )(command)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="mulu")
def cli() -> None:
    """Mulu 目录：把政务公开标准目录和已公开的信息放在 git 里，检查、对应、生成网站。"""


@cli.command()
@ROOT
@as_of_option
@AT
@LANG
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="报告格式 / format."
)
@click.option("--since", metavar="REV", help="只说从这次提交以来新出现的问题 / only what is new since a commit.")
def check(root: Path, as_of: date, revision: str | None, lang: str, form: str, since: str | None) -> None:
    """检查全部数据。退出码 0 没有错误，1 有错误，2 无法检查。"""
    from mulu import flow
    from mulu.diagnostics import Diagnostic, blocks
    from mulu.files.git import git_prefix
    from mulu.reports.findings import Findings
    from mulu.reports.text import left_aside

    older: tuple[Diagnostic, ...] = ()
    with _could_not_run(lang), _progress() as progress:
        if since is None:
            checked = flow.check(root, as_of=as_of, revision=revision, progress=progress)
            found = checked.diagnostics
        else:
            compared = flow.compare(root, since=since, as_of=as_of, revision=revision)
            checked, found, older = compared.now, compared.new, compared.older
    findings = Findings(found, as_of, len(checked.tree.files), lang, git_prefix(root), __version__)
    click.echo(FORMATS[form].write(findings), nl=False)
    if since is not None:
        click.echo(left_aside(older, lang=lang), nl=False, err=not FORMATS[form].spoken)
    sys.exit(2 if checked.empty else int(blocks(found)))


@cli.command()
@ROOT
@click.option("--since", metavar="REV", required=True, help="与哪一次提交比较 / the commit to compare with.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="写到哪个文件，缺省为屏幕 / target file.")
@as_of_option
@AT
@LANG
def report(root: Path, since: str, out: Path | None, as_of: date, revision: str | None, lang: str) -> None:
    """写一份合并请求的说明（Markdown）：公开什么，改动什么，撤下什么，事项状态和公开情况怎样变化，有什么新问题。"""
    from mulu import flow
    from mulu.files.git import git_prefix
    from mulu.reports.changes import End
    from mulu.reports.comment import Compared, comment
    from mulu.site.state import replace_file

    with _could_not_run(lang):
        found = flow.compare(root, since=since, as_of=as_of, revision=revision)
    before, now = (End(each.repository, each.correspondence) for each in (found.before, found.now))
    commits = found.ends.before, found.ends.now
    compared = Compared(before, now, found.new, found.older, found.solved, commits, found.ends.edited, as_of)
    said = comment(compared, lang=lang, prefix=git_prefix(root))
    if out is None:
        click.echo(said, nl=False)
    else:
        replace_file(out, said.encode("utf-8"))
    sys.exit(2 if found.now.empty else 0)


@cli.command()
@ROOT
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="网站写到哪里，缺省为 ROOT/site / target folder.")
@as_of_option
@AT
@LANG
@click.option("--workers", type=click.IntRange(1, 256), help="进程数，缺省为处理器数 / processes.")
@click.option("-q", "--quiet", is_flag=True, help="只说错误 / errors only.")
def build(root: Path, out: Path | None, as_of: date, revision: str | None, lang: str, workers: int | None, quiet: bool) -> None:
    """检查后生成网站。有任何错误都不发布，原来的网站保持不变。"""
    from mulu import flow
    from mulu.reports.text import summary, text_report
    from mulu.site.publish import available_processors

    with _could_not_run(lang), _progress(quiet) as progress:
        built = flow.build(
            root,
            out or root / "site",
            as_of=as_of,
            revision=revision,
            workers=workers or available_processors(),
            progress=progress,
        )
    if built.published is None:
        click.echo(text_report(built.checked.diagnostics, lang=lang), nl=False, err=True)
        click.echo(
            "有错误，没有发布；原来的网站没有改动。" if lang == "zh" else "Errors stand; nothing was published.", err=True
        )
        sys.exit(2 if built.checked.empty else 1)
    if not quiet:
        done = built.published
        numbers = done.planned, len(done.written), len(done.removed)
        said = "共 {} 个文件，写了 {} 个，移去 {} 个。" if lang == "zh" else "{} files, {} written, {} removed. "
        click.echo(f"{out or root / 'site'}: {said.format(*numbers)}{summary(built.checked.diagnostics, lang=lang)}")


@cli.command()
@ROOT
@as_of_option
@LANG
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址 / address.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="端口，0 为任意 / port.")
def serve(root: Path, as_of: date, lang: str, host: str, port: int) -> None:
    """在浏览器里预览，保存文件后自动刷新。"""
    from mulu.preview import preview

    with _could_not_run(lang):
        preview(root, as_of=as_of, host=host, port=port, lang=lang, say=lambda line: click.echo(line))


@cli.command()
@ROOT
@as_of_option
@AT
@LANG
@click.option(
    "--due",
    type=click.IntRange(0, 400),
    metavar="N",
    help="列出 N 个工作日内到期的和已经逾期的 / what falls due within N workdays.",
)
@click.option("--ics", type=click.Path(path_type=Path, dir_okay=False), help="把到期的写成日历文件 / write them as iCalendar.")
def status(root: Path, as_of: date, revision: str | None, lang: str, due: int | None, ics: Path | None) -> None:
    """按领域和单位列出公开情况；--due 列出快到期的。"""
    from mulu import flow
    from mulu.reports.status import status as counted
    from mulu.reports.status import status_table
    from mulu.reports.text import summary

    with _could_not_run(lang), _progress() as progress:
        checked = flow.check(root, as_of=as_of, revision=revision, progress=progress)
    if due is None and ics is None:
        click.echo(status_table(counted(checked.repository, checked.correspondence), as_of=as_of, lang=lang), nl=False)
        click.echo(summary(checked.diagnostics, lang=lang))
    else:
        with _could_not_run(lang):
            _say_due(checked, 20 if due is None else due, ics, lang)
    sys.exit(2 if checked.empty else 0)


def _say_due(checked: Any, workdays: int, ics: Path | None, lang: str) -> None:
    from mulu.evaluation.forecast import forecast, past_due
    from mulu.evaluation.ics import calendar
    from mulu.reports.due import due_table

    repository, as_of = checked.repository, checked.as_of
    late = past_due(repository, checked.correspondence)
    coming = forecast(repository, checked.correspondence, workdays=workdays)
    if ics is not None:
        site = repository.site
        names = {code: each.label for code, each in repository.departments.items()}
        text = calendar(coming, name="mulu", domain=site.domain if site else "localhost", as_of=as_of, departments=names)
        ics.write_bytes(text.encode())
    titles = ("已经逾期", f"{workdays} 个工作日内到期") if lang == "zh" else ("past due", f"due within {workdays} workdays")
    for title, listed in zip(titles, (late, coming), strict=True):
        click.echo(f"{title}（{len(listed)}）" if lang == "zh" else f"{title} ({len(listed)})")
        click.echo(due_table(listed, repository, as_of=as_of, lang=lang))


@cli.command()
@ROOT
@as_of_option
@AT
@click.option("--json", "as_json", is_flag=True, help="写成 JSON / as JSON.")
@LANG
def trend(root: Path, as_of: date, revision: str | None, as_json: bool, lang: str) -> None:
    """按季度和标签列出公开情况的走势，由 git 历史得出，不改动工作目录。"""
    from mulu import flow
    from mulu.reports.trend import trend_json, trend_table

    with _could_not_run(lang), _progress() as progress:
        checked = flow.check(root, as_of=as_of, revision=revision, progress=progress)
        found = flow.trend(root, checked)
    click.echo(trend_json(found, as_of=as_of) if as_json else trend_table(found, as_of=as_of, lang=lang), nl=False)
    sys.exit(2 if checked.empty else 0)


@cli.command()
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
    from fnmatch import fnmatch

    from mulu import flow
    from mulu.annual.document import document
    from mulu.annual.report import reports
    from mulu.reports.annual import annual_text
    from mulu.reports.text import text_report
    from mulu.site.state import replace_file

    with _could_not_run(lang), _progress() as progress:
        checked = flow.check(root, as_of=as_of, revision=revision, progress=progress)
    made = reports(checked.repository, year, department)
    wanted = f"catalogs/departments/{department or '*'}/requests/{year}.yml"
    found = [each for each in checked.diagnostics if fnmatch(each.place.file, wanted)]
    for report in made:
        click.echo(annual_text(report, [each for each in found if each.place.file == report.path], lang=lang))
        if out:
            replace_file(out / f"{report.department}-{year}.docx", document(report))
            click.echo(f"{out / f'{report.department}-{year}.docx'}\n")
    unread = [each for each in found if each.place.file not in {report.path for report in made}]
    if unread:
        click.echo(text_report(unread, lang=lang), nl=False, err=True)
    if not made:
        click.echo(f"mulu: 没有可用的登记簿 {wanted}" if lang == "zh" else f"mulu: no usable register {wanted}", err=True)
        sys.exit(2)
    sys.exit(int(bool(found or any(report.missing for report in made))))


@cli.command()
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
    from mulu import flow
    from mulu.reports.score import SCORE_FORMATS

    with _could_not_run(lang), _progress() as progress:
        checked = flow.check(root, as_of=as_of, revision=revision, progress=progress)
        content = SCORE_FORMATS[form](flow.evaluate(checked, name, sample=sample, seed=seed), lang)
        if out is not None:
            out.write_bytes(content)
    if out is None:
        if form == "xlsx":
            click.echo("mulu: --format xlsx 要用 --out 写到文件 / needs --out", err=True)
            sys.exit(2)
        click.echo(content.decode("utf-8"), nl=False)
    sys.exit(2 if checked.empty else 0)


@cli.command()
@click.argument("wording")
@click.option(
    "--from", "start", type=click.DateTime(["%Y-%m-%d"]), callback=_day, help="起算日，缺省为评估日期 / the day it counts from."
)
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), default=".", help="内容库 / content repository.")
@as_of_option
@LANG
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / as JSON.")
def limit(wording: str, start: date | None, root: Path, as_of: date, lang: str, as_json: bool) -> None:
    """试读一条公开时限：读成什么规则、有多大把握、哪天到期、怎样推算。退出码 1 表示读不懂。"""
    from mulu import flow
    from mulu.limits.clause import Certainty
    from mulu.limits.parse import parse_limit
    from mulu.reports.limit import due_dates, limit_json, limit_text

    day = start or as_of
    days, settings = flow.calendar(root, until=max(day, as_of).year + 2)
    read = parse_limit(wording)
    dues = due_dates(read, day, days, settings)
    click.echo(limit_json(read, dues, as_of=as_of) if as_json else limit_text(read, dues, as_of=as_of, lang=lang), nl=False)
    sys.exit(int(read.certainty is Certainty.UNREAD))


@cli.command()
@click.argument("code")
@LANG
def explain(code: str, lang: str) -> None:
    """说明一条规则：什么意思，为什么，怎样改，正误举例。"""
    from mulu.checks.registry import fault_of
    from mulu.reports.explained import explained

    fault = fault_of(code)
    if fault is None:
        known = (
            "没有这条规则：{}。全部规则见网站的“数据检查”页。"
            if lang == "zh"
            else "No such rule: {}. All are on the site's checks page."
        )
        click.echo(known.format(code), err=True)
        sys.exit(2)
    click.echo(explained(fault, lang=lang), nl=False)


@cli.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--platform",
    type=click.Choice(["github", "gitlab", "gitea"]),
    default="github",
    show_default=True,
    help="代码托管平台 / host.",
)
@click.option(
    "--name", prompt="地区名称，如“东湖区” / name of the district", help="地区名称，如“东湖区” / name of the district."
)
@click.option("--domain", help="门户网站域名 / domain of the portal.")
@click.option("--site-code", help="政府网站标识码，十位 / site code, ten digits.")
@click.option("--office", multiple=True, help="政务公开办的审批账号，可以写几次 / accounts of the disclosure office.")
@LANG
def init(
    directory: Path, platform: str, name: str, domain: str | None, site_code: str | None, office: tuple[str, ...], lang: str
) -> None:
    """新建一个内容库，写好样例、说明和自动检查发布的流程。"""
    from mulu.start.init import init as made

    with _could_not_run(lang):
        files = made(
            directory, platform=platform, name=name, today=date.today(), domain=domain, site_code=site_code, office=office
        )
    said = "写了 {} 个文件。接着运行：mulu check {}" if lang == "zh" else "{} files written. Next: mulu check {}"
    click.echo(said.format(len(files), directory))


@cli.group()
def new() -> None:
    """新建信息、目录事项、单位或者领域；不给出的必填项会逐一询问。"""


IN_ROOT = click.option(
    "--root", type=click.Path(path_type=Path, file_okay=False), default=".", help="内容库 / content repository."
)


@new.command()
@IN_ROOT
@click.option("--department", prompt="单位代码 / department", help="单位代码，即文件夹名 / code of the department.")
@click.option("--title", prompt="标题 / title", help="信息的标题 / title.")
@click.option("--kind", prompt="信息类别 / kind", help="信息类别，如 notice / kind.")
@click.option("--entry", "entries", multiple=True, help="所回应的目录事项编号，可以写几次 / catalog entry answered.")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="发布日期，缺省为今天 / date of publication.")
@click.option("--id", "id_", help="信息编号，缺省自动取下一个 / id.")
@LANG
def item(
    root: Path, department: str, title: str, kind: str, entries: tuple[str, ...], published: Any, id_: str | None, lang: str
) -> None:
    """新建一条信息，写好元数据，等待填写正文。"""
    from mulu.start.item import new_item

    day = published.date() if published else date.today()
    with _could_not_run(lang):
        _say_written(
            new_item(root, department=department, title=title, kind=kind, entries=entries, published=day, id=id_), lang
        )


@new.command()
@IN_ROOT
@click.option("--department", prompt="单位代码 / department", help="单位代码 / code of the department.")
@click.option("--field", prompt="领域代码 / field", help="领域代码 / code of the field.")
@click.option("--topic", prompt="一级事项 / topic", help="一级事项 / topic.")
@click.option("--item", "name", prompt="二级事项 / item", help="二级事项 / item.")
@click.option("--element", "elements", multiple=True, required=True, help="要素，可以写几次 / element.")
@click.option("--time-limit", default="", help="公开时限原文 / time limit, verbatim.")
@click.option("--id", "id_", help="事项编号，缺省自动取下一个 / id.")
@LANG
def entry(
    root: Path, department: str, field: str, topic: str, name: str, elements: tuple[str, ...], time_limit: str, id_: str | None,
    lang: str,
) -> None:  # fmt: skip
    """在一个单位的目录末尾增加一个事项，原有内容和注释不动。"""
    from mulu.model.catalog import Element
    from mulu.start.new import new_entry

    with _could_not_run(lang):
        listed = [Element(each) for each in elements]
        _say_written(
            new_entry(
                root, department=department, field=field, topic=topic, item=name, elements=listed, time_limit=time_limit, id=id_
            ),
            lang,
        )


@new.command()
@IN_ROOT
@click.option("--code", prompt="单位代码 / code", help="小写字母和数字，用作文件夹名 / code, used as folder name.")
@click.option("--name", prompt="单位全称 / name", help="单位全称 / full name.")
@click.option("--level", prompt="公开层级 / level", help="site.yml 中的层级 / level.")
@click.option("--credit-code", prompt="统一社会信用代码 / credit code", help="十八位 / 18 characters.")
@click.option("--owner", "owners", multiple=True, help="审批账号，如 @组织/小组，可以写几次 / owner.")
@LANG
def department(root: Path, code: str, name: str, level: str, credit_code: str, owners: tuple[str, ...], lang: str) -> None:
    """新建一个单位，并把它的审批人写进 CODEOWNERS。"""
    from mulu.start.new import new_department

    with _could_not_run(lang):
        _say_written(new_department(root, code=code, name=name, level=level, credit_code=credit_code, owners=owners), lang)


@new.command()
@IN_ROOT
@click.option("--code", prompt="领域代码 / code", help="小写字母和数字，用作文件名 / code.")
@click.option("--name", prompt="领域名称 / name", help="领域名称 / name.")
@LANG
def field(root: Path, code: str, name: str, lang: str) -> None:
    """在领域表末尾增加一个领域。"""
    from mulu.start.new import new_field

    with _could_not_run(lang):
        _say_written(new_field(root, code=code, name=name), lang)


@cli.group()
def ledger() -> None:
    """整改台账：登记缺口、办结、列出。"""


ENTRY = click.option("--entry", required=True, help="目录事项编号 / id of the catalog entry.")
PERIOD = click.option("--period", help="所属期间，如 2026Q3 / period.")
ELEMENTS = click.option("--element", "elements", multiple=True, help="所缺的要素，可以写几次 / element.")


@ledger.command("add")
@IN_ROOT
@ENTRY
@PERIOD
@ELEMENTS
@click.option("--owner", required=True, help="负责补齐的机构和人员 / who fills the gap.")
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), required=True, help="应当补齐的日期 / due date.")
@click.option("--note", help="缺口的情况 / what is known of the gap.")
@as_of_option
@LANG
def ledger_add(
    root: Path, entry: str, period: str | None, elements: tuple[str, ...], owner: str, due: Any, note: str | None, as_of: date,
    lang: str,
) -> None:  # fmt: skip
    """登记一个缺口：到期以前只提醒，到期以后阻断发布。"""
    from mulu.start.ledger import book_gap

    with _could_not_run(lang):
        booked = book_gap(
            root, entry=entry, owner=owner, due=due.date(), booked=as_of, period=period, elements=elements, note=note
        )
        _say_written(booked, lang)


@ledger.command("close")
@IN_ROOT
@ENTRY
@PERIOD
@ELEMENTS
@as_of_option
@LANG
def ledger_close(root: Path, entry: str, period: str | None, elements: tuple[str, ...], as_of: date, lang: str) -> None:
    """办结一个缺口，办结日期为评估日期；有几条登记时用期间或者要素指明。"""
    from mulu.start.ledger import close_gap

    with _could_not_run(lang):
        _say_written(close_gap(root, entry=entry, closed=as_of, period=period, elements=elements), lang)


@ledger.command("list")
@IN_ROOT
@click.option("--department", help="只列一个单位 / one department only.")
@click.option("--all", "closed", is_flag=True, help="已办结的也列出 / closed ones too.")
@click.option("--json", "as_json", is_flag=True, help="写成 JSON / as JSON.")
@as_of_option
@LANG
def ledger_list(root: Path, department: str | None, closed: bool, as_json: bool, as_of: date, lang: str) -> None:
    """列出登记在册的缺口，先到期的在前。"""
    from mulu import flow
    from mulu.reports.ledger import bookings, bookings_json, bookings_table
    from mulu.start.known import department_of

    with _could_not_run(lang):
        checked = flow.check(root, as_of=as_of)
        if department:
            department_of(checked.repository, checked.diagnostics, department)
    found = bookings(checked.repository, as_of=as_of, department=department, closed=closed)
    click.echo(bookings_json(found, as_of=as_of) if as_json else bookings_table(found, as_of=as_of, lang=lang), nl=False)


def _say_written(files: Iterable[Any], lang: str) -> None:
    for file in files:
        click.echo(
            f"{'改动' if file.appended else '新建'} {file.path}"
            if lang == "zh"
            else f"{'changed' if file.appended else 'new'} {file.path}"
        )


@contextmanager
def _could_not_run(lang: str) -> Iterator[None]:
    """What keeps a command from running, in a sentence and exit code 2; everything else is our bug and shows as one."""
    from mulu.files.git import UnknownRevision
    from mulu.files.tree import NoContent
    from mulu.flow import UnknownProfile
    from mulu.preview import PortTaken
    from mulu.site.publish import Vanishing
    from mulu.site.shell import NoShell
    from mulu.site.state import ForeignFolder
    from mulu.start.written import Refused

    zh = lang == "zh"
    try:
        yield
        return
    except ForeignFolder as foreign:
        said = (
            f"{foreign} 里有不是 mulu 写的文件，没有改动。换一个文件夹，或者先清空它。"
            if zh
            else f"{foreign} holds files that mulu did not write; nothing was changed. Choose another folder or empty it."
        )
    except Vanishing as lost:
        said = (
            f"这些已经公开的网址会消失，没有发布：{lost}。信息要写 withdrawn、事项要写 retired，不能直接删除。"
            if zh
            else f"These published addresses would vanish; nothing was published: {lost}. Use `withdrawn` or `retired` instead of deleting."
        )
    except Refused as refused:
        said = refused.text.spoken(lang)
    except UnknownProfile as unknown_profile:
        said = (
            f"没有这个评估方案：{unknown_profile}。方案写在 catalogs/profiles/，文件名就是方案名；有错误的方案也不能用。"
            if zh
            else f"No such assessment scheme: {unknown_profile}. Schemes stand in catalogs/profiles/; one with faults cannot be used."
        )
    except NoShell as unusable:
        said = (
            f"网站的外观做不出来，没有发布：{unusable}。检查 mkdocs.yml，plugins 里要有 mulu。"
            if zh
            else f"The look of the site cannot be made; nothing was published: {unusable}. Check mkdocs.yml; its plugins must list mulu."
        )
    except PortTaken as taken:
        said = (
            f"端口 {taken} 已经被占用，换一个：--port 0 自动选择。"
            if zh
            else f"Port {taken} is in use; choose another, --port 0 takes any."
        )
    except NoContent as missing:
        said = (
            f"找不到 {missing}。用 mulu init 可以新建一个内容库。"
            if zh
            else f"Not found: {missing}. `mulu init` makes a content repository."
        )
    except UnknownRevision as unknown:
        said = (
            f"git 不认识这次提交：{unknown}。只取了一部分历史的，先取回全部：git fetch --unshallow。"
            if zh
            else f"git does not know this commit: {unknown}. In a shallow clone, first run `git fetch --unshallow`."
        )
    except OSError as broken:
        said = (
            f"读写文件失败：{broken.filename}（{broken.strerror}）"
            if zh
            else f"Cannot read or write {broken.filename}: {broken.strerror}"
        )
    click.echo(f"mulu: {said}", err=True)
    sys.exit(2)


@contextmanager
def _progress(quiet: bool = False) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("mulu", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def main() -> None:
    """The entry point."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # an advertisement of the theme, not about this site
    cli()
