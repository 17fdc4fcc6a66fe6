"""An avenant that leaves alone: its own Word file and PDF, not those of the contract that it makes.

It is drafted again from what the store keeps, with the reasons of the profile, and must order what
was recorded. ``sending`` then sends it as it sends a contract.
"""

from dataclasses import replace
from pathlib import Path
from typing import Final

from contract_builder.amend.amendment_json import parse_amendment, render_amendment_json
from contract_builder.errors import UserError
from contract_builder.model.amendment import Amendment
from contract_builder.model.french import NBSP
from contract_builder.services.amendable import AmendableSide, load_side
from contract_builder.services.amending import gather_sides
from contract_builder.services.attaching import find_amended_text
from contract_builder.services.drafted_amendments import (
    AmendingTerms,
    draft_written,
    iter_gap_labels,
)
from contract_builder.services.keeping import get_version
from contract_builder.services.kept_amendments import find_kept_amendment, find_kept_piece
from contract_builder.services.printed_amendments import find_word_template, render_written
from contract_builder.services.project import Project
from contract_builder.services.sending import DISPATCH_OPTIONS, Departing, refuse_traces
from contract_builder.store.records import StoredVersion

_PDF_TEMPLATE: Final = "contrat.typ"


def can_leave_alone(project: Project, version: StoredVersion) -> bool:
    """True for a version that is made by an avenant which the store keeps."""
    is_kept = find_kept_piece(project, version.reference) is not None
    return version.facts.parent is not None and is_kept


def prepare_amendment(project: Project, reference: str) -> Departing:
    """The files of the avenant that makes a stored version.

    UserError when the store keeps none, when it has data or reasons to complete, and when it would
    no longer order what was recorded.
    """
    version = get_version(project, reference)
    kept = find_kept_amendment(project, version.reference)
    if kept is None or version.facts.parent is None:
        raise UserError(
            f"La version « {reference} » n’est pas faite par un avenant que le registre garde : "
            "seul le contrat peut être envoyé."
        )
    parent = get_version(project, str(version.facts.parent))
    old = AmendableSide(
        str(parent.reference),
        find_amended_text(project, kept, parent),
        kept.old,
        parent.status,
        str(parent.reference),
    )
    new = load_side(project, reference)
    asked = replace(new, status="envoye")
    written = draft_written(gather_sides(project, old, asked), _terms_of(kept))
    if written is None or not _order_the_same(written.amendment, kept):
        raise UserError(
            f"L’avenant n°{NBSP}{kept.number} de la version « {reference} » serait aujourd’hui "
            "rédigé autrement qu’il n’a été enregistré. Enregistrez-le de nouveau, puis envoyez-le."
        )
    gaps = tuple(iter_gap_labels(written.document))
    if gaps:
        raise UserError(
            f"L’avenant n°{NBSP}{kept.number} a des données à compléter{NBSP}: {', '.join(gaps)}. "
            "Complétez-le, puis envoyez-le."
        )
    departing = Departing(new.contract, {}, _templates(project), amendment=kept.number)
    products, _ = render_written(project.root, written, DISPATCH_OPTIONS, departing.stem)
    refuse_traces(products)
    return replace(departing, products=products)


def _terms_of(kept: Amendment) -> AmendingTerms:
    return AmendingTerms(
        kept.effective_on,
        number=kept.number,
        signed_on=kept.signed_on,
        effective_on=kept.effective_on,
    )


def _order_the_same(written: Amendment, kept: Amendment) -> bool:
    return parse_amendment(render_amendment_json(written)).operations == kept.operations


def _templates(project: Project) -> tuple[Path, ...]:
    folder = project.root / "templates"
    return folder / find_word_template(project.root), folder / _PDF_TEMPLATE
