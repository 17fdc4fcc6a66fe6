"""The profile of the next contract, as JSON."""

from typing import Any

from contract_builder.renewal.deadline_text import deadline_data
from contract_builder.renewal.plan import renewal_data
from contract_builder.services.renewing import Renewed


def renewed_data(renewed: Renewed) -> dict[str, Any]:
    """The next profile, what to decide in it, how many problems each severity has."""
    counts = {
        f"{severity}s": sum(problem.severity == severity for problem in renewed.problems)
        for severity in ("erreur", "avertissement", "note")
    }
    return {
        "version_signee": str(renewed.version.reference),
        "profil": str(renewed.path),
        "ecrit": renewed.is_written,
        **renewal_data(renewed.plan),
        "echeance": None if renewed.deadline is None else deadline_data(renewed.deadline),
        "controle": counts,
        "texte": renewed.text,
    }
