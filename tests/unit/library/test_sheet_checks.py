"""The checks of sheets: categories, years, typed targets, names of data."""

import pytest

from tests.unit.library.sound_library import SHEET, SOUND, changed


def test_a_row_for_an_unknown_category_is_told(problems_of):
    files = changed(SHEET, "categorie: grands", "categorie: petits")
    assert problems_of(files) == [f"{SHEET}:7:16 categorie-inconnue"]


def test_the_year_before_the_campaign_may_be_given_as_an_initial_state(problems_of):
    initial = "      2024: {texte: Un, type: nombre, valeur: 1}\n      2025: {texte: Une"
    assert problems_of(changed(SHEET, "      2025: {texte: Une", initial)) == []


@pytest.mark.parametrize("year", ["2023", "2027", "2026-2027", "2026-2025", "demain"])
def test_a_year_outside_the_campaign_is_told_at_that_year(problems_of, year):
    files = changed(
        SHEET, "      2025: {", f"      {year}: {{texte: Un, type: jalon}}\n      2025: {{"
    )
    assert f"{SHEET}:9:7 annee-hors-periode" in problems_of(files)


def test_a_row_that_leaves_a_year_out_is_told(problems_of):
    files = changed(SHEET, "2025: {", "2024: {")
    assert problems_of(files) == [f"{SHEET}:9:7 cible-manquante"]


def test_a_merged_cell_covers_its_years_and_a_year_given_twice_is_told(problems_of):
    merged = {
        SHEET: SOUND[SHEET]
        .replace("2025: {", "2025-2026: {")
        .replace('2026: {texte: "2', '2025: {texte: "2')
    }
    assert problems_of(merged) == [f"{SHEET}:10:7 cible-incoherente"]


CELL = '{texte: "2 projets", type: nombre, valeur: 2, unite: projets}'


@pytest.mark.parametrize(
    "cell",
    [
        "{texte: deux, type: nombre, valeur: deux}",
        "{texte: deux, type: nombre}",
        '{texte: "≥ 2", type: seuil, valeur: 2}',
        "{texte: 3/4, type: fraction, valeur: 3}",
        "{texte: 3/0, type: fraction, valeur: 3, denominateur: 0}",
        "{texte: deux, type: nombre, valeur: 2, denominateur: 4}",
        "{texte: peut-être, type: oui_non, valeur: peut-être}",
        "{texte: oui, type: oui_non}",
        "{texte: fin 2028, type: date, valeur: fin 2028}",
        "{texte: Sans objet, type: sans_objet, valeur: 0}",
        "{texte: Étape, type: jalon, valeur: 1}",
        "{texte: Libre, type: texte, valeur: 1}",
        "{type: vide, valeur: 1}",
        "{type: vide, texte: Étape}",
        "{texte: À fixer, type: a_fixer, valeur: plus}",
        "{texte: Deux, type: composite}",
        "{texte: Deux, type: composite, composantes: [{texte: un, type: nombre, valeur: 1}]}",
        "{texte: 2, type: nombre, valeur: 2, composantes: [{indicateur: a, type: jalon}]}",
    ],
)
def test_a_value_that_contradicts_its_type_is_told_once(problems_of, cell):
    (problem,) = problems_of(changed(SHEET, CELL, cell))
    assert problem.startswith(f"{SHEET}:10:")
    assert problem.endswith("cible-incoherente")


@pytest.mark.parametrize(
    "cell",
    [
        '{texte: "1 234,5", type: nombre, valeur: "1 234,5"}',
        '{texte: "+ 5 %", type: increment_pourcentage, valeur: 5, reference: 2024}',
        '{texte: "mieux qu’en 2025", type: pourcentage, reference: 2025, operateur: ">"}',
        '{texte: "≥ 2", type: seuil, valeur: 2, operateur: ">="}',
        "{texte: 3/4, type: fraction, valeur: 3, denominateur: 4}",
        "{texte: oui, type: oui_non, valeur: oui}",
        '{texte: fin 2028, type: date, valeur: "2028"}',
        "{texte: fin 2028, type: date, valeur: 2028-12-31}",
        "{texte: À fixer, type: a_fixer}",
        "{type: vide}",
        "{texte: Deux, type: composite, composantes: [{indicateur: a, type: nombre, valeur: 1}]}",
    ],
)
def test_a_value_that_suits_its_type_is_no_problem(problems_of, cell):
    assert problems_of(changed(SHEET, CELL, cell)) == []


def test_the_total_of_a_row_is_checked_like_its_years(problems_of):
    files = changed(SHEET, "source:", "    total: {texte: deux, type: nombre}\nsource:")
    assert problems_of(files) == [f"{SHEET}:11:32 cible-incoherente"]


def test_a_doubtful_value_may_be_missing_and_is_a_note(problems_of):
    cell = "{texte: 42, type: seuil, doute: imprimé 42}"
    assert problems_of(changed(SHEET, CELL, cell)) == [f"{SHEET}:10:45 cible-douteuse"]


DATA = "donnees:\n  - {id: lien, intitule: Lien}\n"


def test_a_component_names_a_datum_of_the_sheet(problems_of):
    def files(name):
        cell = (
            "{texte: Deux, type: composite, composantes: "
            f"[{{indicateur: {name}, texte: un, type: nombre, valeur: 1}}]}}"
        )
        text = SOUND[SHEET].replace(CELL, cell).replace("cibles:", f"{DATA}cibles:")
        return {SHEET: text}

    assert problems_of(files("lien")) == []
    assert problems_of(files("liens")) == [f"{SHEET}:12:71 cible-incoherente"]


def test_misshapen_and_repeated_names_of_data_are_told(problems_of):
    item = "  - {{id: {0}, intitule: A}}\n"
    data = "donnees:\n" + "".join(item.format(name) for name in ("a-b", "a_b", "a_b"))
    assert problems_of(changed(SHEET, "cibles:", f"{data}cibles:")) == [
        f"{SHEET}:7:10 donnee-mal-nommee",
        f"{SHEET}:9:10 identifiant-en-double",
    ]
