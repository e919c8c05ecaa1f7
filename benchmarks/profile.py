"""Where the time of a build goes: PROFILE.md, from samples of one process that does all the work.

`python -m benchmarks.profile 10000`. A timer of processor time interrupts every two milliseconds; each sample counts for the innermost function of ours,
so that the time of a library is told with the line of ours that called it. Waiting for the disk is not processor time and not in it.
"""

import argparse
import resource
import shutil
import signal
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from types import FrameType

from benchmarks import corpus
from benchmarks.records import commit, machine

_EVERY = 0.002
_SHOWN = 30
_HERE = Path(__file__).parent


class Samples:
    """Counts samples: by our innermost function, by its room, and by every function of ours that is at work."""

    def __init__(self) -> None:
        self.own: Counter[str] = Counter()
        self.rooms: Counter[str] = Counter()
        self.within: Counter[str] = Counter()
        self.count = 0

    def take(self, number: int, frame: FrameType | None) -> None:
        names = []
        while frame is not None:
            if "/mulu/" in frame.f_code.co_filename:
                module = frame.f_code.co_filename.rpartition("/mulu/")[2].removesuffix(".py")
                names.append(f"{module}.{frame.f_code.co_qualname}")
            frame = frame.f_back
        self.count += 1
        first = names[0] if names else "start and imports"
        self.own[first] += 1
        self.rooms[first.partition("/")[0].partition(".")[0]] += 1
        self.within.update(set(names))


def main() -> None:
    """Build a corpus once from nothing and once again, and write down where the time went."""
    parser = argparse.ArgumentParser(prog="benchmarks.profile", description=__doc__)
    parser.add_argument("items", type=int, nargs="?", default=10_000)
    parser.add_argument("--work", type=Path, default=_HERE.parent / ".bench")
    parser.add_argument("--out", type=Path, default=_HERE / "PROFILE.md")
    asked = parser.parse_args()
    root = asked.work / "profile"
    corpus.write(root, asked.items, git=True)
    parts = [
        f"# Where the time goes\n\nWritten by `python -m benchmarks.profile {asked.items}`, never by hand. {machine()}; {date.today()}; commit `{commit()}`; "
        f"{asked.items:,} items, one process. A function's *own* time includes that of libraries which it calls; *within* includes all that it calls.\n"
    ]
    for words in ("Build from nothing", "Nothing changed"):
        samples, seconds = _sampled(root)
        parts.append(_told(words, samples, seconds))
    shutil.rmtree(root)
    asked.out.write_text("\n".join(parts), "utf-8")


def _sampled(root: Path) -> tuple[Samples, float]:
    from mulu import flow

    samples = Samples()
    signal.signal(signal.SIGPROF, samples.take)
    began = resource.getrusage(resource.RUSAGE_SELF)
    signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)
    built = flow.build(root, root / "site", as_of=date.fromisoformat(corpus.AS_OF), workers=1)
    signal.setitimer(signal.ITIMER_PROF, 0)
    ended = resource.getrusage(resource.RUSAGE_SELF)
    if built.published is None:
        sys.exit("the corpus has errors")
    return samples, ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime


def _told(words: str, samples: Samples, seconds: float) -> str:
    def share(count: int) -> str:
        return f"{count / max(samples.count, 1) * 100:.1f} %"

    rooms = "\n".join(f"| {room} | {share(count)} |" for room, count in samples.rooms.most_common())
    functions = "\n".join(
        f"| `{name}` | {share(count)} | {share(samples.within[name])} |" for name, count in samples.own.most_common(_SHOWN)
    )
    return (
        f"## {words}: {seconds:.1f} s of processor time\n\n| room | own |\n|---|--:|\n{rooms}\n\n"
        f"| function | own | within |\n|---|--:|--:|\n{functions}\n"
    )


if __name__ == "__main__":
    main()
