"""Many kinds of edits, each redline proved both ways by the reader that settles all changes."""

from dataclasses import replace

import pytest

from contract_builder.model.contract import Contract
from tests.contract_samples import long_contract, small_contract
from tests.unit.compare.mutations import mutate
from tests.unit.compare.redline.pairs import demonstration, redline, seeded_pair

OF_2019 = "hopital-de-proximite-2019-demonstration"
OF_2025 = "hopital-de-proximite-demonstration"


@pytest.mark.parametrize("seed", range(72))
def test_any_edits_are_marked_word_by_word_and_proved_both_ways(seed: int) -> None:
    old, new = seeded_pair(seed)
    proof = redline(old, new).proof
    assert proof.holds
    assert (proof.width, proof.defects) == ("mot", ())


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
