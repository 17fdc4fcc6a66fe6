"""What a change of law reaches, for a program."""

from datetime import date

from contract_builder.model.legal_impact import ImpactVerdict
from contract_builder.services.as_json.impacts import impact_data
from contract_builder.services.cited_passages import CitedPassage
from contract_builder.services.impacting import (
    Impact,
    LapsedContracts,
    ReachedContract,
    ReachedText,
)
from tests.contract_samples import small_contract

VERDICT = ImpactVerdict("rien", "rien ne change")


def test_texts_drafts_and_contracts_carry_what_they_need_and_why() -> None:
    header = small_contract().header
    passage = CitedPassage("objet", "Article 1", "l’article R. 6123-9", "direct", "…")
    reached = ReachedContract("990000010@1", header, "en vigueur", VERDICT, (passage,))
    impact = Impact(
        code="CSP", article="R6123-9", on=date(2026, 1, 2), known=True, change=None,
        to_verify="", texts=(ReachedText("clause", "objet", "", "a.md:1:1", "texte", VERDICT),),
        drafts=(), contracts=(reached,),
        lapsed=(LapsedContracts("volet", "Annexe", date(2025, 5, 1), ("990000010@1",)),),
        unread=(),
    )  # fmt: skip
    data = impact_data(impact)
    assert (data["reference"], data["le"], data["changement"]) == (
        "CSP R6123-9", "2026-01-02", None,
    )  # fmt: skip
    assert data["caducs"][0]["depuis"] == "2025-05-01"
    assert data["bibliotheque"][0]["besoin"] == data["contrats"][0]["besoin"] == "rien"
    assert data["contrats"][0]["date_effet"] == header.effective_date.isoformat()
    assert data["contrats"][0]["passages"] == [
        {"section": "objet", "repere": "Article 1", "texte": "l’article R. 6123-9",
         "mode": "direct"},
    ]  # fmt: skip
    assert data["projets"] == []
