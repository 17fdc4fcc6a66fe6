"""The buttons of a form's tables, and rows pasted from a spreadsheet."""

import pytest

from contract_builder.web.forms.bound import RANK_KEY
from contract_builder.web.forms.editing import change_lines, paste_lines
from contract_builder.web.forms.sections import find_section

SITES = find_section("sites")
MONEY = find_section("financements")
TREE = {"sites": [{"nom": "A"}, {"nom": "B"}, {"nom": "C"}]}


def names_after(action: str) -> list[str]:
    return [line.get("nom", "") for line in change_lines(SITES, TREE, action)["sites"]]


@pytest.mark.parametrize(
    ("action", "names"),
    [
        ("ajouter:sites", ["A", "B", "C", ""]),
        ("retirer:sites.1", ["A", "C"]),
        ("monter:sites.1", ["B", "A", "C"]),
        ("descendre:sites.1", ["A", "C", "B"]),
        ("dupliquer:sites.0", ["A", "A", "B", "C"]),
        ("monter:sites.0", ["A", "B", "C"]),
        ("descendre:sites.2", ["A", "B", "C"]),
        ("retirer:sites.9", ["A", "B", "C"]),
        ("retirer:sites.x", ["A", "B", "C"]),
        ("inconnu:sites.0", ["A", "B", "C"]),
    ],
)
def test_a_button_changes_the_lines(action, names):
    assert names_after(action) == names


def test_a_button_of_another_section_changes_nothing():
    assert change_lines(MONEY, TREE, "retirer:sites.0") == TREE


def test_a_button_changes_a_list_inside_a_line():
    tree = {"fiches": [{"code": "X", "cibles": [{"annee": "2025"}]}]}
    changed = change_lines(find_section("fiches"), tree, "ajouter:fiches.0.cibles")
    assert changed["fiches"][0]["cibles"] == [{"annee": "2025"}, {RANK_KEY: "-1"}]


def test_rows_of_a_spreadsheet_become_lines():
    text = "Clé\tEnveloppe\tmode\tLibellé\t2025\t2026\nfir-1\tFIR\tCNR\tSoutien\t1 000,00\t2 000\n"
    pasted = paste_lines(MONEY, {}, "financements", text)
    assert pasted.count == 1
    line = pasted.tree["financements"][0]
    assert line["enveloppe"] == "FIR"
    assert line["montants"] == {"2025": "1 000,00", "2026": "2 000"}


def test_forty_rows_are_added_after_the_lines_that_were_there():
    rows = "\n".join(f"l-{n}\tFIR\tCNR\tLigne {n}\t{n}" for n in range(40))
    pasted = paste_lines(
        MONEY,
        {"financements": [{"cle": "a"}]},
        "financements",
        f"cle\tenveloppe\tmode\tlibelle\t2025\n{rows}",
    )
    assert [line["cle"] for line in pasted.tree["financements"]][:2] == ["a", "l-0"]
    assert pasted.count == 40


def test_columns_that_are_not_known_are_told():
    pasted = paste_lines(MONEY, {}, "financements", "cle\tCouleur\nfir-1\tbleu")
    assert pasted.unknown == ("Couleur",)
    assert pasted.tree["financements"] == [{RANK_KEY: "-1", "cle": "fir-1"}]


def test_nothing_to_paste_adds_nothing():
    assert paste_lines(MONEY, TREE, "financements", "  \n").count == 0
