"""Spreadsheets to fill, with what the profiles say today."""

from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from contract_builder.errors import UserError
from contract_builder.services.filling import write_sheet_template
from contract_builder.services.project import Project
from tests.mini_project import PROFILE, change_file


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of the first sheet by the titles of their columns."""
    titles, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, titles), row, strict=True)) for row in rows]


def test_targets_have_a_row_a_year_with_the_target_of_today(
    project: Project, tmp_path: Path
) -> None:
    path = tmp_path / "cibles.xlsx"
    assert write_sheet_template(project, "cibles", path) == []
    told = [
        (row["FINESS EJ"], row["Fiche"], row["Année"], row["Cible actuelle"])
        for row in rows_of(path)
    ]
    assert told == [
        ("990000010", "DEMO_1", "2025", "1 programme"),
        ("990000010", "DEMO_1", "2026", "2 programmes"),
    ]


def test_of_two_profiles_of_an_establishment_the_latest_counts(
    project: Project, tmp_path: Path
) -> None:
    second = project.profiles_folder / "second.yaml"
    second.write_bytes((project.root / PROFILE).read_bytes())
    change_file(second, "date_effet: 2025-07-01", "date_effet: 2026-01-01")
    change_file(second, "libelle: Soutien", "libelle: Soutien renouvelé")
    write_sheet_template(project, "financements", tmp_path / "argent.xlsx")
    assert [row["Libellé"] for row in rows_of(tmp_path / "argent.xlsx")] == ["Soutien renouvelé"]


def test_a_profile_in_error_is_told_and_left_out_of_the_targets(
    project: Project, tmp_path: Path
) -> None:
    change_file(project.root / PROFILE, "statut: public", "statut: publique")
    problems = write_sheet_template(project, "cibles", tmp_path / "cibles.xlsx")
    assert {item.severity for item in problems} == {"erreur"}
    assert rows_of(tmp_path / "cibles.xlsx") == []


def test_nothing_is_written_over_and_an_unknown_template_names_those_there_are(
    project: Project, tmp_path: Path
) -> None:
    path = tmp_path / "cibles.xlsx"
    path.write_bytes(b"travail")
    with pytest.raises(UserError, match="existe déjà"):
        write_sheet_template(project, "cibles", path)
    assert path.read_bytes() == b"travail"
    with pytest.raises(UserError, match="modèles : "):
        write_sheet_template(project, "budgets", tmp_path / "autre.xlsx")
