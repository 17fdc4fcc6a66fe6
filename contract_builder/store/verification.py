"""The proof that nothing was changed, added or taken away behind the journal's back.

Every entry is hashed again and must follow from the one before; every row must be what its entry
announced; every contract is hashed again; the triggers must be in place. A chain that
was cut short, an older copy of the database, or one rewritten whole by its owner is a chain like
another: an ``Anchor`` noted outside the database shows that, the one beside it as long as nobody
changed both, one kept elsewhere in any case.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import connections

from contract_builder.model.status import VersionStatus
from contract_builder.store import guards, journal
from contract_builder.store.anchors import describe_break, find_noted, passes_through
from contract_builder.store.events import Event, JournalEntry, event_text, has_true_hash
from contract_builder.store.history import facts_of, recorded_facts, unpack, version_rows
from contract_builder.store.models import (
    ContractRow,
    FileRow,
    JournalRow,
    PieceRow,
    StatusRow,
    VersionRow,
)
from contract_builder.store.pieces import facts_of_piece
from contract_builder.store.records import (
    NO_ENTRY,
    Anchor,
    FileHash,
    PieceFacts,
    Verification,
    VersionFacts,
    VersionReference,
)


@dataclass(slots=True)
class _Told:
    """What the rows of one entry say, gathered from the tables."""

    references: set[VersionReference] = field(default_factory=set)
    facts: VersionFacts | None = None
    statuses: list[VersionStatus] = field(default_factory=list)
    files: list[FileHash] = field(default_factory=list)
    body: bytes | None = None
    piece: PieceFacts | None = None

    def event_text(self) -> str:
        """The event that these rows make; empty when they contradict each other."""
        if self.piece is not None and not self.references:
            return event_text(Event(None, piece=self.piece))
        if len(self.references) != 1 or len(self.statuses) > 1:
            return ""
        status = self.statuses[0] if self.statuses else None
        reference = next(iter(self.references))
        return event_text(Event(reference, self.facts, status, tuple(self.files)))


def verify(alias: str, beside: Path, anchor: Anchor | None = None) -> Verification:
    """Reads the whole store and lists every fault.

    ``anchor``, and the one noted in the file ``beside``, must lie on the journal's chain. Entries
    that are added while it reads are left for the next verification.
    """
    head = journal.get_head(alias)
    faults = list(_database_faults(alias))
    last, entries, versions = NO_ENTRY, 0, 0
    noted = find_noted(beside)
    remarks, latest = [], ""
    for page in journal.iter_pages(alias, head.sequence):
        told = _rows_told(alias, page[0].sequence, page[-1].sequence)
        for entry in page:
            rows = told[entry.sequence]
            faults.extend(_entry_faults(last, entry, rows))
            versions += rows.facts is not None
            if entry.at < latest:
                remarks.append(
                    f"L’écriture n° {entry.sequence} du journal est datée du {entry.at}, avant une "
                    f"écriture qui la précède ({latest}) : l’horloge d’un poste était fausse, ou "
                    "la date a été choisie."
                )
            last, latest = entry.anchor, max(latest, entry.at)
        entries += len(page)
    for wanted, path in ((noted, beside), (anchor, None)):
        if wanted is not None and not passes_through(alias, wanted):
            faults.append(describe_break(head, wanted, path))
    faults.extend(_stray_faults(alias))
    return Verification(entries, versions, last, tuple(faults), tuple(remarks), noted)


def _entry_faults(last: Anchor, entry: JournalEntry, told: _Told) -> Iterator[str]:
    name = f"n° {entry.sequence} du journal"
    if entry.sequence != last.sequence + 1:
        yield f"Il manque des écritures avant l’écriture {name}."
    elif entry.previous != last.hash:
        yield f"L’écriture {name} ne suit pas la précédente."
    if not has_true_hash(entry):
        yield f"L’écriture {name} a été modifiée."
        return
    if told.event_text() != entry.event:
        yield f"Les tables ne disent plus ce que dit l’écriture {name} : {entry.event}"
    kept = told.facts or told.piece
    if kept is not None and (told.body is None or sha256(told.body).hexdigest() != kept.sha256):
        if told.facts is None:
            yield f"La pièce gardée par l’écriture {name} a été modifiée."
        else:
            yield f"Le contrat enregistré par l’écriture {name} a été modifié."


def _rows_told(alias: str, first: int, last: int) -> dict[int, _Told]:
    told: dict[int, _Told] = defaultdict(_Told)
    span = {"entry_id__gte": first, "entry_id__lte": last}
    for row in version_rows(alias).defer(None).filter(**span):
        rows = told[row.entry_id]
        rows.references.add(VersionReference(row.finess_ej, row.number))
        if row.contract.finess_ej == row.finess_ej:
            rows.facts = facts_of(row, recorded_facts(row))
        rows.body = unpack(row.body)
    for piece in PieceRow.objects.using(alias).filter(**span):
        told[piece.entry_id].piece = facts_of_piece(piece)
        told[piece.entry_id].body = unpack(piece.body)
    owner = ("entry_id", "version__finess_ej", "version__number")
    statuses = StatusRow.objects.using(alias).filter(**span)
    for sequence, finess_ej, number, status in statuses.values_list(*owner, "status"):
        told[sequence].references.add(VersionReference(finess_ej, number))
        told[sequence].statuses.append(status)
    files = FileRow.objects.using(alias).filter(**span)
    for sequence, finess_ej, number, *file in files.values_list(*owner, "role", "name", "sha256"):
        told[sequence].references.add(VersionReference(finess_ej, number))
        told[sequence].files.append(FileHash(*file))
    return told


def _database_faults(alias: str) -> Iterator[str]:
    connection: Any = connections[alias]
    for name in guards.find_missing(connection):
        yield f"La protection « {name} » contre les modifications a été retirée de la base."
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            found = [row[0] for row in cursor.fetchall()]
        if found != ["ok"]:
            yield f"SQLite trouve la base endommagée : {' ; '.join(found)}"


def _stray_faults(alias: str) -> Iterator[str]:
    """Rows that no entry announces."""
    entries = JournalRow.objects.using(alias).values("sequence")
    for model in (ContractRow, VersionRow, StatusRow, FileRow, PieceRow):
        rows = model._default_manager.using(alias)
        count = rows.exclude(entry_id__in=entries).count()
        if count:
            yield f"Lignes que le journal n’annonce pas dans {model._meta.db_table} : {count}."
    used = VersionRow.objects.using(alias).values("contract_id")
    unused = ContractRow.objects.using(alias).exclude(pk__in=used).count()
    if unused:
        yield f"Contrats sans aucune version dans la table cpom_contract : {unused}."
