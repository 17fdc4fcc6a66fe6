"""Spreadsheets to fill, with what the profiles say today: numbers, sheets, years, lines.

What they hold is read back by an import; a line that nobody fills is left aside there.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

from contract_builder.assembly.sheet_overview import SheetOverview, look_at_sheets
from contract_builder.diagnostics import Problems, has_errors, in_file_order, only_errors
from contract_builder.errors import UserError
from contract_builder.files.write import create_file
from contract_builder.model.activities import Authorisation
from contract_builder.model.library import Library
from contract_builder.model.profile import ChosenSheet, FundingLine, Profile
from contract_builder.model.record import Record
from contract_builder.reading.tree import scalar_text
from contract_builder.registries.sheet_layout import (
    LIST_SEPARATOR,
    SHEET_KINDS,
    SheetKind,
    SheetLayout,
)
from contract_builder.registries.sheets import LAYOUTS
from contract_builder.registries.templates import DEFAULT_YEARS, TemplateRow, render_template
from contract_builder.services.making import Prepared, prepare
from contract_builder.services.project import Project

_NEEDS_A_CONTRACT = ("cibles", "valeurs-initiales")
_NONE_CODES = frozenset({"MO000", "ME000", "PTS00", "DE000"})


def write_sheet_template(
    project: Project, kind: str, path: Path, profiles: Sequence[Path] | None = None
) -> Problems:
    """Writes the spreadsheet ``kind`` about ``profiles`` (all those of the project by default).

    An establishment with several profiles has the lines of the one that takes effect last. Gives
    the problems of the profiles that had to be left out. UserError when the file exists or the kind
    does not.
    """
    wanted: SheetKind | None = next((item for item in SHEET_KINDS if item == kind), None)
    if wanted is None:
        known = ", ".join(get_args(SheetKind))
        raise UserError(f"Le modèle « {kind} » n’existe pas ; modèles : {known}.")
    if path.exists():
        raise UserError(f"« {path} » existe déjà ; rien n’a été écrit.")
    library = project.get_library()
    problems: Problems = []
    found = _load(project, project.profile_paths() if profiles is None else profiles, problems)
    if wanted in _NEEDS_A_CONTRACT:
        for item in found:
            problems.extend(item.problems if item.assembly is None else [])
        found = [item for item in found if item.assembly is not None]
    rows = [row for item in found for row in _iter_rows(LAYOUTS[wanted], item, library)]
    create_file(path, render_template(wanted, _years_of(found), rows))
    return only_errors(in_file_order(problems))


def _load(project: Project, paths: Sequence[Path], problems: Problems) -> list[Prepared]:
    """One prepared profile an establishment, in the order of the files."""
    latest: dict[str, Prepared] = {}
    for path in paths:
        prepared = prepare(project, path)
        profile = prepared.profile
        finess = profile.etablissement.finess_ej if profile is not None else ""
        if profile is None or not finess:
            problems.extend(item for item in prepared.problems if has_errors([item]))
            continue
        before = latest.get(finess)
        day = profile.contrat.date_effet
        if before is None or before.profile is None or before.profile.contrat.date_effet <= day:
            latest[finess] = prepared
    return list(latest.values())


def _years_of(found: Sequence[Prepared]) -> Sequence[int]:
    """The years of all the contracts, and of their amounts; those of a campaign without any."""
    years: set[int] = set()
    for item in found:
        if item.profile is None or item.assembly is None:
            continue
        terms = item.profile.contrat
        years.update(range(terms.date_effet.year, terms.last_day.year + 1))
        years.update(year for line in item.profile.financements for year in line.montants)
    return sorted(years) or DEFAULT_YEARS


def _iter_rows(layout: SheetLayout, item: Prepared, library: Library) -> Iterator[TemplateRow]:
    """The rows of one establishment; at least one, that names it."""
    profile = item.profile
    if profile is None:
        return
    entity: dict[str, str | Decimal] = {
        "FINESS EJ": profile.etablissement.finess_ej,
        "Établissement": profile.etablissement.raison_sociale,
    }
    rows = list(_iter_known_rows(layout, profile, item, library))
    yield from ({**entity, **row} for row in rows or [{}])


def _iter_known_rows(
    layout: SheetLayout, profile: Profile, item: Prepared, library: Library
) -> Iterator[TemplateRow]:
    if layout.section:
        for record in getattr(profile, layout.section):
            yield _line_row(layout, record, library)
    elif layout.kind == "notifications":
        yield from (_notified_row(line) for line in profile.financements)
    elif layout.kind == "financements":
        yield from (_grant_row(line) for line in profile.financements)
    else:
        known = {sheet.code: sheet for sheet in look_at_sheets(library, profile, item.facts)}
        is_target = layout.kind == "cibles"
        for chosen in profile.fiches:
            if chosen.code in known:
                told = known[chosen.code]
                yield from (_target_rows if is_target else _baseline_rows)(chosen, told)


def _line_row(layout: SheetLayout, record: Record, library: Library) -> TemplateRow:
    row: dict[str, str | Decimal] = {
        column.title: _text_at(record, column.key) for column in layout.columns if column.key
    }
    if isinstance(record, Authorisation) and library.nomenclature is not None:
        labels = zip(record.quintuplet, library.nomenclature.labels(record.quintuplet), strict=True)
        row["Libellé"] = " ; ".join(label for code, label in labels if code not in _NONE_CODES)
    return row


def _text_at(record: object, path: str) -> str:
    """The text of a value at a path of keys; empty when it is not given."""
    found: Any = record
    for key in path.split("."):
        found = found.get(key) if hasattr(found, "get") else getattr(found, key, None)
        if found is None:
            return ""
    if isinstance(found, tuple):
        return f"{LIST_SEPARATOR} ".join(found)
    return scalar_text(found)


def _target_rows(chosen: ChosenSheet, told: SheetOverview) -> Iterator[TemplateRow]:
    """One row for each year of the contract, what was agreed filled in."""
    agreed = [
        {
            "Année": str(item.annee),
            "Cible": item.texte,
            "Type": item.type or "",
            "Valeur": item.valeur,
            "Motif": item.motif,
            "Auteur": item.auteur,
            "Indicateur": item.indicateur,
            "Dérogation": item.derogation,
        }
        for item in chosen.cibles
    ]
    current = {
        str(year): target.text
        for row in told.rows
        if not chosen.volet or row.volet == chosen.volet
        for year, target in row.years.items()
    }
    named = {"Fiche": chosen.code, "Volet": chosen.volet}
    for year in sorted({*current, *(row["Année"] for row in agreed)}):
        reminder = {"Année": year, "Cible actuelle": current.get(year, "")}
        rows = [row for row in agreed if row["Année"] == year] or [{}]
        yield from ({**named, **reminder, **row} for row in rows)


def _baseline_rows(chosen: ChosenSheet, told: SheetOverview) -> Iterator[TemplateRow]:
    """The starting values given, then those that lack."""
    named = {"Fiche": chosen.code, "Volet": chosen.volet}
    given = chosen.valeurs_initiales or {}
    missing = {item.indicator: item for item in told.missing_baselines}
    for name, value in given.items():
        if name not in missing:
            yield {
                **named,
                "Indicateur": name,
                "Année": str(value.annee),
                "Valeur": scalar_text(value.valeur),
                "Source": value.source,
            }
    for name, item in missing.items():
        year = str(item.year)
        yield {**named, "Indicateur": name, "Année": year, "Donnée": item.label}


def _notified_row(line: FundingLine) -> TemplateRow:
    return {"Clé": line.cle, "Mesure": line.mesure, "Ligne actuelle": line.libelle}


def _grant_row(line: FundingLine) -> TemplateRow:
    order = line.arrete
    return {
        "Clé": line.cle,
        "Enveloppe": line.enveloppe,
        "Sous-enveloppe": line.sous_enveloppe,
        "Mode": line.mode,
        "Mesure": line.mesure,
        "Libellé": line.libelle,
        "Niveau 1": line.niveau1,
        "Niveau 2": line.niveau2,
        "Payeur": line.payeur,
        "N° arrêté": order.numero if order is not None else "",
        "Date arrêté": scalar_text(order.date) if order is not None else "",
        "Versements": line.versements,
        "Fiche": line.fiche,
        "Mission": line.mission,
        **{str(year): amount for year, amount in line.montants.items()},
    }
