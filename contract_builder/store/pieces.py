"""Reading the pieces kept beside the versions: their states in order, and their bytes."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import cast

from django.db.models import Max, QuerySet

from contract_builder.store.errors import TamperedDataError, UnknownVersionError
from contract_builder.store.history import unpack
from contract_builder.store.models import PieceRow
from contract_builder.store.records import PieceFacts, PieceKind, StoredPiece

_PAGE_OF_PIECES = 500


def get_pieces(alias: str, kind: PieceKind, subject: str | None = None) -> tuple[StoredPiece, ...]:
    """Every state of the pieces of a kind, or of one of them, oldest first."""
    rows = _rows(alias).filter(kind=kind).order_by("entry_id")
    if subject is not None:
        rows = rows.filter(subject=subject)
    return tuple(_stored_piece(row) for row in rows)


def find_last(alias: str, kind: PieceKind, subject: str) -> StoredPiece | None:
    """The last state of a piece; None when it has none."""
    row = _rows(alias).filter(kind=kind, subject=subject).order_by("-entry_id").first()
    return None if row is None else _stored_piece(row)


def last_piece_line(alias: str, kind: PieceKind) -> int:
    """The last line of the journal that keeps a piece of a kind; 0 without one."""
    rows = PieceRow.objects.using(alias).filter(kind=kind)
    return rows.aggregate(last=Max("entry_id"))["last"] or 0


def get_piece_bytes(alias: str, sequence: int) -> bytes:
    """The bytes of the state that the line ``sequence`` of the journal tells.

    Raises UnknownVersionError, or TamperedDataError when they are not those that were kept.
    """
    row = PieceRow.objects.using(alias).filter(entry_id=sequence).first()
    if row is None:
        raise UnknownVersionError(f"La ligne n° {sequence} du journal ne garde aucune pièce.")
    return _checked_bytes(row)


def iter_piece_bytes(
    alias: str, kind: PieceKind, subject: str | None = None, after: int = 0
) -> Iterator[tuple[StoredPiece, bytes]]:
    """Every state of the pieces of a kind, or of one of them, with its bytes, oldest first.

    Those alone that lines of the journal beyond ``after`` tell. Raises TamperedDataError at the
    first whose bytes are not those that were kept.
    """
    kept = PieceRow.objects.using(alias).select_related("entry")
    rows = kept.filter(kind=kind, entry_id__gt=after)
    if subject is not None:
        rows = rows.filter(subject=subject)
    for row in rows.order_by("entry_id").iterator(_PAGE_OF_PIECES):
        yield _stored_piece(row), _checked_bytes(row)


def facts_of_piece(row: PieceRow) -> PieceFacts:
    """The facts of a state as its row tells them."""
    return PieceFacts(cast("PieceKind", row.kind), row.subject, row.sha256, row.note)


def _rows(alias: str) -> QuerySet[PieceRow]:
    return PieceRow.objects.using(alias).defer("body").select_related("entry")


def _checked_bytes(row: PieceRow) -> bytes:
    body = unpack(row.body)
    if body is None or sha256(body).hexdigest() != row.sha256:
        raise TamperedDataError(
            f"La pièce gardée par la ligne n° {row.entry_id} du journal a été modifiée hors du "
            "logiciel : reprenez une sauvegarde ou un export."
        )
    return body


def _stored_piece(row: PieceRow) -> StoredPiece:
    at = datetime.fromisoformat(row.entry.at)
    return StoredPiece(row.entry_id, at, row.entry.actor, facts_of_piece(row))
