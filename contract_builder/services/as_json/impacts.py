"""What a change of law reaches, as JSON."""

from typing import Any

from contract_builder.model.legal_impact import ImpactVerdict
from contract_builder.services.cited_passages import CitedPassage
from contract_builder.services.impacting import Impact, ReachedContract


def impact_data(impact: Impact) -> dict[str, Any]:
    """The change and everything that it reaches; days are ISO 8601."""
    change = impact.change
    return {
        "reference": f"{impact.code} {impact.article}",
        "le": impact.on.isoformat(),
        "connu": impact.known,
        "changement": change
        and {"genre": change.kind, "depuis": change.since.isoformat(), "par": change.by},
        "a_verifier": impact.to_verify,
        "caducs": [
            {
                "nature": item.nature,
                "annexe": item.annex,
                "depuis": item.since.isoformat(),
                "contrats": list(item.contracts),
            }
            for item in impact.lapsed
        ],
        "bibliotheque": [
            {
                "genre": item.kind,
                "id": item.id,
                "version": item.version,
                "place": item.place,
                "passage": item.passage,
                **_verdict_data(item.verdict),
            }
            for item in impact.texts
        ],
        "projets": [_contract_data(item) for item in impact.drafts],
        "contrats": [_contract_data(item) for item in impact.contracts],
    }


def _contract_data(item: ReachedContract) -> dict[str, Any]:
    header = item.header
    return {
        "nom": item.name,
        "finess_ej": header.finess_ej,
        "raison_sociale": header.legal_name,
        "date_effet": header.effective_date.isoformat(),
        "date_fin": header.end_date.isoformat(),
        "etat": item.standing,
        **_verdict_data(item.verdict),
        "passages": [_passage_data(passage) for passage in item.passages],
    }


def _passage_data(passage: CitedPassage) -> dict[str, str]:
    return {
        "section": passage.section,
        "repere": passage.label,
        "texte": passage.text,
        "mode": passage.how,
    }


def _verdict_data(verdict: ImpactVerdict) -> dict[str, str]:
    return {"besoin": verdict.need, "pourquoi": verdict.why}
