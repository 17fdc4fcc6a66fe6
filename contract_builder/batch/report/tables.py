"""The regional tables, from what the batch remembers of each contract. No file is read here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from contract_builder.batch.earlier import Wanted
from contract_builder.batch.report.amendments import (
    amended_articles_table,
    amendments_table,
)
from contract_builder.batch.report.contracts import contracts_table
from contract_builder.batch.report.line import RegionLine
from contract_builder.batch.summary import SummaryTarget
from contract_builder.model.reference import STANDING_LABELS
from contract_builder.tables.table import ReportCell, ReportColumn, ReportTable

_ORIGIN_LABELS = {
    "fiche": "fiche",
    "calcul": "calculée",
    "negocie": "négociée",
    "lacune": "à compléter",
}


def report_tables(
    lines: Sequence[RegionLine], on: date, compared_with: Wanted | None = None
) -> tuple[ReportTable, ...]:
    """Every table, in reading order; authorisations end before or after ``on``.

    ``compared_with`` is None when the contracts were not compared with earlier ones.
    """
    return (
        contracts_table(lines, compared_with),
        targets_table(lines),
        region_authorisations_table(lines, on),
        references_table(lines),
        problems_table(lines),
    )


def avenants_tables(lines: Sequence[RegionLine]) -> tuple[ReportTable, ...]:
    """Every table of a batch of avenants, in reading order."""
    return (amendments_table(lines), amended_articles_table(lines), problems_table(lines))


def targets_table(lines: Sequence[RegionLine]) -> ReportTable:
    """One line for each sheet, volet and contract, one column a year (0: the whole period)."""
    rows: dict[tuple[str, ...], dict[int, SummaryTarget]] = defaultdict(dict)
    owners: dict[tuple[str, ...], RegionLine] = {}
    for line in lines:
        for target in line.contract.targets if line.contract else ():
            key = (target.sheet, target.volet, line.entry.profile)
            rows[key][target.year] = target
            owners[key] = line
    years = sorted({year for by_year in rows.values() for year in by_year}, key=_period_last)
    columns = (
        ReportColumn("fiche", "Fiche", width=14),
        ReportColumn("volet", "Volet", width=14),
        ReportColumn("finess_ej", "FINESS", width=12),
        ReportColumn("raison_sociale", "Établissement", width=42),
        ReportColumn("categorie", "Catégorie", width=26),
        *(ReportColumn(f"cible_{y or 'periode'}", str(y or "Période"), width=16) for y in years),
        ReportColumn("origine", "Origine", width=14),
    )
    return ReportTable(
        "cibles",
        "Cibles",
        "La même fiche d’un établissement à l’autre.",
        columns,
        tuple(
            (
                *key[:2],
                *owners[key].identity,
                next(iter(by_year.values())).category,
                *(_target_cell(by_year.get(year)) for year in years),
                _origins(by_year.values()),
            )
            for key, by_year in sorted(rows.items(), key=lambda item: _natural(item[0]))
        ),
    )


def _natural(key: tuple[str, ...]) -> tuple[object, ...]:
    """Sheet codes in the order of their numbers: 2 before 10."""
    stem, _, number = key[0].rpartition("_")
    return (stem, int(number) if number.isdecimal() else 0, *key)


def _period_last(year: int) -> int:
    return year or 10_000


def _target_cell(target: SummaryTarget | None) -> ReportCell:
    """A number when the target is printed as a bare number, else its text."""
    if target is None:
        return None
    number = find_number(target.text)
    return target.text if number is None else number


def find_number(text: str) -> Decimal | None:
    """The number that a text is, in French or plain writing; None for anything else."""
    plain = "".join(text.split()).replace(",", ".")
    if not plain.replace(".", "", 1).isdecimal():
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def _origins(targets: Iterable[SummaryTarget]) -> str:
    found = dict.fromkeys(target.origin for target in targets)
    return ", ".join(_ORIGIN_LABELS.get(origin, origin) for origin in found)


def region_authorisations_table(lines: Sequence[RegionLine], on: date) -> ReportTable:
    """Authorisations that ended before ``on``, or do within a year (anniversary included)."""
    limit = _one_year_later(on)
    rows: list[tuple[ReportCell, ...]] = []
    for line in lines:
        for item in line.contract.authorisations if line.contract else ():
            ends_on = item.ends_on
            if ends_on is None or ends_on > limit:
                continue
            state = "échue" if ends_on < on else "dans l’année"
            rows.append((ends_on, state, *line.identity, item.finess_et, item.activity, item.key))
    columns = (
        ReportColumn("fin", "Échéance", "date", 12),
        ReportColumn("situation", "Situation", width=14),
        ReportColumn("finess_ej", "FINESS", width=12),
        ReportColumn("raison_sociale", "Établissement", width=42),
        ReportColumn("site", "Site", width=12),
        ReportColumn("activite", "Activité", width=40),
        ReportColumn("autorisation", "Autorisation", width=22),
    )
    return ReportTable(
        "autorisations",
        "Autorisations",
        f"Autorisations échues, ou qui le seront au plus tard le {limit:%d/%m/%Y}.",
        columns,
        tuple(sorted(rows, key=lambda row: tuple(str(cell) for cell in row))),
    )


def _one_year_later(on: date) -> date:
    """The same day of the next year; 28 February after a 29th."""
    try:
        return on.replace(year=on.year + 1)
    except ValueError:
        return on.replace(year=on.year + 1, day=28)


def references_table(lines: Sequence[RegionLine]) -> ReportTable:
    """Cited articles that are not in force at the date of effect, each with its contracts."""
    citing: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for line in lines:
        if line.contract is None:
            continue
        for item in line.contract.references:
            citing[item.code, item.article, item.status].append(line.contract.code)
    columns = (
        ReportColumn("reference", "Référence", width=20),
        ReportColumn("situation", "Situation à la date d’effet", width=36),
        ReportColumn("nombre", "Nombre de contrats", "nombre", 18),
        ReportColumn("contrats", "Contrats", width=60),
    )
    return ReportTable(
        "references",
        "Références à revoir",
        "Articles cités par des contrats sans être en vigueur à leur date d’effet.",
        columns,
        tuple(
            (
                f"{code} {article}",
                STANDING_LABELS.get(status, status),
                len(codes),
                ", ".join(codes),
            )
            for (code, article, status), codes in sorted(citing.items())
        ),
    )


def problems_table(lines: Sequence[RegionLine]) -> ReportTable:
    """Every error, then every warning, in the order of profiles."""
    rows: list[tuple[ReportCell, ...]] = [
        (
            line.entry.profile,
            line.identity[1],
            problem.severity,
            problem.code,
            problem.message,
            str(problem.place),
            problem.hint,
        )
        for line in lines
        for problem in line.entry.problems
    ]
    columns = (
        ReportColumn("profil", "Profil", width=18),
        ReportColumn("raison_sociale", "Établissement", width=42),
        ReportColumn("gravite", "Gravité", width=14),
        ReportColumn("code", "Code", width=24),
        ReportColumn("message", "Message", width=70),
        ReportColumn("endroit", "Endroit", width=36),
        ReportColumn("aide", "Aide", width=60),
    )
    return ReportTable(
        "problemes",
        "Problèmes",
        "Les erreurs d’abord, qui ont empêché une production ; puis les avertissements.",
        columns,
        tuple(sorted(rows, key=lambda row: row[2] != "erreur")),
    )
