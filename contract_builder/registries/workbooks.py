"""Spreadsheets (.xlsx, .ods, .csv) as worksheets of text rows.

A cell becomes the text that a person reads in it, in French: « 65 % », « 1 234,50 € »,
« 31 décembre 2026 »; what it is besides (a number, a day, a fault) is kept beside. Formulas give
their last computed value; without one, the cell has a fault.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from contract_builder.diagnostics import Problems, import_problems
from contract_builder.errors import system_reason
from contract_builder.reading.bounded import open_ordinary, read_bounded
from contract_builder.registries.archives import is_plain_archive
from contract_builder.registries.cells import clean_text
from contract_builder.registries.delimited import SEPARATORS, find_declared_separator
from contract_builder.registries.text_files import inspect_text, iter_lines
from contract_builder.registries.typed_cells import RawNote, TypedCell, read_typed
from contract_builder.registries.workbook_extent import find_stray_cell
from contract_builder.registries.workbook_notes import load_notes
from contract_builder.source import whole_file

_MAX_UNPACKED = 200 * 1024 * 1024  # bytes; a workbook of a whole region is a hundredth of this
_FIRST_LINES = 30
_ZIP_MAGIC = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Worksheet:
    """The rows of one sheet with their number, counted from 1; blank rows are left out.

    ``typed`` holds the cells that are no mere text, by number of row and index of column from 0.
    ``is_text`` says that the sheet is a CSV file.
    """

    title: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    typed: Mapping[tuple[int, int], TypedCell] = field(default_factory=dict)
    is_text: bool = False


def is_workbook(path: Path) -> bool:
    """True for the archives that .xlsx and .ods files are, damaged ones too; not for others."""
    with open_ordinary(path) as stream:
        if stream.read(4) != _ZIP_MAGIC:
            return False
    return not is_plain_archive(path)


def load_worksheets(path: Path, name: str, problems: Problems) -> tuple[Worksheet, ...]:
    """The worksheets of the file; none, with the problem, when it cannot be read."""
    try:
        workbook = is_workbook(path)
    except OSError as error:
        reason = system_reason(error)
        problems.append(import_problems.classeur_illisible(whole_file(name), reason))
        return ()
    if workbook:
        return _load_workbook(path, name, problems)
    return _load_csv(path, name, problems)


def _load_workbook(path: Path, name: str, problems: Problems) -> tuple[Worksheet, ...]:
    from lxml.etree import XMLSyntaxError
    from python_calamine import CalamineError, CalamineWorkbook

    reason = _archive_fault(path) or _extent_fault(path)
    if not reason:
        try:
            workbook = CalamineWorkbook.from_filelike(io.BytesIO(read_bounded(path)))
            notes = load_notes(path)
            return tuple(
                _worksheet(
                    title,
                    workbook.get_sheet_by_name(title).to_python(skip_empty_area=False),
                    notes.get(title, {}),
                )
                for title in workbook.sheet_names
            )
        except (CalamineError, OSError, ValueError, KeyError, XMLSyntaxError) as error:
            reason = f"il est abîmé ou protégé ({type(error).__name__})"
    problems.append(import_problems.classeur_illisible(whole_file(name), reason))
    return ()


def _archive_fault(path: Path) -> str:
    """Why the archive cannot be opened safely; empty when it can."""
    try:
        with open_ordinary(path) as file, zipfile.ZipFile(file) as archive:
            if any(name.startswith("word/") for name in archive.namelist()):
                return "c’est un document Word, et non un classeur"
            if "xl/workbook.bin" in archive.namelist():
                return (
                    "c’est un classeur binaire (.xlsb), où les cellules en erreur passeraient pour "
                    "vides ; enregistrez-le au format .xlsx"
                )
            size = sum(item.file_size for item in archive.infolist())
    except (zipfile.BadZipFile, OSError):
        return "l’archive est incomplète ou abîmée"
    return "il est démesurément grand une fois décompressé" if size > _MAX_UNPACKED else ""


def _extent_fault(path: Path) -> str:
    """Why the sheets span too much or cannot be looked at; empty when there is nothing to say."""
    from lxml.etree import XMLSyntaxError

    damaged = (zipfile.BadZipFile, zlib.error, OSError, EOFError, XMLSyntaxError)
    try:
        stray = find_stray_cell(path)
    except (*damaged, NotImplementedError, RuntimeError):
        return "l’archive est incomplète ou abîmée"
    if not stray:
        return ""
    return (
        f"une cellule égarée en {stray} étend la feuille démesurément ; supprimez les lignes et "
        "les colonnes qui suivent le tableau"
    )


def _load_csv(path: Path, name: str, problems: Problems) -> tuple[Worksheet, ...]:
    file = inspect_text(path, name, problems)
    if file is None:
        return ()
    text = "".join(iter_lines(file))
    first_line = text.split("\n", 1)[0]
    declared = find_declared_separator(first_line)
    separator = declared or _most_frequent(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, tuple[str, ...]]] = []
    try:
        for fields in reader:
            cells = tuple(clean_text(field) for field in fields)
            if any(cells) and not (declared and reader.line_num == 1):
                rows.append((reader.line_num, cells))
    except csv.Error:
        problems.append(import_problems.fichier_tronque(whole_file(name)))
        return ()
    return (Worksheet(path.stem, tuple(rows), is_text=True),)


def _most_frequent(text: str) -> str:
    """The separator that cuts one of the first lines most: a banner may stand above the titles."""
    lines = text.split("\n", _FIRST_LINES)[:_FIRST_LINES]
    return max(SEPARATORS, key=lambda separator: max(line.count(separator) for line in lines))


def _worksheet(
    title: str, rows: Sequence[Sequence[object]], notes: Mapping[tuple[int, int], RawNote]
) -> Worksheet:
    typed: dict[tuple[int, int], TypedCell] = {}
    found: list[tuple[int, tuple[str, ...]]] = []
    for index, row in enumerate(_widened(rows, notes)):
        texts = []
        for column, cell in enumerate(row):
            text, kind = read_typed(cell, notes.get((index, column)))
            texts.append(clean_text(text))
            if kind is not None:
                typed[(index + 1, column)] = kind
        if any(texts):
            found.append((index + 1, tuple(texts)))
    return Worksheet(title, tuple(found), typed)


def _widened(
    rows: Sequence[Sequence[object]], notes: Mapping[tuple[int, int], RawNote]
) -> Iterator[Sequence[object]]:
    """The rows with room for the faulty cells, which the reader of values may leave out."""
    widths: dict[int, int] = {}
    for (row, column), note in notes.items():
        if note.fault:
            widths[row] = max(widths.get(row, 0), column + 1)
    for index in range(max(len(rows), max(widths, default=-1) + 1)):
        cells = rows[index] if index < len(rows) else ()
        missing = widths.get(index, 0) - len(cells)
        yield [*cells, *[""] * missing] if missing > 0 else cells
