"""What the delivered library promises: coverage, generations, and facts drawn from the sources."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from contract_builder.library.export import export_library
from contract_builder.library.load import load_library
from contract_builder.model.contract import Contract
from contract_builder.model.library import Library
from contract_builder.services.making import Prepared, prepare
from contract_builder.services.project import Project

ROOT = Path(__file__).resolve().parents[2]
PROFILES = sorted((ROOT / "profiles").glob("[!_]*.yaml"))


@cache
def library() -> Library:
    loaded, problems = load_library(ROOT)
    assert problems == []
    return loaded


@cache
def prepared(path: Path) -> Prepared:
    return prepare(Project(ROOT, library=library()), path)


def contract(path: Path) -> Contract:
    assembly = prepared(path).assembly
    assert assembly is not None
    return assembly.contract


def of_type(kind: str) -> list[Path]:
    return [path for path in PROFILES if f"type_contrat: {kind}\n" in path.read_text("utf-8")]


@pytest.mark.parametrize("path", of_type("etablissement"), ids=lambda path: path.stem)
def test_a_contract_carries_all_that_the_published_page_says_it_contains(path: Path) -> None:
    sections = {section.id for section in contract(path).iter_sections()}
    (coverage,) = library().coverages
    missing = [item.id for item in coverage.elements if not sections & set(item.porte_par)]
    assert len(coverage.elements) >= 9
    assert missing == []


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_a_demonstration_profile_is_fictitious_and_says_so(path: Path) -> None:
    profile = prepared(path).profile
    assert profile is not None
    assert profile.fictif
    assert profile.etablissement.finess_ej.startswith("99")
    assert all(site.finess_et.startswith("99") for site in profile.sites)


def cited(path: Path) -> set[str]:
    return {f"{item.code} {item.article}" for item in contract(path).tables.references}


def test_each_generation_rests_on_the_law_of_its_day() -> None:
    old = cited(ROOT / "profiles/hopital-de-proximite-2019-demonstration.yaml")
    new = cited(ROOT / "profiles/hopital-de-proximite-demonstration.yaml")
    assert {"CSP L6114-3", "CSS L162-22-13"} <= old
    assert "CSS L162-22-5" in new
    assert not {"CSP L6114-3", "CSS L162-22-13"} & new


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_no_contract_cites_an_abrogated_article(path: Path) -> None:
    abrogated = [item for item in contract(path).tables.references if item.status == "abroge"]
    assert abrogated == []


@pytest.mark.parametrize("year", range(2018, 2028))
@pytest.mark.parametrize("month", [1, 7, 12])
def test_a_clause_of_the_outline_has_one_version_at_each_date(year: int, month: int) -> None:
    on = date(year, month, 28)
    outline = library().outlines["etablissement"]
    for entry in outline.contenu:
        if entry.en_vigueur_du and on < entry.en_vigueur_du:
            continue
        for name in entry.clauses:
            current = [item for item in library().clauses[name] if item.is_in_force(on)]
            assert len(current) <= 1, name


@cache
def exported() -> dict[str, dict[str, Any]]:
    return {fiche["code"]: fiche for fiche in export_library(library())["fiches"]}


def test_the_catalogue_has_the_thirty_sheets() -> None:
    wanted = {f"CPOM_CT_{n}" for n in range(1, 9)} | {f"CPOM_OS_{n}" for n in range(1, 23)}
    assert wanted <= set(exported())


def cell(code: str, category: str, year: str, volet: str | None = None) -> dict[str, Any]:
    rows = [
        row
        for row in exported()[code]["cibles"]
        if row["categorie"] == category and row["volet"] == volet
    ]
    return rows[0]["valeurs"][year]


@pytest.mark.parametrize(
    ("code", "category", "year", "kind", "value"),
    [
        ("CPOM_OS_2", "deja-engages", "2025", "seuil", 2),
        ("CPOM_OS_6", "grands", "2026", "increment", 1),
        ("CPOM_OS_6", "grands", "2028", "increment", 2),
        ("CPOM_OS_6", "grands", "2029", "increment", 3),
        ("CPOM_OS_16", "tous", "2025", "pourcentage", 50),
        ("CPOM_OS_16", "tous", "2026", "pourcentage", 65),
        ("CPOM_OS_17", "chu", "2025", "fraction", {"numerateur": 3, "denominateur": 3}),
        ("CPOM_OS_17", "autres-que-chu", "2025", "fraction", {"numerateur": 1, "denominateur": 3}),
        ("CPOM_OS_17", "autres-que-chu", "2027", "fraction", {"numerateur": 2, "denominateur": 3}),
        ("CPOM_CT_5", "tous", "2025", "oui_non", True),
        ("CPOM_CT_4", "grands", "2025", "increment", 5),
        ("CPOM_CT_4", "intermediaires", "2025", "increment", 2),
        ("CPOM_OS_3", "petits", "2026", "increment", 1),
        ("CPOM_OS_3", "petits", "2027", "increment", 1),
        ("CPOM_OS_3", "petits", "2029", "increment", 2),
        ("CPOM_OS_6", "petits", "2025", "nombre", 0),
        ("CPOM_OS_6", "petits", "2026", "jalon", None),
        ("CPOM_OS_6", "petits", "2027", "jalon", None),
        ("CPOM_OS_6", "petits", "2028", "increment", 1),
        ("CPOM_OS_6", "petits", "2029", "increment", 1),
        ("CPOM_CT_7", "tous", "2024", "sans_objet", None),
    ],
)
def test_a_target_is_the_one_that_the_sheet_prints(
    code: str, category: str, year: str, kind: str, value: object
) -> None:
    found = cell(code, category, year)
    assert (found["type"], found["valeur"]) == (kind, value)


def test_what_is_repaired_or_doubtful_says_so() -> None:
    repaired = cell("CPOM_OS_18", exported()["CPOM_OS_18"]["cibles"][0]["categorie"], "2025")
    assert repaired["repare"] is True
    assert "<" in repaired["imprime"]
    doubtful = [
        value
        for row in exported()["CPOM_CT_7"]["cibles"]
        for value in (*row["valeurs"].values(), row["total"])
        if value and value["doute"]
    ]
    assert len(doubtful) >= 6


def test_the_signs_that_lost_their_bar_are_repaired_in_the_ten_cells_of_cpom_os_12() -> None:
    cells = [
        part
        for row in exported()["CPOM_OS_12"]["cibles"]
        for value in row["valeurs"].values()
        for part in value.get("composantes", ())
        if part["indicateur"] == "echographies"
    ]
    assert len(cells) == 10
    assert {(part["operateur"], part["repare"]) for part in cells} == {(">=", True)}


def test_words_of_the_source_stand_where_it_prints_them() -> None:
    (row,) = exported()["CPOM_OS_4"]["cibles"]
    assert row["libelle"] == "Pour tous les établissements"
    assert row["valeurs"]["2025"]["texte"].endswith("(cible minimale)")
    assert cell("CPOM_CT_8", "ght", "2029")["doute"]
    assert exported()["CPOM_OS_16"]["indicateur"]["formule"]["facteur"] == 100
    assert {item["lignes"] for item in exported()["CPOM_OS_15"]["remarques"]} >= {"3171, 3194"}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("PACA_DPN", ("Avignon", "Marseille", "Nice")),
        ("PACA_GENETIQUE_POSTNATALE", ("Marseille", "dix-neuf")),
        ("PACA_LIENS_CLINICO_BIOLOGIQUES", ("cinq laboratoires", "COFRAC")),
    ],
)
def test_the_places_and_numbers_of_the_holders_note_are_in_its_sheets(
    code: str, words: tuple[str, ...]
) -> None:
    text = " ".join(exported()[code]["contexte"].split())
    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize(
    ("code", "wrong", "right"),
    [
        ("CPOM_CT_5", "Existance", "Existence"),
        ("CPOM_CT_7", "relatifs", "relatives"),
        ("CPOM_OS_21", "QVTC", "QVCT"),
        ("CPOM_OS_10", "cellule hebdomadaire", "cellules hebdomadaires"),
    ],
)
def test_a_misprint_of_a_title_is_repaired_and_marked(code: str, wrong: str, right: str) -> None:
    sheet = exported()[code]
    assert right in sheet["intitule"]
    assert wrong not in sheet["intitule"].replace(right, "")
    assert any(wrong in item["imprime"] for item in sheet["reparations"])


def test_the_worked_example_of_the_sheet_is_recorded() -> None:
    example = exported()["CPOM_OS_12"]["exemple"]
    assert example["base"] == 740
    assert list(example["valeurs"].values()) == [762, 800, 840, 882, 926]


@pytest.mark.parametrize(
    ("code", "count"),
    [("PACA_ONCOFERTILITE", 7), ("PACA_AMP_DON", 4), ("PACA_GENETIQUE_POSTNATALE", 4),
     ("PACA_DPN", 4)],
)  # fmt: skip
def test_a_sheet_of_the_holders_asks_for_all_its_data(code: str, count: int) -> None:
    assert len(exported()[code]["donnees"]) == count


def test_the_nomenclature_has_its_209_lines_and_25_activities() -> None:
    nomenclature = library().nomenclature
    assert nomenclature is not None
    assert len(set(nomenclature.lignes)) == 209
    assert len(nomenclature.activites) == 25
