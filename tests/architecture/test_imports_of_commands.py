"""A command loads what it needs and nothing else: the libraries that cost time are named here."""

import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from contract_builder.cli import make_parser
from contract_builder.cli.commands import COMMANDS
from tests.architecture.repository import ROOT
from tests.mini_project import PROFILE, copy_mini_project

# Word, PDF, pages, workbooks, plots, the web, other machines, other programs.
DOCUMENTS = {"docx", "docxtpl", "jinja2", "lxml", "pypdf", "pypdfium2", "typst"}
REPORTS = {"openpyxl", "xlsxwriter", "matplotlib", "PIL", "numpy"}
SERVERS = {"dask", "distributed", "psycopg", "waitress"}
TEXTS = {"markdown_it", "yaml"}
DATABASE = {"asyncio", "django", "sqlite3"}
EVERYTHING = DOCUMENTS | REPORTS | SERVERS | TEXTS | DATABASE | {"subprocess"}

NOT_LOADED = {
    "--help": EVERYTHING,
    "--version": EVERYTHING,
    "build --help": EVERYTHING,
    "departures --help": EVERYTHING,
    "serve --help": EVERYTHING,
    f"explain {PROFILE}": DOCUMENTS | REPORTS | SERVERS | DATABASE,
    f"build {PROFILE} --formats json": {"typst", "docxtpl"} | REPORTS | SERVERS | DATABASE,
    f"build {PROFILE}": REPORTS | SERVERS | DATABASE,
    "check": REPORTS | SERVERS | DATABASE,
    "history 990000010": DOCUMENTS | REPORTS | SERVERS | {"markdown_it"},
    "show 990000010@1 --json": DOCUMENTS | REPORTS | SERVERS,
    "departures --json": DOCUMENTS | REPORTS | SERVERS,
    "nomenclature urgences": DOCUMENTS | REPORTS | SERVERS | DATABASE | {"markdown_it"},
}
_RUN = """
import sys
from contract_builder.cli import main
try:
    code = main(sys.argv[1:])
except SystemExit as stop:
    code = stop.code
print("loaded", *sorted(sys.modules), file=sys.stderr)
sys.exit(code)
"""


def run(folder: Path, command: str) -> str:
    """What a command of a project prints as errors, with the modules that it loaded."""
    arguments = [sys.executable, "-c", _RUN, *command.split()]
    done = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


def modules_after(folder: Path, command: str) -> set[str]:
    """The modules that a command of a project loads."""
    return set(run(folder, command).rpartition("loaded ")[2].split())


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one stored version."""
    folder = copy_mini_project(tmp_path_factory.mktemp("projet") / "projet")
    run(folder, f"build {PROFILE} --formats json --record")
    return folder


@pytest.mark.parametrize("command", NOT_LOADED)
def test_a_command_loads_nothing_that_it_does_not_need(project: Path, command: str) -> None:
    packages = {name.partition(".")[0] for name in modules_after(project, command)}
    assert "contract_builder" in packages
    assert packages & NOT_LOADED[command] == set()


def iter_command_modules() -> Iterator[str]:
    for path in sorted((ROOT / "contract_builder" / "cli").glob("*.py")):
        if path.stem != "__init__":
            module = import_module(f"contract_builder.cli.{path.stem}")
            if hasattr(module, "add_parser"):
                yield path.stem


def test_every_module_of_a_command_is_in_the_table() -> None:
    assert sorted(told.module for told in COMMANDS.values()) == list(iter_command_modules())


def parsers_of(command: str | None) -> dict[str, ArgumentParser]:
    """What is declared of each command, in order, when ``command`` alone is loaded."""
    choices = next(
        action.choices for action in make_parser(command)._actions if action.dest == "command"
    )
    assert choices is not None
    return dict(choices)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_loaded_alone_has_the_help_that_it_has_among_all(command: str) -> None:
    alone, among = parsers_of(command), parsers_of(None)
    assert list(alone) == list(among)
    assert alone[command].format_help() == among[command].format_help()


@pytest.mark.parametrize("command", ["", "check", "chek"])
def test_the_help_lists_every_command_whichever_is_loaded(command: str) -> None:
    listed = make_parser(command).format_help()
    assert listed == make_parser().format_help()
    words = " ".join(listed.split())
    assert [name for name, told in COMMANDS.items() if f"{name} {told.summary}" not in words] == []


def test_the_help_loads_no_command_and_what_parses_alone(project: Path) -> None:
    loaded = modules_after(project, "--help")
    assert {name for name in loaded if name.startswith("contract_builder")} == {
        "contract_builder",
        "contract_builder.cli",
        "contract_builder.cli.commands",
        "contract_builder.cli.french_argparse",
    }
    assert not loaded & {"dataclasses", "difflib", "inspect", "json", "traceback"}
