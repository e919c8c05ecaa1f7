"""JSON Schema: one library says valid or not (1 µs), the other explains the invalid (113 µs)."""

import difflib
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, cast

import jsonschema
import msgspec
from jsonschema.exceptions import ValidationError

from mulu.diagnostics import Diagnostic, Fault, Text
from mulu.files.yaml import Pointer, Value, nearest, positions
from mulu.model import faults
from mulu.resources import resource

VERSION = "v1"
"""The schema version that this program writes and reads."""

SCHEMA_NAMES = (
    "site",
    "fields",
    "audiences",
    "calendar",
    "priorities",
    "department",
    "catalog",
    "item",
    "ledger",
    "requests",
    "profile",
    "report",
    "score",
    "import",
)

_TYPES = {
    "string": Text("文字", "text"), "integer": Text("整数", "a whole number"), "number": Text("数字", "a number"),
    "boolean": Text("true 或者 false", "true or false"), "array": Text("列表", "a list"), "object": Text("一组键值", "a group of keys"),
    "null": Text("空", "empty"),
}  # fmt: skip


class Complaint(msgspec.Struct, frozen=True):
    """One thing wrong with a value: the fault, where in the value, and what its sentences need."""

    fault: Fault
    pointer: Pointer
    values: dict[str, Any]


@cache
def schema(name: str) -> dict[str, Any]:
    """The JSON Schema called `name`; the files never change while a program runs."""
    loaded: dict[str, Any] = json.loads(resource("schemas", VERSION, f"{name}.schema.json").read_text("utf-8"))
    return loaded


def titles(name: str, key: str) -> dict[str, str]:
    """Value → Chinese title of an enumerated top-level property, as the schema says."""
    described = schema(name)["properties"][key]
    return dict(zip(described["enum"], described["enumDescriptions"], strict=True))


@cache
def quick(name: str) -> Callable[[Any], bool]:
    """A function that says whether a value is valid: the Rust validator, or the explaining one where no wheel exists."""
    try:
        import jsonschema_rs
    except ImportError:
        return _explainer(name).is_valid
    return jsonschema_rs.Draft202012Validator(schema(name), validate_formats=True).is_valid


def complaints(name: str, value: Value) -> list[Complaint]:
    """What is wrong with `value`, in the order of the file; empty when it is valid."""
    if quick(name)(value):
        return []
    found = [each for error in _explainer(name).iter_errors(value) for each in _complaints(error, schema(name))]
    return sorted(found, key=lambda each: ([str(part).rjust(9) for part in each.pointer], each.fault.code))


def diagnose(name: str, path: str, text: str, value: Value, *, line_offset: int = 0) -> list[Diagnostic]:
    """The complaints as diagnostics with file and line."""
    found = complaints(name, value)
    places = positions(path, text, line_offset=line_offset) if found else {}
    return [complaint.fault.at(nearest(places, complaint.pointer), **complaint.values) for complaint in found]


@cache
def _explainer(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema(name), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)


def _complaints(error: ValidationError, whole: dict[str, Any]) -> Iterator[Complaint]:
    pointer = tuple(error.absolute_path)
    described = error.schema if isinstance(error.schema, dict) else {}
    values: dict[str, Any] = {
        "key": next((part for part in reversed(pointer) if isinstance(part, str)), Text("（整个文件）", "(the whole file)")),
        "title": described.get("title", ""),
        "description": described.get("description", ""),
        "value": _brief(error.instance),
        "pattern": described.get("pattern", described.get("format", "")),
    }
    match error.validator:
        case "required":
            yield from _missing(error, described, pointer, whole)
        case "additionalProperties":
            yield from _unknown(error, described, pointer)
        case "type":
            yield Complaint(faults.WRONG_TYPE, pointer, values | _type_words(error))
        case "enum" | "const":
            allowed = described.get("enum", [described.get("const")])
            yield Complaint(faults.NOT_ALLOWED, pointer, values | {"allowed": [str(each) for each in allowed]})
        case "pattern" | "format":
            if error.validator == "pattern" or "pattern" not in described:
                yield Complaint(faults.WRONG_FORM, pointer, values)
            elif re.search(described["pattern"], str(error.instance)):  # well written, but there is no such day
                yield Complaint(faults.IMPOSSIBLE_DATE, pointer, values)
        case "minLength" | "minItems":
            yield Complaint(faults.TOO_SHORT, pointer, values)
        case "maxLength" | "maxItems":
            yield Complaint(faults.TOO_LONG, pointer, values | {"limit": error.validator_value})
        case "uniqueItems":
            yield Complaint(faults.REPEATED_VALUE, pointer, values)
        case "minimum" | "maximum" | "exclusiveMinimum":
            limits = {
                "low": described.get("minimum", described.get("exclusiveMinimum", "")),
                "high": described.get("maximum", ""),
            }
            yield Complaint(faults.OUT_OF_RANGE, pointer, values | limits)
        case _:
            yield from _deeper(error, pointer, values, whole)


