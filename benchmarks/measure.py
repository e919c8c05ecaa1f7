"""One command, measured: seconds, exit code, and memory of the largest process and of the whole tree of processes."""

import os
import subprocess
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

_EVERY = 0.02
"""Seconds between two looks at the processes."""


class Measured(NamedTuple):
    """Memory in bytes. `largest` is the highest resident size any one process reached, `tree` the highest sum at one moment (shared pages count in each)."""

    seconds: float
    code: int
    largest: int
    tree: int


class Failed(Exception):
    """The command did not end in time or ended with an error; carries the end of what it said."""


def measured(command: list[str], folder: Path, log: Path, *, limit: float, environment: Mapping[str, str] = {}) -> Measured:
    """Run `command` in `folder` with its output in `log`. Raises Failed after `limit` seconds or on a non-zero exit code."""
    os.sync()  # what earlier runs left to be written is not this command's business
    with log.open("wb") as out:
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            env=os.environ | environment,
            start_new_session=True,
        )
        memory = Memory(process.pid)
        memory.start()
        try:
            code = process.wait(limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait()
            raise Failed(f"not done after {limit:.0f} s") from None
        finally:
            seconds = time.perf_counter() - started
            memory.end()
    if code:
        raise Failed(f"exit code {code}: {log.read_text('utf-8', 'replace')[-300:].strip()}")
    return Measured(seconds, code, memory.largest, memory.tree)


class Memory(threading.Thread):
    """Watches a process and its descendants through /proc."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.largest, self.tree = pid, 0, 0
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(_EVERY):
            sizes = [size for pid in descendants(self.pid) if (size := _resident(pid))]
            self.largest = max([self.largest, *(peak for peak, _ in sizes)])
            self.tree = max(self.tree, sum(now for _, now in sizes))

    def end(self) -> None:
        self.ended.set()
        self.join()


def descendants(pid: int) -> list[int]:
    """`pid` and every process below it."""
    found = [pid]
    for each in found:
        try:
            for thread in os.listdir(f"/proc/{each}/task"):
                found += [int(child) for child in Path(f"/proc/{each}/task/{thread}/children").read_text().split()]
        except OSError:
            continue
    return found


def _resident(pid: int) -> tuple[int, int] | None:
    """Highest and present resident size in bytes."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return None
    said = {
        key: int(value.split()[0]) * 1024
        for key, _, value in (line.partition(":") for line in lines)
        if key in ("VmHWM", "VmRSS")
    }
    return (said["VmHWM"], said["VmRSS"]) if len(said) == 2 else None


def written(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Every file below `folder`: inode, time of change in nanoseconds, size; two of these tell what a build wrote."""
    found: dict[str, tuple[int, int, int]] = {}
    stack = [str(folder)] if folder.is_dir() else []
    while stack:
        with os.scandir(stack.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    stack.append(entry.path)
                else:
                    about = entry.stat(follow_symlinks=False)
                    found[entry.path] = (about.st_ino, about.st_mtime_ns, about.st_size)
    return found
