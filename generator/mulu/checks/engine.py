"""Runs the rules over a view and turns findings into diagnostics with file, line and column."""

from collections.abc import Iterable, Iterator

from mulu.checks.rule import Finding, Over, Rule, View
from mulu.diagnostics import Diagnostic, Place
from mulu.files.frontmatter import FRONT_MATTER_LINE, split
from mulu.files.text import decode
from mulu.files.tree import Tree
from mulu.files.yaml import Pointer, nearest, positions
from mulu.model.item import Item
from mulu.model.origin import Origin


def run(rules: Iterable[Rule], view: View, tree: Tree) -> list[Diagnostic]:
    """The diagnostics of all rules; a file is read again only when something was found in it.

    Items that `repository.clean` names are known to be faultless and are not looked at again one by one.
    """
    places = _Places(tree)
    found = []
    suspects = [item for item in view.repository.all_items if item.origin.path not in view.repository.clean]
    for rule in rules:
        for finding in _findings(rule, view, suspects):
            place = places.of(finding.origin, finding.line)
            related = [places.of(origin) for origin in finding.related]
            found.append(rule.fault.at(place, related=related, **finding.values))
    return found


def faultless(rules: Iterable[Rule], item: Item) -> bool:
    """Whether no rule over single items has anything to say of it."""
    return all(next(rule.find(item), None) is None for rule in rules)


def over_items(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules that look at one item and nothing else."""
    return tuple(rule for rule in rules if rule.over is Over.ITEM)


def _findings(rule: Rule, view: View, suspects: Iterable[Item]) -> Iterator[Finding]:
    match rule.over:
        case Over.ITEM:
            for item in suspects:
                yield from rule.find(item)
        case Over.ENTRY:
            for entry in view.repository.all_entries:
                yield from rule.find(entry)
        case Over.EVERYTHING:
            yield from rule.find(view)


class _Places:
    """Origin → Place, each file's positions worked out once."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.known: dict[str, dict[Pointer, Place]] = {}

    def of(self, origin: Origin, line: int = 0) -> Place:
        if line or origin.path not in self.tree.files or not origin.path.endswith((".yml", ".md")):
            return Place(origin.path, line)
        if origin.path not in self.known:
            self.known[origin.path] = self._positions(origin.path)
        return nearest(self.known[origin.path], origin.pointer)

    def _positions(self, path: str) -> dict[Pointer, Place]:
        text, _ = decode(path, self.tree.read(path))
        if path.endswith(".yml"):
            return positions(path, text or "")
        parts, _ = split(path, text or "")
        return positions(path, parts.metadata, line_offset=FRONT_MATTER_LINE) if parts else {(): Place(path)}
