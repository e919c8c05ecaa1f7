"""The schemas describe every property in Chinese, and both validators give one verdict."""

import copy
import random
import re
import sys
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from conftest import HERE
from mulu.files.frontmatter import split
from mulu.files.yaml import parse
from mulu.model import schema as schemas
from mulu.model.kinds import file_kind

ROOT = HERE.parent


def values() -> Iterator[tuple[str, Any]]:
    for path in sorted((ROOT / "catalogs").rglob("*")):
        known = file_kind(path.relative_to(ROOT).as_posix())
        if known and known[0].schema and path.is_file():
            text = path.read_text("utf-8")
            parts = split(str(path), text)[0] if path.suffix == ".md" else None
            yield known[0].schema, parse(str(path), parts.metadata if parts else text)[0]


VALUES = list(values())


def described(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        for name, about in node.get("properties", {}).items():
            yield f"{path}/{name}", about
        for key, inner in node.items():
            yield from described(inner, f"{path}/{key}")
    elif isinstance(node, list):
        for inner in node:
            yield from described(inner, path)


@pytest.mark.parametrize("name", schemas.SCHEMA_NAMES)
def test_every_property_is_titled_and_described_in_chinese(name: str) -> None:
    loaded = schemas.schema(name)
    jsonschema.Draft202012Validator.check_schema(loaded)
    found = [(path, about) for path, about in described(loaded) if "/if/" not in path and "/allOf" not in path]
    assert found
    for path, about in found:
        assert re.search("[\u4e00-\u9fff]", about.get("title", "")) and re.search(
            "[\u4e00-\u9fff]", about.get("description", "")
        ), path


def mutated(value: Any, chance: random.Random) -> Any:
    made = copy.deepcopy(value)
    node = made
    while True:
        key = chance.choice(list(node)) if isinstance(node, dict) else chance.randrange(len(node))
        if isinstance(node[key], (dict, list)) and node[key] and chance.random() < 0.7:
            node = node[key]
            continue
        match chance.randrange(5):
            case 0 if isinstance(node, dict):
                del node[key]
            case 1 if isinstance(node, dict):
                node["不认识"] = 1
            case 2:
                node[key] = chance.choice([None, 3, 1.5, True, "", [], {}, "x" * 3000, "2024-02-31", "20240102", "2024-06-02"])
            case 3 if isinstance(node, list):
                node.append(copy.deepcopy(node[key]))
            case _:
                node[key] = str(node[key]) + chance.choice([" ", "!", "０", "\n"])
        return made


@pytest.mark.parametrize("seed", range(8))
def test_both_validators_agree_and_the_invalid_is_explained(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)
    rust = {name: schemas.quick(name) for name in schemas.SCHEMA_NAMES}
    schemas.quick.cache_clear()
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    slow = {name: schemas.quick(name) for name in schemas.SCHEMA_NAMES}
    schemas.quick.cache_clear()
    for _ in range(60):
        name, value = chance.choice(VALUES)
        changed = mutated(value, chance)
        verdict = rust[name](changed)
        assert verdict == slow[name](changed), changed
        assert bool(schemas.complaints(name, changed)) is not verdict, changed
    schemas.quick.cache_clear()


def test_the_demo_is_valid() -> None:
    assert len(VALUES) > 50
    for name, value in VALUES:
        assert schemas.complaints(name, value) == []
