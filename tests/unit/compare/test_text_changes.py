"""What is told of changed wording: once, in the right class, with the right words."""

from dataclasses import replace

import pytest

from contract_builder.model.blocks import (
    Field,
    Gap,
    LineBreak,
    ListBlock,
    Note,
    Paragraph,
    SubHeading,
    Text,
)
from tests.contract_samples import small_contract
from tests.unit.compare.builders import (
    LONG,
    changes_between,
    clause,
    contract,
    link,
    text,
    the_change,
)


def test_a_contract_is_identical_to_itself() -> None:
    assert changes_between(small_contract(), small_contract()) == []


def test_a_changed_word_is_one_modification_with_its_words() -> None:
    change = the_change(
        contract(clause("duree", "Le contrat dure trois ans.")),
        contract(clause("duree", "Le contrat dure cinq ans.")),
    )
    assert (change.kind, change.cls, change.where.section) == ("modify", "substance", "duree")
    assert change.words == (
        ("equal", "Le contrat dure "),
        ("delete", "trois"),
        ("insert", "cinq"),
        ("equal", " ans."),
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("L’agence : 5\u00a0% de 1\u00a0234,00\u00a0€", "L'agence\u00a0: 5 % de 1\u202f234,00 €"),
        ("dit «\u00a0le Contrat\u00a0»", "dit « le Contrat »"),
    ],
)
def test_other_spaces_and_apostrophes_are_typography(old: str, new: str) -> None:
    change = the_change(contract(clause("a", old)), contract(clause("a", new)))
    assert (change.kind, change.cls) == ("modify", "typographie")
    assert (change.old, change.new) == (old, new)


@pytest.mark.parametrize(
    "changed",
    [
        text("Texte du contrat.", bold=True),
        Paragraph((Text("Texte du contrat."),), "centered"),
        text("Texte ", "du contrat."),
        text("Texte ", Field("objet", "du contrat.")),
        SubHeading((Text("Texte du contrat."),)),
    ],
)
def test_the_same_words_in_another_look_are_format(changed: Paragraph) -> None:
    change = the_change(contract(clause("a", "Texte du contrat.")), contract(clause("a", changed)))
    assert (change.kind, change.cls) == ("modify", "format")


def test_bold_with_another_word_is_substance() -> None:
    change = the_change(
        contract(clause("a", "Texte du contrat.")),
        contract(clause("a", text("Texte de l’avenant.", bold=True))),
    )
    assert change.cls == "substance"


def test_a_filled_gap_is_a_change_of_substance() -> None:
    change = the_change(
        contract(clause("a", text("Signé le ", Gap("date", "date de signature"), "."))),
        contract(clause("a", text("Signé le ", Field("date", "1er juillet 2025"), "."))),
    )
    assert change.cls == "substance"
    assert ("insert", "1er juillet 2025") in change.words


def test_a_link_that_keeps_its_words_but_not_its_target_is_substance() -> None:
    sections = (clause("b", "Un."), clause("c", "Deux."))
    change = the_change(
        contract(clause("a", text("Voir ", link("b", "ce texte"))), *sections),
        contract(clause("a", text("Voir ", link("c", "ce texte"))), *sections),
    )
    assert change.cls == "substance"


def test_a_line_break_for_a_space_is_never_substance() -> None:
    change = the_change(
        contract(clause("a", text("un", " ", "deux"))),
        contract(clause("a", text("un", LineBreak(), "deux"))),
    )
    assert change.cls == "typographie"


def test_an_inserted_paragraph_leaves_its_neighbours_alone() -> None:
    change = the_change(
        contract(clause("a", "Premier.", LONG, "Dernier.")),
        contract(clause("a", "Premier.", "Nouveau.", LONG, "Dernier.")),
    )
    assert (change.kind, change.new, change.where.path) == ("insert", "Nouveau.", (1,))


def test_a_removed_paragraph_is_counted_in_the_old_contract() -> None:
    change = the_change(
        contract(clause("a", "Premier.", LONG, "Dernier.")), contract(clause("a", "Premier.", LONG))
    )
    assert (change.kind, change.old, change.where.path) == ("delete", "Dernier.", (2,))


def test_a_paragraph_that_changes_places_moves_and_stays_one_change() -> None:
    other = "Les parties se réunissent une fois par an pour examiner les résultats obtenus."
    change = the_change(
        contract(clause("a", LONG, other * 2, "Fin.")),
        contract(clause("a", other * 2, LONG, "Fin.")),
    )
    assert (change.kind, change.old, change.new) == ("move", LONG, LONG)


def test_a_paragraph_that_goes_to_another_clause_and_is_edited_is_moved_and_modified() -> None:
    change = the_change(
        contract(clause("a", "Un texte.", LONG), clause("b", "Un autre texte.")),
        contract(
            clause("a", "Un texte."),
            clause("b", "Un autre texte.", LONG.replace("chaque année", "chaque semestre")),
        ),
    )
    assert (change.kind, change.where.section) == ("move+modify", "b")
    assert ("delete", "année") in change.words


def test_text_of_a_removed_clause_is_not_moved_into_a_new_one() -> None:
    kinds = {
        change.kind
        for change in changes_between(contract(clause("a", LONG)), contract(clause("b", LONG)))
    }
    assert kinds == {"insert", "delete"}


def test_one_changed_item_is_one_change_in_its_list() -> None:
    old = ListBlock(((text("un"),), (text("deux"),), (text("trois"),)))
    new = replace(old, items=((text("un"),), (text("deux bis"),), (text("trois"),)))
    change = the_change(contract(clause("a", old)), contract(clause("a", new)))
    assert (change.kind, change.old, change.new) == ("modify", "deux", "deux bis")
    assert change.where.path == (0, 1, 0)


def test_a_new_item_does_not_touch_the_others() -> None:
    old = ListBlock(((text("un"),), (text("trois"),)))
    new = replace(old, items=((text("un"),), (text("deux"),), (text("trois"),)))
    change = the_change(contract(clause("a", old)), contract(clause("a", new)))
    assert (change.kind, change.new, change.where.path) == ("insert", "deux", (0, 1))


def test_a_list_that_becomes_numbered_is_format() -> None:
    old = ListBlock(((text("un"),), (text("deux"),)))
    change = the_change(
        contract(clause("a", old)), contract(clause("a", replace(old, ordered=True)))
    )
    assert (change.kind, change.cls) == ("modify", "format")


def test_a_change_inside_a_note_is_told_by_its_words() -> None:
    change = the_change(
        contract(clause("a", Note((text("Lecture sûre."),)))),
        contract(clause("a", Note((text("Lecture douteuse."),)))),
    )
    assert ("delete", "sûre") in change.words


def test_texts_with_little_in_common_are_not_shown_as_a_patchwork() -> None:
    change = the_change(
        contract(clause("a", "Cinq ans de plein droit.")),
        contract(clause("a", "Jusqu’au terme de la campagne suivante, sauf refus motivé.")),
    )
    assert [op for op, _ in change.words] == ["delete", "insert"]


def test_only_unprinted_data_are_told_as_one_change_of_form() -> None:
    old = small_contract()
    change = the_change(old, replace(old, library_version="autre"))
    assert (change.cls, change.topic) == ("format", "donnees-internes")
