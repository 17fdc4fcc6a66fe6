"""What a row recalls, and what stands where nobody reads it: told, never taken for another."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from contract_builder.follow.workbook_layout import column_letter
from contract_builder.services.project import Project
from tests.declared_workbooks import COLUMNS, cell, fill, messages, read, values, write
from tests.followed_contracts import fill_workbook, make_followed_project


@pytest.fixture
def followed(mini_project: Path) -> Iterator[Project]:
    with make_followed_project(mini_project) as project:
        yield project


def test_rows_sorted_without_their_hidden_mark_are_refused(followed: Project) -> None:
    path = fill(followed, RATE=80, COUNT=4)
    swapped = {
        cell("RATE", "mark"): "objectif/COUNT//2025",
        cell("COUNT", "mark"): "objectif/RATE//2025",
    }
    declared = read(followed, fill_workbook(path, swapped), partial=True)
    assert [p.code for p in declared.problems] == ["ligne-de-suivi-deplacee"] * 2
    assert "cellule A2 : la ligne dit « RATE »" in messages(declared)[0]
    assert "de « COUNT »" in messages(declared)[0]
    assert values(followed) == {}


def test_sheets_with_all_their_cells_sorted_are_read(followed: Project) -> None:
    path = fill(followed, RATE=80, COUNT=4)
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_name("Objectifs")
    rows = sheet.to_python(skip_empty_area=False)[1:]
    changes = {
        ("Objectifs", f"{column_letter(rank)}{number}"): value or None
        for number, row in enumerate(reversed(rows), start=2)
        for rank, value in enumerate(row)
    }
    assert messages(read(followed, fill_workbook(path, changes))) == []
    assert values(followed) == {"RATE": "80", "COUNT": "4"}


def test_a_target_that_was_written_anew_is_told_and_the_contract_counts(
    followed: Project,
) -> None:
    path = fill_workbook(fill(followed, RATE=70), {cell("RATE", "expected"): "60 %"})
    declared = read(followed, path)
    assert messages(declared) == [
        f"{path.name}:2:4 [rappel-de-suivi-modifie] Feuille « Objectifs », cellule D2 : le "
        "classeur rappelle « 60 % », le contrat en vigueur dit « 85 % »."
    ]
    assert values(followed) == {"RATE": "70"}


@pytest.mark.parametrize("column", ["valid_value", "valid_function", "valid_comment"])
def test_what_a_party_writes_for_the_other_one_is_told(followed: Project, column: str) -> None:
    path = fill_workbook(fill(followed, YES="oui"), {cell("RATE", column): "85"})
    declared = read(followed, path)
    assert [p.code for p in declared.problems] == ["colonne-de-l-autre-partie"]
    assert f"cellule {COLUMNS[column]}2 : « 85 »" in messages(declared)[0]
    assert values(followed) == {"YES": "oui"}


def test_what_the_other_party_said_once_is_no_writing_in_its_place(followed: Project) -> None:
    read(followed, fill(followed, RATE=60))
    path = write(followed, side="agence")
    read(followed, fill(followed, RATE=80))
    assert messages(read(followed, path, side="agence")) == []
    fill_workbook(path, {cell("RATE", "value"): 85})
    declared = read(followed, path, side="agence")
    assert [p.code for p in declared.problems] == ["colonne-de-l-autre-partie"]


def test_a_sheet_that_was_added_is_told(followed: Project) -> None:
    path = fill(followed, RATE=80)
    fill_workbook(path, {("Remarques", "A1"): "Grève en mars"})
    declared = read(followed, path)
    assert [p.code for p in declared.problems] == ["feuille-de-suivi-ignoree"]
    assert "« Remarques »" in messages(declared)[0]
    assert values(followed) == {"RATE": "80"}
