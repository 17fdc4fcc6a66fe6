"""The state of a profile at a glance."""

from contract_builder.services.making import prepare
from contract_builder.services.surveying import survey_profile


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
    assert {problem.severity for problem in state.problems["sites"]} >= {"erreur"}


def test_a_file_that_cannot_be_read_has_a_state_too(project):
    path = project.profiles_folder / "valmont.yaml"
    path.write_text("etablissement: [", "utf-8")
    state = survey_profile(project, path, prepare(project, path))
    assert state.profile is None
    assert state.legal_name == "valmont"
    assert state.errors > 0
