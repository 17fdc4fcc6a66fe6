"""The buttons of a form's tables, and rows pasted from a spreadsheet."""

import pytest

from contract_builder.web.forms.bound import RANK_KEY
from contract_builder.web.forms.editing import change_lines
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
