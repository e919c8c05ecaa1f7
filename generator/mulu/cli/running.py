"""Running a command: a bar on long work, and a sentence with exit code 2 for what keeps it from running."""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from mulu.diagnostics import CouldNotRun


@contextmanager
def one_pass() -> Iterator[None]:
    """Without the cyclic garbage collector: a check makes millions of values and no cycles, and looking for them takes a third of it."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def could_not_run(lang: str) -> Iterator[None]:
    """What keeps a command from running, in a sentence and exit code 2; everything else is our bug and shows as one."""
    try:
        yield
        return
    except CouldNotRun as refused:
        said = refused.text.spoken(lang)
    except OSError as broken:
        said = (
            f"读写文件失败：{broken.filename}（{broken.strerror}）"
            if lang == "zh"
            else f"Cannot read or write {broken.filename}: {broken.strerror}"
        )
    click.echo(f"mulu: {said}", err=True)
    sys.exit(2)


@contextmanager
def progress_bar(quiet: bool = False) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("mulu", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
