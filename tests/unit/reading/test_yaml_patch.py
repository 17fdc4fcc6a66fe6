"""A file that people keep is changed in place: only what differs, comments and order kept."""

import pytest

from contract_builder.reading.tree import Tree, tree_of_node
from contract_builder.reading.yaml_nodes import parse_yaml
from contract_builder.reading.yaml_patch import patch_yaml
from contract_builder.source import SourceFile

FILE = """\
# Un établissement.
etablissement:
  finess_ej: "990000010"  # clé de Luhn exacte
  nom: >
    Centre hospitalier
    de Démonstration
  adresse: {voie: 12 avenue de la Citadelle, commune: Exempleville}

# Les sites, dans l’ordre de l’annexe.
sites:
  # Le site principal.
  - finess_et: "990000028"
    nom: Citadelle   # le plus ancien
  # La maternité.
  - {finess_et: "990000036", nom: Berceaux}
  - finess_et: "990000044"
    nom: Tilleuls
date_fin:     # vide : cinq ans moins un jour
"""


def tree_of(text: str) -> dict[str, Tree]:
    """The tree of a text that is read without problems."""
    node = parse_yaml(SourceFile.of_text("essai.yaml", text), problems := [])
    assert not problems
    assert node is not None
    tree = tree_of_node(node)
    assert isinstance(tree, dict)
    return tree


def changed(old: str, new: str, count: int = 1) -> str:
    """The file with ``old`` replaced, which occurs ``count`` times."""
    assert FILE.count(old) == count
    return FILE.replace(old, new)


@pytest.fixture
def tree() -> dict:
    return tree_of(FILE)


def test_nothing_to_change_changes_nothing(tree):
    assert patch_yaml(FILE, tree) == FILE


def test_a_value_changes_and_its_comment_stays(tree):
    tree["sites"][0]["nom"] = "Citadelle : nouveau site"
    assert patch_yaml(FILE, tree) == changed(
        "nom: Citadelle  ", 'nom: "Citadelle : nouveau site"  '
    )


def test_a_blank_value_is_filled_before_its_comment(tree):
    tree["date_fin"] = "2030-06-30"
    assert patch_yaml(FILE, tree) == changed("date_fin:  ", "date_fin: 2030-06-30  ")


def test_a_value_taken_away_leaves_its_key_and_its_comment(tree):
    tree["etablissement"]["finess_ej"] = ""
    assert patch_yaml(FILE, tree) == changed('finess_ej: "990000010"  #', "finess_ej:  #")


def test_a_value_between_braces_changes_alone(tree):
    tree["etablissement"]["adresse"]["commune"] = "Modèle, sur Rive"
    assert patch_yaml(FILE, tree) == changed(
        "commune: Exempleville}", 'commune: "Modèle, sur Rive"}'
    )


def test_a_key_between_braces_is_added_after_the_one_before_it(tree):
    tree["etablissement"]["adresse"] = {
        "voie": "12 avenue de la Citadelle",
        "code_postal": "99000",
        "commune": "Exempleville",
    }
    assert patch_yaml(FILE, tree) == changed(
        "Citadelle, commune", "Citadelle, code_postal: 99000, commune"
    )


def test_a_key_between_braces_is_removed_with_its_comma(tree):
    del tree["sites"][1]["finess_et"]
    assert patch_yaml(FILE, tree) == changed(
        '{finess_et: "990000036", nom: Berceaux}', "{nom: Berceaux}"
    )


def test_a_text_in_a_block_is_replaced_whole(tree):
    tree["etablissement"]["nom"] = "CHU de Démonstration"
    assert patch_yaml(FILE, tree) == changed(
        "nom: >\n    Centre hospitalier\n    de Démonstration\n", "nom: CHU de Démonstration\n"
    )


def test_a_line_is_removed_with_the_comment_above_it(tree):
    del tree["sites"][1]
    assert patch_yaml(FILE, tree) == changed(
        '  # La maternité.\n  - {finess_et: "990000036", nom: Berceaux}\n', ""
    )


def test_lines_change_places_with_their_comments(tree):
    tree["sites"] = [tree["sites"][rank] for rank in (1, 0, 2)]
    first = (
        '  # Le site principal.\n  - finess_et: "990000028"\n'
        "    nom: Citadelle   # le plus ancien\n"
    )
    second = '  # La maternité.\n  - {finess_et: "990000036", nom: Berceaux}\n'
    assert patch_yaml(FILE, tree) == changed(first + second, second + first)


def test_a_line_is_added_where_it_is_asked(tree):
    tree["sites"].insert(1, {"finess_et": "990000051", "nom": "Belvédère"})
    assert patch_yaml(FILE, tree) == changed(
        "  # La maternité.\n",
        '  - {finess_et: "990000051", nom: Belvédère}\n  # La maternité.\n',
    )


def test_a_key_is_added_after_the_one_that_stands_before_it(tree):
    wanted = {"etablissement": tree["etablissement"], "fictif": "oui", **tree}
    assert patch_yaml(FILE, wanted) == changed("\n# Les sites,", "\nfictif: oui\n# Les sites,")


def test_a_key_is_removed_with_its_lines_and_the_comment_above_it(tree):
    del tree["sites"]
    text = patch_yaml(FILE, tree)
    assert "Les sites" not in text
    assert text.startswith("# Un établissement.\n")
    assert text.endswith("date_fin:     # vide : cinq ans moins un jour\n")


def test_a_blank_key_becomes_a_list_and_keeps_its_comment(tree):
    tree["date_fin"] = ["a", "b"]
    assert patch_yaml(FILE, tree) == changed(
        "date_fin:     # vide : cinq ans moins un jour\n",
        "date_fin:     # vide : cinq ans moins un jour\n  - a\n  - b\n",
    )


def test_a_list_that_loses_all_its_lines_is_an_empty_list(tree):
    tree["sites"] = []
    assert "\nsites: []\n" in patch_yaml(FILE, tree)


def test_a_file_with_comments_alone_takes_its_first_keys():
    assert patch_yaml("# Rien encore.\n", {"a": "b"}) == "# Rien encore.\na: b\n"


def test_the_ends_of_lines_and_the_mark_of_windows_stay(tree):
    text = "\ufeff" + FILE.replace("\n", "\r\n")
    tree["sites"][2]["nom"] = "Tilleuls neufs"
    assert patch_yaml(text, tree) == text.replace("Tilleuls", "Tilleuls neufs")


def test_a_last_line_without_its_end_is_completed():
    assert patch_yaml("a: b", {"a": "b", "c": "d"}) == "a: b\nc: d\n"
