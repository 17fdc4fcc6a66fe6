"""``tests/unit`` mirrors the package: whoever changes a module finds its tests where it lies."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.repository import PACKAGE, ROOT, name_of, parse_file, python_files

UNIT = ROOT / "tests" / "unit"
SERVICES = [
    path for path in python_files("contract_builder/services") if path.name != "__init__.py"
]
PACKAGES = sorted(
    path for path in PACKAGE.iterdir() if path.is_dir() and (path / "__init__.py").is_file()
)
UNIT_TESTS = [path for path in python_files("tests/unit") if path.name.startswith("test_")]
OF_THE_REPOSITORY = {"tests/unit/test_sbom.py", "tests/unit/test_independent_reader.py"}
"""What is tested and is no part of the package: the build's hook, the reader that tests trust."""


def _iter_imported(path: Path) -> Iterator[str]:
    """The modules that a file imports, and what it imports from them as if it were modules."""
    for node in ast.walk(parse_file(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _find_reached(path: Path) -> set[str]:
    """What a test imports, itself or through the modules and fixtures that it shares."""
    reached: set[str] = set()
    above = [
        folder / "conftest.py" for folder in path.parents if folder.is_relative_to(UNIT.parent)
    ]
    waiting = [path, *(shared for shared in above if shared.is_file())]
    while waiting:
        for name in _iter_imported(waiting.pop()):
            shared = ROOT / f"{name.replace('.', '/')}.py"
            if name.startswith("tests.") and name not in reached and shared.is_file():
                waiting.append(shared)
            reached.add(name)
    return reached


@pytest.mark.parametrize("path", SERVICES, ids=name_of)
def test_every_service_has_its_tests_beside_it(path: Path) -> None:
    below = path.relative_to(PACKAGE)
    tests = UNIT / below.with_name(f"test_{path.name}")
    assert tests.is_file(), f"{name_of(tests)} is missing"
    module = ".".join(("contract_builder", *below.with_suffix("").parts))
    assert module in set(_iter_imported(tests))


@pytest.mark.parametrize("path", PACKAGES, ids=name_of)
def test_every_package_has_a_folder_of_tests(path: Path) -> None:
    assert list((UNIT / path.name).rglob("test_*.py")), f"tests/unit/{path.name} has no test"


@pytest.mark.parametrize("path", UNIT_TESTS, ids=name_of)
def test_a_unit_test_lies_where_what_it_tests_lies(path: Path) -> None:
    """Its folder is one of the package, and it reaches into that very folder or below."""
    if name_of(path) in OF_THE_REPOSITORY:
        return
    folder = path.parent.relative_to(UNIT)
    module = ".".join(("contract_builder", *folder.parts))
    assert (PACKAGE / folder).is_dir(), f"the package has no {folder}"
    assert any(name == module or name.startswith(f"{module}.") for name in _find_reached(path)), (
        f"nothing of {module} is imported"
    )
