"""The whole store as files, and back: the journal in one text, contracts and pieces beside it.

The journal's first line tells how many entries follow and the hash of the last; each line after is
one entry. Written last, it makes an interrupted export harmless: what it does not list is not
there.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from contract_builder.frozen import dataclass
from contract_builder.store import history, journal, pieces
from contract_builder.store.anchors import check_noted, describe_break
from contract_builder.store.database import writing
from contract_builder.store.errors import StoreError, TamperedDataError
from contract_builder.store.events import (
    Event,
    JournalEntry,
    canonical_json,
    check_frame,
    has_true_hash,
    parse_event,
)
from contract_builder.store.identity import parse_identity
from contract_builder.store.models import JournalRow
from contract_builder.store.records import (
    NO_ENTRY,
    Anchor,
    Imported,
    PieceFacts,
    VersionFacts,
    VersionReference,
)

BodyReader = Callable[[VersionReference | PieceFacts], bytes]
"""Gives the contract of a version, or the bytes of a piece, that an export holds."""

_FORMAT = "cpom-store"
_FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True)
class ExportedStore:
    """A store as files: its journal, then each contract's JSON and each piece, read one by one."""

    journal: bytes
    anchor: Anchor
    contracts: Iterator[tuple[VersionReference, bytes]]
    pieces: Iterator[tuple[PieceFacts, bytes]]


def export(alias: str) -> ExportedStore:
    """Everything that the store holds at this moment.

    Reading a contract that was tampered with raises TamperedDataError.
    """
    head = journal.get_head(alias)
    lines = [canonical_json({"format": _FORMAT, "version": _FORMAT_VERSION, **asdict(head)})]
    references = []
    kept = []
    for page in journal.iter_pages(alias, head.sequence):
        for entry in page:
            lines.append(canonical_json(asdict(entry)))
            event = parse_event(entry.event)
            if event.facts is not None and event.reference is not None:
                references.append(event.reference)
            if event.piece is not None:
                kept.append((entry.sequence, event.piece))
    contracts = ((name, history.get_recorded_bytes(alias, name)) for name in references)
    states = ((facts, pieces.get_piece_bytes(alias, sequence)) for sequence, facts in kept)
    text = "".join(f"{line}\n" for line in lines)
    return ExportedStore(text.encode(), head, contracts, states)


def import_(
    alias: str,
    journal_text: bytes,
    read_body: BodyReader,
    noted: Path,
    anchor: Anchor | None = None,
) -> Imported:
    """Adds what an export holds beyond the store, all of it or nothing.

    Every entry and contract is hashed and checked as it comes. The export must pass through
    ``anchor``, and the store through the anchor in the file ``noted`` once it is imported. Raises
    TamperedDataError when the export is not what was exported, StoreError when the store has gone
    another way since.
    """
    entries = _parse_journal(journal_text)
    head = entries[-1].anchor if entries else NO_ENTRY
    if anchor is not None and anchor not in {entry.anchor for entry in entries}:
        raise TamperedDataError(f"{describe_break(head, anchor)} Rien n’a été importé.")
    known = 0
    with writing(alias):
        held = journal.get_head(alias).sequence
        for entry in entries:
            if entry.sequence <= held:
                _check_same(alias, entry)
                _read_entry(entry, read_body)
                known += 1
            else:
                journal.apply(alias, entry, _read_entry(entry, read_body))
        check_noted(alias, noted)
        reached = journal.get_head(alias)
    return Imported(len(entries) - known, known, reached)


def iter_listed(journal_text: bytes) -> Iterator[VersionReference | PieceFacts]:
    """What an exported journal keeps in files of their own; TamperedDataError as ``import_``."""
    for entry in _parse_journal(journal_text):
        event = _parse_entry(entry)
        if event.facts is not None and event.reference is not None:
            yield event.reference
        if event.piece is not None:
            yield event.piece


def _read_entry(entry: JournalEntry, read_body: BodyReader) -> bytes | None:
    """The contract or the piece that an entry keeps, checked; None for one that keeps none."""
    event = _parse_entry(entry)
    body = None
    if event.facts is not None and event.reference is not None:
        body = read_body(event.reference)
        _check_contract(event.reference, event.facts, body)
    if event.piece is not None:
        body = read_body(event.piece)
        if sha256(body).hexdigest() != event.piece.sha256:
            raise _tampered(
                f"la pièce de l’écriture n° {entry.sequence} n’est pas celle du journal"
            )
    return body


def _parse_entry(entry: JournalEntry) -> Event:
    try:
        check_frame(entry)
        return parse_event(entry.event)
    except (ValueError, TypeError) as error:
        raise _tampered(f"l’écriture n° {entry.sequence} n’en est pas une") from error


def _check_contract(reference: VersionReference, facts: VersionFacts, contract_json: bytes) -> None:
    if sha256(contract_json).hexdigest() != facts.sha256:
        raise _tampered(f"le contrat « {reference} » n’est pas celui du journal")
    identity = parse_identity(contract_json)
    if (identity.finess_ej, identity.code, identity.type) != (
        reference.finess_ej,
        facts.code,
        facts.type,
    ):
        raise _tampered(f"le journal nomme mal le contrat « {reference} »")


def _parse_journal(text: bytes) -> list[JournalEntry]:
    """The entries of an exported journal, their hashes and their chain checked."""
    try:
        first, *lines = text.decode().splitlines()
        head = json.loads(first)
        if (head["format"], head["version"]) != (_FORMAT, _FORMAT_VERSION):
            raise StoreError(
                "Cet export du registre est d’un autre format que celui que ce logiciel connaît : "
                "mettez le logiciel à jour."
            )
        entries = [JournalEntry(**json.loads(line)) for line in lines]
        end = Anchor(head["sequence"], head["hash"])
    except (ValueError, KeyError, TypeError) as error:
        raise _tampered("son journal est illisible") from error
    last = NO_ENTRY
    for entry in entries:
        if (entry.sequence, entry.previous) != (last.sequence + 1, last.hash):
            raise _tampered(f"l’écriture n° {entry.sequence} ne suit pas la précédente")
        if not has_true_hash(entry):
            raise _tampered(f"l’écriture n° {entry.sequence} a été modifiée")
        last = entry.anchor
    if last != end:
        raise _tampered("il manque la fin du journal")
    return entries


def _check_same(alias: str, entry: JournalEntry) -> None:
    rows = JournalRow.objects.using(alias).filter(sequence=entry.sequence, hash=entry.hash)
    if not rows.exists():
        raise StoreError(
            f"Le registre et l’export divergent à partir de l’écriture n° {entry.sequence} : ils "
            "ont reçu des versions différentes et ne peuvent pas être réunis. Rien n’a été importé."
        )


def _tampered(reason: str) -> TamperedDataError:
    return TamperedDataError(
        f"L’export a été modifié ou est incomplet : {reason}. Rien n’a été importé."
    )
