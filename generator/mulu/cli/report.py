"""`mulu report`: what a change does, for the people who approve it."""

import sys
from datetime import date
from pathlib import Path

import click

from mulu import comparison
from mulu.cli.options import AT, LANG, ROOT, as_of_option
from mulu.cli.running import could_not_run
from mulu.files.git import git_prefix
from mulu.reports.changes import End
from mulu.reports.comment import Compared, comment
from mulu.site.state import replace_file


@click.command()
@ROOT
@click.option("--since", metavar="REV", required=True, help="与哪一次提交比较 / the commit to compare with.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="写到哪个文件，缺省为屏幕 / target file.")
@as_of_option
@AT
@LANG
def report(root: Path, since: str, out: Path | None, as_of: date, revision: str | None, lang: str) -> None:
    """写一份合并请求的说明（Markdown）：公开什么，改动什么，撤下什么，事项状态和公开情况怎样变化，有什么新问题。"""
    with could_not_run(lang):
        found = comparison.compare(root, since=since, as_of=as_of, revision=revision)
    before, now = (End(each.repository, each.correspondence) for each in (found.before, found.now))
    commits = found.ends.before, found.ends.now
    compared = Compared(before, now, found.new, found.older, found.solved, commits, found.ends.edited, as_of)
    said = comment(compared, lang=lang, prefix=git_prefix(root))
    if out is None:
        click.echo(said, nl=False)
    else:
        replace_file(str(out), said.encode("utf-8"))
    sys.exit(2 if found.now.empty else 0)
