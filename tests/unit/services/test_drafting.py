"""A new profile: what is known stands in it, the rest is asked."""

from datetime import date

import pytest

from contract_builder.errors import UsageError, UserError
from contract_builder.services.as_json.files import drafted_data
from contract_builder.services.drafting import DraftRequest, draft_profile
from contract_builder.services.project import Project
from tests.mini_project import PROFILE

DAY = date(2026, 1, 15)


def test_a_new_profile_asks_for_what_a_contract_cannot_do_without(project: Project) -> None:
    drafted = draft_profile(project, DraftRequest(DAY, finess="990000119"))
    assert drafted.path == project.profiles_folder / "990000119.yaml"
    assert drafted.path.read_text(encoding="utf-8") == drafted.text
    asked = {item.path for item in drafted.asked}
    assert {"contrat.date_effet", "etablissement.raison_sociale"} <= asked
    assert "ars.nom" not in asked, "the region says it"
    assert "code: 990000119AA" in drafted.text
    assert drafted_data(drafted)["a_renseigner"][0].keys() == {"chemin", "libelle", "aide"}


def test_a_second_profile_of_an_establishment_has_the_next_code_and_names_the_first(
    project: Project,
) -> None:
    drafted = draft_profile(project, DraftRequest(DAY, name="suite", finess="990000010"))
    assert "code: 990000010AB" in drafted.text
    assert drafted.others == ("profiles/valmont.yaml",)


def test_another_profile_gives_its_choices_and_nothing_of_its_own(project: Project) -> None:
    model = project.root / PROFILE
    text = draft_profile(project, DraftRequest(DAY, "autre", "990000119", model=model)).text
    assert "date_effet: 2025-07-01" in text
    assert "fiches:\n  - {code: DEMO_1}\n" in text
    for own in ("Valmont", "269900015", "Consultation mémoire", "19741"):
        assert own not in text


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        (DraftRequest(DAY), "Donnez un nom"),
        (DraftRequest(DAY, finess="99000"), "n’est pas un numéro FINESS"),
        (DraftRequest(DAY, name="../ailleurs"), "ne peut nommer un profil"),
        (DraftRequest(DAY, name="é" * 101), "100 caractères au plus"),
        (DraftRequest(DAY, name="Nul"), "Windows réserve ce nom"),
        (DraftRequest(DAY, name="lpt1.yaml"), "Windows réserve ce nom"),
        (DraftRequest(DAY, name="site."), "Windows réserve ce nom"),
        (DraftRequest(DAY, name="autre", contract_type="ecole"), "n’existe pas ; types"),
    ],
)
def test_what_does_not_hold_is_refused_and_nothing_is_written(
    project: Project, request_: DraftRequest, told: str
) -> None:
    before = sorted(project.root.rglob("*"))
    with pytest.raises(UsageError, match=told):
        draft_profile(project, request_)
    assert sorted(project.root.rglob("*")) == before


def test_names_that_some_disks_take_for_one_are_one(project: Project) -> None:
    apart = draft_profile(project, DraftRequest(DAY, name="e\u0301te\u0301")).path
    assert apart.stem == "\u00e9t\u00e9"
    for name in ("VALMONT", "\u00c9T\u00c9", "\u00e9te\u0301"):
        with pytest.raises(UserError, match="existe déjà"):
            draft_profile(project, DraftRequest(DAY, name=name))


def test_a_profile_that_exists_is_never_written_over(project: Project) -> None:
    before = (project.root / PROFILE).read_bytes()
    with pytest.raises(UserError, match="existe déjà") as caught:
        draft_profile(project, DraftRequest(DAY, name="valmont"))
    assert caught.value.remedy is not None
    assert caught.value.remedy.action == "choose_name"
    assert (project.root / PROFILE).read_bytes() == before
