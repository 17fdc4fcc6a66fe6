"""A command loads what it needs and nothing else: the libraries that cost time are named here."""

import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from contract_builder.cli import _COMMANDS, make_parser
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
print("loaded", *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
sys.exit(code)
"""


def run(folder: Path, command: str) -> str:
    """What a command of a project prints as errors, with the packages that it loaded."""
    arguments = [sys.executable, "-c", _RUN, *command.split()]
    done = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one stored version."""
    folder = copy_mini_project(tmp_path_factory.mktemp("projet") / "projet")
    run(folder, f"build {PROFILE} --formats json --record")
    return folder


@pytest.mark.parametrize("command", NOT_LOADED)
def test_a_command_loads_nothing_that_it_does_not_need(project: Path, command: str) -> None:
    loaded = set(run(project, command).rpartition("loaded ")[2].split())
    assert "contract_builder" in loaded
    assert loaded & NOT_LOADED[command] == set()


def iter_command_modules() -> Iterator[str]:
    for path in sorted((ROOT / "contract_builder" / "cli").glob("*.py")):
        if path.stem != "__init__":
            module = import_module(f"contract_builder.cli.{path.stem}")
            if hasattr(module, "add_parser"):
                yield path.stem


def test_every_module_of_a_command_is_in_the_table() -> None:
    assert sorted(_COMMANDS.values()) == list(iter_command_modules())


@pytest.mark.parametrize("command", _COMMANDS)
def test_a_command_alone_has_the_help_that_it_has_among_all(command: str) -> None:
    alone, among = (
        next(action.choices for action in parser._actions if action.dest == "command")
        for parser in (make_parser(command), make_parser())
    )
    assert alone is not None
    assert among is not None
    assert list(alone) == [command]
    assert alone[command].format_help() == among[command].format_help()
