"""Versions for commands and pages: files and references in, records out.

The glue between two steps that do not know each other: ``render.json`` reads and writes a
contract, ``store`` keeps its bytes. Time and actor are given by the caller; every function raises
UserError with a French text.
"""

import getpass
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from contract_builder.errors import ContractFileError, Remedy, UsageError, UserError
from contract_builder.files.read import read_file
from contract_builder.model.contract import Contract, ContractHeader
from contract_builder.model.identifiers import is_finess
from contract_builder.model.profile import Profile
from contract_builder.model.status import STATUS_WORDS, ContractStatus, VersionStatus
from contract_builder.reading.bounded import read_bounded
from contract_builder.services.project import Project
from contract_builder.store.records import (
    NEXT_STATUSES,
    SIGNED_STATUSES,
    Anchor,
    FileHash,
    FileRole,
    RecordedVersion,
    Recording,
    StatusEvent,
    StoredVersion,
    Verification,
    VersionKind,
    VersionReference,
    parse_anchor,
    parse_version_reference,
)

__all__ = [
    "NEXT_STATUSES",
    "SIGNED_STATUSES",
    "RecordOutcome",
    "RecordRequest",
    "StatusEvent",
    "StoredVersion",
    "VersionReference",
    "change_status",
    "find_actor",
    "find_profile_of",
    "get_contract_json",
    "get_version",
    "list_all_versions",
    "list_versions",
    "record_contract",
    "record_file",
    "status_word",
    "verify_store",
]

ACTOR_VARIABLE = "CPOM_ACTOR"


