"""JSON is made beside a value or in ``services/as_json``: commands and services shape none.

Who reads a value reads its fields: a dictionary with French keys stands in no signature of theirs.
"""

import ast
from pathlib import Path

import pytest

from tests.architecture.repository import iter_functions, name_of, parse_file, python_files

SHAPES = "contract_builder/services/as_json/"
COMMANDS = python_files("contract_builder/cli")
SERVICES = [path for path in python_files("contract_builder/services") if SHAPES not in f"{path}"]


def _is_shape(node: ast.expr) -> bool:
    """True for what a program reads by its keys, written out: an object, or a list of some."""
    if isinstance(node, ast.List | ast.ListComp):
        return any(_is_shape(item) for item in ast.walk(node) if isinstance(item, ast.Dict))
    return isinstance(node, ast.Dict | ast.DictComp)


@pytest.mark.parametrize("path", COMMANDS, ids=name_of)
def test_a_command_prints_json_that_it_did_not_shape(path: Path) -> None:
    shaped = [
        f"{path.name}:{node.lineno}"
        for node in ast.walk(parse_file(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "print_json"
        and any(_is_shape(argument) for argument in node.args)
    ]
    assert shaped == []


@pytest.mark.parametrize("path", [*COMMANDS, *SERVICES], ids=name_of)
def test_no_command_and_no_service_gives_a_dictionary_of_anything(path: Path) -> None:
    given = [
        f"{path.name}:{function.lineno} {function.name}"
        for function in iter_functions(path)
        if function.returns is not None and "dict[str, Any]" in ast.unparse(function.returns)
    ]
    assert given == []
