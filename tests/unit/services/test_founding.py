"""A folder before a project begins in it."""

from pathlib import Path

import pytest

from contract_builder.errors import UserError
from contract_builder.services.founding import describe_folder, found_project


def test_an_empty_folder_is_where_the_project_goes_hidden_files_aside(tmp_path: Path) -> None:
    (tmp_path / ".cache").mkdir()
    view = describe_folder(tmp_path)
    assert (view.entries, view.home, view.projects) == (0, tmp_path, ())


def test_in_another_the_project_goes_inside_and_those_that_are_there_are_told(
    tmp_path: Path,
) -> None:
    found_project(tmp_path / "b", "vide")
    (tmp_path / "a.txt").write_text("x")
    view = describe_folder(tmp_path)
    assert (view.entries, view.home) == (2, tmp_path / "contrats")
    assert view.projects == (tmp_path / "b",)


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="ne peut être lu"):
        describe_folder(tmp_path / "absent")


def test_a_project_begins_with_the_demonstration_or_without_any_establishment(
    tmp_path: Path,
) -> None:
    full = found_project(tmp_path / "plein", "demonstration") / "profiles"
    empty = found_project(tmp_path / "vide", "vide") / "profiles"
    assert (full / "_region.yaml").is_file()
    assert list(empty.iterdir()) == []
    with pytest.raises(UserError, match="Rien n’a été écrit"):
        found_project(tmp_path / "plein", "vide")