@dataclass(frozen=True, slots=True)
class RecordRequest:
    """How a contract is recorded; what is None is decided by ``store.records.Recording``.

    ``parents`` and ``follows`` are references; ``amendment`` is the number of an « avenant ».
    ``documents`` were made from the contract, ``templates`` made them: the hashes of both are kept,
    and so are ``hashes``, of documents that are no files yet.
    """

    at: datetime
    actor: str
    status: VersionStatus | None = None
    kind: VersionKind | None = None
    parents: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    amendment: int | None = None
    is_merger: bool = False
    documents: tuple[Path, ...] = ()
    templates: tuple[Path, ...] = ()
    hashes: tuple[FileHash, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordOutcome:
    """The version that holds the contract, whether it is new, and the status that it prints.

    ``dated_before``, ``anchor`` and ``anchor_refusal``: as in ``store.records.RecordedVersion``.
    """

    version: StoredVersion
    is_new: bool
    printed_status: ContractStatus
    dated_before: datetime | None
    anchor: Anchor
    anchor_refusal: str


def status_word(status: VersionStatus) -> str:
    """A status in French: « envoyé » for ``envoye``."""
    return STATUS_WORDS[status]


def find_actor(settings: Mapping[str, str]) -> str:
    """Who acts: CPOM_ACTOR, else the login of the session."""
    named = settings.get(ACTOR_VARIABLE, "").strip()
    if named:
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise UserError(
            f"Le journal demande qui enregistre : donnez-le par la variable {ACTOR_VARIABLE}."
        ) from error


def record_file(project: Project, path: Path, request: RecordRequest) -> RecordOutcome:
    """Keeps the contract of a JSON file, or of the PDF that carries it, as a version, once.

    Raises ContractFileError when the file is damaged, of another schema, or holds no contract.
    """
    from contract_builder.render.contract_file import parse_contract_file

    data = read_file(path)
    try:
        contract = parse_contract_file(data)
    except ContractFileError as error:
        raise ContractFileError(f"« {path} » ne peut pas être enregistré. {error}") from error
    if not request.parents:
        request = replace(request, follows=_find_followed(project, contract.header))
    return record_contract(project, contract, request)


def find_profile_of(project: Project, header: ContractHeader) -> Profile | None:
    """The first profile of the project with the contract's legal entity and code.

    Only the files where the code stands are read as profiles: a region has hundreds.
    """
    for path in project.profile_paths():
        if not _holds(path, header.code):
            continue
        profile = project.find_profile(path, [])
        if profile is not None and (profile.etablissement.finess_ej, profile.contrat.code) == (
            header.finess_ej,
            header.code,
        ):
            return profile
    return None


def _holds(path: Path, code: str) -> bool:
    try:
        return code.encode() in read_bounded(path)
    except OSError:
        return False


def _find_followed(project: Project, header: ContractHeader) -> tuple[str, ...]:
    """The version that the profile with the contract's code says that it follows, if any."""
    profile = find_profile_of(project, header)
    return () if profile is None else profile.contrat.followed


def record_contract(project: Project, contract: Contract, request: RecordRequest) -> RecordOutcome:
    """Keeps a contract as a version, once; the same contract again gives the same version."""
    from contract_builder.render.json import render_json

    refuse_incomplete(contract, request.status)
    recording = Recording(
        at=request.at,
        actor=request.actor,
        status=request.status,
        kind=request.kind,
        parents=tuple(parse_version_reference(parent) for parent in request.parents),
        follows=tuple(parse_version_reference(parent) for parent in request.follows),
        amendment=request.amendment,
        is_merger=request.is_merger,
        files=(
            *_hash_files("document", request.documents),
            *_hash_files("modele", request.templates),
            *request.hashes,
        ),
    )
    store = project.open_store()
    recorded = store.record(render_json(contract), recording)
    return _outcome(store.get(recorded.reference), contract, recorded)


def _outcome(
    version: StoredVersion, contract: Contract, recorded: RecordedVersion
) -> RecordOutcome:
    return RecordOutcome(
        version,
        recorded.is_new,
        contract.header.status,
        recorded.dated_before,
        recorded.anchor,
        recorded.anchor_refusal,
    )


def list_all_versions(project: Project) -> tuple[StoredVersion, ...]:
    """Every version of every legal entity, in the order of recording; none without a store."""
    return tuple(project.open_store().iter_all()) if project.has_store() else ()


def list_versions(project: Project, finess_ej: str) -> tuple[StoredVersion, ...]:
    """Every version of a legal entity, oldest first; UserError when there is none."""
    wanted = finess_ej.strip().upper()
    if not is_finess(wanted):
        raise UsageError(
            f"« {finess_ej} » n’est pas un n° FINESS d’entité juridique (neuf caractères)."
        )
    versions = project.get_store().history(wanted)
    if not versions:
        raise UserError(
            f"Aucun contrat de l’entité juridique {wanted} n’est enregistré.",
            Remedy("record_contract"),
        )
    return versions


def get_version(project: Project, reference: str) -> StoredVersion:
    """The version that a reference names, without its contract."""
    wanted = parse_version_reference(reference)
    return project.get_store().get(wanted)


def get_contract_json(project: Project, reference: str) -> bytes:
    """The canonical JSON of a version, the very bytes that were recorded."""
    wanted = parse_version_reference(reference)
    return project.get_store().contract_json(wanted)


def change_status(project: Project, reference: str, event: StatusEvent) -> RecordOutcome:
    """Gives a version its next status; the same status again changes nothing."""
    from contract_builder.render.json import parse_contract

    wanted = parse_version_reference(reference)
    store = project.get_store()
    contract = parse_contract(store.contract_json(wanted))
    refuse_incomplete(contract, event.status)
    changed = store.change_status(wanted, event)
    return _outcome(store.get(wanted), contract, changed)


def refuse_incomplete(contract: Contract, status: VersionStatus | None) -> None:
    """UserError for a contract with data to complete that is told to be sent or signed."""
    why = tell_incomplete(contract, status)
    if why:
        raise UserError(f"[contrat-incomplet] {why}")


def tell_incomplete(contract: Contract, status: VersionStatus | None) -> str:
    """Why a contract cannot take the status with data to complete; empty when it can."""
    is_whole = all(section.kind != "lacunes" for section in contract.sections)
    if is_whole or status not in ("envoye", "signe"):
        return ""
    return (
        f"Le contrat {contract.header.code} a des données à compléter : il ne peut être au statut "
        f"« {STATUS_WORDS[status]} ». Complétez le profil, puis produisez et enregistrez le "
        "contrat."
    )


def verify_store(project: Project, anchor: str | None = None) -> Verification:
    """Everything hashed again; ``anchor`` is what an earlier command printed."""
    wanted = None if anchor is None else parse_anchor(anchor)
    return project.get_store().verify(wanted)


def _hash_files(role: FileRole, paths: tuple[Path, ...]) -> tuple[FileHash, ...]:
    return tuple(FileHash(role, path.name, sha256(read_file(path)).hexdigest()) for path in paths)
