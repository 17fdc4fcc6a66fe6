"""The regional tables and plots as one HTML page that stands alone and works without JavaScript."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from importlib import resources
from typing import Literal

from contract_builder.batch.outcomes import COUNTED_OUTCOMES, OUTCOME_LABELS
from contract_builder.batch.report.figures import find_spreads, sum_funding
from contract_builder.batch.report.line import RegionLine
from contract_builder.batch.report.plots import draw_funding, draw_spread
from contract_builder.model.french import format_amount, format_number
from contract_builder.tables.page import render_tables_page
from contract_builder.tables.table import ReportTable

ReportSubject = Literal["Contrats", "Avenants"]

_UNITS = {
    "pourcentage": "%",
    "increment_pourcentage": "%",
    "increment_points": "points",
}


def render_report_page(
    lines: Sequence[RegionLine],
    tables: Sequence[ReportTable],
    on: date,
    subject: ReportSubject = "Contrats",
) -> bytes:
    """The page in UTF-8; links are relative to the folder of products. Same input, same bytes."""
    from markupsafe import Markup

    funding = sum_funding(lines)
    return render_tables_page(
        resources.files(__package__).joinpath("rapport.html"),
        tables,
        on,
        subject=subject,
        counts=_count_statuses(lines),
        funding=funding,
        funding_plot=Markup(draw_funding(funding)) if funding.years else "",  # noqa: S704 - ours
        spreads=[
            (spread, Markup(draw_spread(spread, _UNITS.get(spread.type, ""), rank)))  # noqa: S704
            for rank, spread in enumerate(find_spreads(lines), start=1)
        ],
        amount=lambda value: format_amount(value or Decimal(0)),
        number=format_number,
    )


def _count_statuses(lines: Sequence[RegionLine]) -> list[tuple[str, int]]:
    """« 3 produits »: every status that occurs, in the order of the labels."""
    counts = Counter(line.status for line in lines)
    return [
        (COUNTED_OUTCOMES[status] if counts[status] > 1 else OUTCOME_LABELS[status], counts[status])
        for status in OUTCOME_LABELS
        if counts[status]
    ]
