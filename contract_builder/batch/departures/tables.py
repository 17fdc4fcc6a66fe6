"""Four tables: clauses with their wordings, targets with their spread, articles, contracts."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any

from contract_builder.batch.report.machine import report_data
from contract_builder.model.reference import ReferenceChange
from contract_builder.services.departing import (
    ClauseDeparture,
    Departures,
    ExaminedContract,
    TargetDeparture,
)
from contract_builder.services.keeping import status_word
from contract_builder.tables.table import ReportCell, ReportColumn, ReportTable

_KIND_LABELS = {
    "retouchee": "retouchée",
    "ajoutee": "ajoutée",
    "retiree": "retirée",
    "deplacee": "déplacée",
}
CHANGE_LABELS = {
    "modifie": "modifié",
    "abroge": "abrogé",
    "deja_abroge": "déjà abrogé à la date d’effet",
    "fin": "n’est plus en vigueur",
    "cree": "créé après la date d’effet",
}


def departure_tables(found: Departures) -> tuple[ReportTable, ...]:
    """All the tables, what departs most often first."""
    return (
        _clauses_table(found.contracts),
        _targets_table(found.contracts),
        _references_table(found.contracts),
        _contracts_table(found.contracts),
    )


def departure_data(found: Departures) -> dict[str, Any]:
    """The tables as JSON data, and what could not be examined."""
    return {
        **report_data(departure_tables(found), found.on),
        "non_examines": list(found.unread),
    }


def _clauses_table(contracts: Sequence[ExaminedContract]) -> ReportTable:
    """One row a wording; the clauses that most contracts change come first."""
    holders: dict[ClauseDeparture, list[str]] = defaultdict(list)
    departing: Counter[str] = Counter()
    for contract in contracts:
        for departure in contract.clauses:
            holders[departure].append(contract.reference)
        departing.update({departure.section for departure in contract.clauses})
    rows = sorted(
        holders.items(),
        key=lambda item: (-departing[item[0].section], item[0].section, -len(item[1])),
    )
    return ReportTable(
        "clauses",
        "Clauses",
        "Les clauses qui s’écartent du texte standard, la plus souvent changée d’abord ; une ligne "
        "par rédaction.",
        (
            ReportColumn("clause", "Clause", width=26),
            ReportColumn("intitule", "Intitulé", width=34),
            ReportColumn("contrats_clause", "Contrats qui la changent", "nombre", 12),
            ReportColumn("part", "Part des contrats, en %", "mesure", 12),
            ReportColumn("nature", "Nature", width=12),
            ReportColumn("contrats_redaction", "Contrats de cette rédaction", "nombre", 12),
            ReportColumn("redaction", "Rédaction", width=80),
            ReportColumn("origine", "Origine", width=14),
            ReportColumn("versions", "Versions", width=34),
        ),
        tuple(
            (
                departure.section,
                departure.title,
                departing[departure.section],
                _share(departing[departure.section], len(contracts)),
                _KIND_LABELS[departure.kind],
                len(references),
                departure.wording,
                "négociée" if departure.negotiated else "",
                ", ".join(references),
            )
            for departure, references in rows
        ),
    )


def _targets_table(contracts: Sequence[ExaminedContract]) -> ReportTable:
    """One row a sheet, volet, year and kind of target that was negotiated somewhere."""
    groups: dict[tuple[str, str, int, str], list[tuple[str, TargetDeparture]]] = defaultdict(list)
    for contract in contracts:
        for target in contract.targets:
            key = (target.sheet, target.volet, target.year, target.type)
            groups[key].append((contract.reference, target))
    holders = Counter(sheet for contract in contracts for sheet in contract.sheets)
    return ReportTable(
        "cibles",
        "Cibles négociées",
        "Les cibles convenues à la place de celles des fiches, et leur étendue.",
        (
            ReportColumn("fiche", "Fiche", width=16),
            ReportColumn("volet", "Volet", width=16),
            ReportColumn("annee", "Année", "annee", 8),
            ReportColumn("contrats", "Contrats", "nombre", 10),
            ReportColumn("contrats_fiche", "Contrats qui ont la fiche", "nombre", 12),
            ReportColumn("cible_fiche", "Cible de la fiche", width=40),
            ReportColumn("minimum", "Minimum", "mesure", 12),
            ReportColumn("mediane", "Médiane", "mesure", 12),
            ReportColumn("maximum", "Maximum", "mesure", 12),
            ReportColumn("cibles_convenues", "Cibles convenues", width=50),
            ReportColumn("versions", "Versions", width=34),
        ),
        tuple(
            (sheet, volet, year, len(found), holders[sheet], *_spread(found))
            for (sheet, volet, year, _), found in sorted(groups.items())
        ),
    )


def _spread(found: Sequence[tuple[str, TargetDeparture]]) -> tuple[ReportCell, ...]:
    """The sheet's texts, the least, middle and greatest value, the agreed texts, the versions."""
    values = sorted(target.value for _, target in found if target.value is not None)
    measures: tuple[ReportCell, ...] = (None, None, None)
    if len(values) == len(found):
        measures = (values[0], median(values), values[-1])
    standard = dict.fromkeys(target.standard or "aucune" for _, target in found)
    agreed = Counter(target.text for _, target in found)
    texts = [text if count == 1 else f"{text} ({count} fois)" for text, count in agreed.items()]
    references = ", ".join(reference for reference, _ in found)
    return (" ; ".join(standard), *measures, " ; ".join(texts), references)


