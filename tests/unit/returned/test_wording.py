"""Negotiated words in the Markdown of a clause: fields, marks and other lines stay."""

import pytest

from contract_builder.returned.drafting import DraftEdit, apply_hunks, merge_line_edits
from contract_builder.returned.values import find_hunks
from contract_builder.returned.wording import WordingError, escape_markdown, rewrite_body

BODY = """\
Le Contrat prend effet le **{{ contrat.date_effet | date }}** pour cinq ans ; voir l’[](#duree).

Les Parties conviennent :

- de se réunir
  chaque année ;
- de se rendre compte.

{{ tableau.engagements }}
"""
PRINTED = {
    1: "Le Contrat prend effet le 1er juillet 2025 pour cinq ans ; voir l’article 2.",
    2: "Les Parties conviennent :",
    3: "de se réunir chaque année ;",
    4: "de se rendre compte.",
}


def modify(at: int, new: str) -> DraftEdit:
    old = PRINTED[at]
    return DraftEdit("modify", at, old, new, tuple(find_hunks(old, new)))


def rewrite(*edits: DraftEdit) -> str:
    return rewrite_body(BODY, PRINTED, edits, 0)


def test_words_beside_a_field_and_a_link_leave_both() -> None:
    new = "Le Contrat prend effet le 1er juillet 2025 pour quatre ans au plus ; voir l’article 2."
    text = rewrite(modify(1, new))
    assert text == BODY.replace("cinq ans", "quatre ans au plus")


def test_words_after_the_line_break_of_an_item_are_found() -> None:
    assert "de se réunir\n  chaque mois ;" in rewrite(modify(3, "de se réunir chaque mois ;"))


def test_a_field_that_is_struck_with_its_sentence_goes_whole() -> None:
    text = rewrite(modify(1, "Le Contrat vaut pour cinq ans ; voir l’article 2."))
    assert "date_effet" not in text
    assert "[](#duree)" in text


def test_an_item_goes_with_its_marker_and_one_that_comes_has_one() -> None:
    text = rewrite(
        DraftEdit("delete", 3, PRINTED[3]), DraftEdit("insert", 4, new="de publier le bilan.")
    )
    assert "réunir" not in text
    assert "- de se rendre compte.\n- de publier le bilan.\n" in text


def test_what_follows_the_title_or_a_table_comes_first_or_last() -> None:
    text = rewrite(DraftEdit("insert", 0, new="D’abord."), DraftEdit("insert", 7, new="Enfin."))
    assert text.startswith("D’abord.\n\nLe Contrat")
    assert text.endswith("{{ tableau.engagements }}\n\nEnfin.\n")


def test_new_words_are_never_markup() -> None:
    hostile = "1. *un* {{ contrat.code }} [x](#y) <b> # `z`"
    escaped = escape_markdown(hostile)
    assert escaped.startswith("1\\.")
    assert "{{" not in escaped
    assert "\\*un\\*" in escaped


def test_a_line_that_is_not_in_the_clause_is_refused() -> None:
    with pytest.raises(WordingError, match="retrouvé"):
        rewrite(DraftEdit("modify", 9, "Autre chose", "Rien", ((0, 5, "Rien"),)))


def test_edits_of_two_copies_join_where_they_do_not_overlap() -> None:
    first = modify(1, PRINTED[1].replace("cinq", "quatre"))
    second = modify(1, PRINTED[1].replace("voir", "lire"))
    (both,), clashes = merge_line_edits([[first], [second]])
    assert (both.new, clashes) == (
        PRINTED[1].replace("cinq", "quatre").replace("voir", "lire"),
        [],
    )
    assert apply_hunks(both.old, both.hunks) == both.new
    third = modify(1, PRINTED[1].replace("cinq", "trois"))
    assert merge_line_edits([[first], [third]])[1] == [1]
