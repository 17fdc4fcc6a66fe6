"""Which working folder a command finds."""

from pathlib import Path

import pytest

from contract_builder.cli.project_option import find_project
from contract_builder.errors import UserError


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "région"
    (folder / "clause_library").mkdir(parents=True)
    (folder / "profiles").mkdir()
    return folder


@pytest.fixture
def other_project(tmp_path: Path) -> Path:
    folder = tmp_path / "autre"
    (folder / "clause_library").mkdir(parents=True)
    return folder


def test_the_option_wins_over_the_variable_and_the_current_folder(
    project: Path, other_project: Path
) -> None:
    environ = {"CPOM_PROJECT": str(project)}
    assert find_project(other_project, environ, project) == other_project


def test_the_variable_wins_over_the_current_folder(project: Path, other_project: Path) -> None:
    environ = {"CPOM_PROJECT": str(other_project)}
    assert find_project(None, environ, project) == other_project


def test_a_blank_variable_counts_as_not_given(project: Path) -> None:
    assert find_project(None, {"CPOM_PROJECT": " "}, project) == project


def test_the_folder_is_found_upwards_from_a_subfolder(project: Path) -> None:
    assert find_project(None, {}, project / "profiles") == project


def test_a_relative_option_counts_from_the_current_folder(project: Path) -> None:
    assert find_project(Path(".."), {}, project / "profiles") == project


def test_a_wrong_option_is_refused_even_when_another_folder_would_do(project: Path) -> None:
    with pytest.raises(UserError, match=r"« --project », n’est pas un dossier de travail") as info:
        find_project(project / "profiles", {}, project)
    assert "il ne contient pas de « clause_library »" in str(info.value)


def test_a_variable_that_names_no_folder_is_refused(project: Path) -> None:
    with pytest.raises(UserError, match=r"CPOM_PROJECT.*ce dossier n’existe pas"):
        find_project(None, {"CPOM_PROJECT": "absent"}, project)


def test_without_any_folder_the_message_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cpom init DOSSIER"):
        find_project(None, {}, tmp_path)
