"""The first table of the report: one line for each contract, what became of it, what changed."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import PurePosixPath

from contract_builder.batch.earlier import Wanted
from contract_builder.batch.outcomes import OUTCOME_LABELS
from contract_builder.batch.report.changes import tell_changes
from contract_builder.batch.report.line import RegionLine
from contract_builder.batch.summary import ContractSummary
from contract_builder.services.instructing import is_instruction
from contract_builder.tables.table import ReportCell, ReportColumn, ReportTable

_FORMATS = ("docx", "pdf", "html", "json")


_COMPARISON_COLUMNS = (
    ReportColumn("compare_a", "Comparé à", width=24),
    ReportColumn("changements_de_fond", "Changements de fond", "nombre", 13),
    ReportColumn("changements_de_montants", "dont montants", "nombre", 10),
    ReportColumn("changement_principal", "Le plus important", width=44),
    ReportColumn("changements_docx", "Changements DOCX", "lien", 14),
    ReportColumn("changements_html", "Changements HTML", "lien", 14),
)
_NOTHING_EARLIER = {"last": "aucune version antérieure", "signed": "aucune version signée"}


def funding_years(lines: Sequence[RegionLine]) -> list[int]:
    """Every year that some contract finances, in order."""
    return sorted({year for line in lines for years in _fundings(line) for year in years})


def funding_of(line: RegionLine, year: int) -> Decimal | None:
    """All envelopes of one contract in one year, in euros; None when it has none."""
    amounts = [years[year] for years in _fundings(line) if year in years]
    return sum(amounts, Decimal(0)) if amounts else None


def _fundings(line: RegionLine) -> Iterable[Mapping[int, Decimal]]:
    """The amounts of each envelope by year."""
    return line.contract.fundings.values() if line.contract else ()


def contracts_table(lines: Sequence[RegionLine], compared_with: Wanted | None) -> ReportTable:
    """One line a profile, in name order, those without any document included.

    ``compared_with`` adds what changed since an earlier contract.
    """
    years = funding_years(lines)
    columns = (
        ReportColumn("profil", "Profil", width=18),
        ReportColumn("finess_ej", "FINESS", width=12),
        ReportColumn("raison_sociale", "Établissement", width=42),
        ReportColumn("departement", "Département", width=12),
        ReportColumn("code", "Contrat", width=15),
        ReportColumn("version", "Version", "nombre", 8),
        ReportColumn("statut", "Statut", width=10),
        ReportColumn("production", "Production", width=12),
        ReportColumn("motif", "Motif", width=30),
        ReportColumn("changements", "Changé depuis la dernière fois", width=34),
        *(_COMPARISON_COLUMNS if compared_with else ()),
        ReportColumn("pages", "Pages", "nombre", 8),
        ReportColumn("lacunes", "Lacunes", "nombre", 9),
        ReportColumn("avertissements", "Avertissements", "nombre", 14),
        ReportColumn("objectifs", "Objectifs", "nombre", 10),
        *(ReportColumn(f"financement_{y}", f"Financement {y}", "montant", 18) for y in years),
        *(ReportColumn(name, name.upper(), "lien", 8) for name in _FORMATS),
    )
    return ReportTable(
        "contrats",
        "Contrats",
        "Un établissement par ligne. Un contrat refusé ou en échec montre les chiffres et les "
        "documents de sa dernière bonne production, s’il y en a une.",
        columns,
        tuple(_contract_row(line, years, compared_with) for line in lines),
    )


def _contract_row(
    line: RegionLine, years: Sequence[int], compared_with: Wanted | None
) -> tuple[ReportCell, ...]:
    contract = line.contract
    documents = (name for name in line.entry.files if not is_instruction(name))
    files = {PurePosixPath(name).suffix[1:]: name for name in documents}
    return (
        line.entry.profile,
        *line.identity,
        *line.places,
        contract.version if contract else None,
        line.status_word,
        OUTCOME_LABELS[line.status],
        line.reason,
        tell_changes(line.entry.before, line.summary),
        *(_comparison_cells(line, compared_with) if compared_with else ()),
        *(_contract_counts(contract) if contract else (None,) * 4),
        *(funding_of(line, year) for year in years),
        *(files.get(name) for name in _FORMATS),
    )


def _contract_counts(contract: ContractSummary) -> tuple[ReportCell, ...]:
    """Pages, gaps, warnings, objectives."""
    return (contract.pages, contract.gaps, contract.warnings, len(contract.objectives))


def _comparison_cells(line: RegionLine, compared_with: Wanted) -> tuple[ReportCell, ...]:
    """The cells of the comparison's columns; a contract never built has none."""
    result = line.entry.comparison
    if result is None:
        told = _NOTHING_EARLIER[compared_with] if line.summary else None
        return (told, *(None for _ in _COMPARISON_COLUMNS[1:]))
    if not result.key:
        told = "comparaison impossible : voir « Problèmes »"
        return (result.label, None, None, told, None, None)
    files = {PurePosixPath(name).suffix[1:]: name for name in result.files}
    main = "identique" if result.identical else result.main or "aucun changement de fond"
    if result.refusal:
        main = f"{main} (document Word refusé : voir « Problèmes »)"
    return (
        result.label,
        result.substance,
        result.money,
        main,
        files.get("docx"),
        files.get("html"),
    )
