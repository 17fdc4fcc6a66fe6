"""The repository as these tests see it: its own files, their text, their Python trees."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "contract_builder"
DECISIONS = ROOT / "docs" / "decisions"

_NOT_OURS = frozenset(
    {".git", ".venv", "node_modules", "__pycache__", "build", "dist", "output", ".github"}
)
_CACHES = "_cache"
_BINARY = frozenset({".docx", ".dotx", ".pdf", ".png", ".xlsx", ".ods", ".woff2", ".ico"})


@cache
def repository_files() -> tuple[Path, ...]:
    """Every text file that belongs to the project, in name order; products and caches are not."""
    found = []
    for folder, folders, names in ROOT.walk() if hasattr(ROOT, "walk") else _walk(ROOT):
        folders[:] = sorted(
            name
            for name in folders
            if name not in _NOT_OURS and not name.endswith((_CACHES, ".egg-info", ".hypothesis"))
        )
        found += [folder / name for name in sorted(names) if Path(name).suffix not in _BINARY]
    return tuple(found)
