"""Small libraries written by a test itself, so that it shows its whole input."""

from collections.abc import Callable
from pathlib import Path

import pytest

from contract_builder.library.load import load_library
from contract_builder.model.library import Library

Loader = Callable[[dict[str, str]], Library]


@pytest.fixture
def load(tmp_path: Path) -> Loader:
    """Writes the files given by name and loads them as a library, which must have no error."""

    def load_files(files: dict[str, str]) -> Library:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        library, problems = load_library(tmp_path)
        assert problems == []
        return library

    return load_files
