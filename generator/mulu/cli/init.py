"""`mulu init`: a new content repository."""

from datetime import date
from pathlib import Path

import click

from mulu.cli.options import LANG
from mulu.cli.running import could_not_run
from mulu.start.init import init as made


@click.command()
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
    with could_not_run(lang):
        files = made(
            directory, platform=platform, name=name, today=date.today(), domain=domain, site_code=site_code, office=office
        )
    said = "写了 {} 个文件。接着运行：mulu check {}" if lang == "zh" else "{} files written. Next: mulu check {}"
    click.echo(said.format(len(files), directory))
