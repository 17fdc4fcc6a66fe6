"""A command imports what it needs: what is heavy stays out of the others."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from tests.mini_project import PROFILE

_SHOW = (
    "import sys; from contract_builder.cli import main\n"
    "try: main(sys.argv[1:])\n"
    "except SystemExit: pass\n"
    "print('MODULES', *sorted(sys.modules))"
)
_REPORTS = {"xlsxwriter", "matplotlib", "dask", "openpyxl"}
_ENTRANCE = {"authlib", "joserfc", "requests"}
_WRITERS = {"docxtpl", "typst", "pypdfium2"}
_READERS = {"yaml", "markdown_it", "jinja2", "lxml", "django", "django_tasks", "importlib.metadata"}


def modules_after(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", _SHOW, *arguments], capture_output=True, text=True, check=True
    )
    return set(done.stdout.rpartition("MODULES")[2].split())


def test_the_help_of_a_command_imports_nothing_that_reads_or_writes_a_contract() -> None:
    modules = modules_after("build", "--help")
    assert "contract_builder.cli.build" in modules
    assert not modules & (_REPORTS | _WRITERS | _READERS | _ENTRANCE)
    assert not {name for name in modules if name.startswith("contract_builder.services")}


def test_the_check_of_a_profile_imports_no_report_and_no_store(mini_project: Path) -> None:
    modules = modules_after("check", str(mini_project / PROFILE), "--project", str(mini_project))
    assert "contract_builder.services.checking" in modules
    assert not modules & (_REPORTS | {"django", "django_tasks"})


def test_accounts_are_listed_without_what_asks_an_identity_provider(mini_project: Path) -> None:
    modules = modules_after("account", "list", "--project", str(mini_project))
    assert "contract_builder.web.provider" in modules
    assert not modules & _ENTRANCE


def test_the_version_is_that_of_the_installed_package() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "contract_builder", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"cpom {version('contract-builder')}\n"
