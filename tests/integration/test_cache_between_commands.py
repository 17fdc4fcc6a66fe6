"""A command that finds what the one before kept does the same as one that finds nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.mini_project import PROFILE, CommandResult, change_file

CLAUSE = Path("clause_library") / "corps" / "objet.md"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where the commands of the test keep things."""
    monkeypatch.setenv("CPOM_CACHE", str(tmp_path / "mémoire"))
    return tmp_path / "mémoire"


def build(cpom: Callable[..., CommandResult], project: Path, name: str) -> dict[str, bytes]:
    """The contract's files by format, built into a folder of that name."""
    out = project / name
    result = cpom(project, "build", str(PROFILE), "--out", str(out))
    assert result.exit_code == 0, result.stderr
    return {path.suffix: path.read_bytes() for path in map(Path, result.stdout.split())}


def test_the_documents_are_the_same_with_and_without(
    mini_project: Path,
    cpom: Callable[..., CommandResult],
    cache: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = (build(cpom, mini_project, name) for name in ("premier", "second"))
    kept = {path.name.rpartition("-")[0] for path in cache.iterdir()}
    assert kept == {"bibliotheque", "sans-erreur", "modele-word"}
    monkeypatch.setenv("CPOM_CACHE", "non")
    without = build(cpom, mini_project, "sans")
    assert first == second == without


def test_a_changed_clause_is_in_the_next_contract(
    mini_project: Path, cpom: Callable[..., CommandResult], cache: Path
) -> None:
    before = build(cpom, mini_project, "avant")
    text = (mini_project / CLAUSE).read_text(encoding="utf-8")
    (mini_project / CLAUSE).write_text(f"{text}\nUn alinéa de plus.\n", encoding="utf-8")
    after = build(cpom, mini_project, "après")
    assert "Un alinéa de plus.".encode() not in before[".json"]
    assert "Un alinéa de plus.".encode() in after[".json"]
    assert cache.exists()


def test_a_fault_is_told_with_its_place_however_often(
    mini_project: Path, cpom: Callable[..., CommandResult], cache: Path
) -> None:
    build(cpom, mini_project, "avant")
    change_file(mini_project / CLAUSE, "titre:", "titr:")
    results = [cpom(mini_project, "build", str(PROFILE)) for _ in range(2)]
    assert results[0] == results[1]
    assert results[0].exit_code == 1
    assert "objet.md:3:1: erreur [cle-inconnue]" in results[0].stderr
    assert cache.exists()


def test_check_says_the_same_twice(
    mini_project: Path, cpom: Callable[..., CommandResult], cache: Path
) -> None:
    results = [cpom(mini_project, "check") for _ in range(2)]
    assert results[0] == results[1]
    assert cache.exists()
