"""No public name stands twice in the package: who reads one knows what it is, wherever it is met.

A name of a module is public without an underscore: functions, classes, constants, types. What a
front end or a framework asks of each module under one name is named here, with the reason.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.repository import name_of, parse_file, python_files

SHARED = {
    "add_parser": ("contract_builder/cli/", "every command declares its options so"),
    "run": ("contract_builder/cli/", "every command does its work so"),
    "Migration": ("contract_builder/store/migrations/", "Django looks for it under this name"),
}
"""Name → the folder whose modules each have their own, and why."""

FRONT_ENDS = ("contract_builder/cli/remedies.py", "contract_builder/web/remedies.py")
"""Each front end says in its own words what a service refuses: the same names, on purpose."""

PAGES = ("contract_builder/web/pages/", "contract_builder/web/french_filters.py")
"""A view is met as ``module.view`` in the table of routes alone; a filter in templates alone."""

RUNS_OF_WORD = "contract_builder/word/ooxml.py"
"""``run`` is also a run of text there, as WordprocessingML calls it."""

ENTRY_POINTS = {
    "Migration": (
        "contract_builder/web/accounts/migrations/0001_initial.py",
        "contract_builder/web/lots/migrations/0001_initial.py",
        "contract_builder/web/lots/migrations/0002_imports.py",
        "contract_builder/web/accounts/migrations/0002_temporary_passwords.py",
        "contract_builder/web/tours/migrations/0001_initial.py",
    ),
    "main": (
        "contract_builder/cli/__init__.py",
        "contract_builder/reading/foreign_pdf/worker.py",
    ),
}
"""What a process starts with, or Django looks for by its name."""


def _names_of(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id
    elif isinstance(node, ast.Assign) and not _is_type_variable(node.value):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _is_type_variable(value: ast.expr) -> bool:
    """True for what stands for any type inside one module, and is no thing of its own."""
    return isinstance(value, ast.Call) and ast.unparse(value.func).endswith("TypeVar")


def _public_names(path: Path) -> set[str]:
    names = (name for node in parse_file(path).body for name in _names_of(node))
    return {name for name in names if not name.startswith("_")}


def _is_told(name: str, file: str) -> bool:
    if file.startswith(PAGES) or (
        file in FRONT_ENDS and name in ("SENTENCES", "error_text", "word_remedy")
    ):
        return True
    folder, _ = SHARED.get(name, ("", ""))
    if folder and file.startswith(folder):
        return True
    return file in ENTRY_POINTS.get(name, ()) or (name == "run" and file == RUNS_OF_WORD)


def test_no_public_name_stands_twice() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in python_files("contract_builder"):
        for name in _public_names(path):
            if not _is_told(name, name_of(path)):
                places[name].append(name_of(path))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_a_name_that_may_stand_twice_does() -> None:
    count: dict[str, int] = defaultdict(int)
    for path in python_files("contract_builder"):
        for name in _public_names(path):
            count[name] += _is_told(name, name_of(path))
    assert {name for name in (*SHARED, *ENTRY_POINTS) if count[name] < 2} == set()
