"""Facts with their places, every item with its reason."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from contract_builder.assembly.conditions import Verdict
from contract_builder.assembly.explanation import ExplainedFact, fact_text
from contract_builder.errors import ProblemsError
from contract_builder.model.facts import FactValue
from contract_builder.services.explaining import ContractExplanation, explain_profile
from contract_builder.services.project import Project
from tests.mini_project import PROFILE, change_file


def explain(project: Path) -> ContractExplanation:
    explanation, _ = explain_profile(Project(project), project / PROFILE)
    return explanation


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
    facts = {fact.name: fact for fact in explain(mini_project).facts}
    assert facts["lits"] == ExplainedFact(
        "lits", "lits", "45", "capacités 2024, profiles/valmont.yaml:18:5"
    )


def test_every_item_is_in_or_out_with_its_conditions(mini_project: Path) -> None:
    items = {(item.kind, item.id): item for item in explain(mini_project).decisions}
    assert all(item.retained for item in items.values())
    assert items["clause", "duree"].verdict == Verdict(True, "statut de l’établissement : public")
    assert str(items["clause", "duree"].place) == "clause_library/corps/duree@2020-11-20.md:2:1"


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
    (item,) = [item for item in explain(mini_project).decisions if item.kind == "fiche"]
    assert (item.id, item.retained) == ("DEMO_1", False)
    assert words in item.reason


def test_a_profile_with_errors_has_no_explanation(mini_project: Path) -> None:
    change_file(mini_project / PROFILE, "campagne: demo", "campagne: demos")
    with pytest.raises(ProblemsError) as refused:
        explain(mini_project)
    assert [problem.code for problem in refused.value.problems] == ["campagne-inconnue"]
