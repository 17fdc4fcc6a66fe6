"""The line of the region that the rows of its tables come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contract_builder.batch.ledger import LedgerEntry
from contract_builder.tables.table import ReportCell


@dataclass(frozen=True, slots=True)
class RegionLine:
    """One profile of the region: what the batch remembers, and what it did this time."""

    entry: LedgerEntry
    status: str
    reason: str

    @property
    def summary(self) -> Mapping[str, Any]:
        """What the last good build said of itself; empty when there was none."""
        return self.entry.summary

    @property
    def identity(self) -> tuple[ReportCell, ReportCell]:
        """The FINESS number and the name, as far as they are known."""
        return self.summary.get("finess_ej"), self.summary.get("raison_sociale")
