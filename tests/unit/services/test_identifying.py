"""Profiles told apart at a glance, sound or not."""

from contract_builder.services.identifying import find_namesakes, identify_profile
from contract_builder.services.making import contract_folder
from contract_builder.services.project import Project
from tests.mini_project import PROFILE, change_file
from tests.unit.services.kept_contracts import made_contract


def test_profiles_of_one_folder_are_told_apart_by_their_code_before_they_are_read_whole(
    project: Project,
) -> None:
    second = project.profiles_folder / "second.yaml"
    second.write_bytes((project.root / PROFILE).read_bytes())
    change_file(second, "statut: public", "statut: publique")
    paths = project.profile_paths()
    identities = [identify_profile(project, path) for path in paths]
    assert {item.folder for item in identities} == {contract_folder(made_contract(project))}
    assert {item.finess_ej for item in identities} == {"990000010"}
    assert find_namesakes(identities) == {
        identities[0].path: ("« profiles/valmont.yaml »",),
        identities[1].path: ("« profiles/second.yaml »",),
    }
    change_file(second, "code: 990000010AA", "code:")
    assert identify_profile(project, second).folder == ""
