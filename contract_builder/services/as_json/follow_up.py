"""The life of signed contracts, as JSON."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from contract_builder.model.follow_rules import RATING_WORDS
from contract_builder.services.declaring import Declared
from contract_builder.services.following import (
    FollowedRegion,
    FollowedStates,
    iter_follow_fields,
)
from contract_builder.services.overseeing import RegionalView


def declared_data(declared: Declared) -> dict[str, Any]:
    """What a reading of workbooks gave."""
    return {
        "garde": declared.is_kept,
        "classeurs": [
            {
                "fichier": item.name,
                "finess_ej": item.identity.contract.finess_ej,
                "contrat": item.identity.contract.code,
                "annee": item.identity.year,
                "valeurs": len(item.entries),
            }
            for item in declared.workbooks
        ],
        "problemes": [
            {"code": item.code, "gravite": item.severity, "message": item.message}
            for item in declared.problems
        ],
    }


def states_data(followed: FollowedStates, year: int | None) -> dict[str, Any]:
    """The lines of a contract, of one year when it is given; amounts and numbers are texts."""
    in_force = followed.in_force
    return {
        "contrat": in_force.contract.code,
        "finess_ej": in_force.contract.finess_ej,
        "version": in_force.reference,
        "lignes": [
            _plain(fields)
            for fields in iter_follow_fields(followed)
            if year is None or fields["annee"] == year
        ],
        "doutes": [
            {
                "ligne_disparue": doubt.gone,
                "annees": list(doubt.years),
                "valeurs": doubt.count,
                "peut_etre": doubt.key,
                "message": doubt.words,
            }
            for doubt in followed.doubts
        ],
    }


def region_lists_data(region: FollowedRegion) -> dict[str, Any]:
    """The lines of a region that are late, that nothing supports, that are to be recovered."""
    rows = [fields for item in region.contracts for fields in iter_follow_fields(item)]
    return {
        "le": region.on.isoformat(),
        "contrats": len(region.contracts),
        "en_retard": [_plain(row) for row in rows if row["en_retard"] == "oui"],
        "sans_preuve": [_plain(row) for row in rows if row["preuve_manque"] == "oui"],
        "a_recuperer": [_plain(row) for row in rows if row["a_recuperer"]],
        "non_lus": list(region.unread),
    }


def _plain(fields: Mapping[str, object]) -> dict[str, Any]:
    """Days and decimals as text; what is not told is left out."""
    return {
        key: value.isoformat()
        if isinstance(value, date)
        else str(value)
        if isinstance(value, Decimal)
        else value
        for key, value in fields.items()
        if value not in (None, "")
    }


def regional_view_data(view: RegionalView) -> dict[str, Any]:
    """The sheets of a region: ratings, medians, establishments that stand apart."""
    return {
        "le": view.on.isoformat(),
        "contrats": len(view.contracts),
        "fiches": [
            {
                "fiche": item.sheet,
                "intitule": item.title,
                "annee": item.year,
                "contrats": item.contracts,
                "appreciations": {
                    "sans appréciation" if name is None else RATING_WORDS[name]: count
                    for name, count in sorted(item.counts.items(), key=lambda pair: str(pair[0]))
                },
                "mediane": None if item.middle is None else str(item.middle),
                "a_part": [
                    {"finess_ej": outlier.header.finess_ej, "part": str(outlier.share)}
                    for outlier in item.outliers
                ],
                "sans_donnees": [header.finess_ej for header in item.silent],
            }
            for item in view.sheets
        ],
        "non_lus": list(view.unread),
    }
