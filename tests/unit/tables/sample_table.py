"""One table of a report with a column of each kind."""

from datetime import date
from decimal import Decimal

from contract_builder.tables.table import ReportColumn, ReportTable

DAY = date(2026, 3, 1)
TABLE = ReportTable(
    "contrats",
    "Contrats",
    "Un contrat par ligne.",
    (
        ReportColumn("code", "Code"),
        ReportColumn("raison_sociale", "Établissement"),
        ReportColumn("annee", "Année", "annee"),
        ReportColumn("montant", "Montant", "montant"),
        ReportColumn("effet", "Date d’effet", "date"),
        ReportColumn("mesure", "Part", "mesure"),
        ReportColumn("document", "Document", "lien"),
    ),
    (
        (
            "=1+1",
            "R&D <b>",
            2026,
            Decimal("1234567.80"),
            date(2025, 7, 1),
            Decimal("0.125"),
            "dossier à part/contrat n°1.pdf",
        ),
        ("", "", None, None, None, None, None),
    ),
)
