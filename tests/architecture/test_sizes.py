"""Modules, functions and parameter lists stay small enough to be read in one go.

What needs more room is named here with the decision record that says why, and leaves the list as
soon as it fits again.
"""

from pathlib import Path

import pytest

from tests.architecture.repository import (
    DECISIONS,
    FunctionNode,
    iter_functions,
    name_of,
    python_files,
)

MODULE_LINES = 400
FUNCTION_LINES = 60
PARAMETERS = 6

LARGER_MODULES: dict[str, str] = {}
"""Module → number of the decision that allows it."""

MODULES = python_files("contract_builder", "tests")
SOURCES = python_files("contract_builder")


def _line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _parameter_count(function: FunctionNode) -> int:
    """Parameters that a caller can give: ``self`` and ``cls`` are not."""
    args = function.args
    given = [*args.posonlyargs, *args.args, *args.kwonlyargs]
    return len([item for item in given if item.arg not in ("self", "cls")])


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_stays_small(path: Path) -> None:
    if name_of(path) not in LARGER_MODULES:
        assert _line_count(path) <= MODULE_LINES


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_functions_stay_small(path: Path) -> None:
    too_long = [
        f"{path.name}:{function.lineno} {function.name}: {lines} lines"
        for function in iter_functions(path)
        if (lines := (function.end_lineno or function.lineno) - function.lineno + 1)
        > FUNCTION_LINES
    ]
    assert too_long == []


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_functions_take_few_parameters(path: Path) -> None:
    too_many = [
        f"{path.name}:{function.lineno} {function.name}: {count} parameters"
        for function in iter_functions(path)
        if (count := _parameter_count(function)) > PARAMETERS
    ]
    assert too_many == []


def test_an_exception_to_the_size_is_needed_and_explained() -> None:
    for name, number in LARGER_MODULES.items():
        (path,) = [path for path in MODULES if name_of(path) == name]
        assert _line_count(path) > MODULE_LINES, f"{name} fits again: take it off the list"
        (decision,) = DECISIONS.glob(f"{number}-*.md")
        assert path.name in decision.read_text(encoding="utf-8")
