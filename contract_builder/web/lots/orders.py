"""What people ask of lots: made, started, stopped, resumed. Who may, the pages have decided.

A state changes by one conditional update, so that two people, or a double click, change it once.
Each order is in the journal.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q

from contract_builder.errors import UserError
from contract_builder.services.noting import OrderedBy, WorkNote, note_work
from contract_builder.services.project import Project
from contract_builder.web.lots.models import AT_WORK, WAITING, Lot, LotState
from contract_builder.web.lots.queue import enqueue, settle_interrupted

REGION_FOLDER = Path("output") / "lot"
AVENANTS_FOLDER = Path("output") / "avenants"
"""Where a run of avenants over the region writes, by the command line too."""
LOTS_FOLDER = Path("output") / "lots"
_DIGITS = 12
_LONGEST_LABEL = 200
RESUMABLE: tuple[LotState, ...] = ("arrete", "interrompu", "refuse", "termine")


@dataclass(frozen=True, slots=True)
class LotWish:
    """A lot to prepare: the profiles by name, and what is wanted of each contract.

    ``label`` says in French which they are; ``folder`` where the products go. ``compare_with`` is
    « last », « signed » or empty. ``amends`` asks for avenants to the contracts in force instead,
    in effect on ``effective_on`` when it is told.
    """

    names: Sequence[str]
    label: str
    folder: Path
    formats: Sequence[str]
    compare_with: str = ""
    amends: bool = False
    effective_on: date | None = None


def name_products(kind: str, *parts: str) -> Path:
    """The folder of products of a choice, the same each time: what is up to date stays so.

    A text of users (a department's code, a profile's name) is never part of a path.
    """
    digest = sha256("\n".join(parts).encode()).hexdigest()[:_DIGITS]
    return LOTS_FOLDER / f"{kind}-{digest}"


def order_lot(project: Project, wish: LotWish, by: OrderedBy) -> int:
    """Has a lot prepared by the worker; its number."""
    with transaction.atomic():
        lot = Lot.objects.create(
            actor=by.actor,
            asked_at=by.at,
            label=wish.label[:_LONGEST_LABEL],
            names=list(wish.names),
            formats=list(wish.formats),
            compare_with=wish.compare_with,
            amends=wish.amends,
            effective_on=wish.effective_on,
            folder=wish.folder.as_posix(),
            state="a_preparer",
        )
        enqueue(lot)
    number: int = lot.pk
    _note(project, number, by, f"lot préparé : {wish.label}", {"etablissements": list(wish.names)})
    return number


def start_lot(project: Project, number: int, by: OrderedBy) -> None:
    """Puts a lot that is ready into the queue; UserError when it is not."""
    _move(number, ("pret",), "en_attente")
    _note(project, number, by, "lot lancé")


def resume_lot(project: Project, number: int, by: OrderedBy) -> None:
    """Queues a lot again: what stands is left, what failed or is missing is made.

    UserError when it is waiting or at work.
    """
    settle_interrupted(project)
    lot = _get(number)
    _move(number, RESUMABLE, "a_preparer" if lot.plan is None else "en_attente")
    _note(project, number, by, "lot repris")


def stop_lot(project: Project, number: int, by: OrderedBy) -> None:
    """Asks for an end after the contracts under way; one that waits is stopped at once.

    UserError when there is nothing to stop.
    """
    waiting = Lot.objects.filter(pk=number, state__in=WAITING)
    at_work = Lot.objects.filter(pk=number, state__in=AT_WORK)
    if not waiting.update(
        state="arrete", stop_asked_by=by.actor, ended_at=by.at
    ) and not at_work.update(stop_asked_by=by.actor):
        raise UserError(f"Le lot n° {number} n’est pas en cours : il n’y a rien à arrêter.")
    _note(project, number, by, "arrêt du lot demandé")


def _move(number: int, since: Sequence[LotState], state: LotState) -> None:
    with transaction.atomic():
        moved = Lot.objects.filter(Q(pk=number), Q(state__in=since)).update(
            state=state, stop_asked_by="", refusal="", ended_at=None
        )
        if not moved:
            raise UserError(
                f"Le lot n° {number} a changé entre-temps : regardez où il en est, puis choisissez."
            )
        enqueue(_get(number))


def _get(number: int) -> Any:
    lot = Lot.objects.filter(pk=number).first()
    if lot is None:
        raise UserError(f"Il n’y a pas de lot n° {number}.")
    return lot


def _note(
    project: Project, number: int, by: OrderedBy, note: str, data: dict[str, Any] | None = None
) -> None:
    body = json.dumps(
        {"lot": number, "quoi": note, "quand": by.at.isoformat(), **(data or {})},
        ensure_ascii=False,
        sort_keys=True,
    )
    note_work(project, WorkNote(f"lot {number}", note, body.encode()), by)
