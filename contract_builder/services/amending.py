"""Avenants for commands and pages: two contracts in, the document that makes one of the other out.

The glue between the store, the profiles and ``drafted_amendments``. Days and actor are given by
the caller; every function raises UserError with a French text, and writes nothing then.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from contract_builder.errors import Remedy, UserError
from contract_builder.services.amendable import AmendableSide, find_lineage, load_side
from contract_builder.services.drafted_amendments import (
    AmendingTerms,
    AmendmentSides,
    DraftedAmendment,
    publish_amendment,
    refuse_unfit,
)
from contract_builder.services.keeping import RecordOutcome, find_profile_of
from contract_builder.services.kept_amendments import AmendmentRecording, record_amendment
from contract_builder.services.project import Project


@dataclass(frozen=True, slots=True)
class AmendRequest:
    """What to amend: contract files or store references, on which terms.

    ``record`` keeps the new contract as the version that the avenant makes, by ``actor`` at ``at``.
    """

    old: str
    new: str
    terms: AmendingTerms
    at: datetime
    record: bool = False
    actor: str = ""


@dataclass(frozen=True, slots=True)
class Amended:
    """An avenant drafted and written, and what was recorded of it."""

    draft: DraftedAmendment
    version: RecordOutcome | None = None


def amend(project: Project, request: AmendRequest, out: Path) -> Amended:
    """Drafts the avenant that turns the old contract into the new one, proves it and writes it.

    UserError as ``publish_amendment`` tells, and when the old contract is to be followed in the
    store and is not there.
    """
    old, new = load_side(project, request.old), load_side(project, request.new)
    sides = gather_sides(project, old, new)
    refuse_unfit(sides, request.terms)
    if request.record and not old.reference:
        raise UserError(
            f"« {old.source} » n’est pas au registre : rien ne peut y être enregistré à sa suite.",
            Remedy("record_contract"),
        )
    draft = publish_amendment(project.root, sides, request.terms, out)
    if not request.record or draft.amendment is None:
        return Amended(draft)
    recording = AmendmentRecording(old.reference, new.contract, draft.amendment, draft.files)
    return Amended(draft, record_amendment(project, recording, at=request.at, actor=request.actor))


def gather_sides(project: Project, old: AmendableSide, new: AmendableSide) -> AmendmentSides:
    """Both sides with what went before, and what the profile of the new contract wishes."""
    lineage = find_lineage(project, old)
    profile = find_profile_of(project, new.contract.header)
    if profile is None:
        return AmendmentSides(old, new, lineage)
    reasons = profile.motifs_avenant or {}
    return AmendmentSides(old, new, lineage, reasons, profile.niveaux_avenant)
