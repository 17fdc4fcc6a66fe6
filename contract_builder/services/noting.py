"""The journal of what was asked of the worker: productions of many contracts, imports."""

from dataclasses import dataclass
from datetime import datetime

from contract_builder.services.project import Project
from contract_builder.store.records import PieceKeeping, StoredPiece


@dataclass(frozen=True, slots=True)
class OrderedBy:
    """Who asks, and when (with a time zone)."""

    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WorkNote:
    """An order: ``subject`` names the work (« lot 3 »), ``data`` what exactly was asked.

    ``note`` says it in French, on one line.
    """

    subject: str
    note: str
    data: bytes


def note_work(project: Project, order: WorkNote, by: OrderedBy) -> StoredPiece:
    """Keeps the order as the next state of the work; the line of the journal that tells it."""
    keeping = PieceKeeping("travail", order.subject, order.data, by.at, by.actor, order.note)
    return project.open_store().keep_piece(keeping)
