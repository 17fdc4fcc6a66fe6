"""Marks follow each value of a tree from state to state; what cannot be known bears none."""

from contract_builder.reading.tree_marks import UNKNOWN, iter_marked, mark_changes, mark_tree

BEFORE = {
    "nom": "CH",
    "mots": ["un", "deux"],
    "sites": [
        {"finess_et": "1", "nom": "Nord", "lits": "5"},
        {"finess_et": "2", "nom": "Sud", "lits": "5"},
    ],
}


def marks_after(new: dict[str, object]) -> dict[str, int]:
    """The marks of what was all of state 1, changed by state 2."""
    return dict(iter_marked(new, mark_changes(BEFORE, mark_tree(BEFORE, 1), new, 2)))


def test_a_value_that_says_the_same_keeps_its_mark_and_one_that_changes_takes_the_new_one():
    marks = marks_after({**BEFORE, "nom": "CHU"})
    assert marks.pop("nom") == 2
    assert set(marks.values()) == {1}


def test_a_list_of_texts_is_one_value():
    marks = marks_after({**BEFORE, "mots": ["un", "deux", "trois"]})
    assert marks["mots"] == 2


def test_lines_that_move_keep_their_marks():
    first, second = BEFORE["sites"]
    marks = marks_after({**BEFORE, "sites": [second, {**first, "lits": "6"}]})
    assert (marks["sites.0.nom"], marks["sites.1.nom"], marks["sites.1.lits"]) == (1, 1, 2)


def test_a_line_that_is_added_is_new_whole_even_where_it_says_what_others_say():
    marks = marks_after({**BEFORE, "sites": [*BEFORE["sites"], {"finess_et": "3", "lits": "5"}]})
    assert (marks["sites.2.finess_et"], marks["sites.2.lits"], marks["sites.0.lits"]) == (2, 2, 1)


def test_of_a_line_in_the_place_of_another_only_what_differs_is_known():
    first, _ = BEFORE["sites"]
    marks = marks_after({**BEFORE, "sites": [first, {"finess_et": "9", "nom": "Est", "lits": "5"}]})
    assert (marks["sites.1.nom"], marks["sites.1.lits"]) == (2, UNKNOWN)


def test_lists_in_a_line_that_may_be_another_are_not_known_either():
    before = {"fiches": [{"code": "A", "cibles": [{"annee": "2025", "texte": "5"}]}]}
    after = {"fiches": [{"code": "B", "cibles": [{"annee": "2025", "texte": "6"}]}]}
    marks = dict(iter_marked(after, mark_changes(before, mark_tree(before, 1), after, 2)))
    assert marks == {
        "fiches.0.code": 2,
        "fiches.0.cibles.0.annee": UNKNOWN,
        "fiches.0.cibles.0.texte": 2,
    }


def test_a_key_that_becomes_another_thing_is_new():
    marks = marks_after({"nom": {"court": "CH"}, "mots": "un", "sites": "rien"})
    assert marks == {"nom.court": 2, "mots": 2, "sites": 2}


def test_what_says_nothing_bears_no_mark():
    assert (
        dict(iter_marked({"a": "", "b": {"c": ""}}, mark_tree({"a": "", "b": {"c": ""}}, 1))) == {}
    )
