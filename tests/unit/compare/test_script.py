"""The edit script: what a writer of tracked changes may count on."""

from dataclasses import replace

import pytest

from contract_builder.compare.comparison import compare_contracts
from contract_builder.compare.projection import project_inlines, project_new, prove
from contract_builder.compare.script import Script, TextEdit
from contract_builder.model.blocks import Field, Text
from tests.contract_samples import long_contract, small_contract
from tests.unit.compare.builders import LONG, clause, contract, link, text


def _script(old: object, new: object) -> Script:
    return compare_contracts(contract(old), contract(new)).script  # type: ignore[arg-type]


def test_a_script_that_lost_a_section_is_not_proved() -> None:
    old, new = small_contract(), small_contract("43")
    script = compare_contracts(old, new).script
    broken = replace(script, sections=script.sections[:-1])
    assert not prove(broken, old, new).accept_all_equals_new
    assert not prove(broken, old, new).reject_all_equals_old


def test_a_script_whose_words_are_wrong_on_one_side_is_refused_on_that_side() -> None:
    old, new = contract(clause("a", "trois ans")), contract(clause("a", "cinq ans"))
    script = compare_contracts(old, new).script
    (section,) = script.sections
    (block,) = section.blocks
    assert isinstance(block.detail, TextEdit)
    content = tuple(
        replace(edit, new=Text("dix")) if edit.op == "insert" else edit
        for edit in block.detail.content
    )
    wrong = replace(
        script, sections=(replace(section, blocks=(replace(block, detail=TextEdit(content)),)),)
    )
    proof = prove(wrong, old, new)
    assert (proof.accept_all_equals_new, proof.reject_all_equals_old) == (False, True)


def test_runs_keep_their_identity_through_a_word_edit() -> None:
    old = text("Prend effet le ", Field("date", "1er juillet 2025"), " au plus tard.")
    new = text("Prend effet le ", Field("date", "1er août 2025"), " au plus tôt.")
    (section,) = _script(clause("a", old), clause("a", new)).sections
    detail = section.blocks[0].detail
    assert isinstance(detail, TextEdit)
    assert [(edit.op, edit.old_index, edit.new_index) for edit in detail.content] == [
        ("equal", 0, 0),
        ("delete", 1, -1),
        ("insert", -1, 1),
        ("equal", 2, 2),
        ("delete", 2, -1),
        ("insert", -1, 2),
        ("equal", 2, 2),
    ]
    assert project_inlines(detail.content, "old") == old.content
    assert project_inlines(detail.content, "new") == new.content


def test_a_value_is_never_cut() -> None:
    old = text(Field("date", "1er juillet 2025"))
    new = text(Field("date", "1er août 2025"))
    (section,) = _script(clause("a", old), clause("a", new)).sections
    detail = section.blocks[0].detail
    assert isinstance(detail, TextEdit)
    assert [(edit.op, edit.latest) for edit in detail.content] == [
        ("delete", old.content[0]),
        ("insert", new.content[0]),
    ]


def test_a_renumbered_link_has_both_sides() -> None:
    def make(number: str) -> tuple[object, ...]:
        target = replace(clause("b", LONG), number=number, label=f"Article {number}")
        return clause("a", text("Voir l’", link("b", f"article\u00a0{number}"))), target

    script = compare_contracts(contract(*make("4")), contract(*make("5"))).script  # type: ignore[arg-type]
    detail = script.sections[0].blocks[0].detail
    assert isinstance(detail, TextEdit)
    assert [edit.op for edit in detail.content] == ["equal", "renumber"]


def test_the_two_places_of_a_move_share_their_number() -> None:
    script = compare_contracts(
        contract(clause("a", "Un texte.", LONG), clause("b", "Deux.")),
        contract(clause("a", "Un texte."), clause("b", "Deux.", LONG)),
    ).script
    blocks = [block for section in script.sections for block in section.blocks]
    (leaves,) = [block for block in blocks if block.op == "move_from"]
    (comes,) = [block for block in blocks if block.op == "move_to"]
    assert leaves.move == comes.move is not None
    assert (leaves.old, leaves.new, comes.old) == (comes.source, None, None)


def test_the_numbers_of_moves_are_unique() -> None:
    old = long_contract(sheets=2)
    new = replace(old, sections=old.sections[5:] + old.sections[:5])
    moves = [
        edit.move
        for section in compare_contracts(old, new).script.sections
        for edit in (section, *section.blocks)
        if edit.op == "move_to"
    ]
    assert len(moves) == len(set(moves)) > 0


def test_the_frames_carry_what_is_not_in_sections() -> None:
    old, new = small_contract(), small_contract(draft=False)
    script = compare_contracts(old, new).script
    assert script.new_frame.header.status == "signe"
    assert script.new_frame.sections == ()
    assert project_new(script).tables == new.tables


def test_a_missing_side_is_refused() -> None:
    (section,) = _script(clause("a", LONG), clause("a", LONG)).sections
    with pytest.raises(LookupError):
        replace(section, old=None).get("old")
