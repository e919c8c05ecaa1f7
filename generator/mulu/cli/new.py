"""`mulu new`: items, entries, departments and fields."""

import sys
from datetime import date
from pathlib import Path

import click

from mulu.cli.options import IN_ROOT, LANG, day_of, say_written
from mulu.cli.running import could_not_run
from mulu.model.catalog import Element
from mulu.model.district import Guideline
from mulu.model.period import MONTHS_OF_CYCLE
from mulu.model.schema import titles
from mulu.start.item import new_item
from mulu.start.new import new_department, new_entry, new_field
from mulu.tables.basis import read_basis


@click.group()
def new() -> None:
    """新建信息、目录事项、单位或者领域；不给出的必填项会逐一询问。"""


@new.command()
@IN_ROOT
@click.option("--department", prompt="单位代码 / department", help="单位代码，即文件夹名 / code of the department.")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="由 Word 文件（docx、doc）、网页或者 Markdown 生成 / make it from a Word file, web page or Markdown.",
)
@click.option("--title", help="信息的标题 / title.")
@click.option("--kind", help="信息类别，如 notice / kind.")
@click.option("--entry", "entries", multiple=True, help="所回应的目录事项编号，可以写几次 / catalog entry answered.")
@click.option(
    "--published", type=click.DateTime(["%Y-%m-%d"]), callback=day_of, help="发布日期，缺省为今天 / date of publication."
)
@click.option("--id", "id_", help="信息编号，缺省自动取下一个 / id.")
@LANG
def item(
    root: Path, department: str, source: Path | None, title: str | None, kind: str | None, entries: tuple[str, ...],
    published: date | None, id_: str | None, lang: str,
) -> None:  # fmt: skip
    """新建一条信息，写好元数据，等待填写正文；--from 从文件取正文、标题、文号和日期，等待核对。"""
    day = published or date.today()
    with could_not_run(lang):
        if source is not None:
            from mulu.documents.item import item_from
            from mulu.documents.said import made_text

            made = item_from(
                root, source, department=department, title=title, kind=kind, entries=entries, published=day, id=id_
            )
            say_written(made.files, lang)
            click.echo(made_text(made, lang=lang), nl=False)
            return
        title = title or click.prompt("标题 / title")
        kind = kind or click.prompt("信息类别 / kind", type=click.Choice(titles("item", "kind")))
        say_written(new_item(root, department=department, title=title, kind=kind, entries=entries, published=day, id=id_), lang)


@new.command()
@IN_ROOT
@click.option("--department", prompt="单位代码 / department", help="单位代码 / code of the department.")
@click.option("--field", prompt="领域代码 / field", help="领域代码 / code of the field.")
@click.option("--topic", prompt="一级事项 / topic", help="一级事项 / topic.")
@click.option("--item", "name", prompt="二级事项 / item", help="二级事项 / item.")
@click.option("--subitem", help="三级事项 / subitem.")
@click.option("--element", "elements", multiple=True, help="必选要素，可以写几次 / required element.")
@click.option("--optional-element", "optional", multiple=True, help="可选要素，可以写几次 / optional element.")
@click.option("--basis", multiple=True, help="公开依据，如“《预算法》第十四条”，可以写几次 / basis.")
@click.option("--time-limit", help="公开时限原文 / time limit, verbatim.")
@click.option("--cycle", type=click.Choice(list(MONTHS_OF_CYCLE)), help="公开周期 / cycle.")
@click.option("--since", help="定期公开从哪一期开始，如 2026Q1 / first period.")
@click.option("--responsible", multiple=True, help="公开主体，缺省为本单位，可以写几次 / body.")
@click.option("--channel", "channels", multiple=True, help="公开渠道，可以写几次 / channel.")
@click.option("--audience", multiple=True, default=("全社会",), show_default=True, help="公开对象，可以写几次 / audience.")
@click.option(
    "--method", type=click.Choice(["主动公开", "依申请公开"]), default="主动公开", show_default=True, help="公开方式 / method."
)
@click.option("--level", "levels", multiple=True, help="公开层级，缺省为本单位的，可以写几次 / level.")
@click.option("--id", "id_", help="事项编号，缺省自动取下一个 / id.")
@LANG
def entry(
    root: Path, department: str, field: str, topic: str, name: str, subitem: str | None, elements: tuple[str, ...],
    optional: tuple[str, ...], basis: tuple[str, ...], time_limit: str | None, cycle: str | None, since: str | None,
    responsible: tuple[str, ...], channels: tuple[str, ...], audience: tuple[str, ...], method: str, levels: tuple[str, ...],
    id_: str | None, lang: str,
) -> None:  # fmt: skip
    """在一个单位的目录末尾增加一个事项，原有内容和注释不动。"""
    elements = elements or _several("要素，一行一个，空行结束 / element")
    if time_limit is None:
        time_limit = _perhaps("公开时限原文 / time limit")
    basis = basis or (_perhaps("公开依据，如“《预算法》第十四条” / basis"),)
    listed = [*(Element(each) for each in elements), *(Element(each, required=False) for each in optional)]
    with could_not_run(lang):
        made = new_entry(
            root, department=department, field=field, topic=topic, item=name, subitem=subitem, elements=listed,
            basis=read_basis("\n".join(basis)).basis, time_limit=time_limit, cycle=cycle, since=since, responsible=responsible,
            channels=channels, audience=audience, method=method, levels=levels, id=id_,
        )  # fmt: skip
        say_written(made, lang)


