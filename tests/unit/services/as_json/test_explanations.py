"""Why a contract is what it is, for a program."""

from contract_builder.services.as_json.explanations import explanation_data, sheets_data
from contract_builder.services.explaining import explain_profile, explain_sheets
from contract_builder.services.project import Project
from tests.mini_project import PROFILE


def test_an_explanation_names_facts_items_and_values(project: Project) -> None:
    explanation, _ = explain_profile(project, project.root / PROFILE)
    data = explanation_data(explanation)
    assert list(data) == ["raison_sociale", "code", "date_effet", "faits", "elements", "valeurs"]
    assert data["date_effet"].replace("\u00a0", " ") == "1er juillet 2025"
    items = {(item["genre"], item["id"]): item for item in data["elements"]}
    assert items["clause", "duree"]["conditions"] == {
        "resultat": True,
        "texte": "statut de l’établissement : public",
        "parties": [],
    }
    assert items["clause", "duree"]["negociation"] is None
    assert data["valeurs"][0].keys() == {
        "chemin", "valeur", "couche", "place", "registre", "negociation",
    }  # fmt: skip


def test_the_sheets_of_a_campaign_hold_their_targets_by_year(project: Project) -> None:
    explanation, _ = explain_sheets(project, project.root / PROFILE)
    data = sheets_data(explanation)
    (sheet,) = data["fiches"]
    assert (sheet["code"], sheet["choisie"], data["objectifs_maximum"]) == ("DEMO_1", True, 1)
    (row,) = sheet["cibles"]
    assert row["volet"] is None
    assert row["annees"]["2026"]["texte"] == "2 programmes"
    assert row["annees"]["2026"]["imprime"] is None, "nothing was negotiated in its place"
