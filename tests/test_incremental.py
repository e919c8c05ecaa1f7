"""Incremental equals clean, whatever was edited, interrupted or damaged; nothing published vanishes."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import AS_OF, HERE
from mulu import flow
from mulu.search.state import STATE_FILE as SEARCH_STATE
from mulu.site.publish import Vanishing
from mulu.site.state import STATE_FILE, ForeignFolder
from mulu.standing import SITE_FILE

ITEM = "catalogs/departments/fgj/items/2026/2026-fgj-001.md"
CATALOG = "catalogs/departments/fgj/catalog/project.yml"


@pytest.fixture
def root(minimal: Path) -> Path:
    config = (HERE.parent / "mkdocs.yml").read_text("utf-8")
    (minimal / "mkdocs.yml").write_text(
        config.replace("  - 政府信息公开制度: system.md\n", "").replace("  - 依申请公开: request.md\n", ""), "utf-8"
    )
    return minimal


def build(root: Path, out: str = "site", workers: int = 1) -> flow.Built:
    return flow.build(root, root / out, as_of=AS_OF, workers=workers)


def contents(folder: Path) -> dict[str, bytes]:
    records = (folder / STATE_FILE, folder / SEARCH_STATE, folder / SITE_FILE)
    files = (path for path in folder.rglob("*") if path.is_file() and path not in records)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def clean(root: Path) -> dict[str, bytes]:
    shutil.rmtree(root / "clean", ignore_errors=True)
    (root / ".mulu").rename(root / "aside")  # a clean build knows nothing of earlier ones
    assert build(root, "clean").published is not None
    shutil.rmtree(root / ".mulu")
    (root / "aside").rename(root / ".mulu")
    return contents(root / "clean")


def edit(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text("utf-8")), "utf-8")


def test_nothing_changed_writes_nothing(root: Path) -> None:
    build(root)
    again = build(root).published
    assert again is not None and again.written == () and again.removed == () and again.planned > 100


def test_one_changed_body_writes_one_page_and_what_holds_its_text(root: Path) -> None:
    build(root)
    edit(root / ITEM, lambda text: text + "\n再加一句。\n")
    again = build(root).published
    assert again is not None
    assert set(again.written) == {
        "items/2026-fgj-001.html",
        "items/2026-fgj-001.txt",
        "data/v1/catalog.sqlite",
        "data/v1/SHA256SUMS",
    }


def test_damage_and_leftovers_are_healed(root: Path) -> None:
    build(root)
    (root / "site/index.html").write_text("damaged")
    (root / "site/items/2026-fgj-001.html").unlink()
    (root / "site/items/.2026-fgj-001.html.1.tmp").write_text("half")
    (root / "site/left/over.html").parent.mkdir()
    (root / "site/left/over.html").write_text("x")
    state = root / "site" / STATE_FILE
    for broken in (state.read_bytes(), state.read_bytes()[:40], b""):
        state.write_bytes(broken)
        build(root)
        assert contents(root / "site") == clean(root)


def test_a_damaged_search_index_is_healed_though_every_page_stands(root: Path) -> None:
    build(root)
    good = contents(root / "site")
    next((root / "site/search/v1/recent/terms").iterdir()).write_bytes(b"torn")
    build(root)
    assert contents(root / "site") == good
    shutil.rmtree(root / "site/search/v1")
    build(root)
    assert contents(root / "site") == good


def test_an_error_leaves_the_last_good_site(root: Path) -> None:
    build(root)
    before = contents(root / "site")
    edit(root / ITEM, lambda text: text.replace("kind: guide", "kind: nonsense"))
    assert build(root).published is None
    assert contents(root / "site") == before


def test_a_withdrawn_item_leaves_a_tombstone_and_a_deleted_one_is_refused(root: Path) -> None:
    second = root / ITEM.replace("001", "002")
    second.write_text((root / ITEM).read_text("utf-8").replace("001\n", "002\n").replace("-00001", "-00002"), "utf-8")
    build(root)
    edit(second, lambda text: text.replace("---\n", "---\nwithdrawn: {on: 2026-04-01, reason: 内容有误, by: 区发改局}\n", 1))
    assert build(root).published is not None
    tombstone = (root / "site/items/2026-fgj-002.html").read_text("utf-8")
    assert "2026-04-01" in tombstone and "内容有误" in tombstone and "区发改局" in tombstone
    second.unlink()
    before = contents(root / "site")
    with pytest.raises(Vanishing) as lost:
        build(root)
    assert lost.value.addresses == ("items/2026-fgj-002.html",)
    assert contents(root / "site") == before


def test_a_folder_of_somebody_else_is_left_alone(root: Path) -> None:
    (root / "other").mkdir()
    (root / "other/thesis.txt").write_text("mine")
    with pytest.raises(ForeignFolder):
        build(root, "other")
    assert contents(root / "other") == {"thesis.txt": b"mine"}


def test_the_number_of_workers_does_not_matter(root: Path) -> None:
    build(root, "one", workers=1)
    build(root, "four", workers=4)
    assert contents(root / "one") == contents(root / "four")


def new_item(root: Path, chance: random.Random) -> None:
    number = len(list(root.glob("catalogs/departments/fgj/items/2026/*.md"))) + 1
    text = (HERE / "repositories/good/minimal" / ITEM).read_text("utf-8")
    text = (
        text.replace("fgj-001", f"fgj-{number:03}")
        .replace("-00001", f"-{number:05}")
        .replace("备案办事指南", f"备案办事指南（{number}）")
    )
    (root / ITEM.replace("001", f"{number:03}")).write_text(text, "utf-8")


def pick(root: Path, chance: random.Random) -> Path:
    return chance.choice(sorted(root.glob("catalogs/departments/fgj/items/2026/*.md")))


def attach(root: Path, chance: random.Random) -> None:
    path = pick(root, chance)
    folder = path.with_suffix("")
    if folder.is_dir() and chance.random() < 0.5:
        shutil.rmtree(folder)
        edit(path, lambda text: text.replace("attachments: [{file: 清单.txt}]\n", ""))
    else:
        folder.mkdir(exist_ok=True)
        (folder / "清单.txt").write_text(f"项目{chance.random()}", "utf-8")
        if "attachments" not in path.read_text("utf-8"):
            edit(path, lambda text: text.replace("---\n", "---\nattachments: [{file: 清单.txt}]\n", 1))


def withdraw(root: Path, chance: random.Random) -> None:
    path = pick(root, chance)
    if "withdrawn" not in path.read_text("utf-8") and not path.name.endswith("-001.md"):
        edit(path, lambda text: text.replace("---\n", "---\nwithdrawn: {on: 2026-04-01, reason: 有误, by: 局办公室}\n", 1))


def new_entry(root: Path, chance: random.Random) -> None:
    text = (root / CATALOG).read_text("utf-8")
    number = text.count("- id:") + 1
    first = text[text.index("  - id:") :].split("  - id:")[1]
    made = "  - id:" + first.replace("fgj-project-guide", f"fgj-project-{number}").replace("办事指南", f"办事指南{number}")
    explained = "    explained: {state: not_occurred, reason: 未发生, reviewer: 局办公室, expires: 2027-12-31}\n"
    (root / CATALOG).write_text(text + made + explained, "utf-8")


def retire(root: Path, chance: random.Random) -> None:
    gone = "retired: {on: 2026-05-01, reason: 合并, by: 区政府}\n"
    edit(
        root / CATALOG,
        lambda text: (
            text.replace("    explained: {state", f"    {gone}    explained: {{state", 1) if gone not in text else text
        ),
    )


def template(root: Path, chance: random.Random) -> None:
    folder = root / "site_templates/pages"
    folder.mkdir(parents=True, exist_ok=True)
    name = chance.choice(["list.html", "tombstone.html", "_parts.html"])
    shutil.copy(HERE.parent / "site_templates/pages" / name, folder / name)
    edit(
        folder / name,
        lambda text: text.replace("<h1>", f"<h1>{chance.randrange(9)}").replace(
            "mulu-list", f"mulu-list v{chance.randrange(9)}"
        ),
    )


EDITS: tuple[Callable[[Path, random.Random], None], ...] = (
    lambda root, chance: edit(pick(root, chance), lambda text: text + f"\n第{chance.randrange(99)}段。\n"),
    lambda root, chance: edit(pick(root, chance), lambda text: text.replace("备案", f"备案{chance.randrange(9)}", 1)),
    lambda root, chance: edit(root / "catalogs/site.yml", lambda text: text.replace("小样区政府信息公开", f"小样区政府信息公开{chance.randrange(9)}", 1)),
    lambda root, chance: edit(root / "catalogs/departments/fgj/department.yml", lambda text: text.replace("phone: 0000", f"phone: {chance.randrange(1000, 9999)}")),
    lambda root, chance: edit(root / "catalogs/pages/guide.md", lambda text: text + f"\n{chance.randrange(99)}。\n"),
    new_item, new_item, attach, withdraw, new_entry, retire, template,
)  # fmt: skip


def edits(root: Path, count: int, seed: int) -> None:
    chance = random.Random(seed)
    build(root)
    for number in range(count):
        chance.choice(EDITS)(root, chance)
        built = build(root)
        assert built.published is not None, [str(found) for found in built.verdict.diagnostics]
        assert contents(root / "site") == clean(root), f"edit {number} of seed {seed}"


def test_incremental_equals_clean_after_random_edits(root: Path) -> None:
    edits(root, 12, seed=1)


@pytest.mark.long
@pytest.mark.parametrize("seed", [2, 3])
def test_incremental_equals_clean_after_many_random_edits(root: Path, seed: int) -> None:
    edits(root, 100, seed)
