"""The avenants that the store keeps beside the versions that they make.

The glue between ``amend`` and the pieces of the store: a piece « avenant » of a version is the
``avenant.json`` that makes it of its parent.
"""

from datetime import datetime

from contract_builder.amend.amendment_json import parse_amendment, render_amendment_json
from contract_builder.amend.failures import AmendmentFileError
from contract_builder.errors import UserError
from contract_builder.model.amendment import Amendment
from contract_builder.model.french import NBSP
from contract_builder.services.project import Project
from contract_builder.store.records import PieceKeeping, StoredPiece, VersionReference


def keep_amendment(
    project: Project,
    reference: VersionReference,
    amendment: Amendment,
    *,
    at: datetime,
    actor: str,
) -> StoredPiece:
    """Keeps the avenant that makes a version; the same again changes nothing."""
    return project.open_store().keep_piece(
        PieceKeeping(
            "avenant",
            str(reference),
            render_amendment_json(amendment),
            at,
            actor,
            note=f"avenant n°{NBSP}{amendment.number}",
        )
    )


def find_kept_amendment(project: Project, reference: VersionReference) -> Amendment | None:
    """The avenant that makes a version, as it was kept last; None when none was kept."""
    store = project.get_store()
    pieces = store.pieces("avenant", str(reference))
    if not pieces:
        return None
    try:
        return parse_amendment(store.piece_bytes(pieces[-1].sequence))
    except AmendmentFileError as error:
        raise UserError(
            f"L’avenant de la version « {reference} » est illisible. {error}"
        ) from error
