"""Reading: versions as records, and their contracts, checked against their hash."""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import cast

from django.db.models import Max, Q, QuerySet

from contract_builder.store import journal
from contract_builder.store.errors import TamperedDataError
from contract_builder.store.events import KINDS_AS_STORED, parse_event
from contract_builder.store.models import FileRow, StatusRow, VersionRow
from contract_builder.store.records import (
    FileHash,
    StatusEvent,
    StoredVersion,
    VersionFacts,
    VersionKind,
    VersionReference,
)

_PAGE = 200
_PAGE_OF_CONTRACTS = 50
_MAX_CONTRACT_BYTES = 256 * 1024 * 1024  # what a damaged or hostile body may unfold to

_ALTERED = (
    "le registre a été modifié hors du logiciel. Sa vérification dit ce qui a changé ; "
    "reprenez une sauvegarde ou un export."
)


def get_history(alias: str, finess_ej: str) -> tuple[StoredVersion, ...]:
    """Every version of a legal entity, oldest first; empty when there is none."""
    rows = version_rows(alias).filter(finess_ej=finess_ej).order_by("number")
    return tuple(_stored_versions(alias, list(rows)))


def get_followers(alias: str, finess_ej: str) -> tuple[StoredVersion, ...]:
    """Every version of the contracts of other entities that follow one of this entity's."""
    named = Q(parent__finess_ej=finess_ej) | Q(entry__event__contains='"other_parents":')
    contracts = {
        row.contract_id
        for row in version_rows(alias).filter(named).exclude(finess_ej=finess_ej)
        if (facts := recorded_facts(row)) is not None
        and any(parent.finess_ej == finess_ej for parent in facts.parents)
    }
    rows = version_rows(alias).filter(contract_id__in=contracts).order_by("finess_ej", "number")
    return tuple(_stored_versions(alias, list(rows)))


def iter_all(alias: str) -> Iterator[StoredVersion]:
    """Every version of every legal entity, in the order of recording."""
    keys = list(VersionRow.objects.using(alias).order_by("entry_id").values_list("pk", flat=True))
    for start in range(0, len(keys), _PAGE):
        rows = version_rows(alias).filter(pk__in=keys[start : start + _PAGE]).order_by("entry_id")
        yield from _stored_versions(alias, list(rows))


def last_version_line(alias: str) -> int:
    """The last line of the journal that keeps a version or gives one a status; 0 without one."""
    return StatusRow.objects.using(alias).aggregate(last=Max("entry_id"))["last"] or 0


def get_stored_version(alias: str, reference: VersionReference) -> StoredVersion:
    """One version; UnknownVersionError when there is none."""
    row = journal.get_version_row(alias, reference)
    rows = version_rows(alias).filter(pk=row.pk)
    return next(_stored_versions(alias, list(rows)))


def get_recorded_bytes(alias: str, reference: VersionReference) -> bytes:
    """The canonical JSON of a version, as recorded.

    Raises UnknownVersionError, or TamperedDataError when its hash is not the recorded one.
    """
    ((_, found),) = iter_contract_json(alias, (reference,))
    if isinstance(found, TamperedDataError):
        raise found
    return found


def iter_contract_json(
    alias: str, references: Iterable[VersionReference]
) -> Iterator[tuple[VersionReference, bytes | TamperedDataError]]:
    """Many of them, in the order asked, a page of the database at a time.

    One whose hash is not the recorded one comes with its error.
    """
    waiting = iter(references)
    while page := tuple(islice(waiting, _PAGE_OF_CONTRACTS)):
        entities = {reference.finess_ej for reference in page}
        rows = VersionRow.objects.using(alias).filter(finess_ej__in=entities)
        keys = {
            VersionReference(finess, n): key
            for finess, n, key in rows.values_list("finess_ej", "number", "pk")
        }
        for reference in page:
            if reference not in keys:
                journal.get_version_row(alias, reference)
        wanted = rows.filter(pk__in=[keys[reference] for reference in page])
        bodies = {
            key: (body, digest) for key, body, digest in wanted.values_list("pk", "body", "sha256")
        }
        for reference in page:
            yield reference, _checked_json(reference, *bodies[keys[reference]])


