"""Each result of a batch remembered on disk as it comes, and how far the batch is."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from contract_builder.batch.ledger import Ledger
from contract_builder.batch.ledger_entry import FIRST, LedgerEntry
from contract_builder.batch.task import Outcome


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is; ``remaining`` is an estimate in seconds, None at the start."""

    done: int
    total: int
    rate: float
    remaining: float | None
    last: Outcome
    is_of_avenants: bool = False


@dataclass(slots=True)
class Records:
    """Remembers each result on disk as it comes, and tells how far the batch is."""

    ledger: Ledger
    progress: Callable[[Progress], None]
    total: int
    is_of_avenants: bool
    done: int = 0
    started: float = field(default_factory=time.perf_counter)

    def keep(self, outcome: Outcome) -> None:
        """An unchanged contract keeps its page count, a failed one all that was known of it."""
        previous = self.ledger.entries.get(outcome.name)
        known = previous.summary if previous else None
        summary = outcome.summary or known
        if outcome.status == "inchange" and summary is not None:
            summary = replace(summary, pages=known.pages if known else None)
        before = previous.before if previous else None
        if outcome.status == "produit" and before is None:
            before = FIRST if previous is None or not previous.files else known
        self.ledger.append(
            LedgerEntry(
                profile=outcome.name,
                status=outcome.status,
                inputs=outcome.inputs,
                content=outcome.content,
                files=outcome.files,
                problems=outcome.problems,
                summary=summary,
                seconds=outcome.seconds,
                before=before,
                comparison=outcome.comparison,
            )
        )
        if outcome.status == "sans_contrat":
            return
        self.done += 1
        rate = self.done / (time.perf_counter() - self.started)
        remaining = (self.total - self.done) / rate if self.done > 1 else None
        self.progress(
            Progress(self.done, self.total, rate, remaining, outcome, self.is_of_avenants)
        )
