"""The regional view as tables of reports: sheets by year, contracts, outliers, silence, money."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from contract_builder.follow.line_states import LineState
from contract_builder.follow.money import sum_money
from contract_builder.follow.rating import combine_ratings
from contract_builder.follow.regional import RegionalContract, SheetYear
from contract_builder.model.follow_rules import RATING_WORDS, Rating
from contract_builder.tables.table import ReportCell, ReportColumn, ReportTable

_RATINGS: tuple[Rating, ...] = ("atteint", "partiellement_atteint", "non_atteint", "sans_objet")
_ESTABLISHMENT = (
    ReportColumn("finess_ej", "FINESS", width=12),
    ReportColumn("raison_sociale", "Établissement", width=40),
    ReportColumn("contrat", "Contrat", width=16),
)
_SHEET = (
    ReportColumn("fiche", "Fiche", width=14),
    ReportColumn("annee", "Année", "annee", 8),
)


def build_regional_tables(
    contracts: Sequence[RegionalContract], sheets: Sequence[SheetYear]
) -> tuple[ReportTable, ...]:
    """Every table, in the order of the page and of the workbook."""
    ordered = sorted(contracts, key=lambda item: (item.header.finess_ej, item.header.code))
    return (
        _sheets_table(sheets),
        _contracts_table(ordered),
        _outliers_table(sheets),
        _silence_table(sheets),
        _money_table(ordered),
    )


def _sheets_table(sheets: Iterable[SheetYear]) -> ReportTable:
    columns = (
        *_SHEET,
        ReportColumn("intitule", "Objectif", width=50),
        ReportColumn("contrats", "Contrats", "nombre", 10),
        *(ReportColumn(name, RATING_WORDS[name].capitalize(), "nombre", 12) for name in _RATINGS),
        ReportColumn("attente", "Sans valeur appréciée", "nombre", 12),
        ReportColumn("basse", "Part réalisée : plus basse, %", "mesure", 14),
        ReportColumn("mediane", "Médiane, %", "mesure", 12),
        ReportColumn("haute", "Plus haute, %", "mesure", 12),
    )
    rows = tuple(
        (
            item.sheet,
            item.year,
            item.title,
            item.contracts,
            *(item.counts.get(name, 0) for name in _RATINGS),
            item.counts.get(None, 0),
            item.shares[0] if item.shares else None,
            item.middle,
            item.shares[-1] if item.shares else None,
        )
        for item in sheets
    )
    about = "Par fiche et par année : combien de contrats ont atteint leur cible."
    return ReportTable("fiches", "Fiches", about, columns, rows)


def _contracts_table(contracts: Iterable[RegionalContract]) -> ReportTable:
    columns = (
        *_ESTABLISHMENT,
        ReportColumn("annee", "Année", "annee", 8),
        *(ReportColumn(name, RATING_WORDS[name].capitalize(), "nombre", 12) for name in _RATINGS),
        ReportColumn("attente", "Sans valeur appréciée", "nombre", 12),
        ReportColumn("retard", "Lignes en retard", "nombre", 12),
        ReportColumn("sans_preuve", "Sans preuve", "nombre", 12),
    )
    rows = tuple(row for contract in contracts for row in _iter_contract_rows(contract))
    about = "Par établissement et par année : ses objectifs, ses retards."
    return ReportTable("etablissements", "Établissements", about, columns, rows)


def _iter_contract_rows(contract: RegionalContract) -> Iterable[tuple[ReportCell, ...]]:
    header = contract.header
    for year in sorted({state.line.key.year for state in contract.states}):
        states = [state for state in contract.states if state.line.key.year == year]
        found = _ratings_of(states)
        yield (
            header.finess_ej,
            header.legal_name,
            header.code,
            year,
            *(found.count(name) for name in _RATINGS),
            found.count(None),
            sum(state.is_late for state in states),
            sum(state.lacks_evidence for state in states),
        )


def _ratings_of(states: Iterable[LineState]) -> list[Rating | None]:
    """One rating a sheet."""
    grouped: dict[str, list[LineState]] = {}
    for state in states:
        if state.line.key.kind == "objectif":
            grouped.setdefault(state.line.key.item, []).append(state)
    return [
        combine_ratings(state.rated.rating if state.rated else None for state in own)
        for own in grouped.values()
    ]


def _outliers_table(sheets: Iterable[SheetYear]) -> ReportTable:
    columns = (
        *_SHEET,
        *_ESTABLISHMENT,
        ReportColumn("part", "Part réalisée, %", "mesure", 14),
        ReportColumn("mediane", "Médiane de la région, %", "mesure", 14),
    )
    rows = tuple(
        (
            item.sheet,
            item.year,
            outlier.header.finess_ej,
            outlier.header.legal_name,
            outlier.header.code,
            outlier.share,
            item.middle,
        )
        for item in sheets
        for outlier in item.outliers
    )
    about = (
        "Parts réalisées éloignées des autres : au-delà d’une fois et demie l’écart entre les "
        "quartiles (quatre valeurs au moins)."
    )
    return ReportTable("ecartes", "Valeurs à part", about, columns, rows)


def _silence_table(sheets: Iterable[SheetYear]) -> ReportTable:
    rows = tuple(
        (item.sheet, item.year, header.finess_ej, header.legal_name, header.code)
        for item in sheets
        for header in item.silent
    )
    about = "Établissements sans aucune valeur, par fiche et par année."
    return ReportTable("sans-donnees", "Sans données", about, (*_SHEET, *_ESTABLISHMENT), rows)


def _money_table(contracts: Iterable[RegionalContract]) -> ReportTable:
    columns = (
        *_ESTABLISHMENT,
        ReportColumn("cle", "Financement", width=24),
        ReportColumn("mode", "Mode", width=8),
        ReportColumn("accorde", "Accordé", "montant", 18),
        ReportColumn("justifie", "Justifié", "montant", 18),
        ReportColumn("a_recuperer", "À récupérer", "montant", 18),
    )
    rows = tuple(
        (
            contract.header.finess_ej,
            contract.header.legal_name,
            contract.header.code,
            item.key,
            item.mode,
            item.granted,
            item.justified,
            item.to_recover,
        )
        for contract in contracts
        for item in sum_money(contract.states)
        if item.to_recover is not None and item.to_recover > Decimal(0)
    )
    about = "Financements dont une part n’est pas justifiée, sur la durée du contrat."
    return ReportTable("a-recuperer", "À récupérer", about, columns, rows)
