"""The avenants of a batch kept in the store, by the batch itself, once they are made.

Doing it again keeps nothing twice: what is kept already is left.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from contract_builder.batch.ledger_entry import LedgerEntry
from contract_builder.batch.summary import AmendedSummary
from contract_builder.batch.task import AmendingPlan, tell_problems
from contract_builder.diagnostics.batch_problems import avenant_non_enregistre
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
        summary = entry.summary
        if entry.status not in ("produit", "inchange") or not isinstance(summary, AmendedSummary):
            continue
        amendment = summary.amendment
        if amendment is None or amendment.version:
            continue
        try:
            reference = _record(project, out, plan, entry.files, summary.in_force)
        except UserError as error:
            problem = avenant_non_enregistre(whole_file(name), str(error).rstrip("."))
            problems = (*entry.problems, *tell_problems([problem]))
            changed[name] = replace(entry, problems=problems)
        else:
            kept = replace(summary, amendment=replace(amendment, version=reference))
            changed[name] = replace(entry, summary=kept)
    return changed


def _record(
    project: Project, out: Path, plan: AmendingPlan, names: Sequence[str], in_force: str
) -> str:
    """The reference of the version that an avenant, whose files are ``names``, makes."""
    documents = tuple(out / name for name in names)
    (amendment,) = (
        path
        for path in documents
        if path.suffix == ".json" and not path.name.endswith(PROOF_SUFFIX)
    )
    files = AmendmentFiles(in_force, amendment, documents)
    outcome = record_amendment_files(project, files, at=plan.at, actor=plan.actor)
    return str(outcome.version.reference)
