"""The tables of a batch of avenants: one line for each establishment, one for each article."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import PurePosixPath

from contract_builder.batch.outcomes import OUTCOME_LABELS
from contract_builder.batch.report.line import RegionLine
from contract_builder.batch.summary import AmendmentSummary
from contract_builder.services.drafted_amendments import PROOF_SUFFIX
from contract_builder.tables.table import ReportCell, ReportColumn, ReportTable

_FORMATS = ("docx", "pdf", "html", "json")


def amendments_table(lines: Sequence[RegionLine]) -> ReportTable:
    """One line a profile, in name order, those without an avenant included."""
    years = sorted({year for line in lines for year in _credits(line)})
    columns = (
        ReportColumn("profil", "Profil", width=18),
        ReportColumn("finess_ej", "FINESS", width=12),
        ReportColumn("raison_sociale", "Établissement", width=42),
        ReportColumn("departement", "Département", width=12),
        ReportColumn("code", "Contrat", width=15),
        ReportColumn("en_vigueur", "Version en vigueur", width=14),
        ReportColumn("avenant", "Avenant n°", "nombre", 9),
        ReportColumn("date", "Date", "date", 12),
        ReportColumn("effet", "Effet", "date", 12),
        ReportColumn("statut", "Statut", width=10),
        ReportColumn("production", "Production", width=16),
        ReportColumn("motif", "Motif", width=34),
        ReportColumn("articles", "Articles", "nombre", 9),
        ReportColumn("operations", "Opérations", "nombre", 11),
        ReportColumn("modifie", "Ce qu’il change", width=44),
        *(
            ReportColumn(f"credits_{year}_{key}", f"Crédits {year}, {title}", "montant", 18)
            for year in years
            for key, title in (("avant", "avant"), ("apres", "après"))
        ),
        ReportColumn("lacunes", "À compléter", width=36),
        ReportColumn("version", "Version enregistrée", width=14),
        ReportColumn("pages", "Pages", "nombre", 8),
        *(ReportColumn(name, name.upper(), "lien", 8) for name in _FORMATS),
    )
    return ReportTable(
        "avenants",
        "Avenants",
        "Un établissement par ligne. Les crédits sont ceux de toutes les lignes, pour les années "
        "que l’avenant change.",
        columns,
        tuple(tuple(_iter_cells(line, years)) for line in lines),
    )


def _iter_cells(line: RegionLine, years: Sequence[int]) -> Iterator[ReportCell]:
    amended, amendment = line.amended, _amendment_of(line)
    articles = amendment.articles if amendment else ()
    named = (name for name in line.entry.files if not name.endswith(PROOF_SUFFIX))
    files = {PurePosixPath(name).suffix[1:]: name for name in named}
    yield from (line.entry.profile, *line.identity)
    yield from (*line.places, amended.in_force if amended else None)
    yield amendment.number if amendment else None
    yield from (amendment.signed_on, amendment.effective_on) if amendment else (None, None)
    yield line.status_word
    yield from (OUTCOME_LABELS[line.status], line.reason)
    yield len(articles) or None
    yield sum(article.operations for article in articles) or None
    yield " ; ".join(article.title for article in articles) or None
    for year in years:
        yield from _credits(line).get(year, (None, None))
    yield " ; ".join(amendment.gaps if amendment else ()) or None
    yield (amendment.version if amendment else "") or None
    yield amended.pages if amended else None
    yield from (files.get(name) for name in _FORMATS)


def amended_articles_table(lines: Sequence[RegionLine]) -> ReportTable:
    """One line for each article that amends, with what is to be known of its avenant."""
    columns = (
        ReportColumn("profil", "Profil", width=18),
        ReportColumn("finess_ej", "FINESS", width=12),
        ReportColumn("raison_sociale", "Établissement", width=42),
        ReportColumn("avenant", "Avenant n°", "nombre", 9),
        ReportColumn("article", "Article", width=9),
        ReportColumn("titre", "Ce qu’il change", width=60),
        ReportColumn("operations", "Opérations", "nombre", 11),
        ReportColumn("a_savoir", "À savoir", width=60),
    )
    return ReportTable(
        "articles",
        "Articles des avenants",
        "Un article d’avenant par ligne.",
        columns,
        tuple(
            (
                line.entry.profile,
                *line.identity,
                amendment.number,
                article.number,
                article.title,
                article.operations,
                " ; ".join(amendment.remarks) or None,
            )
            for line in lines
            if (amendment := _amendment_of(line))
            for article in amendment.articles
        ),
    )


def _amendment_of(line: RegionLine) -> AmendmentSummary | None:
    """What is known of the avenant; None where there is none."""
    return line.amended.amendment if line.amended else None


def _credits(line: RegionLine) -> Mapping[int, tuple[Decimal, Decimal]]:
    amendment = _amendment_of(line)
    return amendment.credits if amendment else {}
