"""Tasks put off to a day, with a reason: kept in the store, for everybody who has the task.

A task is named by who shows it; putting off says nothing of what the task is about.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Final

from contract_builder.errors import UserError
from contract_builder.model.french import long_date
from contract_builder.services.noting import OrderedBy
from contract_builder.services.project import Project
from contract_builder.store.records import PieceKeeping, StoredPiece

LONGEST_REASON: Final = 200
"""Characters: what a line of the journal has room for, the day beside it."""
_LONGEST: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Postponement:
    """A task that waits until the day ``until``, on which it is to be looked at again."""

    task: str
    until: date
    reason: str
    actor: str
    at: datetime


class PostponedTasks:
    """The tasks that are put off, each act read once. May be shared by threads."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._lock = Lock()
        self._read_to = 0
        self._last: dict[str, Postponement] = {}

    def list_waiting(self, today: date) -> Mapping[str, Postponement]:
        """By the name of the task: those that wait for a later day than ``today``."""
        with self._lock:
            if self._project.has_store():
                store = self._project.open_store()
                for piece, data in store.iter_piece_bytes("tache", after=self._read_to):
                    self._take(piece, data)
            return {task: item for task, item in self._last.items() if item.until > today}

    def _take(self, piece: StoredPiece, data: bytes) -> None:
        self._read_to = piece.sequence
        task, said = piece.facts.subject, json.loads(data)
        if not said:
            self._last.pop(task, None)
            return
        until = date.fromisoformat(said["jusqu_au"])
        self._last[task] = Postponement(task, until, said["motif"], piece.actor, piece.at)


def postpone_task(project: Project, task: str, until: date, reason: str, by: OrderedBy) -> None:
    """Puts a task off to the day ``until``, after that of ``by`` and a year later at most.

    UserError for another day, without a reason or with one too long.
    """
    today, told = by.at.date(), " ".join(reason.split())
    problems = []
    if until <= today:
        problems.append("Choisissez un jour à venir.")
    elif until > today + _LONGEST:
        problems.append("Choisissez un jour d’ici un an : ce qui attend plus longtemps s’oublie.")
    if not told:
        problems.append("Dites pourquoi, pour qui lira la liste après vous.")
    elif len(told) > LONGEST_REASON:
        problems.append(f"Le motif dépasse {LONGEST_REASON} caractères.")
    elif not told.isprintable():
        problems.append("Le motif contient des caractères que l’on ne peut pas lire.")
    if problems:
        raise UserError(" ".join(problems))
    body = {"jusqu_au": until.isoformat(), "motif": told}
    _keep(project, task, body, f"reporté au {long_date(until)} : {told}", by)


def resume_task(project: Project, task: str, by: OrderedBy) -> None:
    """Takes a task up again, now."""
    _keep(project, task, {}, "à faire de nouveau", by)


def _keep(project: Project, task: str, body: Mapping[str, str], note: str, by: OrderedBy) -> None:
    data = json.dumps(body, ensure_ascii=False).encode()
    project.open_store().keep_piece(PieceKeeping("tache", task, data, by.at, by.actor, note))
