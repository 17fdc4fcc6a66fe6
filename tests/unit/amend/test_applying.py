"""An operation applies where it says, to what it quotes, or is refused with the reason."""

from dataclasses import replace

import pytest

from contract_builder.amend.applying import apply_operations
from contract_builder.amend.drafting import draft_operations
from contract_builder.amend.failures import FailureReason, OperationError
from contract_builder.model.amendment import Operation, OperationPlace
from contract_builder.model.blocks import ListBlock, Paragraph, Text
from contract_builder.model.contract import Contract
from tests.independent_avenant.odd_pairs import PAIRS
from tests.unit.compare.builders import article, clause, contract, table, text, with_number

MEETING = "Le comité se réunit une fois par an, puis une fois par mois."
OLD = contract(
    article(
        "six",
        6,
        with_number(
            clause(
                "suivi",
                MEETING,
                ListBlock(((text("un ;"),), (text("deux."),))),
                replace(table("t", "A|B", "1:K|1", "2:L|2"), caption="T"),
            ),
            "6.1",
            "6.1",
        ),
    )
)
PLACE = OperationPlace("suivi", "6.1")


def _words(old: str, new: str, **place: object) -> Operation:
    where = replace(PLACE, paragraph=1, **place)  # type: ignore[arg-type]
    return Operation("op-1", "1", "replace_words", where, None, old, new, (text(new),))


def _first(made: Contract) -> str:
    (block, *_) = made.sections[0].children[0].blocks
    assert isinstance(block, Paragraph)
    return "".join(item.text for item in block.content if isinstance(item, Text))


def test_words_are_exchanged_where_they_are_located() -> None:
    made = apply_operations([_words("une fois", "deux fois", occurrence=2)], OLD)
    assert _first(made) == "Le comité se réunit une fois par an, puis deux fois par mois."
    made = apply_operations([_words("une fois", "deux fois", occurrence=-1)], OLD)
    assert _first(made) == "Le comité se réunit une fois par an, puis deux fois par mois."
    made = apply_operations([_words("une fois", "deux fois", occurrence="each")], OLD)
    assert _first(made) == "Le comité se réunit deux fois par an, puis deux fois par mois."


def _row(kind: str, row: str, old: tuple[str, ...]) -> Operation:
    place = replace(PLACE, table="T", row=row)
    return Operation("op-1", "1", kind, place, None, (old,))  # type: ignore[arg-type]


def _deletion(paragraph: int, old: str) -> Operation:
    place = replace(PLACE, paragraph=paragraph)
    return Operation("op-2", "1", "delete_paragraphs", place, None, old)


@pytest.mark.parametrize(
    ("operations", "reason"),
    [
        ([replace(_words("comité", "conseil"), where=OperationPlace("x", "9"))], "unknown_unit"),
        ([_words("directoire", "conseil")], "absent_words"),
        ([_words("une fois", "deux fois")], "several_words"),
        ([_words("une fois", "deux fois", occurrence=3)], "absent_words"),
        ([_words("comité se", "conseil"), _words("se réunit", "siège")], "overlap"),
        ([_words("comité", "conseil"), _deletion(1, MEETING)], "overlap"),
        ([replace(_words("comité", "conseil"), content=None)], "content"),
        ([replace(_words("comité", "conseil"), content=(text("autre"),))], "content"),
        ([_deletion(2, "trois.")], "other_text"),
        ([_deletion(9, "un ;")], "unknown_alinea"),
        ([_row("delete_row", "M", ("M", "1"))], "unknown_row"),
        ([_row("delete_row", "K", ("K", "9"))], "other_text"),
        ([replace(_row("delete_row", "K", ("K", "1")), where=replace(PLACE, table="U"))],
         "unknown_table"),
        ([Operation("op-1", "1", "replace_section", PLACE)], "content"),
        ([Operation("op-1", "1", "delete_section", PLACE), _deletion(2, "un ;")], "overlap"),
        ([Operation("op-1", "1", "delete_section", OperationPlace("six", "6")),
          _deletion(2, "un ;")], "overlap"),
        ([Operation("op-1", "1", "insert_section", PLACE, "after", None, None,
                    (clause("suivi", "Deux fois."),))], "twice"),
        ([Operation("op-1", "1", "replace_title", PLACE, None, "Autre", "Suivi")], "other_text"),
        ([Operation("op-1", "1", "move_section", PLACE, "after", None, "9.9")], "unknown_unit"),
    ],
)  # fmt: skip
def test_an_operation_that_does_not_apply_is_refused(
    operations: list[Operation], reason: FailureReason
) -> None:
    with pytest.raises(OperationError) as caught:
        apply_operations(operations, OLD)
    assert caught.value.reason == reason
    assert "L’avenant ne s’applique pas à ce contrat" in str(caught.value)


def test_a_list_whose_items_all_go_goes_too() -> None:
    made = apply_operations([_deletion(2, "un ;"), replace(_deletion(3, "deux."), id="op-3")], OLD)
    assert [type(b).__name__ for b in made.sections[0].children[0].blocks] == ["Paragraph", "Table"]


@pytest.mark.parametrize("quoted", ["un\u00a0;", "un ;", "un;"])
def test_a_whole_quotation_stands_whatever_its_typography(quoted: str) -> None:
    made = apply_operations([_deletion(2, quoted)], OLD)
    (_, items, *_) = made.sections[0].children[0].blocks
    assert isinstance(items, ListBlock)
    assert len(items.items) == 1


def test_a_clause_without_number_that_comes_is_held_by_the_clause_that_it_continues() -> None:
    old, new = PAIRS["clause sans titre vient"]
    made = apply_operations(draft_operations(old, new), old)
    assert [section.children for section in made.sections] == [
        section.children for section in new.sections
    ]