def _deeper(error: ValidationError, pointer: Pointer, values: dict[str, Any], whole: dict[str, Any]) -> Iterator[Complaint]:
    """For `oneOf`: the complaints of the branch whose type fits what was written."""
    branches: dict[int, list[ValidationError]] = {}
    for inner in error.context or ():
        branches.setdefault(int(inner.schema_path[0]), []).append(inner)
    fitting = [branch for branch in branches.values() if not any(_wrong_at(inner, pointer) for inner in branch)]
    if fitting:
        for inner in fitting[0]:
            yield from _complaints(inner, whole)
    else:
        expected = [
            _TYPES[str(inner.validator_value)] for branch in branches.values() for inner in branch if _wrong_at(inner, pointer)
        ]
        either = Text("或者".join(each.zh for each in expected), " or ".join(each.en for each in expected))
        yield Complaint(faults.WRONG_TYPE, pointer, values | _type_words(error) | {"expected": either})


def _wrong_at(error: ValidationError, pointer: Pointer) -> bool:
    return error.validator == "type" and tuple(error.absolute_path) == pointer


def _missing(error: ValidationError, described: dict[str, Any], pointer: Pointer, whole: dict[str, Any]) -> Iterator[Complaint]:
    properties = described.get("properties") or _outer_properties(error, whole)
    wanted, instance = cast(Any, error.validator_value), cast(Any, error.instance)
    for key in [key for key in wanted if key not in instance]:
        if f"{key!r} is a required" in error.message:
            about = properties.get(key, {})
            values = {"key": key, "title": about.get("title", ""), "description": about.get("description", "")}
            yield Complaint(faults.MISSING_KEY, pointer, values)


def _outer_properties(error: ValidationError, whole: dict[str, Any]) -> dict[str, Any]:
    """The properties of the schema around a `then` branch, which names keys that are described there."""
    node: Any = whole
    properties: dict[str, Any] = {}
    for step in error.absolute_schema_path:
        if isinstance(node, dict):
            properties = node.get("properties", properties)
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            break
    return properties


def _unknown(error: ValidationError, described: dict[str, Any], pointer: Pointer) -> Iterator[Complaint]:
    known = list(described.get("properties", {}))
    for key in [key for key in cast(Any, error.instance) if key not in known]:
        near = difflib.get_close_matches(key, known, n=1)
        by_title = [name for name, about in described.get("properties", {}).items() if about.get("title") == key]
        if match := by_title or near:
            suggestion = Text(f"是不是“{match[0]}”？", f"Did you mean “{match[0]}”?")
        else:
            suggestion = Text(f"可以使用的有：{'、'.join(known)}。", f"Known keys: {', '.join(known)}.")
        yield Complaint(faults.UNKNOWN_KEY, (*pointer, key), {"key": key, "suggestion": suggestion})


def _type_words(error: ValidationError) -> dict[str, Any]:
    wanted = cast(Any, error.validator_value)
    expected = [each for each in (wanted if isinstance(wanted, list) else [wanted]) if isinstance(each, str)]
    names = [_TYPES[each] for each in expected if each in _TYPES]
    actual = _TYPES[_type_name(error.instance)]
    if "string" in expected and isinstance(error.instance, (int, float)):
        advice = Text(f'给它加上引号，写成 "{_brief(error.instance)}"。', f'Put quotes around it: "{_brief(error.instance)}".')
    elif "array" in expected:
        advice = Text("每项一行，行首写连字符和空格“- ”。", "One line each, starting with “- ”.")
    else:
        advice = Text("对照这个键的说明改写。", "Rewrite it as the key's description says.")
    return {
        "expected": Text("或者".join(each.zh for each in names), " or ".join(each.en for each in names)),
        "actual": actual,
        "advice": advice,
    }


def _type_name(value: Any) -> str:
    names = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return names.get(type(value), "null")


def _brief(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"