def _checked_json(
    reference: VersionReference, packed: bytes | memoryview, digest: str
) -> bytes | TamperedDataError:
    body = unpack(packed)
    if body is not None and sha256(body).hexdigest() == digest:
        return body
    return TamperedDataError(
        f"Le contrat de la version « {reference} » n’est plus celui qui a été enregistré : "
        f"{_ALTERED}"
    )


def iter_references(alias: str) -> Iterator[VersionReference]:
    """Every version, in the order of recording."""
    rows = VersionRow.objects.using(alias).order_by("entry_id").values_list("finess_ej", "number")
    for finess_ej, number in list(rows):
        yield VersionReference(finess_ej, number)


def version_rows(alias: str) -> QuerySet[VersionRow]:
    """Versions with all that a record shows, and without their bodies."""
    rows = VersionRow.objects.using(alias).defer("body")
    return rows.select_related("contract", "entry", "parent")


def facts_of(row: VersionRow, recorded: VersionFacts | None) -> VersionFacts:
    """The facts of a version as its rows tell them.

    ``recorded`` is what its journal entry tells, for what no table repeats.
    """
    parent = row.parent
    return VersionFacts(
        code=row.contract.code,
        type=row.contract.type,
        sha256=row.sha256,
        schema_version=row.schema_version,
        library_version=row.library_version,
        kind=cast("VersionKind", KINDS_AS_STORED.get(row.kind, row.kind)),
        parent=None if parent is None else VersionReference(parent.finess_ej, parent.number),
        other_parents=() if recorded is None else recorded.other_parents,
        amendment=None if recorded is None else recorded.amendment,
    )


def recorded_facts(row: VersionRow) -> VersionFacts | None:
    """What a version's journal entry tells; None when it can no longer be read."""
    try:
        return parse_event(row.entry.event).facts
    except ValueError:
        return None


def unpack(body: bytes | memoryview) -> bytes | None:
    """The contract's JSON; None when it cannot be unpacked."""
    unpacker = zlib.decompressobj()
    try:
        data = unpacker.decompress(bytes(body), _MAX_CONTRACT_BYTES)
    except zlib.error:
        return None
    return data if unpacker.eof and not unpacker.unused_data else None


def _stored_versions(alias: str, rows: list[VersionRow]) -> Iterator[StoredVersion]:
    ids = [row.pk for row in rows]
    statuses: dict[int, list[StatusEvent]] = defaultdict(list)
    told = StatusRow.objects.using(alias).filter(version_id__in=ids).select_related("entry")
    for status in told.order_by("entry_id"):
        at = _parse_time(status.entry.at)
        statuses[status.version_id].append(StatusEvent(status.status, at, status.entry.actor))
    files: dict[int, list[FileHash]] = defaultdict(list)
    for file in FileRow.objects.using(alias).filter(version_id__in=ids):
        files[file.version_id].append(FileHash(file.role, file.name, file.sha256))
    for row in rows:
        if row.pk not in statuses:
            raise TamperedDataError(
                f"La version « {row.finess_ej}@{row.number} » n’a plus de statut : {_ALTERED}"
            )
        recorded = recorded_facts(row)
        if recorded is None:
            raise TamperedDataError(
                f"L’écriture de la version « {row.finess_ej}@{row.number} » est illisible : "
                f"{_ALTERED}"
            )
        yield StoredVersion(
            reference=VersionReference(row.finess_ej, row.number),
            facts=facts_of(row, recorded),
            statuses=tuple(statuses[row.pk]),
            files=tuple(sorted(files[row.pk])),
        )


def _parse_time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise TamperedDataError(f"« {text} » n’est pas une date : {_ALTERED}") from error
