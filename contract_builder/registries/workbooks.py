"""Spreadsheets (.xlsx, .ods, .csv) as worksheets of text rows.

A cell becomes the text that a person reads in it: whole numbers without decimals, dates as
AAAA-MM-JJ. Formulas give their last computed value.
"""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from contract_builder.diagnostics import Problems, import_problems
from contract_builder.registries.cells import clean_text
from contract_builder.registries.delimited import SEPARATORS
from contract_builder.registries.text_files import inspect_text, iter_lines
from contract_builder.source import whole_file

_MAX_UNPACKED = 200 * 1024 * 1024  # bytes; a workbook of a whole region is a hundredth of this
_ZIP_MAGIC = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Worksheet:
    """The rows of one sheet with their number, counted from 1; blank rows are left out."""

    title: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def is_workbook(path: Path) -> bool:
    """True for the archives that .xlsx and .ods files are."""
    with path.open("rb") as stream:
        return stream.read(4) == _ZIP_MAGIC


def load_worksheets(path: Path, name: str, problems: Problems) -> tuple[Worksheet, ...]:
    """The worksheets of the file; none, with the problem, when it cannot be read."""
    try:
        workbook = is_workbook(path)
    except OSError as error:
        reason = error.strerror or "erreur"
        problems.append(import_problems.classeur_illisible(whole_file(name), reason))
        return ()
    if workbook:
        return _load_workbook(path, name, problems)
    return _load_csv(path, name, problems)


def _load_workbook(path: Path, name: str, problems: Problems) -> tuple[Worksheet, ...]:
    from python_calamine import CalamineError, CalamineWorkbook

    reason = _archive_fault(path)
    if not reason:
        try:
            workbook = CalamineWorkbook.from_path(str(path))
            return tuple(
                _worksheet(
                    title, workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
                )
                for title in workbook.sheet_names
            )
        except (CalamineError, OSError, ValueError) as error:
            reason = f"il est abîmé ou protégé ({type(error).__name__})"
    problems.append(import_problems.classeur_illisible(whole_file(name), reason))
    return ()


def _archive_fault(path: Path) -> str:
    """Why the archive cannot be opened safely; empty when it can."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(item.file_size for item in archive.infolist())
    except (zipfile.BadZipFile, OSError):
        return "l’archive est incomplète ou abîmée"
    return "il est démesurément grand une fois décompressé" if size > _MAX_UNPACKED else ""


def _load_csv(path: Path, name: str, problems: Problems) -> tuple[Worksheet, ...]:
    file = inspect_text(path, name, problems)
    if file is None:
        return ()
    text = "".join(iter_lines(file))
    first_line = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, tuple[str, ...]]] = []
    try:
        for fields in reader:
            cells = tuple(clean_text(field) for field in fields)
            if any(cells):
                rows.append((reader.line_num, cells))
    except csv.Error:
        problems.append(import_problems.fichier_tronque(whole_file(name)))
        return ()
    return (Worksheet(path.stem, tuple(rows)),)


def _worksheet(title: str, rows: Sequence[Sequence[object]]) -> Worksheet:
    texts = (
        (number, tuple(_cell_text(cell) for cell in row)) for number, row in enumerate(rows, 1)
    )
    return Worksheet(title, tuple((number, cells) for number, cells in texts if any(cells)))


def _cell_text(cell: object) -> str:
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float):
        number = Decimal(repr(cell))
        return str(int(number)) if number == number.to_integral_value() else f"{number:f}"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return clean_text(str(cell))
