"""The follow-up handed to another system, in the columns that a file chooses."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from contract_builder.errors import ProblemsError, UsageError, UserError
from contract_builder.model.follow_up import FollowAct
from contract_builder.services.declaring import declare_entries
from contract_builder.services.handing import hand_over
from contract_builder.services.project import Project
from tests.followed_contracts import AT, CONTRACT, LATER, declaration, make_followed_project

COLUMNS = """\
lignes: [objectif]
seulement: declarees
colonnes:
  - {titre: FINESS, champ: finess_ej}
  - {titre: Fiche, champ: code}
  - {titre: Résultat, champ: valeur_brute}
  - {titre: Écart, champ: ecart}
  - {titre: Déclarée le, champ: declaree_le}
  - {titre: Explication, champ: explication}
  - {titre: Origine, texte: CPOM}
"""


@pytest.fixture
def followed(mini_project: Path) -> Iterator[Project]:
    with make_followed_project(mini_project) as project:
        act = FollowAct(
            CONTRACT,
            "saisie",
            (
                declaration("RATE", "82.5", comment="=HYPERLINK(1)"),
                declaration("certification", "oui"),
            ),
        )
        declare_entries(project, act, at=AT, actor="la cellule")
        yield project


def write_columns(project: Project, text: str = COLUMNS) -> Path:
    path = project.root / "colonnes.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_chosen_columns_are_written_as_text(followed: Project, tmp_path: Path) -> None:
    out = tmp_path / "suivi.csv"
    handed = hand_over(followed, write_columns(followed), out, LATER)
    assert handed.rows == 1
    assert out.read_bytes().decode("utf-8-sig") == (
        "FINESS;Fiche;Résultat;Écart;Déclarée le;Explication;Origine\r\n"
        "990000010;RATE;82.5;-2,5;01/03/2026;'=HYPERLINK(1);CPOM\r\n"
    )


def test_separator_decimals_and_days_are_chosen(followed: Project, tmp_path: Path) -> None:
    text = f"separateur: tabulation\ndecimales: point\ndates: AAAA-MM-JJ\nannees: [2025]\n{COLUMNS}"
    out = tmp_path / "suivi.csv"
    hand_over(followed, write_columns(followed, text), out, LATER)
    row = out.read_text("utf-8-sig").splitlines()[1].split("\t")
    assert row[3:5] == ["-2.5", "2026-03-01"]


def test_a_spreadsheet_holds_numbers_and_days(followed: Project, tmp_path: Path) -> None:
    out = tmp_path / "suivi.xlsx"
    hand_over(followed, write_columns(followed), out, LATER)
    rows = CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
    assert rows[1][:4] == ["990000010", "RATE", "82.5", -2.5]


def test_a_column_that_names_no_field_is_told_with_its_place(followed: Project) -> None:
    text = COLUMNS.replace("champ: code", "champ: codes")
    text = text.replace("texte: CPOM", "champ: code, texte: x")
    with pytest.raises(ProblemsError) as refused:
        hand_over(followed, write_columns(followed, text), Path("suivi.csv"), LATER)
    assert [f"{p.place} {p.code}" for p in refused.value.problems] == [
        "colonnes.yaml:5:27 champ-de-suivi-inconnu",
        "colonnes.yaml:10:5 colonne-d-export-incoherente",
    ]


def test_another_ending_and_a_file_that_exists_are_refused(
    followed: Project, tmp_path: Path
) -> None:
    columns = write_columns(followed)
    with pytest.raises(UsageError, match=r"\.csv ou \.xlsx"):
        hand_over(followed, columns, tmp_path / "suivi.txt", LATER)
    (tmp_path / "suivi.csv").touch()
    with pytest.raises(UserError, match="existe déjà"):
        hand_over(followed, columns, tmp_path / "suivi.csv", LATER)
