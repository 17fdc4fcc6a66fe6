"""A condition in lines and groups: read from files, written back as people write it, in words."""

from pathlib import Path

import pytest

from contract_builder.library.load import load_library
from contract_builder.library.rewriting import read_front_matter
from contract_builder.model.library import Library
from contract_builder.reading.tree import Tree
from contract_builder.services.project import Project
from contract_builder.services.restricting import (
    FactGroup,
    FactLine,
    check_lines,
    compose_condition,
    describe_tree,
    list_comparisons,
    list_fact_values,
    open_condition,
)

ROOT = Path(__file__).parents[3]
NESTED: Tree = {
    "tous": [
        {"statut": ["public", "espic"]},
        {"au_moins_un": [{"urgences": "oui"}, {"passages_urgences": {"moins_de": "8000"}}]},
        {"non": {"activites": "QA014"}},
    ]
}


@pytest.mark.parametrize(
    ("group", "tree"),
    [
        (FactGroup(), ""),
        (FactGroup("tous", (FactLine("had", "parmi", ("oui",)),)), {"had": "oui"}),
        (
            FactGroup("tous", (FactLine("statut", "parmi", ("public", "espic")),)),
            {"statut": ["public", "espic"]},
        ),
        (
            FactGroup(
                "tous",
                (FactLine("lits", "au_moins", ("100",)), FactLine("lits", "au_plus", ("499",))),
            ),
            {"lits": {"au_moins": "100", "au_plus": "499"}},
        ),
        (
            FactGroup(
                "tous",
                (
                    FactLine("activites", "contient", ("QA001",)),
                    FactLine("activites", "contient", ("QA014",)),
                ),
            ),
            {"tous": [{"activites": "QA001"}, {"activites": "QA014"}]},
        ),
        (
            FactGroup(
                "aucun", (FactLine("chu", "parmi", ("oui",)), FactLine("had", "parmi", ("oui",)))
            ),
            {"non": {"au_moins_un": [{"chu": "oui"}, {"had": "oui"}]}},
        ),
        (FactGroup("tous", (FactGroup("aucun"), FactGroup("au_moins_un"))), ""),
        (
            FactGroup("tous", (FactLine("date_effet", "au_moins", ("2027-01-01",)),)),
            {"date_effet": {"au_moins": "2027-01-01"}},
        ),
    ],
)
def test_lines_are_written_as_people_write_them_and_read_again(
    group: FactGroup, tree: Tree
) -> None:
    assert compose_condition(group) == tree
    assert compose_condition(open_condition(tree)) == tree


def test_a_condition_that_says_the_same_stays_as_it_was_written() -> None:
    former: Tree = {"tous": [{"had": "oui"}, {"chu": "non"}]}
    assert compose_condition(open_condition(former), former) is former
    assert compose_condition(FactGroup(), former) == ""
    assert compose_condition(open_condition(NESTED)) == NESTED


def _iter_conditions(library: Library) -> list[Tree]:
    texts = [clause.source for versions in library.clauses.values() for clause in versions]
    texts += [sheet.source for sheets in library.fiches.values() for sheet in sheets.values()]
    trees = [read_front_matter("\n".join(source.lines))[0] for source in texts]
    return [tree["applicable_si"] for tree in trees if tree.get("applicable_si")]


def test_every_condition_of_the_library_can_be_shown_in_lines_and_means_the_same() -> None:
    library, _ = load_library(ROOT)
    conditions = _iter_conditions(library)
    assert len(conditions) > 100
    for tree in conditions:
        again = compose_condition(open_condition(tree))
        assert compose_condition(open_condition(again), tree) == tree, tree
        assert check_lines(open_condition(tree)) == {}


def test_a_line_without_value_or_with_another_kind_of_value_is_told_at_its_place() -> None:
    group = FactGroup(
        "tous",
        (
            FactLine("lits", "au_moins", ("beaucoup",)),
            FactGroup("au_moins_un", (FactLine("statut", "parmi"),)),
            FactGroup("aucun"),
            FactLine("date_effet", "au_moins", ("2027-13-01",)),
        ),
    )
    assert check_lines(group) == {
        "0": "« beaucoup » : un nombre est attendu.",
        "1.0": "Donnez une valeur à « statut de l’établissement ».",
        "2": "Ce groupe est vide : ajoutez-lui une condition, ou retirez-le.",
        "3": "« 2027-13-01 » : une date est attendue.",
    }


def test_the_words_that_one_may_choose_have_their_labels(project: Project) -> None:
    values = list_fact_values(project)
    assert ("public", "Public") in values["statut"]
    assert ("QA014", "QA014 – Médecine d’urgence") in values["activites"]
    assert ("demo", "Campagne de démonstration") in values["campagne"]
    assert ("cette_fiche", "Cette fiche") in values["deja_engage"]
    assert "departement" not in values
    assert ("moins_de", "moins de") in list_comparisons("lits")
    assert ("moins_de", "avant le") in list_comparisons("date_fin")
    assert len(list_comparisons("had")) == 1


def test_a_condition_is_told_in_words(project: Project) -> None:
    assert describe_tree(project, None) == "tous les établissements"
    assert describe_tree(project, {"lits": {"au_moins": "100"}}) == "lits : au moins 100"
