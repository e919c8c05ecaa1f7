"""Work in chunks, done by processes that are forked from this one: what they work on is inherited, never sent.

What starts processes is imported where they are started: most commands need none, and it takes 30 ms.
"""

import contextlib
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")

_given: list[Callable[[Any], Any]] = []
"""In a worker process only: what it was made to do."""


@contextmanager
def crew(work: Callable[[Chunk], Result], *, workers: int) -> Iterator[Callable[[Iterable[Chunk]], Iterator[Result]]]:
    """Gives a `map` of `work` over chunks, in order, by `workers` processes; by this process where there is one or no fork.

    The processes see everything that `work` refers to as it is at this moment.
    """
    if workers <= 1 or not hasattr(os, "fork"):
        yield lambda chunks: map(work, chunks)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    context = get_context("fork")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_enlist, initargs=(work,)) as pool:
        yield lambda chunks: pool.map(_do, chunks)


@contextmanager
def meanwhile(work: Callable[[], Result], *, workers: int) -> Iterator[Callable[[], Result]]:
    """Gives what asks for the result of `work`, which a forked process does until then; this one does it when asked where it works alone.

    Without threads, so that others can be forked in the meantime.
    """
    if workers <= 1 or not hasattr(os, "fork"):
        yield work
        return
    from multiprocessing import get_context

    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(work, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield lambda: _told(ours, work)
    finally:
        process.terminate()
        process.join()
        ours.close()


def _tell(work: Callable[[], Any], to: Any) -> None:
    with contextlib.suppress(BrokenPipeError):  # nobody asked
        to.send(work())


def _told(by: Any, work: Callable[[], Result]) -> Result:
    try:
        result: Result = by.recv()
    except EOFError:  # the process was killed
        return work()
    return result


def _enlist(work: Callable[[Any], Any]) -> None:
    _given.append(work)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A `kill -9` of the build must not leave its processes waiting for work, or writing pages, for ever."""
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        os._exit(1)


def _do(chunk: Any) -> Any:
    return _given[-1](chunk)


def available_processors() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
