"""A commitment that an avenant rewords: the same line by its code, else a doubt that is told."""

from dataclasses import replace

from contract_builder.follow.commitment_doubts import find_doubts
from contract_builder.follow.line_states import ContractStates, find_states
from contract_builder.follow.plan import plan_follow_up
from contract_builder.model.blocks import Cell, Row, Table, Text
from contract_builder.model.contract import Contract
from contract_builder.model.follow_up import FollowAct
from tests.followed_contracts import CONTRACT, ON, RULES, declaration, followed_contract

ENTRY = declaration("certification", "oui")


def reworded(key: str, title: str) -> Contract:
    """The contract whose only commitment has this key and these words."""
    contract = followed_contract()
    (article,) = contract.sections
    (clause,) = article.children
    (table,) = clause.blocks
    assert isinstance(table, Table)
    row = table.rows[0]
    cells = (Cell((Text(title),)), *row.cells[1:])
    blocks = (replace(table, rows=(Row(key, cells),)),)
    return replace(
        contract, sections=(replace(article, children=(replace(clause, blocks=blocks),)),)
    )


def states_of(contract: Contract, gone: str, count: int = 1) -> ContractStates:
    """Its states when values were said of a commitment of this key."""
    entry = replace(ENTRY, key=replace(ENTRY.key, item=gone))
    acts = [FollowAct(CONTRACT, "saisie", (entry,) * count)]
    return find_states(plan_follow_up(contract), acts, RULES, ON)


def test_a_commitment_with_a_code_is_the_same_line_whatever_its_words() -> None:
    states = states_of(reworded("C1", "Garder la certification"), "C1")
    line = next(item for item in states.states if item.line.key.item == "C1")
    assert line.value == "oui"
    assert line.line.title == "Garder la certification"
    assert (states.strays, find_doubts(states)) == ((), ())


def test_one_without_code_is_told_as_a_doubt_and_nothing_is_lost() -> None:
    contract = reworded("obtenir-et-garder-la-certification", "Obtenir et garder la certification")
    states = states_of(contract, "obtenir-la-certification", 2)
    (doubt,) = find_doubts(states)
    assert (doubt.gone, doubt.years, doubt.count) == ("obtenir-la-certification", (2025,), 2)
    assert doubt.key == "obtenir-et-garder-la-certification"
    words = doubt.words.replace("\u00a0", " ")
    assert "2 valeurs gardées pour 2025 sous « obtenir-la-certification »" in words
    assert "rien sous « Obtenir et garder la certification »" in words
    assert len(states.strays) == 2


def test_a_commitment_of_other_words_or_of_which_something_is_said_is_not_meant() -> None:
    contract = reworded("reduire-les-delais-aux-urgences", "Réduire les délais aux urgences")
    assert find_doubts(states_of(contract, "obtenir-la-certification")) == ()
    contract = reworded("obtenir-la-certification-v2", "Obtenir la certification V2")
    gone = replace(ENTRY, key=replace(ENTRY.key, item="obtenir-la-certification"))
    known = replace(ENTRY, key=replace(ENTRY.key, item="obtenir-la-certification-v2"))
    acts = [FollowAct(CONTRACT, "saisie", (gone, known))]
    assert find_doubts(find_states(plan_follow_up(contract), acts, RULES, ON)) == ()
