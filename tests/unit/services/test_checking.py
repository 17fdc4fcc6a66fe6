"""What is asked of a project without making a contract."""

from contract_builder.services.checking import check_project
from contract_builder.services.project import Project
from tests.mini_project import PROFILE, change_file


def test_a_sound_project_has_no_problem(project: Project) -> None:
    assert check_project(project) == []


def test_every_problem_is_told_once_in_the_order_of_the_files(project: Project) -> None:
    clause = project.root / "clause_library" / "corps" / "objet.md"
    change_file(clause, "{{ etablissement.raison_sociale }}", "{{ etablissement.raison }}")
    profile = project.root / PROFILE
    change_file(profile, 'siren: "269900015"', 'siren: "269900016"')
    problems = check_project(project)
    places = [(item.place.file, item.place.line) for item in problems]
    assert places == sorted(places)
    assert len(places) == len({(item.code, str(item.place)) for item in problems})
    files = {file for file, _ in places}
    assert files == {"clause_library/corps/objet.md", "profiles/valmont.yaml"}


def test_a_file_that_looks_like_a_profile_is_told_only_when_all_are_asked_for(
    project: Project,
) -> None:
    (project.profiles_folder / "oublie.yml").write_text("a: b", encoding="utf-8")
    assert [item.code for item in check_project(project)] == ["profil-non-lu"]
    assert check_project(project, [project.root / PROFILE]) == []


def test_a_code_borne_twice_is_told_of_the_profile_asked_about(project: Project) -> None:
    second = project.profiles_folder / "second.yaml"
    second.write_bytes((project.root / PROFILE).read_bytes())
    change_file(second, 'finess_ej: "990000010"', 'finess_ej: "990000119"')
    change_file(second, 'finess_et: "990000028", nom', 'finess_et: "990000036", nom')
    change_file(second, 'site: "990000028"', 'site: "990000036"')
    change_file(second, 'finess_et: "990000028", statut', 'finess_et: "990000036", statut')
    told = [item for item in check_project(project, [second]) if item.severity == "erreur"]
    assert [(item.code, item.place.file) for item in told] == [
        ("contrat-en-double", "profiles/second.yaml")
    ]
