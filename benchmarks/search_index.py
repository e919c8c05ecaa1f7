"""Our index of a folder of documents: `python -m benchmarks.search_index DOCUMENTS OUT`, a process of its own so that it can be measured."""

import sys
from pathlib import Path

import msgspec

from mulu.files.crew import available_processors
from mulu.search.document import Document, Full
from mulu.search.index import Source, write_index


def main(folder: Path, out: Path) -> None:
    """Index every document of `folder`; texts are read when they are needed, as in a build."""

    def read(id: str) -> Full:
        return Full(msgspec.json.decode((folder / f"{id}.json").read_bytes(), type=Document))

    ids = sorted(path.stem for path in folder.iterdir())
    write_index(
        [Source(id, read(id).document.published, b"") for id in ids],
        lambda: read,
        out,
        out / ".scratch",
        workers=available_processors(),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
