"""Imports go one way, and nothing below the doors prints, exits, or reads clock and environment."""

import ast
from pathlib import Path

import pytest

from mulu.resources import package_file

ROOMS = (
    ("diagnostics", "resources", "__init__"), ("files", "paper"), ("model",), ("calendar",), ("limits",), ("judgement",), ("mapping",), ("checks",),
    ("evaluation", "annual"), ("pages", "feeds", "opendata"), ("site",), ("search", "standing"), ("amendment",), ("reports", "start", "documents", "legacy", "tables"), ("flow",), ("comparison", "scoring"), ("plugin", "preview"), ("cli", "__main__"),
)  # fmt: skip
FLOOR = {room: floor for floor, rooms in enumerate(ROOMS) for room in rooms}
SIDE_DOORS = {
    "reports": {
        "diagnostics",
        "model",
        "calendar",
        "limits",
        "judgement",
        "mapping",
        "checks",
        "evaluation",
        "annual",
        "pages",
        "search",
        "reports",
    },
    "tables": {
        "diagnostics",
        "resources",
        "files",
        "model",
        "calendar",
        "limits",
        "judgement",
        "mapping",
        "pages",
        "paper",
        "start",
        "tables",
    },
    "start": {"diagnostics", "resources", "model", "files", "start"},
    "documents": {"diagnostics", "model", "files", "start", "documents"},
    "legacy": {"diagnostics", "model", "files", "limits", "start", "documents", "legacy"},
}
OPTIONAL = {"fsspec": {"site/store.py"}, "distributed": {"site/cluster.py", "site/errand.py"}, "dask": set()}
"""Packages that may be missing, and the files that may import them: inside functions, when they are needed."""
FORBIDDEN = {"print", "input", "exit"}
FORBIDDEN_ATTRIBUTES = {
    ("sys", "exit"),
    ("date", "today"),
    ("datetime", "now"),
    ("os", "getenv"),
    ("os", "environ"),
    ("time", "time"),
    ("time", "time_ns"),
}
MODULES = sorted(package_file().rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(package_file()).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("mulu."):
            found.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("mulu.")}
        elif isinstance(node, ast.ImportFrom) and node.module == "mulu":
            found |= {"__init__" if alias.name == "__version__" else alias.name for alias in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_imports_only_from_below(path: Path) -> None:
    own = room(path)
    used = imported(ast.parse(path.read_text("utf-8")))
    assert {each for each in used if FLOOR[each] > FLOOR[own]} == set()
    if own in SIDE_DOORS:
        assert used <= SIDE_DOORS[own]


@pytest.mark.parametrize("path", [path for path in MODULES if room(path) == "pages" and path.name != "plan.py"], ids=str)
def test_only_the_plan_of_the_pages_knows_the_rooms_beside_it(path: Path) -> None:
    assert not imported(ast.parse(path.read_text("utf-8"))) & {"feeds", "opendata"}


@pytest.mark.parametrize("path", [path for path in MODULES if room(path) not in ("cli", "plugin")], ids=str)
def test_nothing_below_the_doors_prints_or_reads_the_clock(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in FORBIDDEN, f"{path.name}:{node.lineno}"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert (node.value.id, node.attr) not in FORBIDDEN_ATTRIBUTES, f"{path.name}:{node.lineno}"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_what_may_be_missing_is_imported_in_its_place_when_it_is_needed(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    inside = {id(each) for function in ast.walk(tree) if isinstance(function, ast.FunctionDef) for each in ast.walk(function)}
    for node in ast.walk(tree):
        named = (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
        for package in {each.split(".")[0] for each in named} & OPTIONAL.keys():
            assert path.relative_to(package_file()).as_posix() in OPTIONAL[package], f"{path.name}:{node.lineno}"
            assert id(node) in inside, f"{path.name}:{node.lineno} imports {package} before it is needed"
