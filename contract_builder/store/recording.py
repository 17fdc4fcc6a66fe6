"""Recording: a contract becomes a version, a version takes a status; the journal first."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from contract_builder.errors import InternalError, UserError
from contract_builder.frozen import dataclass
from contract_builder.model.french import enumerate_words
from contract_builder.model.identifiers import is_contract_code
from contract_builder.model.status import VersionStatus
from contract_builder.store import history, journal, lineage, pieces
from contract_builder.store.database import writing
from contract_builder.store.errors import StaleStateError, StoreError
from contract_builder.store.events import Event, event_text, is_plain_text, seal_entry, time_text
from contract_builder.store.identity import ContractIdentity, parse_identity
from contract_builder.store.models import FileRow, VersionRow
from contract_builder.store.records import (
    STATUSES,
    Anchor,
    FileHash,
    PieceFacts,
    PieceKeeping,
    RecordedVersion,
    Recording,
    StatusEvent,
    StoredPiece,
    StoredVersion,
    VersionFacts,
    VersionReference,
)


def record(alias: str, contract_json: bytes, recording: Recording) -> RecordedVersion:
    """Keeps a contract's canonical JSON as a version, once.

    The same JSON again gives the version that holds it; a new status and new files are added to
    that version, another kind or parent is refused.
    """
    identity = parse_identity(contract_json)
    with writing(alias):
        known = VersionRow.objects.using(alias).defer("body")
        version = known.filter(sha256=identity.sha256).first()
        if version is not None:
            return _record_again(alias, version, recording)
        if not is_contract_code(identity.code):
            raise UserError(
                f"« {identity.code} » ne peut pas servir de code de contrat : lettres et chiffres "
                "sans accent, et entre eux espaces, points, tirets et soulignés. Rien n’a été "
                "enregistré."
            )
        number = journal.next_number(alias, identity.finess_ej)
        reference = VersionReference(identity.finess_ej, number)
        parents = lineage.find_parents(alias, identity, recording)
        references = tuple(lineage.reference_of(row) for row in parents)
        kind = recording.kind or lineage.find_kind(alias, identity, parents)
        facts = VersionFacts(
            code=identity.code,
            type=identity.type,
            sha256=identity.sha256,
            schema_version=identity.schema_version,
            library_version=identity.library_version,
            kind=kind,
            parent=references[0] if references else None,
            other_parents=references[1:],
            amendment=lineage.find_amendment(alias, identity, kind, recording),
        )
        status = recording.status or _status_of(identity)
        event = Event(reference, facts, status, _files_beside(recording, set()))
        added = _append(alias, event, recording, contract_json)
        return RecordedVersion(reference, True, added.dated_before, added.anchor)


def record_status(alias: str, reference: VersionReference, taken: StatusEvent) -> RecordedVersion:
    """Gives a version its next status; the same status again changes nothing."""
    with writing(alias):
        version = journal.get_version_row(alias, reference)
        if journal.get_status(alias, version) == taken.status:
            return RecordedVersion(reference, False, None, journal.get_head(alias))
        event = Event(reference, status=taken.status)
        added = _append(alias, event, Recording(taken.at, taken.actor))
        return RecordedVersion(reference, False, added.dated_before, added.anchor)


def keep_piece(alias: str, keeping: PieceKeeping) -> StoredPiece:
    """Keeps the next state of a piece; the state that is kept last, again, changes nothing.

    StaleStateError when another state was kept since ``keeping.after``.
    """
    (kept,) = keep_pieces(alias, (keeping,))
    return kept


def keep_pieces(alias: str, keepings: Sequence[PieceKeeping]) -> tuple[StoredPiece, ...]:
    """Keeps the next states of several pieces, in order: all of them, or none."""
    for keeping in keepings:
        _refuse_odd_text(keeping)
    with writing(alias):
        return tuple(_keep_piece(alias, keeping) for keeping in keepings)


def _refuse_odd_text(keeping: PieceKeeping) -> None:
    if not all(is_plain_text(text) for text in (keeping.subject, keeping.note)):
        raise UserError(
            "Le nom ou la note de ce qui est à garder est trop long, ou contient des caractères de "
            "contrôle. Rien n’a été enregistré."
        )


def _keep_piece(alias: str, keeping: PieceKeeping) -> StoredPiece:
    facts = PieceFacts(
        keeping.kind, keeping.subject, sha256(keeping.body).hexdigest(), keeping.note
    )
    last = pieces.find_last(alias, keeping.kind, keeping.subject)
    if last is not None and last.facts.sha256 == facts.sha256:
        return last
    if keeping.after is not None and last is not None and last.facts.sha256 != keeping.after:
        raise StaleStateError(f"« {keeping.subject} » a été modifié entre-temps par {last.actor}.")
    event = Event(None, piece=facts)
    _append(alias, event, Recording(keeping.at, keeping.actor), keeping.body)
    kept = pieces.find_last(alias, keeping.kind, keeping.subject)
    if kept is None:
        raise InternalError("a piece was kept and is not there")
    return kept


def _record_again(alias: str, version: VersionRow, recording: Recording) -> RecordedVersion:
    reference = lineage.reference_of(version)
    _check_same_lineage(history.get_stored_version(alias, reference), recording)
    status = recording.status
    if status == journal.get_status(alias, version):
        status = None
    rows = FileRow.objects.using(alias).filter(version=version)
    held = {FileHash(row.role, row.name, row.sha256) for row in rows}
    files = _files_beside(recording, held)
    if status is None and not files:
        return RecordedVersion(reference, False, None, journal.get_head(alias))
    added = _append(alias, Event(reference, status=status, files=files), recording)
    return RecordedVersion(reference, False, added.dated_before, added.anchor)


def _check_same_lineage(version: StoredVersion, recording: Recording) -> None:
    """StoreError when a version that is kept is said to follow others, or to be another kind."""
    facts = version.facts
    if (
        (not recording.parents or set(recording.parents) == set(facts.parents))
        and recording.kind in (None, facts.kind)
        and recording.amendment in (None, facts.amendment)
    ):
        return
    told = enumerate_words([f"« {parent} »" for parent in facts.parents])
    after = f"à la suite de {told}" if told else "sans version de départ"
    raise StoreError(
        f"Ce contrat est déjà enregistré : c’est la version « {version.reference} », de nature "
        f"« {facts.kind_words} », {after}. Cela ne peut plus changer."
    )


def _files_beside(recording: Recording, held: set[FileHash]) -> tuple[FileHash, ...]:
    """The files that are not held yet, each once."""
    for file in recording.files:
        if not file.name or not is_plain_text(file.name):
            raise UserError(
                f"Le fichier {file.name!r} ne peut pas être enregistré : son nom est vide, trop "
                "long ou contient des caractères de contrôle."
            )
    return tuple(sorted({*recording.files} - held))


@dataclass(frozen=True, slots=True)
class _Added:
    """The end of the journal after an entry; ``dated_before`` as in ``RecordedVersion``."""

    anchor: Anchor
    dated_before: datetime | None


def _append(alias: str, event: Event, recording: Recording, body: bytes | None = None) -> _Added:
    actor = recording.actor.strip()
    if not actor or not is_plain_text(actor):
        raise UserError(
            "Le nom de qui enregistre est vide, trop long ou contient des caractères de contrôle."
        )
    last = journal.get_last_time(alias)
    entry = seal_entry(journal.get_head(alias), time_text(recording.at), actor, event_text(event))
    journal.apply(alias, entry, body)
    return _Added(entry.anchor, last if last is not None and last > recording.at else None)


def _status_of(identity: ContractIdentity) -> VersionStatus:
    for status in STATUSES:
        if status == identity.status:
            return status
    raise StoreError(f"Le contrat porte un statut inconnu : « {identity.status} ».")
