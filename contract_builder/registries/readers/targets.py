"""Our own spreadsheets → rows: targets, starting values, financing lines, lines of a profile.

A workbook may hold several of them; each worksheet is known by its column titles. Other
worksheets are named, save our own notice.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from contract_builder.diagnostics import Problems, import_problems
from contract_builder.model.fiche import NUMERIC_TYPES
from contract_builder.reading.tree import make_group
from contract_builder.registries.cells import CellReader, line_place
from contract_builder.registries.readers.profile_lines import read_profile_line
from contract_builder.registries.readers.sheet_tables import (
    SheetTable,
    check_table,
    find_table,
    is_year,
    reject_worksheets,
    tell_unread_sheet,
)
from contract_builder.registries.rows import (
    BaselineRow,
    NegotiatedTargetRow,
    NotifiedGrantRow,
    PlannedGrantRow,
    RegistryFile,
    SheetFile,
    SpreadsheetRow,
)
from contract_builder.registries.sheet_layout import SheetLayout
from contract_builder.registries.sheets import MODES
from contract_builder.registries.workbooks import load_worksheets

_PERCENTAGES = ("pourcentage", "increment_pourcentage", "increment_points")


def iter_spreadsheet(path: Path, name: str, problems: Problems) -> Iterator[SpreadsheetRow]:
    """The rows of all known worksheets of the file; none known is a problem."""
    known = len(problems)
    worksheets = load_worksheets(path, name, problems)
    if len(problems) > known and not worksheets:
        return
    found = [(worksheet, find_table(worksheet, name)) for worksheet in worksheets]
    tables = [table for _, table in found if table is not None]
    if not tables:
        reject_worksheets(worksheets, name, problems)
        return
    for worksheet, table in found:
        if table is None:
            tell_unread_sheet(worksheet, name, problems)
        elif check_table(table, problems):
            yield from _iter_rows(table, problems)
    if not any(table.has_rows for table in tables):
        problems.append(import_problems.fichier_vide(line_place(name, 1)))


def _iter_rows(table: SheetTable, problems: Problems) -> Iterator[SpreadsheetRow]:
    source = SheetFile(table.name, sheet=table.sheet, columns=table.columns)
    waiting: list[int] = []
    for cells in table.iter_cells(problems):
        if cells.reject_faults():
            continue
        if table.is_untouched(cells):
            waiting.append(cells.line)
            continue
        before = len(problems)
        entity = cells.finess("FINESS EJ")
        row = _read_row(table.layout, source, entity, cells)
        new = problems[before:]
        if entity and row is not None and not any(item.severity == "erreur" for item in new):
            yield row
    if waiting:
        place = line_place(table.name, waiting[0])
        problems.append(import_problems.lignes_laissees(place, len(waiting), "rien n’y est rempli"))


def _read_row(
    layout: SheetLayout, source: SheetFile, entity: str, cells: CellReader
) -> SpreadsheetRow | None:
    if layout.section:
        return read_profile_line(layout, source, entity, cells)
    return _ROWS[layout.kind](source, cells.line, entity, cells)


def _target(
    source: RegistryFile, line: int, entity: str, cells: CellReader
) -> NegotiatedTargetRow | None:
    year = cells.year("Année")
    kind = cells.text("Type")
    return NegotiatedTargetRow(
        file=source,
        line=line,
        finess_ej=entity,
        fiche=cells.required("Fiche"),
        volet=cells.text("Volet"),
        annee=year or 0,
        texte=cells.required("Cible"),
        type=kind,
        valeur=_target_value(cells, kind),
        motif=cells.required("Motif"),
        auteur=cells.required("Auteur"),
        indicateur=cells.text("Indicateur"),
        derogation=cells.text("Dérogation"),
    )


def _baseline(
    source: RegistryFile, line: int, entity: str, cells: CellReader
) -> BaselineRow | None:
    year = cells.year("Année")
    cells.required("Valeur")
    value = cells.number("Valeur")
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


def _target_value(cells: CellReader, kind: str) -> str:
    """The value alone, in the form that the type of target has in a profile."""
    if kind == "date":
        day = None if is_year(cells.text("Valeur")) else cells.date("Valeur")
        return day.isoformat() if day is not None else cells.text("Valeur")
    if kind in _PERCENTAGES:
        number = cells.percentage("Valeur")
    elif kind in NUMERIC_TYPES:
        number = cells.number("Valeur")
    else:
        return cells.text("Valeur")
    return "" if number is None else f"{number:f}"


def _grant(
    source: RegistryFile, line: int, entity: str, cells: CellReader
) -> PlannedGrantRow | None:
    number, day = _order(cells)
    return PlannedGrantRow(
        file=source,
        line=line,
        finess_ej=entity,
        cle=cells.required("Clé"),
        enveloppe=cells.required("Enveloppe"),
        sous_enveloppe=cells.text("Sous-enveloppe"),
        mode=cells.choice("Mode", MODES),
        mesure=cells.text("Mesure"),
        libelle=cells.required("Libellé"),
        niveau1=cells.text("Niveau 1"),
        niveau2=cells.text("Niveau 2"),
        payeur=cells.text("Payeur"),
        arrete_numero=number,
        arrete_date=day,
        versements=cells.text("Versements"),
        fiche=cells.text("Fiche"),
        mission=cells.text("Mission"),
        montants=_amounts(cells),
    )


def _notified(
    source: RegistryFile, line: int, entity: str, cells: CellReader
) -> NotifiedGrantRow | None:
    cells.required("Montant")
    year, amount = cells.year("Année"), cells.amount("Montant")
    key, measure = cells.text("Clé"), cells.text("Mesure")
    if not key and not measure:
        cells.required("Clé" if "Clé" in cells.values else "Mesure")
    number, day = _order(cells)
    if year is None or amount is None:
        return None
    return NotifiedGrantRow(
        file=source,
        line=line,
        finess_ej=entity,
        cle=key,
        mesure=measure,
        annee=year,
        montant=amount,
        values=make_group(
            {
                "enveloppe": cells.text("Enveloppe"),
                "sous_enveloppe": cells.text("Sous-enveloppe"),
                "mode": cells.choice("Mode", MODES) if cells.text("Mode") else "",
                "libelle": cells.text("Libellé"),
                "payeur": cells.text("Payeur"),
                "arrete": make_group({"numero": number, "date": day}) if number else "",
            }
        ),
    )


def _order(cells: CellReader) -> tuple[str, date | None]:
    """The number and the day of the order; a day without a number has no place in a contract."""
    day = cells.date("Date arrêté")
    if cells.text("Date arrêté"):
        return cells.required("N° arrêté"), day
    return cells.text("N° arrêté"), None


def _amounts(cells: CellReader) -> dict[int, Decimal]:
    """The amounts of the columns titled by a year; at least one must be filled."""
    years = [title for title in cells.values if is_year(title)]
    amounts = {int(year): cells.amount(year) for year in years}
    if not any(cells.text(year) for year in years):
        cells.required(years[0] if years else "2025")
    return {year: amount for year, amount in amounts.items() if amount is not None}


_ROWS = {
    "cibles": _target,
    "valeurs-initiales": _baseline,
    "financements": _grant,
    "notifications": _notified,
}
