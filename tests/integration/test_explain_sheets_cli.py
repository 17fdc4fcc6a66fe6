"""``cpom explain PROFIL fiches``: the sheets open to a profile, its targets, what they lack."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.mini_project import PROFILE, CommandResult, change_file

Cpom = Callable[..., CommandResult]


def _sheets(cpom: Cpom, project: Path, profile: str) -> dict[str, dict[str, Any]]:
    result = cpom(project, "explain", profile, "fiches", "--json")
    assert result.exit_code == 0
    return {sheet["code"]: sheet for sheet in json.loads(result.stdout)["fiches"]}


def test_every_sheet_of_the_catalogue_is_told_open_or_not_with_its_audience(
    cpom: Cpom, real_library: Any
) -> None:
    sheets = _sheets(cpom, ROOT, "clinique-demonstration")
    assert set(sheets) == set(real_library.fiches["occitanie-2025-2029"])
    group_only = sheets["CPOM_CT_3"]
    assert group_only["ouverte"] is False
    assert group_only["condition"] == "place dans le GHT : support ou membre"
    assert sheets["CPOM_OS_12"]["condition"] == "tous les établissements"


def test_the_targets_are_those_of_the_category_for_each_year_of_the_contract(
    mini_project: Path, cpom: Cpom
) -> None:
    (sheet,) = _sheets(cpom, mini_project, "valmont").values()
    (row,) = sheet["cibles"]
    assert row["categorie"] == "Moins de 500 lits"
    texts = {year: target["texte"] for year, target in row["annees"].items()}
    assert texts == {"2025": "1 programme", "2026": "2 programmes"}
    change_file(mini_project / PROFILE, "lits: 45", "lits: 545")
    (sheet,) = _sheets(cpom, mini_project, "valmont").values()
    assert sheet["cibles"][0]["annees"]["2026"]["texte"] == "4 programmes"


def test_a_size_that_no_category_has_is_told_with_each_category_and_why(
    mini_project: Path, cpom: Cpom
) -> None:
    change_file(mini_project / PROFILE, "lits: 45", "lits: 500")
    (sheet,) = _sheets(cpom, mini_project, "valmont").values()
    assert sheet["cibles"] == []
    assert [item["categorie"] for item in sheet["categories_ecartees"]] == [
        "Plus de 500 lits",
        "Moins de 500 lits",
    ]
    shown = cpom(mini_project, "explain", "valmont", "fiches").stdout
    assert "catégorie « Plus de 500 lits » non retenue : lits : 500 ≤ 500" in shown


def test_a_sheet_not_chosen_shows_its_targets_and_the_starting_value_that_it_would_need(
    cpom: Cpom,
) -> None:
    sheet = _sheets(cpom, ROOT, "clinique-demonstration")["CPOM_OS_15"]
    assert sheet["choisie"] is False
    assert sheet["ouverte"] is True
    (missing,) = sheet["valeurs_initiales_manquantes"]
    assert missing["indicateur"] == "file_active_handicap"
    shown = cpom(ROOT, "explain", "clinique-demonstration", "fiches").stdout
    assert "valeur de départ manquante" in shown
    assert "file_active_handicap" in shown


def test_given_starting_values_are_not_missing_and_give_figures(cpom: Cpom) -> None:
    sheet = _sheets(cpom, ROOT, "ch-demonstration")["CPOM_OS_12"]
    assert sheet["choisie"] is True
    assert sheet["valeurs_initiales_manquantes"] == []
    figures = sheet["cibles"][0]["annees"]["2025"]["chiffres"]
    assert figures[0] == {
        "indicateur": "Mammographies",
        "valeur": "762",
        "calcul": "740 × 1,03 = 762,2, arrondi à 762",
    }


def test_a_negotiated_target_and_one_left_to_settle_are_marked(cpom: Cpom) -> None:
    sheets = _sheets(cpom, ROOT, "ch-demonstration")
    agreed = sheets["CPOM_OS_11"]["cibles"][0]["annees"]["2029"]
    assert agreed["origine"] == "negocie"
    assert "(négociée)" in cpom(ROOT, "explain", "ch-demonstration", "fiches").stdout
    asked = [
        target
        for sheet in sheets.values()
        for row in sheet["cibles"]
        for target in row["annees"].values()
        if target["a_preciser"]
    ]
    assert asked


def test_a_choice_between_parts_is_asked(cpom: Cpom) -> None:
    sheets = _sheets(cpom, ROOT, "ch-demonstration")
    assert sheets["CPOM_CT_3"]["volet_a_choisir"] is False
    members = _sheets(cpom, ROOT, "chu-demonstration")["CPOM_CT_3"]
    assert members["volets"] == ["Pharmacie", "Biologie"]


def test_a_profile_with_an_error_is_told_and_explains_nothing(
    mini_project: Path, cpom: Cpom
) -> None:
    change_file(mini_project / PROFILE, "statut: public", "statut:")
    refused = cpom(mini_project, "explain", "valmont", "fiches", "--json")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "[cle-manquante]" in refused.stderr
