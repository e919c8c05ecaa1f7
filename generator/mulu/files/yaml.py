"""YAML as people mean it, with a way to find the line of every key.

YAML 1.1 reads `0012` as ten, `12:30:45` as a number, `on` as true and `2024-06-02` as a date; here they stay text.
Only `true`, `false`, `null`, plain integers and decimals are more. Documents that are plainly harmless are taken from libyaml's
composed nodes (45 µs for a front matter); all others, and all faulty ones, from its events (90 µs) in one pass without
recursion, which counts depth and aliases and knows the place of everything.
"""

import contextlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import yaml

from mulu.diagnostics import Diagnostic, Place, Text
from mulu.files import faults
from mulu.files.yaml_words import problem_text

DEPTH_LIMIT = 50
NODE_LIMIT = 500_000
"""Values in one file after aliases are expanded; 12,000 catalog entries stay below it."""

Value = dict[str, "Value"] | list["Value"] | str | int | float | bool | None
Pointer = tuple[str | int, ...]

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})\Z")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}\Z")
_PLAIN_LIMIT = 1_000_000
_PLAIN_FLOWS = 100
_DEEP = re.compile(r"^[ \-?]{60}", re.MULTILINE)
_WORDS: dict[str, Value] = {"true": True, "false": False, "null": None, "~": None, "": None}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Refused(Exception):
    """Inside this module only: why reading stopped; turned into a diagnostic by `parse`."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.code)
        self.diagnostic = diagnostic


class _Open(msgspec.Struct):
    """A mapping or list being read."""

    value: dict[str, Value] | list[Value]
    pointer: Pointer
    anchor: str | None
    before: int
    key: str | None = None


def parse(path: str, text: str, *, line_offset: int = 0) -> tuple[Value, list[Diagnostic]]:
    """The value of one document, or None with the reason; `line_offset` is added to every line (front matter)."""
    if _is_plain(text):
        with contextlib.suppress(yaml.YAMLError, _Unusual):
            return _composed(text), []
    try:
        return _Builder(path, text, line_offset).build(), []
    except _Refused as refused:
        return None, [refused.diagnostic]


class _Unusual(Exception):
    """Inside this module only: something that the composed nodes do not tell as the events do."""


class _NodeLoader(_Loader):  # type: ignore[misc, valid-type]  # C or Python, as the machine has it
    """Composes nodes whose tag says only whether a scalar is plain: nothing is resolved, so nothing is misread."""

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: Any) -> str:
        """`plain` for a scalar without quotes and tag."""
        return "plain" if kind is yaml.ScalarNode and implicit[0] else "other"

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Nothing to resolve."""

    def ascend_resolver(self) -> None:
        """Nothing to resolve."""


def _is_plain(text: str) -> bool:
    """Whether libyaml's composer, which recurses in C, can be let loose on it: no aliases, and too little for deep nesting."""
    return (
        len(text) <= _PLAIN_LIMIT
        and "&" not in text
        and "*" not in text
        and text.count("[") + text.count("{") <= _PLAIN_FLOWS
        and not _DEEP.search(text)
    )


def _composed(text: str) -> Value:
    loader = _NodeLoader(text)
    try:
        node = loader.get_single_node()
    finally:
        loader.dispose()
    return None if node is None else _value(node, 0)


def _value(node: yaml.Node, depth: int) -> Value:
    if node.__class__ is yaml.ScalarNode:
        return _plain(node.value) if node.tag == "plain" else str(node.value)
    if depth >= DEPTH_LIMIT:
        raise _Unusual
    if node.__class__ is yaml.SequenceNode:
        return [_value(each, depth + 1) for each in node.value]
    made: dict[str, Value] = {}
    for key, value in node.value:
        if key.__class__ is not yaml.ScalarNode or key.value in made:
            raise _Unusual
        made[key.value] = _value(value, depth + 1)
    return made


def positions(path: str, text: str, *, line_offset: int = 0) -> dict[Pointer, Place]:
    """Where every key and list item stands, as far as the text can be read; the empty pointer is the first line."""
    builder = _Builder(path, text, line_offset)
    builder.marks = {}
    with contextlib.suppress(_Refused):
        builder.build()
    return {(): Place(path, 1 + line_offset)} | builder.marks


def nearest(places: Mapping[Pointer, Place], pointer: Pointer) -> Place:
    """The place of `pointer`, or of the nearest thing around it that exists."""
    return next(places[pointer[:length]] for length in range(len(pointer), -1, -1) if pointer[:length] in places)


