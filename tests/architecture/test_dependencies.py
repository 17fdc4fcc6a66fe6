"""Every dependency is locked with its hashes and told in the table of dependencies."""

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import packages_distributions
from typing import Any

from tests.architecture.repository import parse_file, python_files, read

LOCKS = ("requirements.lock", "requirements-dev.lock")
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>\S+)(?: ; .+)? \\$", re.MULTILINE)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _name(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match
    return _normal(match.group())


def _declared() -> dict[str, set[str]]:
    """Names of the direct dependencies of each lock."""
    project: dict[str, Any] = tomllib.loads(read("pyproject.toml"))
    groups = project["dependency-groups"]
    runtime = {_name(item) for item in project["project"]["dependencies"]}
    extras = project["project"].get("optional-dependencies", {})
    optional = {_name(item) for group in extras.values() for item in group}
    build = {_name(item) for item in groups["build"]}
    development = {_name(item) for item in groups["dev"] if isinstance(item, str)}
    return {
        LOCKS[0]: runtime | build,
        LOCKS[1]: runtime | build | optional | development,
    }


def _pins(lock: str) -> dict[str, list[str]]:
    """The versions of each locked package; several when they depend on the Python version."""
    pins: dict[str, list[str]] = {}
    for match in _PIN.finditer(read(lock)):
        pins.setdefault(_normal(match["name"]), []).append(match["version"])
    return pins


def _npm_dependencies() -> set[str]:
    package = json.loads(read("package.json"))
    return {*package.get("dependencies", {}), *package["devDependencies"]}


def test_every_declared_dependency_is_locked() -> None:
    for lock, names in _declared().items():
        assert names - set(_pins(lock)) == set()


def test_every_locked_package_has_hashes_and_no_address() -> None:
    for lock in LOCKS:
        text = read(lock)
        blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
        assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
        assert len(blocks) == len(_PIN.findall(text))
        assert "://" not in text
        assert "--index" not in text


def test_both_locks_hold_the_same_versions() -> None:
    runtime, development = _pins(LOCKS[0]), _pins(LOCKS[1])
    assert {name: development.get(name) for name in runtime} == runtime


def _runs_here(entry: dict[str, Any]) -> bool:
    """True for a package that the machine of the checks installs (Linux, x64)."""
    return "linux" in entry.get("os", ["linux"]) and "x64" in entry.get("cpu", ["x64"])


def test_the_npm_lock_has_hashes_and_no_address() -> None:
    packages = json.loads(read("package-lock.json"))["packages"]
    fetched = {name: entry for name, entry in packages.items() if name}
    assert _npm_dependencies() <= {name.removeprefix("node_modules/") for name in fetched}
    installed = [entry for entry in fetched.values() if _runs_here(entry)]
    assert all(entry["integrity"].startswith("sha512-") for entry in installed)
    assert not any("resolved" in entry for entry in fetched.values())


def test_every_direct_dependency_has_one_line_that_tells_why() -> None:
    lines = re.findall(
        r"^\| `(?P<name>[^`]+)` \|", read("docs/decisions/dependencies.md"), re.MULTILINE
    )
    told = [name if name.startswith("@") else _normal(name) for name in lines]
    declared = _declared()[LOCKS[1]] | _npm_dependencies()
    assert sorted(told) == sorted(declared)


@cache
def _providers() -> dict[str, set[str]]:
    """Installed module → the distributions that it comes from."""
    return {module: set(map(_normal, names)) for module, names in packages_distributions().items()}


def _iter_imports(tree: ast.Module) -> Iterator[str]:
    """The top-level modules that a file imports, anywhere in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def _iter_strings(tree: ast.Module) -> Iterator[str]:
    """The first words of dotted names: what Django is told, or a package of data, is named."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value.partition(".")[0]


def _distributions(modules: Iterable[str]) -> set[str]:
    outside = set(modules) - set(sys.stdlib_module_names) - {"contract_builder"}
    return {name for module in outside for name in _providers().get(module, {module})}


def test_the_package_imports_what_it_declares_and_nothing_else() -> None:
    project: dict[str, Any] = tomllib.loads(read("pyproject.toml"))["project"]
    groups = [project["dependencies"], *project.get("optional-dependencies", {}).values()]
    declared = {_name(item) for group in groups for item in group}
    trees = [parse_file(path) for path in python_files("contract_builder")]
    imported = _distributions(module for tree in trees for module in _iter_imports(tree))
    named = _distributions(text for tree in trees for text in _iter_strings(tree))
    assert imported - declared == set(), "imported, not declared"
    assert declared - imported - named == set(), "declared, never imported"
