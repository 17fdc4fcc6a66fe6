"""An avenant on file kept in the store: as the version that it makes of the contract it amends.

The contract that it makes is the one that the store has, else the text in force with the avenant
applied to it: nothing is kept that does not apply.
"""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from contract_builder.amend.amendment_json import render_amendment_json
from contract_builder.amend.consolidation import Consolidator
from contract_builder.amend.failures import AmendmentFileError
from contract_builder.errors import UserError
from contract_builder.files.read import read_file
from contract_builder.model.amendment import Amendment
from contract_builder.model.contract import Contract
from contract_builder.model.french import NBSP
from contract_builder.model.status import ContractStatus
from contract_builder.reading.bounded import read_bounded
from contract_builder.services.drafted_amendments import PROOF_SUFFIX
from contract_builder.services.in_force import OpenedText, gather_text, open_text, read_version
from contract_builder.services.keeping import (
    SIGNED_STATUSES,
    RecordOutcome,
    RecordRequest,
    StoredVersion,
    get_version,
    list_all_versions,
    record_contract,
)
from contract_builder.services.kept_amendments import keep_amendment, parse_amendment_file
from contract_builder.services.project import Project


def holds_amendment(path: Path) -> bool:
    """True for the JSON file of an avenant, and for the PDF that carries it."""
    from contract_builder.render.pdf.attachment import AMENDMENT_ATTACHMENT, find_attachment

    if not path.is_file():
        return False
    data = read_file(path)
    if data.startswith(b"%PDF-"):
        return find_attachment(data, AMENDMENT_ATTACHMENT) is not None
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and "operations" in content and "sections" not in content


def load_amendment(path: Path, purpose: str) -> Amendment:
    """The avenant of a file; UserError when it is none, or is not what its proof says.

    ``purpose`` is what it then cannot do, in French, after « ne peut pas ».
    """
    try:
        amendment = parse_amendment_file(read_file(path))
    except AmendmentFileError as error:
        raise AmendmentFileError(f"« {path} » ne peut pas {purpose}. {error}") from error
    digest = _find_proved_digest(path)
    if digest and digest != sha256(render_amendment_json(amendment)).hexdigest():
        raise UserError(
            f"« {path} » a été modifié depuis qu’il a été prouvé : la preuve qui se trouve à côté "
            "porte une autre empreinte. Reprenez le fichier tel qu’il a été écrit avec l’avenant."
        )
    return amendment


def _find_proved_digest(path: Path) -> str:
    """The SHA-256 that the proof beside a file gives of its data; empty without one."""
    proof = path.with_name(f"{path.stem}{PROOF_SUFFIX}")
    try:
        data = json.loads(read_bounded(proof))
        return str(data["fichiers"][f"{path.stem}.json"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def record_amendment_file(project: Project, path: Path, request: RecordRequest) -> RecordOutcome:
    """Keeps the avenant of a file, and the version that it makes, once.

    The version that it follows is the request's parent, else the one that it was drafted from.
    UserError when the store does not have that one, and when the avenant does not apply.
    """
    amendment = load_amendment(path, "être enregistré")
    known = _find_by_identity(project, amendment.new)
    if known is not None:
        contract = read_version(project, known)
        outcome = record_contract(project, contract, replace(request, kind=None, parents=()))
    else:
        parent = _find_parent(project, amendment, request)
        contract = _apply(project, amendment, parent)
        outcome = record_contract(
            project,
            contract,
            replace(
                request,
                kind="avenant",
                parents=(str(parent.reference),),
                amendment=request.amendment or amendment.number,
                status=request.status or _status_of(amendment),
            ),
        )
    reference = outcome.version.reference
    keep_amendment(project, reference, amendment, at=request.at, actor=request.actor)
    return outcome


def _status_of(amendment: Amendment) -> ContractStatus:
    return "projet" if amendment.header is None else amendment.header.status


def _find_by_identity(project: Project, identity: str) -> StoredVersion | None:
    return next(
        (item for item in list_all_versions(project) if item.facts.sha256 == identity), None
    )


def _find_parent(project: Project, amendment: Amendment, request: RecordRequest) -> StoredVersion:
    """The version that the avenant follows: as asked, else the one that it was drafted from."""
    if request.parents:
        return get_version(project, request.parents[0])
    found = _find_by_identity(project, amendment.old)
    if found is None:
        raise UserError(
            f"Le registre n’a pas le texte dont l’avenant n°{NBSP}{amendment.number} a été rédigé "
            f"(son empreinte commence par {amendment.old[:8]}). Enregistrez d’abord le contrat "
            "qu’il modifie et ses avenants précédents ; si c’est un texte consolidé, indiquez la "
            "version qu’il suit comme version de départ."
        )
    return found


def find_amended_text(project: Project, amendment: Amendment, parent: StoredVersion) -> Contract:
    """The text that an avenant changes: its parent, else what is in force with those before it."""
    return _consolidate(project, amendment, parent).result.contract


def _apply(project: Project, amendment: Amendment, parent: StoredVersion) -> Contract:
    """The text in force at the parent with the avenant; UserError when it does not apply."""
    consolidator = _consolidate(project, amendment, parent)
    consolidator.take(amendment)
    return consolidator.result.contract


def _consolidate(project: Project, amendment: Amendment, parent: StoredVersion) -> Consolidator:
    text = _open_at(project, amendment, parent)
    consolidator = Consolidator(text.base, text.identity, text.known or {})
    for earlier in text.amendments:
        consolidator.take(earlier)
    return consolidator


def _open_at(project: Project, amendment: Amendment, parent: StoredVersion) -> OpenedText:
    """The parent itself where the avenant speaks of it, else the text in force that it ends."""
    from contract_builder.render.json import contract_sha256

    contract = read_version(project, parent)
    if amendment.old in (parent.facts.sha256, contract_sha256(contract)):
        return OpenedText(contract, amendment.old)
    signed = [
        item
        for item in list_all_versions(project)
        if item.reference.finess_ej == parent.reference.finess_ej
        and item.facts.code == parent.facts.code
        and item.status in SIGNED_STATUSES
        and item.reference <= parent.reference
    ]
    if not signed:
        return OpenedText(contract, parent.facts.sha256)
    return open_text(project, gather_text(project, signed, amendment.effective_on))
