"""Decisions as plain data: facts with their places, every item with its reason."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from contract_builder.assembly.explanation import fact_text
from contract_builder.model.facts import FactValue
from contract_builder.services.checking import explain_profile
from contract_builder.services.project import Project
from tests.mini_project import PROFILE, change_file


def explain(project: Path) -> dict[str, Any]:
    explanation = explain_profile(Project(project), project / PROFILE)
    assert explanation.data is not None
    data = json.loads(json.dumps(explanation.data))
    assert isinstance(data, dict)
    return data


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "oui"),
        (False, "non"),
        (Decimal("1234.5"), "1 234,5"),
        (date(2025, 7, 1), "1er juillet 2025"),
        (frozenset({"b", "a"}), "a, b"),
        (frozenset(), "néant"),
        ("public", "public"),
    ],
)
def test_a_fact_is_shown_as_french_readers_write_it(value: FactValue, text: str) -> None:
    assert fact_text(value).replace("\u00a0", " ") == text


def test_every_fact_says_where_it_was_read(mini_project: Path) -> None:
    facts = {fact["nom"]: fact for fact in explain(mini_project)["faits"]}
    assert facts["lits"] == {
        "nom": "lits",
        "libelle": "lits",
        "valeur": "45",
        "origine": "capacités 2024, profiles/valmont.yaml:18:5",
    }


def test_every_item_is_in_or_out_with_its_conditions(mini_project: Path) -> None:
    items = {(item["genre"], item["id"]): item for item in explain(mini_project)["elements"]}
    assert all(item["retenu"] for item in items.values())
    assert items["clause", "duree"]["conditions"] == {
        "resultat": True,
        "texte": "statut de l’établissement : public",
        "parties": [],
    }
    assert items["clause", "duree"]["place"] == "clause_library/corps/duree@2020-11-20.md:2:1"


@pytest.mark.parametrize(
    ("audience", "words"),
    [
        ("{statut: public}", "lui est ouverte"),
        ("{statut: espic}", "ne lui est pas destinée"),
        ("{passages_urgences: {moins_de: 3}}", "reste à décider"),
        ("toujours", "lui est ouverte"),
    ],
)
def test_a_sheet_that_was_not_chosen_says_whether_it_would_fit(
    mini_project: Path, audience: str, words: str
) -> None:
    sheet = mini_project / "fiches" / "demo" / "DEMO_1.md"
    change_file(sheet, "indicateur:", f"applicable_si: {audience}\nindicateur:")
    change_file(mini_project / PROFILE, "fiches:\n  - {code: DEMO_1}\n", "")
    (item,) = [item for item in explain(mini_project)["elements"] if item["genre"] == "fiche"]
    assert (item["id"], item["retenu"]) == ("DEMO_1", False)
    assert words in item["motif"]


def test_a_profile_with_errors_has_no_explanation(mini_project: Path) -> None:
    change_file(mini_project / PROFILE, "campagne: demo", "campagne: demos")
    explanation = explain_profile(Project(mini_project), mini_project / PROFILE)
    assert explanation.data is None
    assert [problem.code for problem in explanation.problems] == ["campagne-inconnue"]
