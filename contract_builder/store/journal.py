"""The journal in the database: its last entry, its entries in order, one more entry.

``apply`` is the only function that writes rows. A recording and an import both go through it, so
that both keep the same rules: numbers without holes, known parents, statuses in their order.
"""

import zlib
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from contract_builder.model.status import STATUS_WORDS, VersionStatus
from contract_builder.store.errors import StoreError, UnknownVersionError
from contract_builder.store.events import STORED_KINDS, Event, JournalEntry, parse_event
from contract_builder.store.models import (
    ContractRow,
    FileRow,
    JournalRow,
    PieceRow,
    StatusRow,
    VersionRow,
)
from contract_builder.store.records import (
    NEXT_STATUSES,
    NO_ENTRY,
    Anchor,
    VersionFacts,
    VersionReference,
)

_PAGE = 200


def get_head(alias: str) -> Anchor:
    """The last entry of the journal; sequence 0 when there is none."""
    row = JournalRow.objects.using(alias).order_by("-sequence").first()
    return NO_ENTRY if row is None else Anchor(row.sequence, row.hash)


def get_last_time(alias: str) -> datetime | None:
    """When the last entry was written; None without one, or when it no longer tells."""
    row = JournalRow.objects.using(alias).order_by("-sequence").first()
    try:
        return None if row is None else datetime.fromisoformat(row.at)
    except ValueError:
        return None


def iter_pages(alias: str, last: int) -> Iterator[list[JournalEntry]]:
    """Every entry up to ``last``, in order, some at a time."""
    reached = 0
    while True:
        rows = JournalRow.objects.using(alias).filter(sequence__gt=reached, sequence__lte=last)
        page = [
            JournalEntry(row.sequence, row.at, row.actor, row.event, row.previous, row.hash)
            for row in rows.order_by("sequence")[:_PAGE]
        ]
        if not page:
            return
        yield page
        reached = page[-1].sequence


def apply(alias: str, entry: JournalEntry, body: bytes | None) -> None:
    """Adds one entry and the rows that it announces; called within ``database.writing``.

    ``body`` is needed by the entry that records a version (its contract's JSON) or keeps a piece.
    The caller has checked hashes and chain. Raises StoreError, before any row is written, when the
    event does not follow from what the store holds.
    """
    event = parse_event(entry.event)
    if (event.facts or event.piece) and body is None:
        raise ValueError("a version or a piece is kept with its bytes")
    reference = event.reference
    version = None if reference is None else _find_version(alias, reference)
    if reference is not None:
        _check_follows(alias, reference, event, version)
    JournalRow.objects.using(alias).create(
        sequence=entry.sequence,
        at=entry.at,
        actor=entry.actor,
        event=entry.event,
        previous=entry.previous,
        hash=entry.hash,
    )
    if event.piece is not None:
        PieceRow.objects.using(alias).create(
            entry_id=entry.sequence, body=zlib.compress(body or b""), **asdict(event.piece)
        )
    if event.facts is not None and reference is not None:
        version = _add_version(alias, entry.sequence, reference, event.facts, body or b"")
    if event.status is not None:
        StatusRow.objects.using(alias).create(
            entry_id=entry.sequence, version=version, status=event.status
        )
    FileRow.objects.using(alias).bulk_create(
        FileRow(
            entry_id=entry.sequence,
            version=version,
            role=file.role,
            name=file.name,
            sha256=file.sha256,
        )
        for file in event.files
    )


def get_version_row(alias: str, reference: VersionReference) -> VersionRow:
    """The row of a version, without its body; UnknownVersionError when there is none."""
    version = _find_version(alias, reference)
    if version is None:
        raise UnknownVersionError(_unknown_text(alias, reference))
    return version


def get_status(alias: str, version: VersionRow) -> VersionStatus:
    """The last status that a version took."""
    rows = StatusRow.objects.using(alias).filter(version=version)
    status: VersionStatus = rows.order_by("-entry_id").values_list("status", flat=True)[0]
    return status


def next_number(alias: str, finess_ej: str) -> int:
    """The number that the next version of a legal entity takes."""
    rows = VersionRow.objects.using(alias).filter(finess_ej=finess_ej).order_by("-number")
    return (rows.values_list("number", flat=True).first() or 0) + 1


def _find_version(alias: str, reference: VersionReference) -> VersionRow | None:
    rows = VersionRow.objects.using(alias).defer("body").select_related("contract")
    return rows.filter(finess_ej=reference.finess_ej, number=reference.number).first()


def _unknown_text(alias: str, reference: VersionReference) -> str:
    count = next_number(alias, reference.finess_ej) - 1
    if count == 0:
        return (
            f"La version « {reference} » n’existe pas : aucun contrat de l’entité juridique "
            f"{reference.finess_ej} n’est enregistré."
        )
    return (
        f"La version « {reference} » n’existe pas : la dernière de l’entité juridique "
        f"{reference.finess_ej} est « {reference.finess_ej}@{count} »."
    )


def _check_follows(
    alias: str, reference: VersionReference, event: Event, version: VersionRow | None
) -> None:
    facts = event.facts
    if facts is None:
        if version is None:
            raise UnknownVersionError(_unknown_text(alias, reference))
        if event.status is not None:
            _check_status(reference, get_status(alias, version), event.status)
        return
    if reference.number != next_number(alias, reference.finess_ej):
        raise StoreError(f"La version « {reference} » n’est pas la suivante de son établissement.")
    for parent in facts.parents:
        get_version_row(alias, parent)


def _check_status(
    reference: VersionReference, current: VersionStatus, wanted: VersionStatus
) -> None:
    if wanted in NEXT_STATUSES[current]:
        return
    after = " ou ".join(f"« {STATUS_WORDS[status]} »" for status in NEXT_STATUSES[current])
    possible = f"il ne peut devenir que {after}" if after else "ce statut est définitif"
    raise StoreError(
        f"La version « {reference} » a le statut « {STATUS_WORDS[current]} » : {possible}, pas "
        f"« {STATUS_WORDS[wanted]} »."
    )


def _add_version(
    alias: str,
    sequence: int,
    reference: VersionReference,
    facts: VersionFacts,
    contract_json: bytes,
) -> VersionRow:
    contract, _ = ContractRow.objects.using(alias).get_or_create(
        finess_ej=reference.finess_ej,
        code=facts.code,
        type=facts.type,
        defaults={"entry_id": sequence},
    )
    return VersionRow.objects.using(alias).create(
        entry_id=sequence,
        contract=contract,
        finess_ej=reference.finess_ej,
        number=reference.number,
        sha256=facts.sha256,
        body=zlib.compress(contract_json),
        schema_version=facts.schema_version,
        library_version=facts.library_version,
        kind=STORED_KINDS[facts.kind],
        parent=None if facts.parent is None else get_version_row(alias, facts.parent),
    )
