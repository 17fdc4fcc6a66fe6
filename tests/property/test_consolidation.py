"""A contract and its avenants in order give the last contract, whatever was done to it."""

from dataclasses import replace
from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from contract_builder.amend.consolidation import Consolidator
from contract_builder.amend.document import AmendmentFacts
from contract_builder.amend.numberless import say_the_same_but_numbers
from contract_builder.amend.numbers import number_as_consolidated
from contract_builder.amend.sameness import sections_say_the_same
from contract_builder.amend.written import write_amendment
from contract_builder.model.amendment import Amendment
from contract_builder.model.contract import Contract
from contract_builder.render.json import contract_sha256
from tests.contract_samples import long_contract, small_contract
from tests.unit.compare.mutations import mutate

SAMPLES = {"petit": small_contract(), "long": long_contract(sheets=2)}
seeds = st.integers(min_value=0, max_value=2**32)
names = st.sampled_from(sorted(SAMPLES))
counts = st.integers(min_value=1, max_value=4)
_OTHER_SEEDS = 2**33
"""Two edits of one seed would give two new clauses one id, which no contract has."""


def _amendment(old: Contract, new: Contract, number: int) -> Amendment | None:
    """The avenant; none where both say the same. It is never refused."""
    facts = AmendmentFacts(number, date(2026, number, 1), date(2026, number, 1), old.header)
    written = write_amendment(old, new, facts)
    return None if written is None else written.amendment


def _consolidate(old: Contract, *amendments: Amendment | None) -> Contract:
    consolidator = Consolidator(old, contract_sha256(old))
    for amendment in amendments:
        if amendment is not None:
            consolidator.take(amendment)
    return consolidator.result.contract


@settings(max_examples=100, deadline=None)
@example("petit", 202781, 202781, 1)
@example("petit", 1537501313, 2810638332, 3)
@example("long", 3299535553, 1063497603, 4)
@example("long", 3115471843, 3604023035, 3)
@given(names, seeds, seeds, counts)
def test_two_avenants_in_order_give_the_last_contract(
    name: str, first: int, second: int, count: int
) -> None:
    old = SAMPLES[name]
    middle = mutate(old, first, count)
    new = mutate(middle, _OTHER_SEEDS + second, count)
    one, two = _amendment(old, middle, 1), _amendment(middle, new, 2)
    if one is not None:
        made = _consolidate(old, one, two)
        assert say_the_same_but_numbers(made, new)


@settings(max_examples=60, deadline=None)
@given(names, seeds, seeds, counts)
def test_an_avenant_drafted_from_the_consolidated_text_keeps_its_numbers(
    name: str, first: int, second: int, count: int
) -> None:
    old = SAMPLES[name]
    middle = _consolidate(old, _amendment(old, mutate(old, first, count), 1))
    new = replace(mutate(middle, _OTHER_SEEDS + second, count), header=middle.header)
    made = _consolidate(middle, _amendment(middle, new, 2))
    meant = number_as_consolidated(middle, new).sections
    kept = [section for section in made.sections if section.kind != "lacunes"]
    assert len(kept) == len(meant)
    assert all(map(sections_say_the_same, kept, meant))
