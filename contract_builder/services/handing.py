"""The follow-up handed to another system: a table whose columns a file of the agency chooses."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from contract_builder.diagnostics import Problems, has_errors, in_file_order
from contract_builder.errors import ProblemsError, UsageError
from contract_builder.files.write import create_file
from contract_builder.follow.export import (
    build_export,
    check_export,
    is_exported,
    render_delimited,
)
from contract_builder.follow.line_fields import line_fields
from contract_builder.model.follow_export import FollowExport
from contract_builder.reading.files import load_yaml
from contract_builder.reading.records import read_record
from contract_builder.services.following import follow_contracts
from contract_builder.services.project import Project
from contract_builder.tables.workbook import render_workbook

EXPORT_SUFFIXES = (".csv", ".xlsx")


@dataclass(frozen=True, slots=True)
class HandedTable:
    """The file written, its number of rows, and what could not be read, in French."""

    path: Path
    rows: int
    unread: tuple[str, ...]


def hand_over(project: Project, columns: Path, out: Path, on: date) -> HandedTable:
    """Writes the export that the file ``columns`` describes into the new file ``out``.

    Its ending chooses the form, ``.csv`` or ``.xlsx``. ProblemsError when the description has an
    error, UserError when the file exists.
    """
    if out.suffix not in EXPORT_SUFFIXES:
        raise UsageError(f"« {out} » : un export est un fichier .csv ou .xlsx.")
    export = _load_export(project, columns)
    region = follow_contracts(project, (), on)
    rows = [
        line_fields(item.in_force.header, item.in_force.reference, state)
        for item in region.contracts
        for state in item.states.states
        if is_exported(export, state)
    ]
    table = build_export(export, rows)
    if out.suffix == ".csv":
        create_file(out, render_delimited(export, table))
    else:
        create_file(out, render_workbook([table], on, "Suivi des contrats"))
    return HandedTable(out, len(rows), region.unread)


def _load_export(project: Project, path: Path) -> FollowExport:
    problems: Problems = []
    node = load_yaml(path, project.name_of(path), problems)
    export = None if node is None else read_record(FollowExport, node, problems)
    if export is not None:
        problems.extend(check_export(export))
    if export is None or has_errors(problems):
        raise ProblemsError(in_file_order(problems))
    return export
