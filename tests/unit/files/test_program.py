"""The state of the program changes with any module, and with what is installed beside it."""

from pathlib import Path

import pytest

from contract_builder.files import program
from contract_builder.files.program import program_state


def state_of(package: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The state of a program whose modules are those of ``package``."""
    monkeypatch.setattr(program, "_PACKAGE", package)
    program_state.cache_clear()
    try:
        return program_state()
    finally:
        program_state.cache_clear()


def test_the_same_program_has_the_same_state() -> None:
    first = program_state()
    program_state.cache_clear()
    assert program_state() == first


def test_a_change_of_any_module_is_another_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "one.py").write_text("a = 1\n")
    (inner / "two.py").write_text("b = 2\n")
    states = [state_of(tmp_path, monkeypatch)]
    (inner / "two.py").write_text("b = 3\n")
    states.append(state_of(tmp_path, monkeypatch))
    (inner / "two.py").rename(inner / "three.py")
    states.append(state_of(tmp_path, monkeypatch))
    (tmp_path / "data.txt").write_text("no module")
    assert state_of(tmp_path, monkeypatch) == states[-1]
    assert len(set(states)) == 3


def test_another_version_of_a_package_is_another_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = program_state()
    (tmp_path / "markdown_it_py-99.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    program_state.cache_clear()
    after = program_state()
    program_state.cache_clear()
    assert after != before
