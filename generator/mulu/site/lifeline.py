"""Workers end when the build that started them is gone, also when it was killed and could not tell them."""

import multiprocessing
import os
import threading


def end_with_parent() -> None:
    """Run in a new worker: a `kill -9` of the build must not leave it waiting for work, or writing pages, for ever."""
    threading.Thread(target=_wait_and_end, daemon=True).start()


def _wait_and_end() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
