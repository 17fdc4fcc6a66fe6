"""Why a contract is what it is, told without making it."""

import pytest

from contract_builder.errors import ProblemsError
from contract_builder.services.explaining import (
    explain_prepared,
    explain_prepared_sheets,
    explain_profile,
    explain_sheets,
    iter_overruled,
)
from contract_builder.services.making import prepare
from contract_builder.services.project import Project
from tests.mini_project import PROFILE, change_file


def test_an_explanation_gives_each_value_with_its_layer_and_its_place(project: Project) -> None:
    explanation, problems = explain_profile(project, project.root / PROFILE)
    assert problems == []
    values = {item.path: item for item in explanation.values}
    assert values["ars.nom"].layer == "région"
    assert values["etablissement.siren"].layer == "établissement"
    assert values["etablissement.siren"].place.startswith("profiles/valmont.yaml:10")
    assert values["etablissement.siren"].registry == ""


def test_the_sheets_come_with_the_values_that_are_about_them(project: Project) -> None:
    explanation, _ = explain_sheets(project, project.root / PROFILE)
    (sheet,) = explanation.sheets
    assert (sheet.code, sheet.is_chosen, sheet.is_open) == ("DEMO_1", True, True)
    assert explanation.most_objectives == 1
    assert explanation.values
    assert all(value.path.startswith("fiches[") for value in explanation.values)


def test_nothing_is_explained_of_a_profile_with_errors(project: Project) -> None:
    path = project.root / PROFILE
    change_file(path, "statut: public", "statut: publique")
    for explain in (explain_profile, explain_sheets):
        with pytest.raises(ProblemsError) as refused:
            explain(project, path)
        assert [item.place.file for item in refused.value.problems] == ["profiles/valmont.yaml"]
    for tell in (explain_prepared, explain_prepared_sheets):
        assert tell(project, path, prepare(project, path))[0] is None


def test_nothing_is_overruled_without_a_registry(project: Project) -> None:
    path = project.root / PROFILE
    profile = project.find_profile(path, [])
    assert profile is not None
    assert list(iter_overruled(project, profile, path)) == []
