"""Workbooks written, filled and read: what is kept, what is refused, cell by cell."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from contract_builder.follow.workbook_layout import column_letter, columns_of
from contract_builder.services.declaring import Declared
from contract_builder.services.following import follow_contract
from contract_builder.services.keeping import StatusEvent, change_status
from contract_builder.services.project import Project
from tests.declared_workbooks import COLUMNS, cell, fill, messages, read, values, write
from tests.followed_contracts import (
    AT,
    LATER,
    ON,
    Formula,
    fill_workbook,
    make_followed_project,
)


@pytest.fixture
def followed(mini_project: Path) -> Iterator[Project]:
    with make_followed_project(mini_project) as project:
        yield project


def codes(declared: Declared) -> list[str]:
    return [problem.code for problem in declared.problems]


def test_a_workbook_that_nobody_filled_says_nothing(followed: Project) -> None:
    declared = read(followed, write(followed))
    assert (messages(declared), declared.count, declared.is_kept) == ([], 0, True)


def test_filled_values_are_kept_and_shown_again_in_the_next_workbook(followed: Project) -> None:
    path = fill(
        followed, RATE=(0.8, "0.0%"), COUNT=4, DAY=date(2025, 6, 12), STEP="en partie", LESS="9,5"
    )
    declared = read(followed, path)
    assert messages(declared) == []
    assert values(followed) == {
        "RATE": "80",
        "COUNT": "4",
        "DAY": "2025-06-12",
        "STEP": "en_partie",
        "LESS": "9.5",
    }
    again = read(followed, write(followed))
    assert (messages(again), again.count) == ([], 0), "what is known already gives no new value"


def test_a_correction_keeps_what_was_there(followed: Project) -> None:
    read(followed, fill(followed, RATE=60))
    read(followed, fill(followed, RATE=85))
    states = follow_contract(followed, "990000010", ON).of_year(2025)
    (state,) = [state for state in states if state.line.key.item == "RATE"]
    assert [entry.value for entry in state.entries] == ["60", "85"]


def test_each_wrong_cell_is_named_and_nothing_is_kept(followed: Project) -> None:
    path = fill(followed, RATE=0.85, COUNT=-1, THIRDS=4, STEP="peut-être", YES="oui")
    declared = read(followed, path)
    name = path.name
    assert messages(declared) == [
        f"{name}:2:6 [unite-melangee] Feuille « Objectifs », cellule F2 : « 0,85 » est sans doute "
        "une fraction : pour 85\u00a0%, écrivez 85 ; pour 0,85\u00a0%, écrivez le signe %.",
        f"{name}:3:6 [valeur-declaree-hors-bornes] Feuille « Objectifs », cellule F3 : une valeur "
        "négative n’a pas de sens ici.",
        f"{name}:6:6 [valeur-declaree-hors-bornes] Feuille « Objectifs », cellule F6 : la valeur "
        "ne peut dépasser 3.",
        f"{name}:9:6 [valeur-declaree-illisible] Feuille « Objectifs », cellule F9 : attendu : "
        "« oui », « en partie » ou « non ».",
    ]
    assert not declared.is_kept
    assert values(followed) == {}


def test_the_sound_rows_are_kept_when_it_is_asked(followed: Project) -> None:
    declared = read(followed, fill(followed, RATE=0.85, YES="oui"), partial=True)
    assert [problem.code for problem in declared.problems] == ["unite-melangee"]
    assert declared.is_kept
    assert values(followed) == {"YES": "oui"}


def test_a_dry_run_keeps_nothing(followed: Project) -> None:
    declared = read(followed, fill(followed, YES="oui"), dry_run=True)
    assert (declared.count, declared.is_kept, values(followed)) == (1, False, {})


def test_a_value_that_nobody_signs_and_a_row_without_value_are_refused(followed: Project) -> None:
    path = fill_workbook(
        write(followed), {cell("RATE", "value"): 80, cell("COUNT", "comment"): "retard du chantier"}
    )
    assert codes(read(followed, path)) == [
        "fonction-absente",
        "valeur-declaree-absente",
        "fonction-absente",
    ]


def test_a_day_to_come_is_refused(followed: Project) -> None:
    path = fill(followed, RATE=80)
    fill_workbook(path, {cell("RATE", "day"): date(2027, 1, 1)})
    (message,) = messages(read(followed, path))
    assert "[jour-de-declaration-impossible] Feuille « Objectifs », cellule G2" in message
    assert "après le 1er\u00a0mars\u00a02026" in message


def test_a_changed_title_is_named_and_the_other_sheets_are_read(followed: Project) -> None:
    path = fill(followed, RATE=80)
    fill_workbook(
        path,
        {
            ("Objectifs", "F1"): "Résultat",
            ("Engagements", "F2"): "oui",
            ("Engagements", "H2"): "la directrice",
        },
    )
    declared = read(followed, path, partial=True)
    assert messages(declared) == [
        f"{path.name}:1:6 [titre-de-suivi-change] Feuille « Objectifs », cellule F1 : le titre de "
        "la colonne est « Résultat », au lieu de « Valeur déclarée »."
    ]
    assert values(followed) == {"certification": "oui"}


def test_a_row_added_by_hand_or_copied_is_refused(followed: Project) -> None:
    mark = COLUMNS["mark"]
    path = fill(followed, RATE=80, COUNT=4)
    fill_workbook(
        path,
        {
            ("Objectifs", f"{mark}3"): "objectif/RATE//2025",
            ("Objectifs", f"{COLUMNS['value']}20"): 3,
        },
    )
    assert codes(read(followed, path)) == [
        "ligne-de-suivi-en-double",
        "ligne-de-suivi-inconnue",
    ]


def test_a_workbook_of_another_year_contract_or_party_is_refused(followed: Project) -> None:
    path = fill(followed, RATE=80)
    other_year = read(followed, path, year=2026)
    assert messages(other_year) == [
        f"{path.name}:1:1 [classeur-autre-annee] Ce classeur porte sur l’année 2025, et non sur "
        "2026."
    ]
    agency = read(followed, path, side="agence")
    assert codes(agency) == ["classeur-autre-usage"]
    fill_workbook(path, {("_suivi", "B4"): "990000028AA", ("_suivi", "B2"): "990000028"})
    other = read(followed, path, contract="990000010")
    assert codes(other) == ["classeur-autre-contrat"]
    unknown = read(followed, path)
    assert codes(unknown) == ["contrat-plus-en-vigueur"]


def test_a_file_that_is_no_workbook_of_ours_is_refused(followed: Project) -> None:
    path = fill(followed, RATE=80)
    fill_workbook(path, {("_suivi", "B1"): "9"})
    assert codes(read(followed, path)) == ["classeur-de-suivi-inconnu"]
    path.write_text("Fiche;Valeur\nRATE;80\n", encoding="utf-8")
    assert codes(read(followed, path)) == ["classeur-de-suivi-inconnu"]


def test_a_sheet_that_is_gone_and_a_copy_of_the_workbook_are_told(
    followed: Project, tmp_path: Path
) -> None:
    path = fill(followed, RATE=80)
    copy = tmp_path / "copie.xlsx"
    copy.write_bytes(path.read_bytes())
    declared = read(followed, path, copy)
    assert codes(declared) == ["classeur-en-double"]


def test_a_contract_that_ended_takes_no_declaration(followed: Project) -> None:
    path = fill(followed, RATE=80)
    change_status(followed, "990000010@1", StatusEvent("resilie", AT, "la cellule"))
    (message,) = messages(read(followed, path))
    assert "[contrat-plus-en-vigueur]" in message
    assert "résiliée" in message


@pytest.mark.parametrize(
    ("column", "value", "fault"),
    [
        ("value", Formula("=1/0", "#DIV/0!"), "#DIV/0!"),
        ("comment", Formula("=A99", "#REF!"), "#REF!"),
        ("value", 1e30, "nombre démesuré, 1e+30"),
    ],
)
def test_a_cell_without_a_value_is_told_with_its_fault(
    followed: Project, column: str, value: object, fault: str
) -> None:
    path = fill(followed, RATE=80)
    fill_workbook(path, {cell("RATE", column): value})
    (message,) = messages(read(followed, path))
    assert f"cellule {COLUMNS[column]}2 : la cellule n’a pas de valeur ({fault})" in message
    assert values(followed) == {}


def test_a_hidden_year_without_end_is_no_workbook_of_ours(followed: Project) -> None:
    path = fill_workbook(fill(followed, RATE=80), {("_suivi", "B7"): "9" * 5000})
    assert codes(read(followed, path)) == ["classeur-de-suivi-inconnu"]


def test_the_agency_validates_in_a_workbook_of_its_own(followed: Project) -> None:
    read(followed, fill(followed, RATE=80))
    path = write(followed, side="agence")
    fill_workbook(
        path,
        {cell("RATE", "valid_value"): 78, cell("RATE", "valid_function"): "le chargé de mission"},
    )
    declared = read(followed, path, side="agence", on=LATER)
    assert messages(declared) == []
    states = follow_contract(followed, "990000010", LATER).of_year(2025)
    (state,) = [state for state in states if state.line.key.item == "RATE"]
    assert state.declared is not None
    assert state.validated is not None
    assert (state.declared.value, state.validated.value) == ("80", "78")


def test_a_small_rate_that_was_accepted_is_not_refused_later(followed: Project) -> None:
    read(followed, fill(followed, RATE="0,5 %"))
    again = read(followed, write(followed))
    assert messages(again) == []


def test_what_is_written_beside_the_columns_is_told_once_and_the_rest_is_read(
    followed: Project,
) -> None:
    beside = column_letter(len(columns_of("objectif")))
    path = fill_workbook(
        fill(followed, RATE=80),
        {("Objectifs", f"{beside}1"): "Remarques", ("Objectifs", f"{beside}2"): "Grève en mars"},
    )
    declared = read(followed, path)
    assert messages(declared) == [
        f"{path.name}:1:{len(COLUMNS) + 1} [colonne-de-suivi-ignoree] Feuille « Objectifs », "
        f"cellule {beside}1 : « Remarques » est hors des colonnes du classeur et n’est pas lu."
    ]
    assert values(followed) == {"RATE": "80"}


def test_a_text_is_never_cut_in_silence(followed: Project) -> None:
    path = fill_workbook(fill(followed, RATE=80), {cell("RATE", "comment"): "x" * 4001})
    (message,) = messages(read(followed, path))
    assert "[texte-de-suivi-trop-long] Feuille « Objectifs », cellule" in message
    assert "4001 signes, 4000 au plus" in message
    assert values(followed) == {}
