"""The avenants that the store keeps beside the versions that they make.

The glue between ``amend`` and the pieces of the store: a piece « avenant » of a version is the
``avenant.json`` that makes it of its parent.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from contract_builder.amend.amendment_json import parse_amendment, render_amendment_json
from contract_builder.amend.failures import AmendmentFileError
from contract_builder.errors import ContractFileError, UserError
from contract_builder.files.read import read_file
from contract_builder.files.write import telling_refusals, write_atomically
from contract_builder.model.amendment import Amendment
from contract_builder.model.contract import Contract
from contract_builder.model.french import NBSP
from contract_builder.services.keeping import (
    RecordOutcome,
    RecordRequest,
    get_version,
    record_contract,
)
from contract_builder.services.project import Project
from contract_builder.store.records import PieceKeeping, StoredPiece, VersionReference

_PDF: Final = b"%PDF-"
_WANTED_FILE: Final = ".contrat-voulu.json"


@dataclass(frozen=True, slots=True)
class AmendmentRecording:
    """An avenant to keep: the version that it follows, the contract that it makes, its files."""

    parent: str
    new: Contract
    amendment: Amendment
    documents: tuple[Path, ...] = ()


def record_amendment(
    project: Project, recording: AmendmentRecording, *, at: datetime, actor: str
) -> RecordOutcome:
    """Keeps the new contract as the version that the avenant makes of its parent.

    One that bears another code than its parent is a renewal, and the avenant is not kept beside it.
    """
    is_same = get_version(project, recording.parent).facts.code == recording.new.header.code
    request = RecordRequest(
        at=at,
        actor=actor,
        kind="avenant" if is_same else "renouvellement",
        parents=(recording.parent,),
        amendment=recording.amendment.number if is_same else None,
        documents=recording.documents,
    )
    outcome = record_contract(project, recording.new, request)
    if is_same:
        reference = outcome.version.reference
        keep_amendment(project, reference, recording.amendment, at=at, actor=actor)
    return outcome


@dataclass(frozen=True, slots=True)
class AmendmentFiles:
    """An avenant on disk: the version that it follows, its JSON, all its files.

    The contract that it makes lies beside it (``lay_wanted``); the hashes of ``documents`` are
    kept.
    """

    parent: str
    amendment: Path
    documents: tuple[Path, ...] = ()


def parse_amendment_file(data: bytes) -> Amendment:
    """The avenant that the bytes of a file hold: its JSON, or its PDF with the JSON inside.

    AmendmentFileError when they hold none.
    """
    from contract_builder.render.pdf.attachment import AMENDMENT_ATTACHMENT, find_attachment

    if not data.startswith(_PDF):
        return parse_amendment(data)
    attached = find_attachment(data, AMENDMENT_ATTACHMENT)
    if attached is None:
        raise AmendmentFileError(
            "Ce PDF ne porte pas d’avenant en pièce jointe : donnez le fichier JSON de l’avenant."
        )
    return parse_amendment(attached)


def lay_wanted(folder: Path, contract: Contract) -> None:
    """Writes the contract that an avenant makes where ``record_amendment_files`` reads it."""
    from contract_builder.render.json import render_json

    with telling_refusals(folder):
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / _WANTED_FILE, render_json(contract))


def record_amendment_files(
    project: Project, files: AmendmentFiles, *, at: datetime, actor: str
) -> RecordOutcome:
    """Keeps an avenant from the files that were written with it, as ``record_amendment`` does."""
    from contract_builder.render.json import parse_contract

    try:
        new = parse_contract(read_file(files.amendment.parent / _WANTED_FILE))
        amendment = parse_amendment(read_file(files.amendment))
    except (AmendmentFileError, ContractFileError) as error:
        raise UserError(
            f"« {files.amendment.name} » ne peut pas être enregistré. {error}"
        ) from error
    recording = AmendmentRecording(files.parent, new, amendment, files.documents)
    return record_amendment(project, recording, at=at, actor=actor)


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


def find_kept_piece(project: Project, reference: VersionReference) -> StoredPiece | None:
    """The avenant of a version as the store knows it, without its bytes; None when none is kept."""
    pieces = project.get_store().pieces("avenant", str(reference))
    return pieces[-1] if pieces else None


def find_kept_amendment(project: Project, reference: VersionReference) -> Amendment | None:
    """The avenant that makes a version, as it was kept last; None when none was kept."""
    piece = find_kept_piece(project, reference)
    if piece is None:
        return None
    try:
        return parse_amendment(project.get_store().piece_bytes(piece.sequence))
    except AmendmentFileError as error:
        raise UserError(
            f"L’avenant de la version « {reference} » est illisible. {error}"
        ) from error
