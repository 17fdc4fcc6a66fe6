"""Sheets beside the campaign that offers them: categories, years, names of data."""

import re
from collections.abc import Iterator

from contract_builder.diagnostics import Diagnostic, library_problems
from contract_builder.model.fiche import Fiche, TargetRow, parse_years
from contract_builder.model.french import enumerate_words
from contract_builder.model.library import Campaign, Library
from contract_builder.source import Place

_DATA_NAME = re.compile(r"[a-z0-9_]+")


def _iter_rows(library: Library) -> Iterator[tuple[Campaign, Fiche, TargetRow]]:
    """Each row of each sheet with each campaign that offers the sheet."""
    for campaign in library.campaigns.values():
        for fiche in library.fiches.get(campaign.fiches, {}).values():
            for row in fiche.header.cibles:
                yield campaign, fiche, row


def check_target_categories(library: Library) -> Iterator[Diagnostic]:
    """A row of targets for a category that the campaign does not define."""
    for campaign, _, row in _iter_rows(library):
        known = tuple(category.id for category in campaign.categories)
        if row.categorie not in known:
            yield library_problems.categorie_inconnue(
                row.place_of("categorie"), row.categorie, known
            )


def check_sheet_years(library: Library) -> Iterator[Diagnostic]:
    """A year outside the campaign, given twice, or left out.

    The year before the campaign may be given: it is an initial state.
    """
    for campaign, fiche, row in _iter_rows(library):
        if not campaign.annees:
            continue
        allowed = {min(campaign.annees) - 1, *campaign.annees}
        given: set[int] = set()
        for key, cell in row.valeurs.items():
            years = parse_years(key)
            place = _place_of_year(cell.place, key)
            if not years or not allowed.issuperset(years):
                yield library_problems.annee_hors_periode(place, key)
            for year in given.intersection(years):
                yield library_problems.cible_incoherente(place, f"l’année {year} est déjà donnée")
            given.update(years)
        missing = [str(year) for year in campaign.annees if year not in given]
        if missing:
            place = row.place_of("valeurs")
            yield library_problems.cible_manquante(place, fiche.code, enumerate_words(missing))


def _place_of_year(cell: Place, key: str) -> Place:
    """Where the year itself is written: before its value, or on the line above."""
    lines = cell.source.lines
    for line in (cell.line, cell.line - 1):
        column = lines[line - 1].find(key) if 0 < line <= len(lines) else -1
        if column >= 0:
            return Place(cell.source, line, column + 1, len(key))
    return cell


def check_data_names(library: Library) -> Iterator[Diagnostic]:
    """Data of a sheet with a misshapen name, or one name twice."""
    for fiches in library.fiches.values():
        for fiche in fiches.values():
            seen: dict[str, Place] = {}
            for item in fiche.header.donnees:
                place = item.place_of("id")
                if not _DATA_NAME.fullmatch(item.id):
                    yield library_problems.donnee_mal_nommee(place, item.id)
                if item.id in seen:
                    yield library_problems.identifiant_en_double(place, item.id, str(seen[item.id]))
                seen.setdefault(item.id, place)
