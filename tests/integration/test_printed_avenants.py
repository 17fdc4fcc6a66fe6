"""The printed Word file of an avenant, read and applied by a reader that shares nothing with us."""

from dataclasses import replace

import pytest

from contract_builder.model.blocks import Block, Paragraph, Text
from contract_builder.model.contract import Contract, Section
from tests.contract_samples import long_contract, paragraph, small_contract
from tests.independent_avenant.odd_pairs import PAIRS
from tests.independent_avenant.trial import find_faults
from tests.unit.amend.operation_samples import old_contract, table
from tests.unit.compare.mutations import mutate
from tests.unit.compare.redline.pairs import demonstration

SAMPLES = {"petit": small_contract(), "long": long_contract(sheets=2)}
SEEDED = [(name, seed, 1 + seed % 5) for name in SAMPLES for seed in range(12)]


@pytest.mark.parametrize(("name", "seed", "count"), SEEDED)
def test_a_reader_of_the_word_file_alone_makes_the_new_contract(
    name: str, seed: int, count: int
) -> None:
    old = SAMPLES[name]
    assert not find_faults(old, mutate(old, seed, count))


@pytest.mark.parametrize("name", PAIRS)
def test_so_do_pairs_that_try_an_avenant(name: str) -> None:
    before, after = PAIRS[name]
    assert not find_faults(before, after)


def test_a_renewal_read_from_its_word_file_alone_makes_the_next_contract() -> None:
    old = demonstration("hopital-de-proximite-2019-demonstration")
    assert find_faults(old, demonstration("hopital-de-proximite-demonstration")) == []


def _with_clauses(contract: Contract, unit: str, *clauses: Section) -> Contract:
    """The contract with clauses at the end of a unit."""

    def changed(section: Section) -> Section:
        children = tuple(changed(child) for child in section.children)
        more = clauses if section.id == unit else ()
        return replace(section, children=(*children, *more))

    return replace(contract, sections=tuple(map(changed, contract.sections)))


def _with_blocks(contract: Contract, unit: str, *blocks: Block) -> Contract:
    """The contract with other blocks in a unit."""

    def changed(section: Section) -> Section:
        children = tuple(changed(child) for child in section.children)
        return replace(
            section, children=children, blocks=blocks if section.id == unit else section.blocks
        )

    return replace(contract, sections=tuple(map(changed, contract.sections)))


def _clause(name: str, *blocks: Block) -> Section:
    return Section(name, "clause", "", blocks=blocks)


def test_alineas_and_a_clause_that_come_at_one_place_are_all_printed() -> None:
    old = old_contract()
    longer = _with_blocks(
        old, "clause-6.1", paragraph("Un."), paragraph("Deux."), paragraph("Trois."),
        paragraph("Quatre."),
    )  # fmt: skip
    new = _with_clauses(longer, "clause-6.1", _clause("neuve", paragraph("Cinq.")))
    assert find_faults(old, new) == []


def test_a_clause_that_comes_with_its_table_is_printed_with_it() -> None:
    old = old_contract()
    coming = _clause("neuve", paragraph("Voici :"), table("t", "Montants", ("K", "1")))
    assert find_faults(old, _with_clauses(old, "clause-6.1", coming)) == []
    between = _clause(
        "neuve", paragraph("Voici :"), table("t", "Montants", ("K", "1")), paragraph("Fin.")
    )
    assert find_faults(old, _with_clauses(old, "clause-6.1", between)) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Vu le projet ;", "Vu le projet ; il est convenu"),
        ("Vu le projet ;", "Vu le projet et le schéma ;"),
        ("les uns,", "les uns, les autres"),
        ("La durée est de cinq ans.", "La durée est de cinq ans. Elle ne change pas."),
        ("La durée est de cinq ans.", "La durée est de cinq ans et ne change pas."),
        ("La durée est de cinq ans.", "La durée est de cinq ans. Elle vaut :"),
        ("Trois ans", "Trois ans au plus"),
    ],
)
def test_what_completes_an_alinea_is_read_alike_whatever_counts_for_a_stop(
    before: str, after: str
) -> None:
    sides = [
        _with_blocks(old_contract(), "clause-6.1", Paragraph((Text(text),)), paragraph("Deux."))
        for text in (before, after)
    ]
    assert find_faults(*sides) == []
