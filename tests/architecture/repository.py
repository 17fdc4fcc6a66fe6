"""The repository as these tests see it: its own files, their text, their Python trees."""

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "contract_builder"
DECISIONS = ROOT / "docs" / "decisions"

_NOT_OURS = frozenset({".git", ".venv", "node_modules", "__pycache__", "build", "dist", "output"})
_TOOL_FOLDERS = ("_cache", ".egg-info", ".hypothesis")
_BINARY = frozenset({".docx", ".dotx", ".pdf", ".png", ".xlsx", ".ods", ".ttf", ".zip", ".sqlite3"})

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def text_files() -> tuple[Path, ...]:
    """Every text file of the project, in name order; products and caches are left out."""
    found: list[Path] = []
    for folder, subfolders, names in os.walk(ROOT):
        subfolders[:] = sorted(
            name
            for name in subfolders
            if name not in _NOT_OURS and not name.endswith(_TOOL_FOLDERS)
        )
        # In a linked work tree « .git » is a file.
        paths = (Path(folder, name) for name in sorted(names) if name not in _NOT_OURS)
        found += [path for path in paths if path.suffix not in _BINARY]
    return tuple(found)


def python_files(*folders: str) -> list[Path]:
    """The Python files below the given folders of the repository."""
    roots = [ROOT / folder for folder in folders]
    return [
        path
        for path in text_files()
        if path.suffix == ".py" and any(path.is_relative_to(root) for root in roots)
    ]


def name_of(path: Path) -> str:
    """The path as messages show it, from the repository's root."""
    return path.relative_to(ROOT).as_posix()


@cache
def parse_file(path: Path) -> ast.Module:
    """The tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def iter_functions(path: Path) -> Iterator[FunctionNode]:
    """Every function and method of a file, nested ones too."""
    for node in ast.walk(parse_file(path)):
        if isinstance(node, FunctionNode):
            yield node


def read(name: str) -> str:
    """The text of a file of the repository."""
    return (ROOT / name).read_text(encoding="utf-8")


def iter_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Each line with its number; test data that is not UTF-8 on purpose is read all the same."""
    yield from enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
