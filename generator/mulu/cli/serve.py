"""`mulu serve`: the preview."""

from datetime import date
from pathlib import Path

import click

from mulu.cli.options import LANG, ROOT, SHELL, as_of_option
from mulu.cli.running import could_not_run
from mulu.preview import preview


@click.command()
@ROOT
@as_of_option
@LANG
@SHELL
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址 / address.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="端口，0 为任意 / port.")
def serve(root: Path, as_of: date, lang: str, saved: Path | None, host: str, port: int) -> None:
    """在浏览器里预览，保存文件后自动刷新。"""
    with could_not_run(lang):
        preview(root, as_of=as_of, saved=saved, host=host, port=port, lang=lang, say=lambda line: click.echo(line))
