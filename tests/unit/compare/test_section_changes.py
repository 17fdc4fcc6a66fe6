"""Articles and clauses that come, go, move; renumbering told once."""

from dataclasses import replace

from contract_builder.model.blocks import CrossReference
from contract_builder.model.contract import Contract
from tests.unit.compare.builders import (
    LONG,
    article,
    changes_between,
    clause,
    contract,
    link,
    text,
    the_change,
)

OTHER = "Les parties se réunissent une fois par an pour examiner ensemble les résultats obtenus."


def _numbered(*ids: str) -> Contract:
    """Articles in this order, each with a clause that links to « duree »."""
    number = {section_id: at for at, section_id in enumerate(ids, start=1)}
    sections = []
    for section_id in ids:
        words = f"article\u00a0{number.get('duree', 0)}"
        child = clause(f"{section_id}-texte", text(f"{LONG} ({section_id}) ", link("duree", words)))
        sections.append(article(section_id, number[section_id], child, title=section_id.title()))
    return contract(*sections)


def test_an_inserted_article_is_one_change_with_all_its_text() -> None:
    old = contract(article("un", 1, clause("un-a", LONG)))
    new = contract(
        article("un", 1, clause("un-a", LONG)),
        article("deux", 2, clause("deux-a", OTHER, title="Réunions"), title="Suivi"),
    )
    change = the_change(old, new)
    assert (change.kind, change.topic, change.where.section) == ("insert", "section", "deux")
    assert change.new == f"Article 2 – Suivi\nRéunions\n{OTHER}"


def test_a_removed_clause_is_one_change() -> None:
    old = contract(article("un", 1, clause("a", LONG), clause("b", OTHER)))
    new = contract(article("un", 1, clause("a", LONG)))
    change = the_change(old, new)
    assert (change.kind, change.where.section, change.old) == ("delete", "b", f"Titre\n{OTHER}")


def test_renumbering_after_an_insertion_is_told_once() -> None:
    old, new = (
        _numbered("objet", "duree", "suivi"),
        _numbered("objet", "revision", "duree", "suivi"),
    )
    insertion, renumbering = changes_between(old, new)
    assert (insertion.kind, insertion.where.section) == ("insert", "revision")
    assert (renumbering.topic, renumbering.cls) == ("renumerotation", "format")
    assert (renumbering.old, renumbering.new) == ("Article 2 ; Article 3", "Article 3 ; Article 4")


def test_a_link_to_another_number_than_its_target_is_no_renumbering() -> None:
    def make(words: str) -> Contract:
        paragraph = text("Voir ", CrossReference("b", words), " du code.")
        return contract(article("a", 1, clause("x", paragraph)), article("b", 2))

    change = the_change(make("article 5"), make("article 6"))
    assert (change.cls, change.topic) == ("substance", "texte")


def test_a_moved_article_carries_its_clauses_in_one_change() -> None:
    def make(order: str) -> Contract:
        parts = {
            "a": Contract(contract().header, (clause("a", LONG), clause("b", LONG * 2))).sections,
            "c": (replace(clause("c", OTHER), children=(clause("d", OTHER * 2),)),),
        }
        return contract(*(section for name in order for section in parts[name]))

    change = the_change(make("ac"), make("ca"))
    assert (change.kind, change.where.section) == ("move", "c")


def test_a_moved_and_edited_clause_says_both() -> None:
    old = contract(clause("a", LONG), clause("b", LONG * 3), clause("c", OTHER))
    new = contract(
        clause("c", OTHER.replace("une fois", "deux fois")),
        clause("a", LONG),
        clause("b", LONG * 3),
    )
    move, wording = changes_between(old, new)
    assert (move.kind, move.where.section) == ("move+modify", "c")
    assert (wording.kind, wording.where.section) == ("modify", "c")
    assert ("delete", "une") in wording.words


def test_a_clause_that_changes_its_article_in_place_has_moved() -> None:
    old = contract(article("un", 1, clause("a", LONG), clause("b", OTHER)))
    new = contract(article("un", 1, clause("a", LONG)), clause("b", OTHER))
    change = the_change(old, new)
    assert (change.kind, change.where.section) == ("move", "b")


def test_a_new_title_is_told_at_its_section() -> None:
    old = contract(clause("a", LONG, title="Durée du contrat"))
    new = contract(clause("a", LONG, title="Durée de la convention"))
    change = the_change(old, new)
    assert (change.kind, change.cls, change.where.path) == ("modify", "substance", ())
    assert (change.old, change.new) == ("Durée du contrat", "Durée de la convention")


def test_a_landscape_page_is_format() -> None:
    section = clause("a", LONG)
    change = the_change(contract(section), contract(replace(section, landscape=True)))
    assert (change.cls, change.old, change.new) == ("format", "portrait", "paysage")


def test_a_section_without_heading_is_told_under_the_one_above() -> None:
    def make(words: str) -> Contract:
        return contract(article("un", 1, clause("a", words, title=""), title="Objet"))

    change = the_change(make("Cinq ans."), make("Six ans."))
    assert (change.where.section, change.where.heading) == ("a", "Article 1 – Objet")


def test_the_entry_of_a_change_is_its_section_in_the_script() -> None:
    from contract_builder.compare.comparison import compare_contracts

    comparison = compare_contracts(
        contract(clause("a", LONG), clause("b", "Cinq ans.")),
        contract(clause("a", LONG), clause("b", "Six ans.")),
    )
    (change,) = comparison.changes
    assert change.where.entry is not None
    assert comparison.script.sections[change.where.entry].latest.id == "b"