def _references_table(contracts: Sequence[ExaminedContract]) -> ReportTable:
    """One row an article and what became of it since the contracts' dates of effect."""
    groups: dict[tuple[str, str, ReferenceChange], list[ExaminedContract]] = defaultdict(list)
    sections: dict[tuple[str, str, ReferenceChange], dict[str, None]] = defaultdict(dict)
    for contract in contracts:
        for cited in contract.references:
            key = (cited.code, cited.article, cited.change)
            groups[key].append(contract)
            sections[key].update(dict.fromkeys(cited.cited_in))
    rows = sorted(
        groups.items(), key=lambda item: (-len(item[1]), item[0][0], item[0][1], item[0][2].since)
    )
    return ReportTable(
        "articles",
        "Articles changés",
        "Les articles cités qui ont changé depuis la date d’effet des contrats, d’après les "
        "références datées de la bibliothèque.",
        (
            ReportColumn("reference", "Article", width=20),
            ReportColumn("changement", "Ce qui a changé", width=30),
            ReportColumn("depuis", "Depuis", "date", 12),
            ReportColumn("par", "Par", width=44),
            ReportColumn("contrats", "Contrats", "nombre", 10),
            ReportColumn("cite_dans", "Cité dans", width=44),
            ReportColumn("versions", "Versions", width=44),
        ),
        tuple(
            (
                f"{code} {article}",
                CHANGE_LABELS[change.kind],
                change.since,
                change.by,
                len(found),
                ", ".join(sections[code, article, change]),
                ", ".join(contract.reference for contract in found),
            )
            for (code, article, change), found in rows
        ),
    )


def _contracts_table(contracts: Sequence[ExaminedContract]) -> ReportTable:
    """One row a contract: how much departs in it, and the limits of the comparison."""
    return ReportTable(
        "contrats",
        "Contrats",
        "Les contrats examinés.",
        (
            ReportColumn("version", "Version", width=16),
            ReportColumn("code", "Contrat", width=16),
            ReportColumn("raison_sociale", "Établissement", width=44),
            ReportColumn("date_effet", "Date d’effet", "date", 12),
            ReportColumn("etat", "État", width=10),
            ReportColumn("campagne", "Campagne", width=18),
            ReportColumn("clauses", "Clauses écartées", "nombre", 10),
            ReportColumn("cibles", "Cibles négociées", "nombre", 10),
            ReportColumn("articles", "Articles changés", "nombre", 10),
            ReportColumn("a_savoir", "À savoir", width=60),
        ),
        tuple(
            (
                contract.reference,
                contract.header.code,
                contract.header.legal_name,
                contract.header.effective_date,
                status_word(contract.status),
                contract.header.campaign,
                len(contract.clauses),
                len(contract.targets),
                len(contract.references),
                " ".join(contract.remarks),
            )
            for contract in contracts
        ),
    )


def _share(count: int, total: int) -> Decimal:
    return (Decimal(count) / total * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
