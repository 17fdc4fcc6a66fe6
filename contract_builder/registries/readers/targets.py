"""Our own spreadsheets → rows: negotiated targets, starting values, financing lines.

A workbook may hold one, two or three of them; each worksheet is known by its column titles. Other
worksheets (a notice) are passed over.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from contract_builder.diagnostics import Problems, import_problems
from contract_builder.registries.cells import CellReader, line_place, restore_finess
from contract_builder.registries.delimited import fold_title
from contract_builder.registries.rows import (
    BaselineRow,
    NegotiatedTargetRow,
    PlannedGrantRow,
    RegistryFile,
)
from contract_builder.registries.sheets import LAYOUTS, SheetLayout
from contract_builder.registries.workbooks import Worksheet, load_worksheets

SpreadsheetRow = NegotiatedTargetRow | BaselineRow | PlannedGrantRow
_YEAR = re.compile(r"(?:19|20)\d{2}")


def iter_spreadsheet(path: Path, name: str, problems: Problems) -> Iterator[SpreadsheetRow]:
    """The rows of all known worksheets of the file; none known is a problem."""
    known = len(problems)
    worksheets = load_worksheets(path, name, problems)
    if len(problems) > known and not worksheets:
        return
    found = [(item, layout) for item in worksheets if (layout := _find_layout(item)) is not None]
    for worksheet, layout in found:
        yield from _iter_rows(worksheet, layout, name, problems)
    if not found:
        _reject_titles(worksheets, name, problems)
    elif all(len(worksheet.rows) == 1 for worksheet, _ in found):
        problems.append(import_problems.fichier_vide(line_place(name, 1)))


def _find_layout(worksheet: Worksheet) -> SheetLayout | None:
    """The layout all of whose required titles stand in the first row."""
    titles = {fold_title(title) for title in _titles(worksheet)}
    for layout in LAYOUTS.values():
        required = {fold_title(column.title) for column in layout.columns if column.required}
        if required <= titles:
            return layout
    return None


def _reject_titles(worksheets: tuple[Worksheet, ...], name: str, problems: Problems) -> None:
    """Says which columns lack for the layout that comes nearest."""
    titles = {fold_title(title) for worksheet in worksheets for title in _titles(worksheet)}
    if not titles:
        problems.append(import_problems.fichier_vide(line_place(name, 1)))
        return
    near = max(
        LAYOUTS.values(),
        key=lambda layout: len({fold_title(title) for title in layout.titles} & titles),
    )
    missing = [
        column.title
        for column in near.columns
        if column.required and fold_title(column.title) not in titles
    ]
    problems.append(import_problems.colonnes_manquantes(line_place(name, 1), missing))


def _titles(worksheet: Worksheet) -> tuple[str, ...]:
    return worksheet.rows[0][1] if worksheet.rows else ()


def _iter_rows(
    worksheet: Worksheet, layout: SheetLayout, name: str, problems: Problems
) -> Iterator[SpreadsheetRow]:
    known = {fold_title(title): title for title in layout.titles}
    titles = [known.get(fold_title(title), title) for title in _titles(worksheet)]
    source = RegistryFile(name, sheet=worksheet.title)
    for line, texts in worksheet.rows[1:]:
        values = dict(zip(titles, texts, strict=False))
        cells = CellReader(values, name, line, problems, sheet=worksheet.title)
        entity = _read_entity(cells)
        before = len(problems)
        row = _ROWS[layout.kind](source, line, entity, cells)
        if entity and row is not None and len(problems) == before:
            yield row


def _read_entity(cells: CellReader) -> str:
    written = cells.text("FINESS EJ")
    repaired = restore_finess(written)
    if repaired != written:
        cells.problems.append(import_problems.zero_retabli(cells.place, written, repaired))
        return repaired
    return cells.finess("FINESS EJ")


def _target(
    source: RegistryFile, line: int, entity: str, cells: CellReader
) -> NegotiatedTargetRow | None:
    year = cells.year("Année")
    return NegotiatedTargetRow(
        file=source,
        line=line,
        finess_ej=entity,
        fiche=cells.required("Fiche"),
        volet=cells.text("Volet"),
        annee=year or 0,
        texte=cells.required("Cible"),
        type=cells.text("Type"),
        valeur=cells.text("Valeur"),
        motif=cells.required("Motif"),
        auteur=cells.required("Auteur"),
    )


def _baseline(
    source: RegistryFile, line: int, entity: str, cells: CellReader
) -> BaselineRow | None:
    year = cells.year("Année")
    cells.required("Valeur")
    value = cells.amount("Valeur")
    if value is None:
        return None
    return BaselineRow(
        file=source,
        line=line,
        finess_ej=entity,
        fiche=cells.required("Fiche"),
        volet=cells.text("Volet"),
        indicateur=cells.required("Indicateur"),
        annee=year or 0,
        valeur=value,
        source=cells.text("Source"),
    )


def _grant(
    source: RegistryFile, line: int, entity: str, cells: CellReader
) -> PlannedGrantRow | None:
    return PlannedGrantRow(
        file=source,
        line=line,
        finess_ej=entity,
        cle=cells.required("Clé"),
        enveloppe=cells.required("Enveloppe"),
        sous_enveloppe=cells.text("Sous-enveloppe"),
        mode=cells.required("Mode"),
        mesure=cells.text("Mesure"),
        libelle=cells.required("Libellé"),
        niveau1=cells.text("Niveau 1"),
        niveau2=cells.text("Niveau 2"),
        payeur=cells.text("Payeur"),
        arrete_numero=cells.text("N° arrêté"),
        arrete_date=cells.date("Date arrêté"),
        versements=cells.text("Versements"),
        fiche=cells.text("Fiche"),
        mission=cells.text("Mission"),
        montants=_amounts(cells),
    )


def _amounts(cells: CellReader) -> dict[int, Decimal]:
    """The amounts of the columns titled by a year; at least one must be filled."""
    years = [title for title in cells.values if _YEAR.fullmatch(title)]
    amounts = {int(year): cells.amount(year) for year in years}
    if not any(cells.text(year) for year in years):
        cells.required(years[0] if years else "2025")
    return {year: amount for year, amount in amounts.items() if amount is not None}


_ROWS = {"cibles": _target, "valeurs-initiales": _baseline, "financements": _grant}