class _Builder:
    """One pass over the events; mutable while it runs, never seen outside."""

    def __init__(self, path: str, text: str, line_offset: int) -> None:
        self.path, self.text, self.line_offset = path, text, line_offset
        self.marks: dict[Pointer, Place] | None = None
        self.open: list[_Open] = []
        self.anchors: dict[str, tuple[Value, int]] = {}
        self.nodes = 0
        self.documents = 0
        self.result: Value = None

    def build(self) -> Value:
        for event in self._events():
            if isinstance(event, yaml.ScalarEvent):
                self._put(_scalar(event), event)
            elif isinstance(event, yaml.MappingStartEvent):
                self._start({}, event)
            elif isinstance(event, yaml.SequenceStartEvent):
                self._start([], event)
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                self._end()
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.DocumentStartEvent):
                self.documents += 1
                if self.documents > 1:
                    raise _Refused(faults.SEVERAL_DOCUMENTS.at(self._place(event.start_mark)))
        return self.result

    def _events(self) -> Iterator[yaml.Event]:
        try:
            yield from yaml.parse(self.text, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            place = self._place(error.problem_mark or error.context_mark)
            raise _Refused(faults.YAML_SYNTAX.at(place, problem=problem_text(error.problem or error.context or ""))) from None
        except yaml.YAMLError as error:
            raise _Refused(faults.YAML_SYNTAX.at(Place(self.path), problem=str(error).splitlines()[0])) from None

    def _place(self, mark: Any) -> Place:
        if mark is None:
            return Place(self.path)
        return Place(self.path, mark.line + 1 + self.line_offset, mark.column + 1)

    def _start(self, value: dict[str, Value] | list[Value], event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        if len(self.open) >= DEPTH_LIMIT:
            raise _Refused(faults.NESTED_TOO_DEEP.at(self._place(event.start_mark), limit=DEPTH_LIMIT))
        if self.open and self.open[-1].key is None and isinstance(self.open[-1].value, dict):
            raise _Refused(
                faults.YAML_SYNTAX.at(self._place(event.start_mark), problem=Text("名称必须是文字", "a key must be text"))
            )
        pointer = self._pointer()
        self._mark(pointer, event)
        self._attach(value)
        self.open.append(_Open(value, pointer, event.anchor, self.nodes))

    def _end(self) -> None:
        closed = self.open.pop()
        if closed.anchor:
            self.anchors[closed.anchor] = (closed.value, self.nodes - closed.before)

    def _alias(self, event: yaml.AliasEvent) -> None:
        if self.open and self.open[-1].key is None and isinstance(self.open[-1].value, dict):
            raise _Refused(
                faults.YAML_SYNTAX.at(
                    self._place(event.start_mark),
                    problem=Text("名称必须是文字，不能用“*”引用", "a key must be text, not an alias"),
                )
            )
        value, size = self.anchors.get(event.anchor or "", (None, -1))
        self.nodes += max(size, 0)
        if size < 0 or self.nodes > NODE_LIMIT:
            raise _Refused(faults.ALIAS_EXPLOSION.at(self._place(event.start_mark), alias=event.anchor))
        self._attach(value)

    def _put(self, value: Value, event: yaml.ScalarEvent) -> None:
        parent = self.open[-1] if self.open else None
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            self._take_key(parent, event)
            return
        self._mark(self._pointer(), event)
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)
        self._attach(value)

    def _take_key(self, parent: _Open, event: yaml.ScalarEvent) -> None:
        if event.value in parent.value:
            raise _Refused(faults.REPEATED_KEY.at(self._place(event.start_mark), key=event.value))
        parent.key = event.value
        self._mark((*parent.pointer, event.value), event)

    def _attach(self, value: Value) -> None:
        self.nodes += 1
        if self.nodes > NODE_LIMIT:
            raise _Refused(faults.ALIAS_EXPLOSION.at(Place(self.path), alias=""))
        if not self.open:
            self.result = value
            return
        parent = self.open[-1]
        if isinstance(parent.value, list):
            parent.value.append(value)
        else:
            assert parent.key is not None
            parent.value[parent.key] = value
            parent.key = None

    def _pointer(self) -> Pointer:
        if not self.open:
            return ()
        parent = self.open[-1]
        return (*parent.pointer, len(parent.value) if isinstance(parent.value, list) else parent.key or "")

    def _mark(self, pointer: Pointer, event: yaml.NodeEvent) -> None:
        if self.marks is not None and pointer not in self.marks:
            self.marks[pointer] = self._place(event.start_mark)


def _scalar(event: yaml.ScalarEvent) -> Value:
    return _plain(event.value) if event.implicit[0] else str(event.value)


def _plain(text: str) -> Value:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text):
        return int(text)
    if not _DECIMAL.match(text):
        return text
    number = float(text)
    return int(number) if number.is_integer() else number  # JSON Schema takes 3.0 for an integer; so do we
