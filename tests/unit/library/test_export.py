"""The library as plain data: the shape that other programs rely on."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from contract_builder.library.export import condition_data, export_library, sheet_order
from contract_builder.library.load import load_library
from contract_builder.model.condition import AllOf, Always, AnyOf, Condition, Not
from contract_builder.model.condition import Test as FactTest
from contract_builder.model.library import Library
from tests.mini_project import change_file


def export(project: Path) -> dict[str, Any]:
    library, problems = load_library(project)
    assert problems == []
    data = json.loads(json.dumps(export_library(library)))
    assert isinstance(data, dict)
    return data


def exported_cell(project: Path, cell: str) -> dict[str, Any]:
    """The first cell of the mini sheet, written as ``cell``."""
    printed = '{texte: "2 programmes", type: nombre, valeur: 2, unite: programmes}'
    sheet = project / "fiches" / "demo" / "DEMO_1.md"
    change_file(sheet, f"2025: {printed}", f"2025: {cell}")
    found = export(project)["fiches"][0]["cibles"][0]["valeurs"]["2025"]
    assert isinstance(found, dict)
    return found


def test_the_whole_library_is_exported(mini_project: Path) -> None:
    data = export(mini_project)
    assert [clause["id"] for clause in data["clauses"]] == ["duree", "objet"]
    assert [fiche["code"] for fiche in data["fiches"]] == ["DEMO_1"]
    assert data["references"] == [
        {
            "code": "CSP",
            "article": "L6114-1",
            "objet": "Conclusion et durée du contrat",
            "statut": "en_vigueur",
            "depuis": "2018-01-01",
            "jusqu_au": None,
            "fin_constatee": None,
            "modifie_par": None,
            "contrats_en_cours": None,
            "verifie_le": "2023-12-06",
            "source": "Légifrance",
            "a_verifier": None,
        }
    ]


def test_a_clause_gives_its_dates_condition_references_and_text(mini_project: Path) -> None:
    clause = export(mini_project)["clauses"][0]
    assert clause == {
        "id": "duree",
        "titre": "Durée du contrat",
        "en_vigueur_du": "2020-11-20",
        "en_vigueur_au": None,
        "applicable_si": {"statut": {"parmi": ["public", "espic"]}},
        "references": ["CSP L6114-1"],
        "texte": "Le contrat prend effet le {{ contrat.date_effet | date }} et prend fin le\n"
        "{{ contrat.date_fin | date }}.",
        "source": {"document": "modele", "lignes": ""},
        "a_verifier": None,
        "fichier": "clause_library/corps/duree@2020-11-20.md",
    }


def test_a_sheet_gives_its_indicator_and_its_rows(mini_project: Path) -> None:
    fiche = export(mini_project)["fiches"][0]
    assert fiche["objectifs"] == ["Développer l’éducation thérapeutique"]
    assert fiche["public"] is None
    assert fiche["contexte"] == "Le programme s’adresse aux patients."
    assert fiche["indicateur"] == {
        "type": "quantitatif",
        "definition": "Nombre de programmes ouverts",
        "formule": None,
        "periode": None,
        "frequence": None,
    }
    row = fiche["cibles"][0]
    assert (row["categorie"], row["volet"], row["total"]) == ("grands", None, None)
    assert row["valeurs"]["2026"] == {
        "texte": "4 programmes",
        "type": "nombre",
        "valeur": 4,
        "doute": None,
        "repare": False,
        "unite": "programmes",
    }


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('{texte: "2,5 %", type: pourcentage, valeur: "2,5"}', {"valeur": 2.5}),
        ("{texte: oui, type: oui_non, valeur: oui}", {"valeur": True}),
        ("{texte: non, type: oui_non, valeur: non}", {"valeur": False}),
        ("{texte: fin 2028, type: date, valeur: 2028}", {"valeur": "2028"}),
        (
            '{texte: "3/3", type: fraction, valeur: 3, denominateur: 3}',
            {"valeur": {"numerateur": 3, "denominateur": 3}},
        ),
        ('{texte: "≥ 2", type: seuil, valeur: 2, operateur: ">="}', {"operateur": ">="}),
        (
            '{texte: "+ 5 % / 2025", type: increment_pourcentage, valeur: 5, reference: 2025}',
            {"valeur": 5, "reference": 2025},
        ),
        ('{texte: "", type: vide}', {"texte": "", "valeur": None}),
        (
            "{texte: 42, type: nombre, valeur: 42, doute: sans doute + 2}",
            {"doute": "sans doute + 2"},
        ),
        (
            "{texte: 1, type: nombre, valeur: 1, repare: imprimé < 1}",
            {"repare": True, "imprime": "imprimé < 1"},
        ),
    ],
)
def test_a_typed_target_keeps_its_type_and_its_marks(
    mini_project: Path, cell: str, expected: dict[str, Any]
) -> None:
    found = exported_cell(mini_project, cell)
    assert {key: found[key] for key in expected} == expected


def test_the_parts_of_a_composite_target_name_their_indicator(mini_project: Path) -> None:
    part = "{indicateur: actions, texte: 2 actions, type: nombre, valeur: 2}"
    found = exported_cell(mini_project, f"{{type: composite, composantes: [{part}]}}")
    (exported,) = found["composantes"]
    assert (exported["indicateur"], exported["valeur"]) == ("actions", 2)


def test_a_merged_cell_is_repeated_for_each_of_its_years(mini_project: Path) -> None:
    sheet = mini_project / "fiches" / "demo" / "DEMO_1.md"
    text = sheet.read_text(encoding="utf-8")
    head, _, tail = text.partition("  - categorie: petits")
    merged = "".join(line for line in head.splitlines(keepends=True) if "2026: {" not in line)
    sheet.write_text(f"{merged.replace('2025:', '2025-2026:')}  - categorie: petits{tail}")
    values = export(mini_project)["fiches"][0]["cibles"][0]["valeurs"]
    assert [values[year]["fusion"] for year in ("2025", "2026")] == ["2025-2026"] * 2
    assert values["2025"] == values["2026"]


@pytest.mark.parametrize(
    ("condition", "data"),
    [
        (None, None),
        (Always(), "toujours"),
        (FactTest("chu", "parmi", True), {"chu": {"parmi": True}}),
        (FactTest("lits", "plus_de", Decimal("500")), {"lits": {"plus_de": 500}}),
        (FactTest("lits", "plus_de", Decimal("0.5")), {"lits": {"plus_de": 0.5}}),
        (
            FactTest("date_effet", "au_moins", date(2025, 1, 1)),
            {"date_effet": {"au_moins": "2025-01-01"}},
        ),
        (Not(AnyOf((Always(), AllOf(())))), {"non": {"au_moins_un": ["toujours", {"tous": []}]}}),
    ],
)
def test_a_condition_is_exported_in_the_words_of_its_file(
    condition: Condition | None, data: object
) -> None:
    assert condition_data(condition) == data


def test_sheets_come_in_the_order_of_their_numbers() -> None:
    codes = ["CPOM_OS_10", "CPOM_CT_2", "CPOM_OS_2", "AUTRE"]
    assert sorted(codes, key=sheet_order) == ["AUTRE", "CPOM_CT_2", "CPOM_OS_2", "CPOM_OS_10"]


def test_the_real_library_is_exported_without_loss(real_library: Library) -> None:
    data = json.loads(json.dumps(export_library(real_library)))
    exported = {fiche["code"]: fiche for fiche in data["fiches"]}
    for fiches in real_library.fiches.values():
        for code, fiche in fiches.items():
            for row, written in zip(fiche.header.cibles, exported[code]["cibles"], strict=True):
                years = {str(year) for years, _ in row.iter_cells() for year in years}
                assert set(written["valeurs"]) == years
    assert len(data["clauses"]) == sum(len(item) for item in real_library.clauses.values())
    assert data["version"] == real_library.version
