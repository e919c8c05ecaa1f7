"""Measures mulu and its peers side by side, in alternation, and writes RESULTS.md; taken up again where it was broken off.

`python -m benchmarks.run --items 10000` is what `make bench` calls. Nothing of what it builds stays in the project.
"""

import argparse
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from benchmarks import results
from benchmarks.edits import EDITS
from benchmarks.measure import Failed, Measured, measured, written
from benchmarks.records import Record, Records, commit, machine
from benchmarks.serving import latency
from benchmarks.tools import MULU, Tool, tool, version

_HERE = Path(__file__).parent
STEPS = {
    "check cold": "check", "check warm": "check", "cold": "build", "unchanged": "build", **{f"one {name}": "build" for name in EDITS},
    "serve": "serve",
}  # fmt: skip
"""What is measured, in this order; a peer takes part in the steps that it has."""


def main(arguments: list[str] | None = None) -> None:
    """Run what is asked for and not yet on record, then write the results."""
    asked = _parser().parse_args(arguments)
    records = Records(asked.records)
    until = time.monotonic() + asked.budget
    for items in asked.items:
        work = asked.work / str(items)
        work.mkdir(parents=True, exist_ok=True)
        tools = [tool(name, work, items, asked.peers) for name in asked.tools]
        for step, each, turn in _turns(tools, asked.steps, asked.repeat):
            if time.monotonic() > until:
                print("the time is used up; run the same command again to go on", flush=True)
                break
            _measure(each, step, turn, items, asked.peers, records, min(asked.limit, until - time.monotonic()))
        if not asked.keep:
            shutil.rmtree(work)
    results.write(records, asked.results)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.run", description=__doc__)
    parser.add_argument("--items", type=int, nargs="+", default=[10_000], help="sizes of the corpus")
    parser.add_argument("--tools", nargs="+", default=[MULU, "hugo", "mkdocs", "zensical"], help="who takes part")
    parser.add_argument("--steps", nargs="+", default=list(STEPS), choices=list(STEPS), help="what is measured")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each step; the median counts")
    parser.add_argument(
        "--budget", type=float, default=4 * 3600.0, help="seconds for everything; what is left out is measured next time"
    )
    parser.add_argument("--limit", type=float, default=3600.0, help="seconds for one run; longer ones count as not done")
    parser.add_argument("--work", type=Path, default=_HERE.parent / ".bench", help="folder for corpora and sites")
    parser.add_argument("--keep", action="store_true", help="leave corpora and sites there")
    parser.add_argument(
        "--peers", type=Path, default=_HERE.parent / ".venv-peers" / "bin", help="folder of the peers' commands"
    )
    parser.add_argument("--records", type=Path, default=_HERE / "records.jsonl", help="one line for every run")
    parser.add_argument("--results", type=Path, default=_HERE / "RESULTS.md", help="written from the records")
    return parser


def _turns(tools: list[Tool], steps: list[str], repeat: int) -> Iterator[tuple[str, Tool, int]]:
    """Step after step; within a step the generators take turns, so that a slow hour of the machine meets all of them."""
    for step in sorted(steps, key=list(STEPS).index):
        for turn in range(repeat):
            yield from ((step, each, turn) for each in tools if _has(each, step))


def _has(each: Tool, step: str) -> bool:
    if STEPS[step] != "build":
        return each.name == MULU
    return not step.startswith("one ") or step.removeprefix("one ") in each.sources


def _measure(each: Tool, step: str, turn: int, items: int, peers: Path, records: Records, limit: float) -> None:
    now = commit()
    if records.known(now, items, each.name, step, turn):
        return
    record = Record(now, machine(), date.today().isoformat(), items, each.name, version(each.name, peers), step, turn)
    try:
        done, files, size = _run(each, step, turn, limit)
        record = Record(
            **(
                vars(record)
                | {"seconds": round(done.seconds, 4), "largest": done.largest, "tree": done.tree, "files": files, "bytes": size}
            )
        )
    except Failed as failed:
        record = Record(**(vars(record) | {"failed": str(failed)}))
    records.add(record)
    print(
        f"{items:>8} {step:14} {each.name:10} {record.failed or f'{record.seconds:9.2f} s  {record.files} files'}", flush=True
    )


def _run(each: Tool, step: str, turn: int, limit: float) -> tuple[Measured, int, int]:
    log = each.folder.parent / f"{each.name}.log"
    built = each.folder.parent / f"{each.name}.built"

    def run(command: list[str]) -> Measured:
        return measured(command, each.folder, log, limit=limit, environment=each.environment)

    if step in ("check cold", "cold"):
        each.clear()
        built.unlink(missing_ok=True)
    elif not built.exists():
        _prepared(each, run, built)
    if STEPS[step] == "check":
        assert each.check is not None
        return run(each.check), 0, 0
    before = written(each.site)
    if STEPS[step] == "serve":
        built.unlink()  # the preview writes elsewhere; the site no longer shows the body
        return latency(each, log, int(time.time()), limit=limit), 0, 0
    if step.startswith("one "):
        built.unlink()
        name = step.removeprefix("one ")
        EDITS[name](each.sources[name], int(time.time()))
    done = run(each.build)
    after = written(each.site)
    if not any(path.endswith(".html") for path in after):
        raise Failed("nothing was built")
    built.touch()
    changed = [path for path, about in after.items() if before.get(path) != about]
    return done, len(changed), sum(after[path][2] for path in changed)


def _prepared(each: Tool, run: Callable[[list[str]], Measured], built: Path) -> None:
    """A step that measures a change begins with a site that is up to date."""
    run(each.build)
    built.touch()


if __name__ == "__main__":
    main()
