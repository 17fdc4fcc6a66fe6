"""The money of a contract by envelope and year, drawn and in a table."""

from typing import Any

from django.utils.safestring import mark_safe

from contract_builder.batch.report.figures import sum_records
from contract_builder.batch.report.plots import draw_funding
from contract_builder.services.making import Prepared


def tell_funding(prepared: Prepared) -> dict[str, Any]:
    """The amounts of the contract by envelope and year: a table, and a drawing if bars can."""
    if prepared.assembly is None:
        return {}
    funding = sum_records(prepared.assembly.contract.tables.fundings)
    rows = [
        (envelope, [funding.amounts.get((year, envelope)) for year in funding.years])
        for envelope in funding.envelopes
    ]
    return {
        "funding": funding,
        "rows": [(name, cells, sum(cell or 0 for cell in cells)) for name, cells in rows],
        "totals": [funding.total(year) for year in funding.years],
        "total": sum(funding.amounts.values()),
        "plot": mark_safe(draw_funding(funding)) if funding.can_be_stacked else "",  # noqa: S308 - ours
    }
