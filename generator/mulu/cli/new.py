"""`mulu new`: items, entries, departments and fields."""

from datetime import date
from pathlib import Path

import click

from mulu.cli.options import IN_ROOT, LANG, day_of, say_written
from mulu.cli.running import could_not_run
from mulu.model.catalog import Element
from mulu.start.item import new_item
from mulu.start.new import new_department, new_entry, new_field


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
        kind = kind or click.prompt("信息类别 / kind")
        say_written(new_item(root, department=department, title=title, kind=kind, entries=entries, published=day, id=id_), lang)


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
    with could_not_run(lang):
        listed = [Element(each) for each in elements]
        say_written(
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
    with could_not_run(lang):
        say_written(new_department(root, code=code, name=name, level=level, credit_code=credit_code, owners=owners), lang)


@new.command()
@IN_ROOT
@click.option("--code", prompt="领域代码 / code", help="小写字母和数字，用作文件名 / code.")
@click.option("--name", prompt="领域名称 / name", help="领域名称 / name.")
@LANG
def field(root: Path, code: str, name: str, lang: str) -> None:
    """在领域表末尾增加一个领域。"""
    with could_not_run(lang):
        say_written(new_field(root, code=code, name=name), lang)
