"""The store as its callers see it: plain functions on plain records."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from types import TracebackType
from typing import Self, TypeVar

from django.db import connections

from contract_builder.store import exchange, history, journal, pieces, recording, verification
from contract_builder.store.anchors import check_noted, note_anchor
from contract_builder.store.errors import TamperedDataError
from contract_builder.store.exchange import BodyReader, ExportedStore
from contract_builder.store.failures import told_in_french
from contract_builder.store.location import Location
from contract_builder.store.records import (
    Anchor,
    Imported,
    PieceFacts,
    PieceKeeping,
    PieceKind,
    RecordedVersion,
    Recording,
    StatusEvent,
    StoredPiece,
    StoredVersion,
    Verification,
    VersionReference,
)

Done = TypeVar("Done", RecordedVersion, Imported)


class Store:
    """The versions of one project.

    To be used in the process that opened it. Every method raises StoreError, in French, when the
    database refuses; nothing is then half done. A writer that is killed leaves what was there
    before, or the whole of what it was writing.
    """

    def __init__(self, location: Location, alias: str) -> None:
        self._location = location
        self._alias = alias

    @property
    def name(self) -> str:
        """The file, or the database and its server: what a message shows."""
        return self._location.name

    def record(self, contract_json: bytes, recording_: Recording) -> RecordedVersion:
        """Keeps a contract's canonical JSON as a version; the same JSON is kept once."""
        with self._answering():
            check_noted(self._alias, self._location.anchor_file)
            return self._anchored(recording.record(self._alias, contract_json, recording_))

    def change_status(self, reference: VersionReference, event: StatusEvent) -> RecordedVersion:
        """Gives a version its next status; StoreError when it cannot take it."""
        with self._answering():
            check_noted(self._alias, self._location.anchor_file)
            return self._anchored(recording.record_status(self._alias, reference, event))

    def history(self, finess_ej: str) -> tuple[StoredVersion, ...]:
        """Every version of a legal entity, oldest first; empty when there is none."""
        with self._answering():
            return history.get_history(self._alias, finess_ej)

    def followers(self, finess_ej: str) -> tuple[StoredVersion, ...]:
        """The versions of other entities' contracts that follow one of this entity's."""
        with self._answering():
            return history.get_followers(self._alias, finess_ej)

    def iter_all(self) -> Iterator[StoredVersion]:
        """Every version of every legal entity, in the order of recording."""
        with self._answering():
            yield from history.iter_all(self._alias)

    def get(self, reference: VersionReference) -> StoredVersion:
        """One version, without its contract; UnknownVersionError when there is none."""
        with self._answering():
            return history.get_stored_version(self._alias, reference)

    def contract_json(self, reference: VersionReference) -> bytes:
        """A version's canonical JSON, as recorded; TamperedDataError when it no longer is."""
        with self._answering():
            return history.get_recorded_bytes(self._alias, reference)

    def iter_contract_json(
        self, references: Iterable[VersionReference]
    ) -> Iterator[tuple[VersionReference, bytes | TamperedDataError]]:
        """Many versions' JSON as ``contract_json`` gives it, in the order asked.

        One that is no longer as recorded comes with its error, and the others still come;
        UnknownVersionError when there is none of that reference.
        """
        with self._answering():
            yield from history.iter_contract_json(self._alias, references)

    def iter_references(self) -> Iterator[VersionReference]:
        """Every version, in the order of recording."""
        with self._answering():
            yield from history.iter_references(self._alias)

    def keep_piece(self, keeping: PieceKeeping) -> StoredPiece:
        """Keeps the next state of a piece; StaleStateError when another came in between."""
        with self._answering():
            check_noted(self._alias, self._location.anchor_file)
            kept = recording.keep_piece(self._alias, keeping)
            note_anchor(self._location.anchor_file, journal.get_head(self._alias))
        return kept

    def keep_pieces(self, keepings: Sequence[PieceKeeping]) -> tuple[StoredPiece, ...]:
        """As ``keep_piece`` for each, in order: all are kept, or none."""
        with self._answering():
            check_noted(self._alias, self._location.anchor_file)
            kept = recording.keep_pieces(self._alias, keepings)
            note_anchor(self._location.anchor_file, journal.get_head(self._alias))
        return kept

    def iter_piece_bytes(
        self, kind: PieceKind, subject: str | None = None, after: int = 0
    ) -> Iterator[tuple[StoredPiece, bytes]]:
        """Every kept state of the pieces of a kind, or of one, with its bytes, oldest first.

        Those alone that lines of the journal beyond ``after`` tell.
        """
        with self._answering():
            yield from pieces.iter_piece_bytes(self._alias, kind, subject, after)

    def pieces(self, kind: PieceKind, subject: str | None = None) -> tuple[StoredPiece, ...]:
        """Every kept state of the pieces of a kind, or of one of them, oldest first."""
        with self._answering():
            return pieces.get_pieces(self._alias, kind, subject)

    def piece_bytes(self, sequence: int) -> bytes:
        """The bytes of the state that a line of the journal keeps."""
        with self._answering():
            return pieces.get_piece_bytes(self._alias, sequence)

    def verify(self, anchor: Anchor | None = None) -> Verification:
        """Everything hashed again and compared with the journal; the faults are listed.

        Where the journal has come to is noted beside the database when there is no fault.
        """
        with self._answering():
            found = verification.verify(self._alias, self._location.anchor_file, anchor)
        if found.faults:
            return found
        refusal = note_anchor(self._location.anchor_file, found.head)
        return replace(found, remarks=(*found.remarks, refusal)) if refusal else found

    def export(self) -> ExportedStore:
        """Everything, as the content of files."""
        with self._answering():
            return exchange.export(self._alias)

    def import_(
        self,
        journal_text: bytes,
        read_body: BodyReader,
        anchor: Anchor | None = None,
    ) -> Imported:
        """Adds what an export holds and this store does not; all of it or nothing.

        The export must pass through ``anchor`` when one is given.
        """
        noted = self._location.anchor_file
        with self._answering():
            return self._anchored(
                exchange.import_(self._alias, journal_text, read_body, noted, anchor)
            )

    def list_exported(self, journal_text: bytes) -> set[VersionReference | PieceFacts]:
        """What an exported journal keeps in files; TamperedDataError for a changed journal."""
        return set(exchange.iter_listed(journal_text))

    def head(self) -> Anchor:
        """Where the journal has come to: another point as soon as anything is kept."""
        with self._answering():
            return journal.get_head(self._alias)

    def reached(self, kind: PieceKind) -> tuple[int, int]:
        """The last line of the journal about any version, and about pieces of a kind; 0 for none.

        Other numbers as soon as a version is kept or takes a status, or such a piece is kept.
        """
        with self._answering():
            return history.last_version_line(self._alias), pieces.last_piece_line(self._alias, kind)

    def close(self) -> None:
        """Closes the connection; another call opens it again."""
        connections[self._alias].close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _anchored(self, done: Done) -> Done:
        """What was done, once its anchor is noted beside the database."""
        refusal = note_anchor(self._location.anchor_file, done.anchor)
        return replace(done, anchor_refusal=refusal)

    def _answering(self) -> AbstractContextManager[None]:
        return told_in_french(self._location.name)
