"""The decisions of an assembly as plain data, for ``cpom explain`` and the web pages."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from contract_builder.assembly.assemble import Assembly
from contract_builder.assembly.conditions import Verdict, evaluate
from contract_builder.assembly.selection import PartDecision
from contract_builder.model.condition import FACTS
from contract_builder.model.facts import Facts, FactValue
from contract_builder.model.french import format_number, long_date
from contract_builder.model.library import Library
from contract_builder.model.profile import Profile


def explanation_data(
    library: Library, profile: Profile, facts: Facts, assembly: Assembly
) -> dict[str, Any]:
    """Facts with value and place; each part, clause and sheet with its decision and why."""
    return {
        "raison_sociale": profile.etablissement.raison_sociale,
        "code": profile.contrat.code,
        "date_effet": long_date(profile.contrat.date_effet),
        "faits": [
            {
                "nom": name,
                "libelle": FACTS[name].label,
                "valeur": fact_text(fact.value),
                "origine": f"{fact.origin}, {fact.place}",
            }
            for name, fact in facts.items()
        ],
        "elements": [
            *(_decision_data(decision) for decision in assembly.decisions),
            *_other_sheets(library, profile, facts),
        ],
    }


def fact_text(value: FactValue) -> str:
    """A fact as French readers write it."""
    match value:
        case bool():
            return "oui" if value else "non"
        case Decimal():
            return format_number(value)
        case date():
            return long_date(value)
        case frozenset():
            return ", ".join(sorted(value)) or "néant"
        case _:
            return value


def _decision_data(decision: PartDecision) -> dict[str, Any]:
    return {
        "genre": decision.kind,
        "id": decision.id,
        "titre": decision.title,
        "retenu": decision.retained,
        "motif": decision.reason,
        "negociation": decision.negotiated or None,
        "place": str(decision.place),
        "conditions": _verdict_data(decision.verdict),
    }


def _other_sheets(library: Library, profile: Profile, facts: Facts) -> Iterator[dict[str, Any]]:
    """The sheets of the catalogue that the profile did not choose, and whether they would fit."""
    campaign = library.campaigns[profile.campagne]
    chosen = {sheet.code for sheet in profile.fiches}
    for code, fiche in library.fiches.get(campaign.fiches, {}).items():
        if code in chosen:
            continue
        audience = evaluate(fiche.header.applicable_si, facts, code)
        fits = {True: "lui est ouverte", False: "ne lui est pas destinée", None: "reste à décider"}
        reasons = " ; ".join(audience.reasons())
        text = f"non choisie dans le profil ; la fiche {fits[audience.outcome]} ({reasons})"
        verdict = Verdict(False, text)
        yield _decision_data(
            PartDecision("fiche", code, fiche.header.intitule, False, verdict, fiche.header.place)
        )


def _verdict_data(verdict: Verdict) -> dict[str, Any]:
    return {
        "resultat": verdict.outcome,
        "texte": verdict.text,
        "parties": [_verdict_data(part) for part in verdict.parts],
    }
