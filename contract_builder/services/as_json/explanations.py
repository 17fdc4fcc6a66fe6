"""Why a contract is what it is, as JSON."""

from typing import Any

from contract_builder.assembly.conditions import Verdict
from contract_builder.assembly.selection import PartDecision
from contract_builder.assembly.sheet_overview import OverviewRow, OverviewTarget, SheetOverview
from contract_builder.model.french import long_date
from contract_builder.services.explaining import (
    ContractExplanation,
    ExplainedSubject,
    SheetsExplanation,
    ValueOrigin,
)


def explanation_data(explanation: ContractExplanation) -> dict[str, Any]:
    """Facts with value and place; each part, clause and sheet with its decision and why."""
    return {
        **_subject_data(explanation.subject),
        "faits": [
            {
                "nom": fact.name,
                "libelle": fact.label,
                "valeur": fact.text,
                "origine": fact.origin,
            }
            for fact in explanation.facts
        ],
        "elements": [_decision_data(decision) for decision in explanation.decisions],
        "valeurs": [_value_data(value) for value in explanation.values],
    }


def sheets_data(explanation: SheetsExplanation) -> dict[str, Any]:
    """One entry for each sheet of the campaign's catalogue, in its order."""
    return {
        **_subject_data(explanation.subject),
        "campagne": explanation.campaign,
        "objectifs_maximum": explanation.most_objectives,
        "fiches": [_sheet_data(sheet) for sheet in explanation.sheets],
        "valeurs": [_value_data(value) for value in explanation.values],
    }


def _subject_data(subject: ExplainedSubject) -> dict[str, str]:
    return {
        "raison_sociale": subject.legal_name,
        "code": subject.code,
        "date_effet": long_date(subject.effective_date),
    }


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


def _verdict_data(verdict: Verdict) -> dict[str, Any]:
    return {
        "resultat": verdict.outcome,
        "texte": verdict.text,
        "parties": [_verdict_data(part) for part in verdict.parts],
    }


def _value_data(value: ValueOrigin) -> dict[str, str]:
    return {
        "chemin": value.path,
        "valeur": value.text,
        "couche": value.layer,
        "place": value.place,
        "registre": value.registry,
        "negociation": value.negotiation,
    }


def _sheet_data(sheet: SheetOverview) -> dict[str, Any]:
    return {
        "code": sheet.code,
        "intitule": sheet.title,
        "choisie": sheet.is_chosen,
        "ouverte": sheet.is_open,
        "public": sheet.audience,
        "indicateur": sheet.indicator,
        "condition": sheet.condition,
        "motif": sheet.reasons,
        "volets": list(sheet.volets),
        "volet_a_choisir": sheet.asks_volet,
        "cibles": [_row_data(row) for row in sheet.rows],
        "categories_ecartees": [
            {"categorie": other.category, "motif": other.reasons}
            for other in sheet.other_categories
        ],
        "valeurs_initiales": [
            {
                "indicateur": item.indicator,
                "libelle": item.label,
                "annee": item.year,
                "valeur": item.value,
                "source": item.source,
            }
            for item in sheet.baselines
        ],
        "valeurs_initiales_manquantes": [
            {"indicateur": item.indicator, "libelle": item.label, "annee": item.year}
            for item in sheet.missing_baselines
        ],
    }


def _row_data(row: OverviewRow) -> dict[str, Any]:
    return {
        "volet": row.volet or None,
        "categorie": row.category,
        "annees": {str(year): _target_data(target) for year, target in row.years.items()},
        "total": row.total,
        "note": row.note,
    }


def _target_data(target: OverviewTarget) -> dict[str, Any]:
    return {
        "texte": target.text,
        "imprime": target.printed,
        "type": target.type,
        "origine": target.origin,
        "motifs": list(target.reasons),
        "a_preciser": target.is_question,
        "chiffres": [
            {"indicateur": item.indicator, "valeur": item.value, "calcul": item.formula}
            for item in target.figures
        ],
    }
