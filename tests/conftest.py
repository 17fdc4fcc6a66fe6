"""Fixtures shared by all tests; settings of the property tests."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from contract_builder.library.load import load_library
from contract_builder.model.library import Library
from tests.mini_project import CommandResult, copy_mini_project, run_command

ROOT = Path(__file__).parents[1]

# Nothing of a test is left to the next one, nor in the cache of whoever runs them.
os.environ["CPOM_CACHE"] = "non"

# The same examples at each run: a failure can be run again, and no machine's speed decides.
_PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("stable", **_PATIENT, derandomize=True, max_examples=50)
settings.register_profile("explore", **_PATIENT, max_examples=2000)
settings.load_profile("stable")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what the program prints now into the golden cases, instead of comparing",
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Counts the skipped tests and names each, with the reason: none is left out in silence."""
    skipped = terminalreporter.stats.get("skipped", [])
    if not skipped:
        return
    terminalreporter.section(f"{len(skipped)} essais écartés")
    for report in skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        terminalreporter.line(f"{report.nodeid} : {str(reason).removeprefix('Skipped: ')}")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """True when the golden cases are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def mini_project(tmp_path: Path) -> Path:
    """A copy of the small self-contained project of ``tests/cases/mini_project``."""
    return copy_mini_project(tmp_path / "projet")


@pytest.fixture
def cpom(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., CommandResult]:
    """``cpom(folder, "check", "--json")`` runs the command line in ``folder``."""
    monkeypatch.delenv("CPOM_PROJECT", raising=False)
    monkeypatch.setenv("COLUMNS", "100")

    def run(folder: Path, *arguments: str) -> CommandResult:
        monkeypatch.chdir(folder)
        return run_command(arguments, capsys)

    return run


@pytest.fixture(scope="session")
def real_library() -> Library:
    """The library that comes with the software, read once: it is frozen."""
    library, problems = load_library(ROOT)
    assert problems == []
    return library
