"""An edit of texts alone: what was found in the state before still holds, and most of the site made from it still stands.

A rule over one item sees that item alone; all other rules see of a text only where its links point, and which are pictures. So where the items were and
are faultless by themselves, and nothing but their texts differs, no rule has anything else to say than before.
"""

from datetime import date
from functools import partial
from pathlib import Path

from mulu.checks.engine import faultless, over_items
from mulu.checks.registry import RULES
from mulu.checks.verdict import Verdict, recalled
from mulu.files.tree import SourceFile, Tree, WorkTree
from mulu.model.kinds import file_kind
from mulu.model.memory import Memory
from mulu.model.reading import read_items
from mulu.standing import checked_key

MOST = 100
"""Items whose texts may differ; beyond that the whole is checked."""


def amended(root: Path, tree: Tree, memory: Memory, as_of: date) -> Verdict | None:
    """The verdict over the state that `memory` knows, if `tree` differs from it in texts of faultless items alone.

    Reads what is not known of `tree`, and no more; `tree` and `memory` know these items afterwards.
    """
    earlier = _earlier(tree, memory) if isinstance(tree, WorkTree) else {}
    key = checked_key(root, tree, as_of, instead=earlier) if earlier else ""
    known = recalled(root, key)
    if known is None or earlier.keys() & _named(known):
        return None
    read = list(
        read_items(tree, list(earlier), faultless=partial(faultless, over_items(RULES)), workers=1, progress=lambda done: None)
    )
    for each in read:
        before, clean = memory.item(earlier[each.path]) or (None, False)
        if not (each.item and each.clean and before and clean and before.without_text == each.item.without_text):
            return None
    for each in read:
        tree.learn(each.path, each.blob)
        memory.keep_item(each)
    return known


def _earlier(tree: WorkTree, memory: Memory) -> dict[str, SourceFile]:
    """The items that differ, as they were: none where there are too many, where another file differs, or where one is new or gone."""
    unread = {path: memory.earlier(path) for path in tree.unread}
    if not 0 < len(unread) <= MOST or len(memory.files.stamps) + len(memory.unsure) != len(tree.files):
        return {}
    for path in unread:
        tree.read(path)
    earlier = {path: before for path, before in unread.items() if before and before != tree.files[path]}
    kinds = [file_kind(path) for path in earlier]
    return earlier if None not in unread.values() and all(kind and kind[0].name == "item" for kind in kinds) else {}


def _named(verdict: Verdict) -> set[str]:
    """The files in which something was found, or to which what was found points."""
    return {place.file for each in verdict.diagnostics for place in (each.place, *each.related)}
