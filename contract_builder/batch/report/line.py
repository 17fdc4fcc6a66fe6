"""The line of the region that the rows of its tables come from."""

from dataclasses import dataclass

from contract_builder.batch.ledger_entry import LedgerEntry
from contract_builder.batch.summary import AmendedSummary, BatchSummary, ContractSummary
from contract_builder.model.status import STATUS_WORDS
from contract_builder.tables.table import ReportCell


@dataclass(frozen=True, slots=True)
class RegionLine:
    """One profile of the region: what the batch remembers, and what it did this time."""

    entry: LedgerEntry
    status: str
    reason: str

    @property
    def summary(self) -> BatchSummary | None:
        """What the last good build said of itself; None when there was none."""
        return self.entry.summary

    @property
    def contract(self) -> ContractSummary | None:
        """The contract of the last good build; None when there was none."""
        return self.summary if isinstance(self.summary, ContractSummary) else None

    @property
    def amended(self) -> AmendedSummary | None:
        """What became of the contract in force; None when that is not known."""
        return self.summary if isinstance(self.summary, AmendedSummary) else None

    @property
    def identity(self) -> tuple[ReportCell, ReportCell]:
        """The FINESS number and the name, as far as they are known."""
        summary = self.summary
        return (None, None) if summary is None else (summary.finess_ej, summary.legal_name)

    @property
    def places(self) -> tuple[ReportCell, ReportCell]:
        """The department and the contract's code, as far as they are known."""
        summary = self.summary
        return (None, None) if summary is None else (summary.department, summary.code)

    @property
    def status_word(self) -> ReportCell:
        """The status of the contract in words, as far as it is known."""
        return None if self.summary is None else STATUS_WORDS.get(self.summary.status)
