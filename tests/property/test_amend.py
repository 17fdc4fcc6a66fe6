"""Whatever is done to a contract, its avenant gives it: applied to the old one, the new one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from contract_builder.amend.drafting import draft_operations
from contract_builder.compare.comparison import compare_contracts
from contract_builder.model.amendment import Operation
from tests.amended_pairs import gives_new
from tests.contract_samples import long_contract, small_contract
from tests.unit.compare.mutations import mutate
from tests.unit.compare.text_mutations import (
    add_word,
    change_apostrophes,
    change_spaces,
    drop_word,
    replace_word,
)
from tests.unit.compare.tree_edits import seeded

SAMPLES = {"petit": small_contract(), "long": long_contract(sheets=2)}
seeds = st.integers(min_value=0, max_value=2**32)
names = st.sampled_from(sorted(SAMPLES))
LARGEST_QUOTATION = 3


@settings(max_examples=300, deadline=None)
@given(names, seeds)
def test_an_avenant_gives_the_contract_after_one_edit(name: str, seed: int) -> None:
    old, new = SAMPLES[name], mutate(SAMPLES[name], seed, 1)
    assert gives_new(draft_operations(old, new), old, new)


@settings(max_examples=150, deadline=None)
@given(names, seeds, st.integers(min_value=2, max_value=12))
def test_an_avenant_gives_the_contract_after_many_edits(name: str, seed: int, count: int) -> None:
    old, new = SAMPLES[name], mutate(SAMPLES[name], seed, count)
    assert gives_new(draft_operations(old, new), old, new)


@settings(max_examples=50, deadline=None)
@given(names, seeds, seeds)
def test_an_avenant_joins_two_contracts_that_were_edited_apart(
    name: str, left: int, right: int
) -> None:
    old, new = (mutate(SAMPLES[name], seed, 6) for seed in (left, right))
    assert gives_new(draft_operations(old, new), old, new)


@settings(max_examples=100, deadline=None)
@given(names, seeds)
def test_words_are_quoted_at_most_three_times_as_much_as_changed(name: str, seed: int) -> None:
    random = seeded(seed)
    old = SAMPLES[name]
    edit = random.choice((add_word, drop_word, replace_word))
    new = edit(old, random)
    changes = [c for c in compare_contracts(old, new).changes if c.words]
    changed = sum(len(t.strip()) for c in changes for op, t in c.words if op != "equal")
    texts = [o for o in draft_operations(old, new) if o.kind.endswith(("_words", "_paragraph"))]
    assert sum(map(_quoted, texts)) <= LARGEST_QUOTATION * changed


def _quoted(operation: Operation) -> int:
    """Characters quoted, the anchor of an insertion left out."""
    old = "" if operation.kind == "insert_words" else operation.old
    return sum(len(text) for text in (old, operation.new) if isinstance(text, str))


@settings(max_examples=50, deadline=None)
@given(names, seeds)
def test_typography_alone_makes_no_avenant(name: str, seed: int) -> None:
    random = seeded(seed)
    new = change_spaces(change_apostrophes(SAMPLES[name], random), random)
    assert draft_operations(SAMPLES[name], new) == ()
