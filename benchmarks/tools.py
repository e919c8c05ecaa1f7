"""The generators that are measured, ours and the peers: how each is set up, built, cleared and edited."""

import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path
from typing import NamedTuple

from benchmarks import corpus
from benchmarks.peers.setups import PEERS, Peer, made

MULU = "mulu"
_PACKAGE = Path(__file__).parents[1] / "site_templates" / "pages"
_ENVIRONMENT = {"MULU_AS_OF": corpus.AS_OF, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


class Tool(NamedTuple):
    """One generator over one corpus. `sources` names the file that each edit changes."""

    name: str
    folder: Path
    site: Path
    build: list[str]
    check: list[str] | None
    sources: dict[str, Path]
    peer: Peer | None

    @property
    def environment(self) -> dict[str, str]:
        """What its process finds in the environment, besides what is there."""
        return _ENVIRONMENT

    def clear(self) -> None:
        """Forget what was built and kept: the next build is cold. It is set aside and not deleted.

        On an ext4 without a journal every new file walks over all inodes that were deleted within the last five minutes: after
        40,000 deletions creating an empty file took 0.5 ms instead of 0.03 (`recently_deleted` in a kernel profile).
        """
        made_so_far = made(self.peer, self.folder) if self.peer else [self.site, self.folder / ".mulu"]
        aside = self.folder.parent / "forgotten" / uuid.uuid4().hex
        aside.mkdir(parents=True)
        for path in made_so_far:
            if path.exists():
                path.rename(aside / path.name.lstrip("."))


def tool(name: str, work: Path, items: int, peers: Path) -> Tool:
    """The generator `name` in `work`, its content written if it is not there yet; `peers` is the folder of the peers' commands."""
    repository = _repository(work, items)
    item = sorted(repository.glob("catalogs/departments/d00/items/*/*.md"))[0]
    if name == MULU:
        template = repository / "site_templates/pages/item.html"
        sources = {
            "body": item, "title": item, "template": template,
            "entry": sorted(repository.glob("catalogs/departments/d00/catalog/*.yml"))[0],
        }  # fmt: skip
        command = [sys.executable, "-m", "mulu"]
        return Tool(name, repository, repository / "site", [*command, "build"], [*command, "check"], sources, None)
    peer, folder = PEERS[name], work / name
    if not (folder / ".ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        peer.set_up(repository, corpus.AS_OF, folder)
        (folder / ".ready").touch()
    content = folder / peer.content.format(item.stem)
    sources = {"body": content, "title": content, "template": folder / peer.template}
    return Tool(name, folder, folder / peer.site, [str(peers / peer.build[0]), *peer.build[1:]], None, sources, peer)


def version(name: str, peers: Path) -> str:
    """What the generator says of its version, in one line."""
    command = (
        [sys.executable, "-m", "mulu", "--version"]
        if name == MULU
        else [str(peers / PEERS[name].version[0]), *PEERS[name].version[1:]]
    )
    done = subprocess.run(
        command, capture_output=True, text=True, stdin=subprocess.DEVNULL, env=os.environ | _ENVIRONMENT, check=True, timeout=60
    )
    lines = [line for line in done.stdout.splitlines() if line and not line.startswith("\x1b")]
    return lines[-1].partition(" from ")[0].partition(" BuildDate")[0]


def _repository(work: Path, items: int) -> Path:
    repository = work / "repository"
    if not (work / ".ready").exists():
        corpus.write(repository, items, git=True)
        (repository / "site_templates/pages").mkdir(parents=True)
        shutil.copy(_PACKAGE / "item.html", repository / "site_templates/pages")
        (work / ".ready").touch()
    return repository
