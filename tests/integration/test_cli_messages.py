"""Every message as a user sees it: the files, the command, the exact output and exit code.

A case is a YAML file of ``tests/cases/messages``: what it changes in the mini project (``change``,
``write``, ``remove``), the command, and what the command must print. To write a new one, leave out
what follows the command, run ``pytest --update-golden`` on this file, and read what was written.
"""

import ast
import inspect
import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from contract_builder.diagnostics import (
    contract_problems,
    file_problems,
    library_problems,
    negotiation_problems,
    profile_problems,
    template_problems,
)
from contract_builder.word.package import read_parts, write_package
from tests.mini_project import CommandResult, change_file

CASES = Path(__file__).parents[1] / "cases" / "messages"
CATALOGUES = (
    contract_problems,
    file_problems,
    library_problems,
    negotiation_problems,
    profile_problems,
    template_problems,
)
PACKAGE = Path(file_problems.__file__).parents[1]
CASE_FILES = sorted(CASES.glob("*.yaml"))
_FIRST_EXPECTED_KEY = "exit_code:"


def load_case(path: Path) -> dict[str, Any]:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(case, dict)
    return case


def apply_changes(case: dict[str, Any], project: Path) -> None:
    for change in case.get("change", ()):
        change_file(project / change["file"], change["old"], change["new"])
    for written in case.get("write", ()):
        target = project / written["file"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(written["text"].encode(written.get("encoding", "utf-8")))
    for change in case.get("word", ()):
        change_word_template(project / "templates" / "contrat.docx", change)
    for name in case.get("remove", ()):
        (project / name).unlink()


def change_word_template(path: Path, change: dict[str, str]) -> None:
    """The template with the last occurrence of a text of one part replaced."""
    parts = read_parts(path.read_bytes())
    before, found, after = parts[change["part"]].decode().rpartition(change["old"])
    assert found
    parts[change["part"]] = f"{before}{change['new']}{after}".encode()
    path.write_bytes(write_package(parts))


def as_case_text(result: CommandResult) -> str:
    """The expected part of a case file."""
    parts = [f"{_FIRST_EXPECTED_KEY} {result.exit_code}\n"]
    for name, text in (("stdout", result.stdout), ("stderr", result.stderr)):
        if not text.endswith("\n"):
            parts.append(f"{name}: {json.dumps(text, ensure_ascii=False)}\n")
            continue
        indicator = "|2" if text.startswith(" ") else "|"
        body = "".join(f"  {line}\n" if line else "\n" for line in text[:-1].split("\n"))
        parts.append(f"{name}: {indicator}\n{body}")
    return "".join(parts)


@pytest.mark.parametrize("path", CASE_FILES, ids=lambda path: path.stem)
def test_the_command_prints_exactly_what_the_case_says(
    path: Path, mini_project: Path, cpom: Callable[..., CommandResult], update_golden: bool
) -> None:
    case = load_case(path)
    apply_changes(case, mini_project)
    raw = cpom(mini_project, *shlex.split(case["command"]))
    folder = str(mini_project)
    result = CommandResult(
        raw.exit_code, raw.stdout.replace(folder, "PROJET"), raw.stderr.replace(folder, "PROJET")
    )
    if update_golden:
        before, _, _ = path.read_text(encoding="utf-8").partition(_FIRST_EXPECTED_KEY)
        path.write_text(before + as_case_text(result), encoding="utf-8")
        case = load_case(path)
    assert result.stderr == case["stderr"]
    assert result.stdout == case["stdout"]
    assert result.exit_code == case["exit_code"]


def test_every_problem_that_the_program_raises_has_a_case() -> None:
    cases = "".join(load_case(path)["stderr"] for path in CASE_FILES)
    sources = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    raised = {code for name, code in catalogue_codes().items() if f"_problems.{name}(" in sources}
    assert [code for code in sorted(raised) if f"[{code}]" not in cases] == []


def catalogue_codes() -> dict[str, str]:
    """The code of each function of the catalogues: the first text of its ``Diagnostic``."""
    codes: dict[str, str] = {}
    functions = [node for part in CATALOGUES for node in ast.parse(inspect.getsource(part)).body]
    for function in functions:
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Diagnostic":
                codes[function.name] = ast.literal_eval(node.args[0])
    return codes
