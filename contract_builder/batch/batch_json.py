"""The plan of a batch and what became of it, as JSON."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from contract_builder.batch.ledger_entry import LedgerEntry
from contract_builder.batch.ledger_json import comparison_result_data
from contract_builder.batch.plan import BatchPlan
from contract_builder.batch.run import BatchResult
from contract_builder.batch.summary_json import summary_data
from contract_builder.diagnostics.text import Wording, diagnostic_data


def batch_plan_data(plan: BatchPlan, wording: Wording) -> dict[str, Any]:
    """What would be looked at, and why; ``wording`` says what would help with the problems."""
    return {
        "etablissements" if plan.is_of_avenants else "contrats": plan.profiles,
        "a_regarder": [{"profil": name, "motif": reason} for name, reason in plan.reasons.items()],
        "problemes": [
            diagnostic_data(problem, wording)
            for refusal in plan.refusals
            for problem in refusal.problems
        ],
    }


def batch_result_data(
    result: BatchResult, written: Sequence[Path], wording: Wording
) -> dict[str, Any]:
    """Every profile with what became of it; ``written`` are the files of the report."""
    return {
        "interrompu": result.interrupted,
        "secondes": round(result.seconds, 1),
        "synthese": [str(path) for path in written],
        "bibliotheque": [diagnostic_data(problem, wording) for problem in result.library_problems],
        "avenants" if result.is_of_avenants else "contrats": [
            _entry_data(result, entry, wording) for entry in result.entries.values()
        ],
    }


def _entry_data(result: BatchResult, entry: LedgerEntry, wording: Wording) -> dict[str, Any]:
    return {
        "profil": entry.profile,
        "statut": result.status_of(entry.profile),
        "motif": result.reasons.get(entry.profile, ""),
        "fichiers": list(entry.files),
        "problemes": [diagnostic_data(problem, wording) for problem in entry.problems],
        "resume": summary_data(entry.summary),
        "comparaison": comparison_result_data(entry.comparison),
    }
