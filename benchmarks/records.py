"""What was measured, one JSON record a line: kept, so that a broken run is taken up again and RESULTS.md is written from it alone."""

import json
import os
import platform
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

_TOP = Path(__file__).parents[1]


@dataclass(frozen=True)
class Record:
    """One measured run. Memory and sizes in bytes; `files` and `bytes` are what it wrote; `failed` says why there are no numbers."""

    commit: str
    machine: str
    day: str
    items: int
    tool: str
    version: str
    step: str
    turn: int
    seconds: float = 0.0
    largest: int = 0
    tree: int = 0
    files: int = 0
    bytes: int = 0
    failed: str = ""


class Records:
    """The file of records; every record is on disk before the next run begins."""

    def __init__(self, path: Path) -> None:
        self.path = path
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        self.all = [Record(**json.loads(line)) for line in lines if line.endswith("}")]

    def add(self, record: Record) -> None:
        """Append; a run that was measured once is not measured again."""
        self.all.append(record)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(record), ensure_ascii=False) + "\n")

    def known(self, commit: str, items: int, tool: str, step: str, turn: int) -> bool:
        """Whether this run is already there."""
        key = (commit, items, tool, step, turn)
        return any((each.commit, each.items, each.tool, each.step, each.turn) == key for each in self.all)

    def latest(self, items: int, tool: str, step: str) -> list[Record]:
        """The runs of the newest commit that has any."""
        runs = [each for each in self.all if (each.items, each.tool, each.step) == (items, tool, step)]
        return [each for each in runs if each.commit == runs[-1].commit]

    def sizes(self) -> Iterator[int]:
        """Every number of items that was measured, smallest first."""
        yield from sorted({each.items for each in self.all})


def middle(runs: list[Record], field: str) -> float | None:
    """Median of the runs that ended well, or None without any."""
    values = [getattr(each, field) for each in runs if not each.failed]
    return median(values) if values else None


def commit() -> str:
    """The program's commit; `+` where the work tree differs from it."""

    def said(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=_TOP, capture_output=True, text=True, check=True).stdout.strip()

    changed = said(
        "status", "--porcelain", "--", "generator", "site_templates", "schemas", "benchmarks/*.py", "benchmarks/peers"
    )
    return said("rev-parse", "--short=10", "HEAD") + ("+" if changed else "")


def machine() -> str:
    """Processors, memory, system and Python of this machine."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{len(os.sched_getaffinity(0))} × {cpu}, {memory:.0f} GB, {platform.system()} {platform.release()}, Python {platform.python_version()}"
