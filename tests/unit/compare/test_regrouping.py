"""Text divided otherwise is one change, even when a few of its words are others too."""

import pytest

from contract_builder.compare.comparison import compare_contracts
from contract_builder.compare.projection import prove
from contract_builder.model.blocks import Block, ListBlock
from tests.unit.compare.builders import changes_between, clause, contract, text

FIRST = "L’Établissement remet son rapport au plus tard deux mois avant cette date à l’Agence."
SECOND = "L’Agence analyse ce rapport et communique un projet de conclusions dans les deux mois."
THIRD = "Le comité de suivi se réunit ensuite et propose, s’il y a lieu, un avenant aux Parties."
OTHER = "Chaque Partie désigne un responsable du suivi et informe l’autre de tout changement."


def bullets(*items: str | tuple[Block, ...]) -> ListBlock:
    return ListBlock(tuple((text(item),) if isinstance(item, str) else item for item in items))


def with_children(first: str, *children: str) -> tuple[Block, ...]:
    return (text(first), bullets(*children))


DIVIDED: dict[str, tuple[tuple[Block | str, ...], tuple[Block | str, ...]]] = {
    "a paragraph split": ((OTHER, f"{FIRST} {SECOND}"), (OTHER, FIRST, SECOND)),
    "a paragraph split and reworded": (
        (OTHER, f"{FIRST} {SECOND}", THIRD),
        (OTHER, FIRST.replace("deux", "trois"), SECOND.replace("analyse", "examine"), THIRD),
    ),
    "two paragraphs joined and reworded": (
        (OTHER, FIRST, SECOND),
        (OTHER, f"{FIRST.removesuffix('.')} et {SECOND.replace('deux', 'trois')}"),
    ),
    "three paragraphs joined, one word more": (
        (FIRST, SECOND, THIRD, OTHER),
        (f"{FIRST} {SECOND} {THIRD.replace('ensuite', 'ensuite alors')}", OTHER),
    ),
    "an item put under the one before": (
        (bullets(FIRST, SECOND, THIRD),),
        (bullets(with_children(FIRST, SECOND), THIRD),),
    ),
    "an item put under the one before and reworded": (
        (bullets(FIRST, SECOND, THIRD),),
        (bullets(with_children(FIRST, SECOND.replace("deux", "trois")), THIRD),),
    ),
    "an item taken out of another": (
        (bullets(with_children(FIRST, SECOND), THIRD),),
        (bullets(FIRST, SECOND, THIRD),),
    ),
    "the second of two items taken out": (
        (bullets(with_children(FIRST, SECOND, THIRD), OTHER),),
        (bullets(with_children(FIRST, SECOND), THIRD, OTHER),),
    ),
    "a list turned into paragraphs and reworded": (
        (OTHER, bullets(FIRST, SECOND, THIRD)),
        (OTHER, FIRST, SECOND.replace("deux", "trois"), THIRD),
    ),
}


@pytest.mark.parametrize("name", DIVIDED)
def test_text_divided_otherwise_is_one_change(name: str) -> None:
    old, new = (contract(clause("suivi", *blocks)) for blocks in DIVIDED[name])
    comparison = compare_contracts(old, new)
    assert [change.kind for change in comparison.changes] == ["modify"], comparison.changes
    proof = prove(comparison.script, old, new)
    assert (proof.accept_all_equals_new, proof.reject_all_equals_old) == (True, True)


TOLD_APART: dict[str, tuple[tuple[Block | str, ...], tuple[Block | str, ...]]] = {
    "a word changed and a short paragraph that comes": (
        (FIRST, OTHER),
        (FIRST.replace("deux", "trois"), "Ce délai est de rigueur.", OTHER),
    ),
    "a word changed and a paragraph that says the same again": (
        (FIRST, OTHER),
        (FIRST.replace("deux", "trois"), FIRST.replace("deux", "six"), OTHER),
    ),
    "a word changed and a paragraph that goes": (
        (FIRST, SECOND, OTHER),
        (FIRST.replace("deux", "trois"), OTHER),
    ),
    "an item changed and another that comes": (
        (bullets(FIRST, OTHER),),
        (bullets(FIRST.replace("deux", "trois"), SECOND, OTHER),),
    ),
}


@pytest.mark.parametrize("name", TOLD_APART)
def test_two_edits_side_by_side_stay_two(name: str) -> None:
    old, new = (contract(clause("suivi", *blocks)) for blocks in TOLD_APART[name])
    assert len(changes_between(old, new)) == 2
