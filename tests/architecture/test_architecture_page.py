"""``docs/architecture.md`` is true: its rooms are those of the package, its walk can be done."""

import ast
import re

from tests.architecture.repository import PACKAGE, parse_file, read

PAGE = "docs/architecture.md"
MOST_ROOMS = 24
"""Top-level modules and packages, beside the two files by which Python enters the package."""
DOORS = {"__init__.py", "__main__.py"}

_MODULE = re.compile(r"`([\w/]+\.py)`")
_NAME = re.compile(r"`(\w+)`")


def _section(title: str) -> str:
    return read(PAGE).split(f"\n## {title}\n")[1].split("\n## ")[0]


def _rooms() -> set[str]:
    return {
        path.name + ("/" if path.is_dir() else "")
        for path in PACKAGE.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    } - DOORS


def _defined(module: str) -> set[str]:
    """The functions, methods and classes of a module of the package."""
    kinds = (ast.FunctionDef, ast.ClassDef)
    return {node.name for node in ast.walk(parse_file(PACKAGE / module)) if isinstance(node, kinds)}


def test_every_room_has_its_row_and_there_are_few() -> None:
    rows = [line.split("|") for line in _section("The layers").splitlines() if "|" in line]
    told = {name for row in rows for name in re.findall(r"`([\w.]+/?)`", row[2])}
    assert _rooms() - told == set()
    assert len(_rooms()) <= MOST_ROOMS


def test_no_room_has_two_rows() -> None:
    rows = [line.split("|")[2] for line in _section("The layers").splitlines() if "|" in line]
    assert sorted(set(rows)) == sorted(rows)


def test_every_service_is_listed_once_by_what_it_serves() -> None:
    told = re.findall(r"`(\w+)`", _section("The services").split("|---|---|\n")[1])
    modules = {path.stem for path in (PACKAGE / "services").glob("*.py")} - {"__init__"}
    assert sorted(told) == sorted(modules)


def test_the_walk_names_modules_that_exist_and_what_they_hold() -> None:
    walk = _section("One value, from YAML to Word")
    modules = set(_MODULE.findall(walk))
    assert len(modules) > 10
    assert {module for module in modules if not (PACKAGE / module).is_file()} == set()
    defined = set().union(*(_defined(module) for module in modules))
    named = set(_NAME.findall(walk))
    assert named - defined == set()


def test_each_step_of_the_walk_is_found_in_the_module_beside_it() -> None:
    """« module: `function` », as the second column gives them."""
    pairs = re.findall(r"`([\w/]+\.py)`: `(\w+)`", _section("One value, from YAML to Word"))
    assert len(pairs) > 10
    assert [pair for pair in pairs if pair[1] not in _defined(pair[0])] == []
