"""Nothing is left half-done: no marker of later work, no empty body, no commented-out test."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.repository import (
    FunctionNode,
    iter_functions,
    iter_lines,
    name_of,
    parse_file,
    python_files,
    text_files,
)

MARKER = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "HA" + "CK")) + r")\b")
SOURCES = python_files("contract_builder")
TESTS = [path for path in python_files("tests") if path.name.startswith("test_")]


def test_no_file_holds_a_marker_of_later_work() -> None:
    found = [
        f"{name_of(path)}:{number}"
        for path in text_files()
        for number, line in iter_lines(path)
        if MARKER.search(line)
    ]
    assert found == []


def _is_empty(function: FunctionNode) -> bool:
    """True for a body that only waits to be written; a docstring that says why nothing is done
    makes it a choice, unless a result is promised.
    """
    body = [
        node
        for node in function.body
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    if not body:
        returns = ast.unparse(function.returns) if function.returns else ""
        return ast.get_docstring(function) is None or returns != "None"
    return all(
        isinstance(node, ast.Pass)
        or (isinstance(node, ast.Raise) and "NotImplemented" in ast.dump(node))
        for node in body
    )


def _protocol_methods(path: Path) -> set[FunctionNode]:
    return {
        method
        for node in ast.walk(parse_file(path))
        if isinstance(node, ast.ClassDef)
        and any("Protocol" in ast.unparse(base) for base in node.bases)
        for method in node.body
        if isinstance(method, FunctionNode)
    }


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_function_is_empty(path: Path) -> None:
    declared = _protocol_methods(path)
    empty = [
        f"{path.name}:{function.lineno} {function.name}"
        for function in iter_functions(path)
        if function not in declared and _is_empty(function)
    ]
    assert empty == []


def _checks_something(function: FunctionNode) -> bool:
    """True when the test asserts, expects an exception, or calls what raises when it is wrong."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called.startswith(("pytest.raises", "pytest.fail", "assert_", "verify_")):
                return True
    return False


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_every_test_asserts_something(path: Path) -> None:
    silent = [
        f"{path.name}:{function.lineno} {function.name}"
        for function in iter_functions(path)
        if function.name.startswith("test_") and not _checks_something(function)
    ]
    assert silent == []
