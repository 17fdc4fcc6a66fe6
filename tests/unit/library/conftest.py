"""Small libraries written by a test itself, so that it shows its whole input."""

from collections.abc import Callable
from pathlib import Path

import pytest

from contract_builder.library.checks import check_library
from contract_builder.library.load import load_library
from contract_builder.model.library import Library
from tests.unit.library.sound_library import SOUND

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


@pytest.fixture
def problems_of(load: Loader) -> Callable[[dict[str, str]], list[str]]:
    """The problems of the sound library with some files changed: « file:line:column code »."""

    def check(changes: dict[str, str]) -> list[str]:
        library = load({**SOUND, **changes})
        return [f"{problem.place} {problem.code}" for problem in check_library(library)]

    return check
