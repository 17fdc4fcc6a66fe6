"""The state of a profile at a glance."""

import pytest

from contract_builder.services.making import prepare
from contract_builder.services.surveying import survey_profile
from tests.mini_project import change_file


def test_a_sound_profile_is_told_with_what_it_lacks(project):
    path = project.profiles_folder / "valmont.yaml"
    state = survey_profile(project, path, prepare(project, path))
    assert (state.legal_name, state.finess_ej) == (
        "Centre hospitalier de Valmont (fictif)",
        "990000010",
    )
    assert (state.kind, state.status, state.errors) == ("ch", "projet", 0)
    assert state.last_day is not None


def test_problems_are_told_under_the_key_that_they_are_about(project):
    path = project.profiles_folder / "valmont.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("nom: Site de Valmont", "nomm: Site de Valmont"), "utf-8")
    state = survey_profile(project, path, prepare(project, path))
    assert state.errors > 0
    found = dict(state.problems_under("sites"))
    assert found["sites.0.nomm"].severity == "erreur"
    assert state.problems_under("financements") == ()


def test_a_file_that_cannot_be_read_has_a_state_too(project):
    path = project.profiles_folder / "valmont.yaml"
    path.write_text("etablissement: [", "utf-8")
    state = survey_profile(project, path, prepare(project, path))
    assert state.profile is None
    assert state.legal_name == "valmont"
    assert state.errors > 0


def test_a_profile_that_has_no_name_yet_is_called_by_its_file(project):
    path = project.profiles_folder / "valmont.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("Centre hospitalier de Valmont (fictif)", '""'), "utf-8")
    assert survey_profile(project, path, prepare(project, path)).legal_name == "valmont"


@pytest.mark.parametrize(("old", "new"), [("2025-07-01", ""), ("2025-07-01", "2025-07-32")])
def test_a_day_that_is_not_told_or_cannot_be_read_is_not_invented(project, old, new):
    path = project.profiles_folder / "valmont.yaml"
    change_file(path, f"date_effet: {old}", f"date_effet: {new}")
    state = survey_profile(project, path, prepare(project, path))
    assert (state.first_day, state.last_day) == (None, None)


def test_a_kind_that_is_not_told_is_not_invented(project):
    path = project.profiles_folder / "valmont.yaml"
    change_file(path, "  categorie: ch\n", "")
    assert survey_profile(project, path, prepare(project, path)).kind == ""


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ('  siren: "269900015"\n', "etablissement.siren"),
        ("  representant: {fonction: Le directeur}\n", "etablissement.representant.fonction"),
    ],
)
def test_what_lacks_leads_to_the_field_that_would_tell_it(project, line, path):
    clause = project.root / "clause_library" / "corps" / "objet.md"
    text = clause.read_text("utf-8")
    clause.write_text(
        text + "\n{{ etablissement.siren }} et {{ etablissement.representant }}\n", "utf-8"
    )
    file = project.profiles_folder / "valmont.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace(line, ""), "utf-8")
    state = survey_profile(project, file, prepare(project, file))
    assert path in [where for where, item in state.located if item.code == "donnee-manquante"]
