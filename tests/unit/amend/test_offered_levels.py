"""The level of an operation can be chosen: what is offered is possible, the choice is proved."""

from contract_builder.amend.applying import apply_operations
from contract_builder.amend.chosen_levels import (
    AmendedPassage,
    LevelsByPassage,
    call_passage,
    name_passage,
    resolve_levels,
)
from contract_builder.amend.drafting import draft_towards
from contract_builder.amend.numbers import number_as_consolidated
from contract_builder.amend.offered_levels import (
    AmendedTexts,
    LevelOffer,
    OfferedLevels,
    find_ignored,
    offer_levels,
)
from contract_builder.amend.sameness import contracts_say_the_same
from contract_builder.amend.unit_names import name_units
from contract_builder.model.amending_levels import ChosenLevel
from contract_builder.model.amendment import Operation
from contract_builder.model.blocks import Block
from contract_builder.model.contract import Contract
from tests.unit.compare.builders import LONG, article, clause, contract, table, with_number

OTHER = "L’agence réunit les parties à la demande de l’une d’elles et en dresse le relevé."
SECOND = AmendedPassage("suivi", paragraph=2)
WHOLE = AmendedPassage("suivi")


def _six(*blocks: Block | str) -> Contract:
    return contract(article("six", 6, with_number(clause("suivi", *blocks), "6.2", "6.2")))


def _amend(
    old: Contract, new: Contract, chosen: LevelsByPassage
) -> tuple[tuple[Operation, ...], tuple[OfferedLevels, ...]]:
    """The operations, which must give the new contract, and the levels offered for each."""
    consolidated = number_as_consolidated(old, new)
    operations = draft_towards(old, consolidated, chosen)
    assert contracts_say_the_same(apply_operations(operations, old), consolidated)
    return operations, offer_levels(AmendedTexts(old, consolidated, chosen), operations)


OLD = _six("Un.", LONG, "Trois.")
NEW = _six("Un.", LONG.replace("chaque année", "deux fois par an"), "Trois.")


def test_words_may_become_the_alinea_or_the_article_and_each_is_proved() -> None:
    (operation,), (offered,) = _amend(OLD, NEW, {})
    assert (operation.kind, offered.level) == ("replace_words", "mots")
    assert offered.others == (LevelOffer(SECOND, "alinea"), LevelOffer(WHOLE, "entier"))
    assert offered.chosen == ()
    (operation,), (offered,) = _amend(OLD, NEW, {SECOND: "alinea"})
    assert (operation.kind, operation.where.paragraph) == ("replace_paragraph", 2)
    assert offered.others == (LevelOffer(SECOND, "mots"), LevelOffer(WHOLE, "entier"))
    assert offered.chosen == (SECOND,)
    (operation,), (offered,) = _amend(OLD, NEW, {WHOLE: "entier"})
    assert operation.kind == "replace_section"
    assert offered.others == (LevelOffer(WHOLE, "detail"),)
    assert offered.chosen == (WHOLE,)


def test_an_alinea_that_mostly_changes_may_be_changed_by_words_where_they_can_say_it() -> None:
    old = _six("Un.", LONG, "Le comité siège deux fois chaque année à Lille.")
    new = _six("Un.", LONG, "Le comité siège trois fois par trimestre à Lyon ou à Metz.")
    operations, offered = _amend(old, new, {})
    last = operations[-1]
    assert last.kind == "replace_paragraph"
    passage = AmendedPassage("suivi", paragraph=3)
    assert LevelOffer(passage, "mots") in offered[-1].others
    operations, _ = _amend(old, new, {passage: "mots"})
    assert operations[-1].kind == "replace_words"


def test_an_article_of_which_most_changes_may_be_amended_in_detail() -> None:
    old, new = _six(LONG, "Deux."), _six(OTHER, "Trois ou quatre.")
    (operation,), (offered,) = _amend(old, new, {})
    assert (operation.kind, offered.level) == ("replace_section", "entier")
    assert offered.others == (LevelOffer(WHOLE, "detail"),)
    operations, detailed = _amend(old, new, {WHOLE: "detail"})
    assert [item.kind for item in operations] == ["replace_paragraph", "delete_paragraphs"]
    assert all(item.chosen == (WHOLE,) for item in detailed)


def test_several_alineas_chosen_do_not_have_the_article_replaced() -> None:
    """What somebody chose is not undone because most of the article is then replaced."""
    old = _six(LONG, LONG.replace("chaque", "une"), "Fin.")
    new = _six(
        LONG.replace("chaque année", "deux fois par an"),
        LONG.replace("chaque année", "un mois sur deux"),
        "Fin.",
    )
    chosen: LevelsByPassage = {
        AmendedPassage("suivi", paragraph=1): "alinea",
        AmendedPassage("suivi", paragraph=2): "alinea",
    }
    operations, _ = _amend(old, new, chosen)
    assert [item.kind for item in operations] == ["replace_paragraph", "replace_paragraph"]


def test_rows_may_become_the_table_and_back() -> None:
    rows = ["a:A|1", "b:B|2", "c:C|3", "d:D|4", "e:E|5"]
    old, new = (
        _six("Un.", table("credits", "Mesure|2025", *lines))
        for lines in (rows, [rows[0], "b:B|20", *rows[2:]])
    )
    (operation,), (offered,) = _amend(old, new, {})
    assert (operation.kind, offered.level) == ("replace_row", "lignes")
    whole = offered.others[0]
    assert whole.level == "tableau"
    (operation,), (offered,) = _amend(old, new, {whole.passage: "tableau"})
    assert operation.kind == "replace_table"
    assert offered.others[0] == LevelOffer(whole.passage, "lignes")


def test_what_only_comes_may_be_told_by_the_whole_article_alone() -> None:
    (operation,), (offered,) = _amend(_six("Un."), _six("Un.", LONG), {})
    assert (operation.kind, offered.level) == ("insert_paragraphs", None)
    assert offered.others == (LevelOffer(WHOLE, "entier"),)


def test_an_article_that_says_the_same_is_not_replaced_although_it_was_chosen() -> None:
    chosen: LevelsByPassage = {WHOLE: "entier", SECOND: "alinea"}
    consolidated = number_as_consolidated(OLD, OLD)
    assert draft_towards(OLD, consolidated, chosen) == ()


def test_a_choice_is_called_as_the_contract_prints_it_and_found_again() -> None:
    names = name_units(OLD)
    item = name_passage(SECOND, names, "alinea")
    assert (item.ou, item.alinea, item.niveau) == ("6.2", 2, "alinea")
    assert resolve_levels((item,), names) == ({SECOND: "alinea"}, ())
    assert call_passage(item) == "«\u00a06.2\u00a0», alinéa\u00a02"
    titled = ChosenLevel(ou="A5", tableau="Financements", rang=2, niveau="tableau")
    assert call_passage(titled) == (
        "«\u00a0A5\u00a0», tableau «\u00a0Financements\u00a0» n°\u00a02"
    )


def test_what_is_not_followed_is_told() -> None:
    names = name_units(OLD)
    absent = ChosenLevel(ou="9.9", niveau="entier")
    unchanged = ChosenLevel(ou="6.2", alinea=1, niveau="alinea")
    followed = ChosenLevel(ou="6.2", alinea=2, niveau="alinea")
    levels = (absent, unchanged, followed)
    chosen, _ = resolve_levels(levels, names)
    texts = AmendedTexts(OLD, number_as_consolidated(OLD, NEW), chosen)
    operations = draft_towards(texts.old, texts.consolidated, chosen)
    assert tuple(find_ignored(levels, texts, operations, names)) == (absent, unchanged)
