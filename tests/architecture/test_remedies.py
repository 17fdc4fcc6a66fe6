"""Only the command line speaks of commands and options; what would help is typed elsewhere."""

import ast
import re
from pathlib import Path
from typing import get_args

import pytest

from contract_builder.cli.remedies import SENTENCES
from contract_builder.errors import RemedyAction
from tests.architecture.repository import PACKAGE, name_of, parse_file, python_files

COMMAND_LINE = re.compile(r"\bcpom [a-z]|[« \u00a0]--[a-z]|\B--[a-z]+ [A-Z]")
DOCUMENTATION = {"contract_builder/files/resources.py": "the text of a new folder's LISEZMOI.md"}
SPEAKERS = PACKAGE / "cli"
FILES = [
    path
    for path in python_files("contract_builder")
    if not path.is_relative_to(SPEAKERS) and name_of(path) not in DOCUMENTATION
]


def _docstrings(tree: ast.Module) -> set[int]:
    """The constants that only document the code: texts that stand as statements."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_text_of_a_service_or_step_names_a_command_or_an_option(path: Path) -> None:
    tree = parse_file(path)
    documenting = _docstrings(tree)
    named = [
        f"{path.name}:{node.lineno}: {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documenting
        and COMMAND_LINE.search(node.value)
    ]
    assert named == []


def test_the_command_line_words_every_remedy_and_no_other() -> None:
    assert set(SENTENCES) == set(get_args(RemedyAction))


def test_every_remedy_is_given_by_something() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in FILES)
    unused = [name for name in get_args(RemedyAction) if f'Remedy("{name}"' not in sources]
    assert unused == []
