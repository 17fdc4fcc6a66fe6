"""Recording: a contract becomes a version, a version takes a status; the journal first."""

from contract_builder.errors import UserError
from contract_builder.model.status import VersionStatus
from contract_builder.store import journal
from contract_builder.store.database import writing
from contract_builder.store.errors import StoreError
from contract_builder.store.events import Event, event_text, is_plain_text, seal_entry, time_text
from contract_builder.store.identity import Identity, read_identity
from contract_builder.store.models import FileRow, VersionRow
from contract_builder.store.records import (
    SIGNED_STATUSES,
    STATUSES,
    FileHash,
    Kind,
    Recorded,
    Recording,
    StatusEvent,
    VersionFacts,
    VersionReference,
)


def record(alias: str, contract_json: bytes, recording: Recording) -> Recorded:
    """Keeps a contract's canonical JSON as a version, once.

    The same JSON again gives the version that holds it; a new status and new files are added to
    that version, another kind or parent is refused.
    """
    identity = read_identity(contract_json)
    with writing(alias):
        known = VersionRow.objects.using(alias).defer("body").select_related("parent")
        version = known.filter(sha256=identity.sha256).first()
        if version is not None:
            return _record_again(alias, version, recording)
        number = journal.next_number(alias, identity.finess_ej)
        reference = VersionReference(identity.finess_ej, number)
        parent = _parent_of_new(alias, identity, recording)
        facts = VersionFacts(
            code=identity.code,
            type=identity.type,
            sha256=identity.sha256,
            schema_version=identity.schema_version,
            library_version=identity.library_version,
            kind=recording.kind or _kind_of_new(alias, identity, parent),
            parent=None if parent is None else VersionReference(parent.finess_ej, parent.number),
        )
        status = recording.status or _status_of(identity)
        event = Event(reference, facts, status, _files_beside(recording, set()))
        _append(alias, event, recording, contract_json)
        return Recorded(reference, is_new=True)


def change_status(alias: str, reference: VersionReference, taken: StatusEvent) -> None:
    """Gives a version its next status; the same status again changes nothing."""
    with writing(alias):
        version = journal.get_version(alias, reference)
        if journal.get_status(alias, version) != taken.status:
            event = Event(reference, status=taken.status)
            _append(alias, event, Recording(taken.at, taken.actor))


def _record_again(alias: str, version: VersionRow, recording: Recording) -> Recorded:
    reference = VersionReference(version.finess_ej, version.number)
    parent = version.parent
    stored = None if parent is None else VersionReference(parent.finess_ej, parent.number)
    if recording.parent not in (None, stored) or recording.kind not in (None, version.kind):
        after = "sans version de départ" if stored is None else f"à la suite de « {stored} »"
        raise StoreError(
            f"Ce contrat est déjà enregistré : c’est la version « {reference} », de nature "
            f"« {version.kind} », {after}. Cela ne peut plus changer."
        )
    status = recording.status
    if status == journal.get_status(alias, version):
        status = None
    rows = FileRow.objects.using(alias).filter(version=version)
    held = {FileHash(row.role, row.name, row.sha256) for row in rows}
    files = _files_beside(recording, held)
    if status is not None or files:
        _append(alias, Event(reference, status=status, files=files), recording)
    return Recorded(reference, is_new=False)


def _files_beside(recording: Recording, held: set[FileHash]) -> tuple[FileHash, ...]:
    """The files that are not held yet, each once."""
    for file in recording.files:
        if not file.name or not is_plain_text(file.name):
            raise UserError(
                f"Le fichier {file.name!r} ne peut pas être enregistré : son nom est vide, trop "
                "long ou contient des caractères de contrôle."
            )
    return tuple(sorted({*recording.files} - held))


def _append(
    alias: str, event: Event, recording: Recording, contract_json: bytes | None = None
) -> None:
    actor = recording.actor.strip()
    if not actor or not is_plain_text(actor):
        raise UserError(
            "Le nom de qui enregistre est vide, trop long ou contient des caractères de contrôle."
        )
    entry = seal_entry(journal.get_head(alias), time_text(recording.at), actor, event_text(event))
    journal.apply(alias, entry, contract_json)


def _parent_of_new(alias: str, identity: Identity, recording: Recording) -> VersionRow | None:
    """The given parent, else the previous version of the same contract, if any."""
    if recording.parent is not None:
        return journal.get_version(alias, recording.parent)
    return (
        VersionRow.objects.using(alias)
        .defer("body")
        .select_related("contract")
        .filter(
            contract__finess_ej=identity.finess_ej,
            contract__code=identity.code,
            contract__type=identity.type,
        )
        .order_by("-number")
        .first()
    )


def _kind_of_new(alias: str, identity: Identity, parent: VersionRow | None) -> Kind:
    """A signed contract is revised by « avenant » (CSP L6114-1); another code is a renewal."""
    if parent is None:
        return "projet"
    if parent.contract.code != identity.code:
        return "renouvellement"
    if journal.get_status(alias, parent) in SIGNED_STATUSES:
        return "avenant"
    kind: Kind = parent.kind
    return kind


def _status_of(identity: Identity) -> VersionStatus:
    for status in STATUSES:
        if status == identity.status:
            return status
    raise StoreError(f"Le contrat porte un statut inconnu : « {identity.status} ».")
