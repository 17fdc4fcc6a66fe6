"""Whatever an operation orders, its printed sentence read back orders the same."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_builder.amend.articles import group_operations, joined_lines, word_articles
from contract_builder.amend.document import AmendmentFacts
from contract_builder.amend.drafting import draft_operations
from contract_builder.amend.sentence_reading import read_operations
from contract_builder.amend.told import tell
from contract_builder.amend.unit_names import name_units
from contract_builder.amend.written import write_amendment
from contract_builder.model.amendment import Operation
from tests.contract_samples import long_contract, small_contract
from tests.unit.amend.operation_samples import OPERATIONS, old_contract
from tests.unit.compare.mutations import mutate

NAMES = name_units(old_contract())
SAMPLES = {"petit": small_contract(), "long": long_contract(sheets=2)}


def _told_and_read(
    *operations: Operation,
) -> tuple[tuple[Operation, ...], tuple[Operation, ...]]:
    """What the articles of these operations order, and what their sentences read back order."""
    numbered = [replace(item, id=str(rank)) for rank, item in enumerate(operations)]
    articles = word_articles(group_operations(numbered, NAMES), NAMES, 2)
    worded = tuple(operation for article in articles for operation in article.group.operations)
    assert sorted(operation.id for operation in worded) == [item.id for item in numbered]
    read = read_operations([article.printed for article in articles], joined_lines(worded), NAMES)
    return tuple(tell(operation, NAMES) for operation in worded), read


@pytest.mark.parametrize("kind", OPERATIONS)
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_a_printed_sentence_read_back_orders_the_same(kind: str, data: st.DataObject) -> None:
    told, read = _told_and_read(data.draw(OPERATIONS[kind]()))
    assert read == told


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.one_of(
            *(
                make()
                for kind, make in OPERATIONS.items()
                if kind not in ("pièces jointes", "articles", "parties")
            )
        ),
        min_size=2,
        max_size=6,
    )
)
def test_so_do_several_operations_of_one_avenant(operations: list[Operation]) -> None:
    told, read = _told_and_read(*operations)
    assert read == told


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(SAMPLES)), st.integers(min_value=0, max_value=2**32), st.integers(1, 5)
)
def test_an_avenant_between_two_contracts_is_worded_and_proved(
    name: str, seed: int, count: int
) -> None:
    old = SAMPLES[name]
    new = mutate(old, seed, count)
    facts = AmendmentFacts(1, None, date(2026, 1, 1), old.header)
    written = write_amendment(old, new, facts)
    if written is None:
        assert draft_operations(old, new) == ()
        return
    proof = written.amendment.proof
    assert (proof.apply_equals_new, proof.parsed_sentences_equal_operations) == (True, True)
    assert all(item.sentence and item.article for item in written.amendment.operations)