@new.command()
@IN_ROOT
@click.option("--code", prompt="单位代码 / code", help="小写字母和数字，用作文件夹名 / code, used as folder name.")
@click.option("--name", prompt="单位全称 / name", help="单位全称 / full name.")
@click.option("--short-name", help="简称 / short name.")
@click.option("--level", prompt="公开层级 / level", help="site.yml 中的层级 / level.")
@click.option("--credit-code", prompt="统一社会信用代码 / credit code", help="十八位 / 18 characters.")
@click.option("--address", help="办公地址 / address.")
@click.option("--hours", help="办公时间 / office hours.")
@click.option("--phone", help="联系电话 / telephone.")
@click.option("--owner", "owners", multiple=True, help="审批账号，如 @组织/小组，可以写几次 / owner.")
@LANG
def department(
    root: Path, code: str, name: str, short_name: str | None, level: str, credit_code: str, address: str | None,
    hours: str | None, phone: str | None, owners: tuple[str, ...], lang: str,
) -> None:  # fmt: skip
    """新建一个单位，并把它的审批人写进 CODEOWNERS。"""
    address, hours, phone = (
        asked if asked is not None else _perhaps(question)
        for asked, question in (
            (address, "办公地址 / address"),
            (hours, "办公时间 / office hours"),
            (phone, "联系电话 / telephone"),
        )
    )
    with could_not_run(lang):
        made = new_department(
            root, code=code, name=name, level=level, credit_code=credit_code, short_name=short_name, address=address,
            hours=hours, phone=phone, owners=owners,
        )  # fmt: skip
        say_written(made, lang)


@new.command()
@IN_ROOT
@click.option("--code", prompt="领域代码 / code", help="小写字母和数字，用作文件名 / code.")
@click.option("--name", prompt="领域名称 / name", help="领域名称 / name.")
@click.option("--alias", "aliases", multiple=True, help="别名，可以写几次 / other name.")
@click.option("--order", type=click.IntRange(0, 9999), help="排列次序，缺省在最后 / place in the order.")
@click.option("--guideline", nargs=2, metavar="机关 名称", help="标准指引：印发机关和名称 / issuer and title of the guideline.")
@LANG
def field(
    root: Path, code: str, name: str, aliases: tuple[str, ...], order: int | None, guideline: tuple[str, str] | None, lang: str
) -> None:
    """在领域表末尾增加一个领域。"""
    with could_not_run(lang):
        issued = Guideline(*guideline) if guideline else None
        say_written(new_field(root, code=code, name=name, aliases=aliases, order=order, guideline=issued), lang)


def _perhaps(question: str) -> str:
    """Asked on a terminal only; an empty answer leaves the key to be filled in."""
    return str(click.prompt(question, default="", show_default=False)) if sys.stdin.isatty() else ""


def _several(question: str) -> tuple[str, ...]:
    """One answer or more, until an empty one."""
    answers = [str(click.prompt(question))]
    while answer := _perhaps(question):
        answers.append(answer)
    return tuple(answers)
