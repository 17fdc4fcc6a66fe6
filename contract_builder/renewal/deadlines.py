"""When a contract ends, by when its renewal is asked for, and what silence then means.

Dates only: the caller gives the contract in force, what is known of the request, and the day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from contract_builder.model.renewal_law import (
    find_renewal_law,
    last_day_to_answer,
    last_day_to_request,
)

DeadlineState = Literal[
    "echu",
    "demande-en-retard",
    "reponse-en-retard",
    "a-demander",
    "demande-en-cours",
    "reconduit",
    "sans-delai",
    "renouvele",
    "clos",
]
OVERDUE: frozenset[DeadlineState] = frozenset({"echu", "demande-en-retard", "reponse-en-retard"})
DONE: frozenset[DeadlineState] = frozenset({"renouvele", "clos"})


@dataclass(frozen=True, slots=True)
class RunningContract:
    """A signed contract and what is known of its future; ``end_date`` is its last day.

    ``reference`` is that of its last signed version. ``is_closed``: declared ended or terminated.
    ``requested_on`` is the date of the request for renewal, None when none is known;
    ``successor`` the reference of the next contract, empty when none is stored.
    """

    reference: str
    code: str
    finess_ej: str
    legal_name: str
    type: str
    effective_date: date
    end_date: date
    is_closed: bool = False
    requested_on: date | None = None
    successor: str = ""
    successor_is_signed: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """Where a contract stands on one day.

    ``last_day_to_request`` is None when no law sets one. ``last_day_to_answer`` and
    ``renewed_tacitly_from`` (the first day on which silence is worth a renewal) need a known
    request; the second, a law under which silence renews. ``due`` is the date to look at first.
    """

    contract: RunningContract
    state: DeadlineState
    due: date
    last_day_to_request: date | None
    last_day_to_answer: date | None
    renewed_tacitly_from: date | None
    source: str

    @property
    def is_overdue(self) -> bool:
        """True when a date has passed without what it asked for."""
        return self.state in OVERDUE

    @property
    def is_late_request(self) -> bool:
        """True when the renewal was asked for after the last day to do so."""
        asked, last = self.contract.requested_on, self.last_day_to_request
        return asked is not None and last is not None and asked > last


def find_deadline(contract: RunningContract, on: date) -> Deadline:
    """The deadlines of a contract and where it stands on the day ``on``."""
    law = find_renewal_law(contract.type, contract.effective_date)
    request = None if law is None else last_day_to_request(contract.end_date)
    answer = tacit = None
    if law is not None and contract.requested_on is not None:
        answer = last_day_to_answer(contract.requested_on)
        tacit = answer + timedelta(days=1) if law.silence_renews else None
    state = _find_state(contract, on, (request, answer, tacit))
    dates: dict[DeadlineState, date | None] = {
        "demande-en-retard": request,
        "a-demander": request,
        "demande-en-cours": answer,
        "reponse-en-retard": answer,
        "reconduit": tacit,
    }
    due = dates.get(state) or contract.end_date
    return Deadline(contract, state, due, request, answer, tacit, law.source if law else "")


def _find_state(
    contract: RunningContract, on: date, dates: tuple[date | None, date | None, date | None]
) -> DeadlineState:
    request, answer, tacit = dates
    if contract.successor_is_signed:
        return "renouvele"
    if contract.is_closed:
        return "clos"
    if tacit is not None and on >= tacit:
        return "reconduit"
    if on > contract.end_date:
        return "echu"
    if request is None:
        return "sans-delai"
    if answer is not None:
        return "reponse-en-retard" if on > answer else "demande-en-cours"
    return "demande-en-retard" if on > request else "a-demander"


def in_order_of_urgency(deadlines: Iterable[Deadline]) -> list[Deadline]:
    """What is overdue first, what needs nothing more last; then by date, then by code."""
    return sorted(
        deadlines,
        key=lambda item: (
            item.state in DONE,
            not item.is_overdue,
            item.due,
            item.contract.finess_ej,
            item.contract.code,
        ),
    )
