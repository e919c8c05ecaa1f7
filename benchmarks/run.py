"""`make bench`: times of check, cold build, unchanged build and one changed item, as the user runs them."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import corpus


def main(items: int = 10_000) -> None:
    """Print seconds and pages a second for a corpus of `items` items."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "repository"
        corpus.write(root, items)
        print(f"items {items}")
        for step in ("check", "build (cold)", "build (nothing changed)", "build (one item changed)"):
            if "one item" in step:
                changed = next(root.glob("catalogs/departments/d0/items/*/i0.md"))
                changed.write_text(changed.read_text("utf-8") + "\n再加一段。\n", "utf-8")
            seconds = _run(step.split()[0], root)
            print(f"{step:28} {seconds:7.2f} s {items / seconds:10.0f} items/s")


def _run(command: str, root: Path) -> float:
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "mulu", command, str(root), "--as-of", "2026-11-23"], check=True, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - started


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
