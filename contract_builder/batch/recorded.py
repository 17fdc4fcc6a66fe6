"""The avenants of a batch kept in the store, by the batch itself, once they are made.

Doing it again keeps nothing twice: what is kept already is left.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from contract_builder.batch.ledger import LedgerEntry
from contract_builder.batch.task import AmendingPlan
from contract_builder.diagnostics.batch_problems import avenant_non_enregistre
from contract_builder.diagnostics.text import diagnostic_data
from contract_builder.errors import UserError
from contract_builder.services.drafted_amendments import PROOF_SUFFIX
from contract_builder.services.kept_amendments import AmendmentFiles, record_amendment_files
from contract_builder.services.project import Project
from contract_builder.source import whole_file


def record_amendments(
    project: Project, out: Path, plan: AmendingPlan, entries: dict[str, LedgerEntry]
) -> dict[str, LedgerEntry]:
    """The entries that changed: each avenant that was made and not kept yet, with its version.

    What the store refuses is told among the problems of that one, and the others are kept.
    """
    changed: dict[str, LedgerEntry] = {}
    for name, entry in entries.items():
        amendment = entry.summary.get("avenant")
        if entry.status not in ("produit", "inchange") or not amendment or amendment["version"]:
            continue
        try:
            reference = _record(project, out, plan, entry)
        except UserError as error:
            problem = avenant_non_enregistre(whole_file(name), str(error).rstrip("."))
            problems = (*entry.problems, diagnostic_data(problem))
            changed[name] = replace(entry, problems=problems)
        else:
            told: dict[str, Any] = {**amendment, "version": reference}
            changed[name] = replace(entry, summary={**entry.summary, "avenant": told})
    return changed


def _record(project: Project, out: Path, plan: AmendingPlan, entry: LedgerEntry) -> str:
    """The reference of the version that the avenant makes."""
    documents = tuple(out / name for name in entry.files)
    (amendment,) = (
        path
        for path in documents
        if path.suffix == ".json" and not path.name.endswith(PROOF_SUFFIX)
    )
    files = AmendmentFiles(entry.summary["en_vigueur"], amendment, documents)
    outcome = record_amendment_files(project, files, at=plan.at, actor=plan.actor)
    return str(outcome.version.reference)
