"""An import under way: its files read, what was chosen written, what was written taken back."""

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.timezone import now

from contract_builder.diagnostics import without_notes
from contract_builder.errors import UserError
from contract_builder.files.write import telling_refusals, write_atomically
from contract_builder.services.applying import (
    EntityProposal,
    WrittenFile,
    apply_proposals,
    propose_changes,
    undo_import,
)
from contract_builder.services.importing import value_change_data
from contract_builder.services.noting import OrderedBy
from contract_builder.services.project import Project
from contract_builder.web.configuration import WEB_FOLDER
from contract_builder.web.remedies import error_text, word_problem

_KEPT = WEB_FOLDER / "imports"
CHANGES_FILE = "changements.json"
FILES_FOLDER = "fichiers"
KINDS_OF_CHANGE = ("ajout", "modification", "retrait")


def folder_of(project: Project, number: int) -> Path:
    """Where the files of an import and its changes lie, out of what is served."""
    return project.root / _KEPT / str(number)


def read_files(project: Project, work: Any) -> None:
    """Writes into the row what the files would change; each value beside them."""
    proposals, problems = propose_changes(project, _files(project, work))
    path = folder_of(project, work.pk) / CHANGES_FILE
    changes = {
        item.finess: [value_change_data(change) for change in item.changes] for item in proposals
    }
    with telling_refusals(path):
        write_atomically(path, json.dumps(changes, ensure_ascii=False).encode())
    work.proposals = [_summary(item) for item in proposals]
    work.problems = [word_problem(item) for item in without_notes(problems)]
    work.state = "lu"
    work.save(update_fields=["proposals", "problems", "state"])


def apply_files(project: Project, work: Any) -> None:
    """Writes what was chosen, as it was seen; the files that were sent are then thrown away."""
    seen = {item["finess"]: item["empreinte"] for item in work.proposals}
    chosen = {finess: seen[finess] for finess in work.chosen}
    by = OrderedBy(work.actor, now())
    written = apply_proposals(project, _files(project, work), chosen, by)
    work.written = [asdict(item) for item in written]
    work.state, work.ended_at = "applique", now()
    work.save(update_fields=["written", "state", "ended_at"])
    throw_away(project, work.pk)


def take_back(project: Project, work: Any) -> None:
    """Takes back what it wrote, save what was changed since, which is told."""
    written = [WrittenFile(**item) for item in work.written]
    try:
        work.left = list(undo_import(project, written, OrderedBy(work.actor, now())))
        work.state, work.refusal = "annule", ""
    except UserError as error:  # it stays applied, and may be taken back later
        work.state, work.refusal = "applique", error_text(error)
    work.ended_at = now()
    work.save(update_fields=["left", "state", "refusal", "ended_at"])


def throw_away(project: Project, number: int) -> None:
    """Removes the files that were sent; what they would change stays to be looked at."""
    shutil.rmtree(folder_of(project, number) / FILES_FOLDER, ignore_errors=True)


def _files(project: Project, work: Any) -> list[Path]:
    folder = folder_of(project, work.pk) / FILES_FOLDER
    return [folder / name for name in work.files]


def _summary(proposal: EntityProposal) -> dict[str, Any]:
    counts = {
        kind: sum(change.kind == kind for change in proposal.changes) for kind in KINDS_OF_CHANGE
    }
    return {
        "finess": proposal.finess,
        "nom": proposal.name,
        "nouveau": proposal.is_new,
        "empreinte": proposal.digest,
        **counts,
    }
