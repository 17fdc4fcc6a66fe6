"""``cpom nomenclature`` finds codes by words at a date; ``cpom library show`` knows codes too."""

import json
from collections.abc import Callable

import pytest

from tests.conftest import ROOT
from tests.mini_project import CommandResult

Cpom = Callable[..., CommandResult]


def _search(cpom: Cpom, *words: str) -> dict[str, list[dict[str, object]]]:
    result = cpom(ROOT, "nomenclature", *words, "--on", "2026-01-01", "--json")
    data: dict[str, list[dict[str, object]]] = json.loads(result.stdout)
    return data


def test_a_device_leads_to_the_code_of_its_activity(cpom: Cpom) -> None:
    data = _search(cpom, "scanner")
    assert [(item["genre"], item["code"]) for item in data["codes"]] == [
        ("activite", "QEML1"),
        ("equipement", "scanner"),
    ]
    (line,) = data["quintuplets"]
    assert line["activite"] == "QEML1"
    assert line["libelles"]["activite"] == "Radiologie diagnostique"  # type: ignore[index]


@pytest.mark.parametrize("words", [("hémodialyse",), ("HEMODIALYSES",), ("Hemodialyse",)])
def test_case_accents_and_plurals_do_not_count(cpom: Cpom, words: tuple[str, ...]) -> None:
    data = _search(cpom, *words)
    assert "MO024" in [item["code"] for item in data["codes"]]
    assert {line["activite"] for line in data["quintuplets"]} == {"QA016"}


def test_words_that_stand_in_several_labels_of_a_line_find_its_quintuplet(cpom: Cpom) -> None:
    data = _search(cpom, "chirurgie", "ambulatoire")
    found = {(line["activite"], line["declaration"]) for line in data["quintuplets"]}
    assert ("QA002", "DE023") in found
    assert {declaration for _, declaration in found} == {"DE023"}


def test_every_found_quintuplet_is_one_that_the_nomenclature_admits(
    cpom: Cpom, real_library: object
) -> None:
    admitted = set(real_library.nomenclature.lignes)  # type: ignore[attr-defined]
    keys = ("activite", "modalite", "mention", "pts", "declaration")
    found = {tuple(line[key] for key in keys) for line in _search(cpom, "cancer")["quintuplets"]}
    assert found
    assert found <= admitted


def test_a_code_finds_its_label_and_several_codes_their_quintuplets(cpom: Cpom) -> None:
    assert _search(cpom, "qa014")["codes"][0]["libelle"] == "Médecine d'urgence"
    both = _search(cpom, "QA014", "MO032")
    assert both["codes"] == []
    assert {line["modalite"] for line in both["quintuplets"]} == {"MO032"}


def test_finess_categories_are_searched_too(cpom: Cpom) -> None:
    data = _search(cpom, "maladies mentales")
    assert ("categories_finess", "292") in [
        (item["nomenclature"], item["code"]) for item in data["codes"]
    ]


def test_the_text_shows_quintuplets_as_a_profile_writes_them(cpom: Cpom) -> None:
    printed = cpom(ROOT, "nomenclature", "scanner", "--on", "2026-01-01").stdout
    assert "activité QEML1 : Radiologie diagnostique" in printed
    assert (
        "activite: QEML1, modalite: MO000, mention: ME000, pts: PTS00, declaration: DE000"
        in printed
    )
    assert "equipements: {scanner: 1}" in printed


def test_a_day_before_the_nomenclature_finds_no_code_and_says_since_when_it_holds(
    cpom: Cpom,
) -> None:
    result = cpom(ROOT, "nomenclature", "scanner", "--on", "2020-01-01")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "en vigueur à partir du 1er juin 2023" in result.stderr.replace("\u00a0", " ")


def test_a_mistyped_word_gets_near_words_and_an_empty_one_is_refused(cpom: Cpom) -> None:
    result = cpom(ROOT, "nomenclature", "scaner")
    assert result.exit_code == 1
    assert "vouliez-vous dire « scanner »" in result.stderr
    assert cpom(ROOT, "nomenclature", "…").exit_code == 2


def test_the_library_shows_a_code_with_its_quintuplets(cpom: Cpom) -> None:
    shown = cpom(ROOT, "library", "show", "QA001").stdout
    assert "libelle : Médecine" in shown
    assert "declaration : DE015" in shown
    assert "libelle : Centre Hospitalier (C.H.)" in cpom(ROOT, "library", "show", "355").stdout


def test_a_code_with_a_label_for_each_activity_is_shown_under_each(cpom: Cpom) -> None:
    shown = cpom(ROOT, "library", "show", "mo026").stdout
    assert "libelle : Socle" in shown
    assert "libelle : Cytogénétique y compris cytogénétique moléculaire" in shown
