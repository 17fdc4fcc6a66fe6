"""Deadlines as people and programs read them: one French sentence, or JSON-ready data."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from contract_builder.model.french import long_date
from contract_builder.renewal.deadlines import Deadline, DeadlineState


def describe_deadline(deadline: Deadline) -> str:
    """What to do about a contract and by when, without its name."""
    parts = [_SENTENCES[deadline.state](deadline)]
    contract = deadline.contract
    if deadline.is_late_request:
        parts.append(
            f"demande tardive : elle devait être déposée au plus tard le "
            f"{_day(deadline.last_day_to_request)}"
        )
    if deadline.state not in ("echu", "renouvele", "clos"):
        parts.append(f"terme le {_day(contract.end_date)}")
    if contract.successor and not contract.successor_is_signed:
        parts.append(f"contrat suivant en préparation : {contract.successor}")
    return " ; ".join(parts)


def deadline_data(deadline: Deadline) -> dict[str, Any]:
    """One contract's deadlines; dates are ISO 8601, None when there is none."""
    contract = deadline.contract
    return {
        "reference": contract.reference,
        "code": contract.code,
        "finess_ej": contract.finess_ej,
        "raison_sociale": contract.legal_name,
        "type": contract.type,
        "etat": deadline.state,
        "en_retard": deadline.is_overdue,
        "date": deadline.due.isoformat(),
        "date_effet": contract.effective_date.isoformat(),
        "date_fin": contract.end_date.isoformat(),
        "demande_au_plus_tard": _iso(deadline.last_day_to_request),
        "date_demande": _iso(contract.requested_on),
        "demande_tardive": deadline.is_late_request,
        "reponse_au_plus_tard": _iso(deadline.last_day_to_answer),
        "renouvellement_tacite": _iso(deadline.renewed_tacitly_from),
        "suite": contract.successor or None,
        "fondement": deadline.source or None,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(day: date | None) -> str:
    return "" if day is None else long_date(day)


def _expired(deadline: Deadline) -> str:
    return f"terme passé le {_day(deadline.contract.end_date)}, aucun contrat suivant n’est signé"


def _request_late(deadline: Deadline) -> str:
    return f"le renouvellement devait être demandé au plus tard le {_day(deadline.due)}"


def _answer_late(deadline: Deadline) -> str:
    return (
        f"l’agence devait répondre au plus tard le {_day(deadline.due)} à la demande du "
        f"{_day(deadline.contract.requested_on)} ; son silence ne vaut pas renouvellement"
    )


def _to_request(deadline: Deadline) -> str:
    return f"renouvellement à demander au plus tard le {_day(deadline.due)}"


def _requested(deadline: Deadline) -> str:
    asked, last = _day(deadline.contract.requested_on), _day(deadline.last_day_to_answer)
    if deadline.renewed_tacitly_from is None:
        return f"demande du {asked} ; l’agence répond au plus tard le {last}"
    return (
        f"demande du {asked} ; sans réponse de l’agence au plus tard le {last}, le contrat est "
        "renouvelé tacitement"
    )


def _renewed_tacitly(deadline: Deadline) -> str:
    return (
        f"demande du {_day(deadline.contract.requested_on)} : sans réponse expresse de l’agence au "
        f"plus tard le {_day(deadline.last_day_to_answer)}, le contrat a été renouvelé tacitement"
    )


def _without_law(deadline: Deadline) -> str:
    return "aucun délai légal pour demander le renouvellement d’un contrat de ce type"


def _renewed(deadline: Deadline) -> str:
    return f"renouvelé par {deadline.contract.successor}"


def _closed(deadline: Deadline) -> str:
    return f"clos ; son terme était le {_day(deadline.contract.end_date)}"


_SENTENCES: Mapping[DeadlineState, Callable[[Deadline], str]] = {
    "echu": _expired,
    "demande-en-retard": _request_late,
    "reponse-en-retard": _answer_late,
    "a-demander": _to_request,
    "demande-en-cours": _requested,
    "reconduit": _renewed_tacitly,
    "sans-delai": _without_law,
    "renouvele": _renewed,
    "clos": _closed,
}
