"""Many kinds of edits, each redline proved both ways by the reader that settles all changes."""

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from contract_builder.model.contract import Contract
from tests.contract_samples import long_contract, small_contract
from tests.independent_reader import read_settled
from tests.unit.compare.mutations import mutate
from tests.unit.compare.redline.pairs import (
    demonstration,
    redline,
    redline_and_plain,
    seeded_edits,
    seeded_pair,
)

OF_2019 = "hopital-de-proximite-2019-demonstration"
OF_2025 = "hopital-de-proximite-demonstration"


PAIRS = 500
EDITS = {
    "word edits": ("replace_word", "add_word", "drop_word"),
    "splits": ("split_paragraph",),
    "merges": ("merge_paragraphs",),
    "moves": ("move_block", "move_section", "shuffle_blocks"),
    "moved and edited": ("move_and_edit_block",),
    "rows added": ("add_row",),
    "rows removed": ("drop_row",),
    "rows reordered": ("reorder_rows",),
    "columns added": ("add_column",),
    "columns removed": ("drop_column",),
    "columns reordered": ("reorder_columns",),
    "header changes": ("change_header",),
    "no-break spaces": ("change_spaces", "hold_words_together"),
    "apostrophes": ("change_apostrophes",),
}
"""What the pairs must hold, and the mutations that make it."""


@pytest.mark.parametrize("seed", range(PAIRS))
def test_any_edits_are_marked_word_by_word_and_proved_both_ways(seed: int) -> None:
    """By the program's own reader of revisions, and by one that shares nothing with it."""
    made, plain = redline_and_plain(*seeded_pair(seed))
    assert made.proof.holds
    assert (made.proof.width, made.proof.defects) == ("mot", ())
    assert read_settled(made.docx, "accept") == read_settled(plain.new, "accept")
    assert read_settled(made.docx, "reject") == read_settled(plain.old, "accept")


@pytest.mark.parametrize("edit", EDITS)
def test_every_kind_of_edit_is_among_the_pairs(edit: str) -> None:
    assert sum(edits_of_all_pairs()[kind] for kind in EDITS[edit]) >= 25


@cache
def edits_of_all_pairs() -> Counter[str]:
    """In how many pairs each kind of edit stands."""
    return Counter(kind for seed in range(PAIRS) for kind in set(seeded_edits(seed)[2]))


@pytest.mark.parametrize("names", [(OF_2019, OF_2025), (OF_2025, OF_2019)])
def test_two_generations_of_a_contract_give_a_proved_redline(names: tuple[str, str]) -> None:
    proof = redline(demonstration(names[0]), demonstration(names[1])).proof
    assert (proof.holds, proof.width) == (True, "mot")


def test_a_long_contract_with_many_edits_gives_a_proved_redline() -> None:
    old = long_contract(8)
    proof = redline(old, mutate(old, 3, 30)).proof
    assert (proof.holds, proof.width) == (True, "mot")


def test_the_same_contract_has_no_mark_at_all() -> None:
    proof = redline(small_contract(), small_contract()).proof
    assert proof.holds
    assert {count for _, count in proof.marks} == {0}


def test_the_same_pair_gives_the_same_bytes() -> None:
    old, new = seeded_pair(5)
    assert redline(old, new).docx == redline(old, new).docx


@pytest.mark.parametrize("status", ["envoye", "signe"])
def test_cover_and_headers_are_proved_as_well(status: str) -> None:
    old = small_contract()
    header = replace(old.header, status=status, version=2, legal_name="CH d’Aubrac & Lot")
    new: Contract = replace(old, header=header)
    found = redline(old, new).proof
    assert found.holds
    assert {"word/document.xml", "word/header1.xml", "word/header2.xml"} <= set(found.parts)
