"""Spreadsheets come filled with what the profiles say, and are read back by ``cpom import``."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from contract_builder.registries.sheet_layout import SHEET_KINDS
from contract_builder.registries.sheets import LAYOUTS
from tests.mini_project import PROFILE, CommandResult, change_file

Cpom = Callable[..., CommandResult]
COOPERATION = (
    "cooperations:\n  - {nature: GCS, intitule: Imagerie du bassin, partenaires: [CH A, CH B], "
    "date: 2024-03-01, condition_autorisation: oui}\n"
)
NEGOTIATED = (
    "  - code: DEMO_1\n    cibles:\n      - {annee: 2026, texte: 3 programmes, type: nombre, "
    "valeur: 3, motif: Équipe formée, auteur: le chargé de mission}\n"
)


@pytest.fixture
def project(mini_project: Path) -> Path:
    change_file(mini_project / PROFILE, "  - {code: DEMO_1}\n", NEGOTIATED)
    with (mini_project / PROFILE).open("a", encoding="utf-8") as file:
        file.write(COOPERATION)
    return mini_project


def _rows(path: Path) -> list[dict[str, Any]]:
    titles, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return [dict(zip(titles, row, strict=True)) for row in rows]


def _change(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    """Writes the table anew, as an officer who filled it would leave it."""
    book = Workbook(path)
    sheet = book.add_worksheet("Feuille")
    sheet.write_row(0, 0, list(rows[0]))
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, list(row.values()))
    book.close()


def _template(cpom: Cpom, project: Path, kind: str) -> Path:
    path = project / f"{kind}.xlsx"
    assert cpom(project, "import", "targets", "--template", kind, str(path)).exit_code == 0
    return path


def _import(cpom: Cpom, project: Path, path: Path) -> list[dict[str, Any]]:
    result = cpom(project, "import", "targets", str(path), "--json")
    assert result.exit_code == 0, result.stderr
    (plan,) = json.loads(result.stdout)
    return [change for entity in plan["etablissements"] for change in entity["changements"]]


@pytest.mark.parametrize("kind", SHEET_KINDS)
def test_a_template_that_nobody_changes_changes_nothing(
    project: Path, cpom: Cpom, kind: str
) -> None:
    path = _template(cpom, project, kind)
    assert {row["FINESS EJ"] for row in _rows(path)} == {"990000010"}
    assert _import(cpom, project, path) == []
    assert not (project / "profiles" / "_imports" / "990000010.yaml").exists()


def test_the_template_of_targets_has_a_row_for_each_year_with_the_target_of_today(
    project: Path, cpom: Cpom
) -> None:
    rows = _rows(_template(cpom, project, "cibles"))
    told = [(row["Fiche"], row["Année"], row["Cible actuelle"], row["Cible"]) for row in rows]
    assert told == [
        ("DEMO_1", "2025", "1 programme", ""),
        ("DEMO_1", "2026", "3 programmes", "3 programmes"),
    ]
    assert rows[0]["Établissement"] == "Centre hospitalier de Valmont (fictif)"


def test_a_target_filled_in_the_template_reaches_the_contract(project: Path, cpom: Cpom) -> None:
    path = _template(cpom, project, "cibles")
    rows = _rows(path)
    rows[0] |= {"Cible": "2 programmes", "Type": "nombre", "Valeur": "2"}
    rows[0] |= {"Motif": "Avance prise", "Auteur": "le chargé de mission"}
    _change(path, rows)
    assert _import(cpom, project, path) != []
    explained = json.loads(cpom(project, "explain", "valmont", "fiches", "--json").stdout)
    target = explained["fiches"][0]["cibles"][0]["annees"]["2025"]
    assert (target["texte"], target["origine"]) == ("2 programmes", "negocie")


def test_money_keeps_its_cents_and_its_years(project: Path, cpom: Cpom) -> None:
    path = _template(cpom, project, "financements")
    (row,) = _rows(path)
    assert (row["Clé"], row["N° arrêté"], row["2025"]) == ("fir-1", "2025-1", 19741.0)
    _change(path, [{**row, "2026": 12.34}])
    changes = {item["chemin"]: item["nouveau"] for item in _import(cpom, project, path)}
    assert changes["financements[fir-1].montants.2026"] == "12.34"


@pytest.mark.parametrize(
    ("kind", "filled", "path", "value"),
    [
        (
            "sites",
            {"FINESS ET": "990000036", "Nom du site": "Annexe", "Commune": "Valmont"},
            "sites[990000036].adresse.commune",
            "Valmont",
        ),
        (
            "capacites",
            {"Année": "2025", "Médecine lits": 40, "HAD places": 12},
            "capacites[2025].had.places",
            "12",
        ),
        (
            "autorisations",
            {"N° ARHGOS": "99-99-0002", "Activité": "QA014", "Modalité": "MO032", "Scanner": 2},
            "autorisations[99-99-0002].equipements.scanner",
            "2",
        ),
        (
            "missions",
            {
                "Clé": "pass",
                "Intitulé de la mission": "PASS",
                "Références": "CSP L6114-1; CSP L6114-2",
            },
            "missions[pass].references",
            "CSP L6114-1, CSP L6114-2",
        ),
        (
            "cooperations",
            {"Clé": "gcs", "Intitulé de la coopération": "Pharmacie", "Partenaires": "CH A ; CH B"},
            "cooperations[gcs].partenaires",
            "CH A, CH B",
        ),
    ],
)
def test_a_line_added_in_a_template_is_imported(
    project: Path, cpom: Cpom, kind: str, filled: dict[str, Any], path: str, value: str
) -> None:
    book = _template(cpom, project, kind)
    rows = _rows(book)
    _change(book, [*rows, {**rows[0], **filled}])
    changes = {item["chemin"]: item["nouveau"] for item in _import(cpom, project, book)}
    assert changes[path] == value
    assert {item.partition("]")[0] for item in changes} == {path.partition("]")[0]}


def test_a_value_changed_in_a_line_without_a_key_is_the_same_line(
    project: Path, cpom: Cpom
) -> None:
    path = _template(cpom, project, "cooperations")
    (row,) = _rows(path)
    assert row["Partenaires"] == "CH A; CH B"
    _change(path, [{**row, "Objet": "Partager un scanner"}])
    _import(cpom, project, path)
    shown = cpom(project, "explain", "valmont", "cooperations").stdout
    assert shown.count("intitule") == 1
    assert "Partager un scanner   [registres" in shown


def test_an_unknown_code_is_told_in_its_cell(project: Path, cpom: Cpom) -> None:
    path = _template(cpom, project, "autorisations")
    (row,) = _rows(path)
    _change(path, [{**row, "Activité": "QA999"}])
    refused = cpom(project, "import", "targets", str(path))
    assert refused.exit_code == 1
    assert "Feuille « Feuille », cellule C2" in refused.stderr
    assert "« QA999 » n’existe pas dans la nomenclature" in refused.stderr


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("sites", {"Nom du site": ""}),
        ("capacites", {"Médecine lits": "beaucoup"}),
        ("autorisations", {"Statut": "03"}),
        ("missions", {"Nature de la mission": "autre chose"}),
        ("cooperations", {"Condition d’une autorisation": "peut-être"}),
    ],
)
def test_a_cell_that_cannot_be_read_stops_the_import(
    project: Path, cpom: Cpom, kind: str, wrong: dict[str, str]
) -> None:
    path = _template(cpom, project, kind)
    _change(path, [{**_rows(path)[0], **wrong}])
    refused = cpom(project, "import", "targets", str(path))
    assert refused.exit_code == 1
    (title,) = wrong
    assert title in refused.stderr


def test_only_the_profiles_that_are_named_are_in_the_template(project: Path, cpom: Cpom) -> None:
    cpom(project, "new", "neuf", "--finess", "990000119")
    every = _rows(_template(cpom, project, "sites"))
    assert [row["FINESS EJ"] for row in every] == ["990000119", "990000010"]
    assert every[0]["FINESS ET"] == ""
    one = project / "un.xlsx"
    cpom(project, "import", "targets", "--template", "sites", str(one), "--profile", "valmont")
    assert [row["FINESS EJ"] for row in _rows(one)] == ["990000010"]
    assert cpom(project, "import", "targets", str(one), "--profile", "valmont").exit_code == 2


def test_a_profile_in_error_is_told_and_left_out_of_the_template_of_targets(
    project: Path, cpom: Cpom
) -> None:
    cpom(project, "new", "neuf", "--finess", "990000119")
    path = project / "cibles.xlsx"
    result = cpom(project, "import", "targets", "--template", "cibles", str(path))
    assert result.exit_code == 1
    assert "profiles/neuf.yaml" in result.stderr
    assert {row["FINESS EJ"] for row in _rows(path)} == {"990000010"}


def test_a_sheet_that_lacks_a_column_is_still_told_as_what_it_is(project: Path, cpom: Cpom) -> None:
    path = project / "c.xlsx"
    titles = [title for title in LAYOUTS["cibles"].titles if title != "Motif"]
    _change(path, [dict.fromkeys(titles, "x")])
    refused = cpom(project, "import", "targets", str(path))
    assert refused.exit_code == 1
    assert "Motif" in refused.stderr
