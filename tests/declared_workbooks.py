"""Workbooks of declaration as a service writes and reads them, for the tests of both."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from contract_builder.follow.workbook_layout import column_letter, columns_of
from contract_builder.services.declaring import (
    DeclarationRequest,
    Declared,
    WorkbookRequest,
    read_declarations,
    write_workbooks,
)
from contract_builder.services.following import follow_contract
from contract_builder.services.project import Project
from tests.followed_contracts import AT, ON, fill_workbook

ROWS = {
    name: number
    for number, name in enumerate(
        ("RATE", "COUNT", "LESS", "GROWTH", "THIRDS", "DAY", "YES", "STEP", "NONE"), start=2
    )
}
COLUMNS = {column.id: column_letter(rank) for rank, column in enumerate(columns_of("objectif"))}


def cell(sheet: str, column: str) -> tuple[str, str]:
    """The place of a column of « Objectifs » on the row of a sheet."""
    return ("Objectifs", f"{COLUMNS[column]}{ROWS[sheet]}")


def write(project: Project, year: int = 2025, side: str = "etablissement") -> Path:
    request = WorkbookRequest((), ON, year, "agence" if side == "agence" else "etablissement")
    (path,) = write_workbooks(project, request, project.root / "output").published.written
    return path


def fill(project: Project, **values: object) -> Path:
    """A workbook of 2025 with values, each signed."""
    changes = {}
    for sheet, value in values.items():
        changes[cell(sheet, "value")] = value
        changes[cell(sheet, "function")] = "la directrice"
    return fill_workbook(write(project), changes)


def read(project: Project, *paths: Path, **changes: Any) -> Declared:
    request = DeclarationRequest(paths, "etablissement", ON, AT, "la cellule")
    return read_declarations(project, replace(request, **changes))


def messages(declared: Declared) -> list[str]:
    return [f"{p.place} [{p.code}] {p.message}" for p in declared.problems]


def values(project: Project, on: date = ON) -> dict[str, str]:
    states = follow_contract(project, "990000010", on).of_year(2025)
    return {state.line.key.item: state.value for state in states if state.value}
