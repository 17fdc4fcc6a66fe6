"""Whatever is done to a contract, its avenant gives it: applied to the old one, the new one."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from contract_builder.amend.applying import apply_operations
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
_SHORT_WORD = 3
_OTHER_SEEDS = 2**33
"""Two edits of one seed would give two new clauses one id."""


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


@settings(max_examples=50, deadline=None)
@given(names, seeds, seeds)
def test_an_amended_contract_says_the_new_one_and_is_amended_again(
    name: str, first: int, second: int
) -> None:
    old, new = SAMPLES[name], mutate(SAMPLES[name], first, 3)
    later = mutate(new, _OTHER_SEEDS + second, 3)
    amended = apply_operations(draft_operations(old, new), old)
    assert draft_operations(amended, new) == ()
    assert gives_new(draft_operations(amended, later), amended, later)


@settings(max_examples=100, deadline=None)
@given(seeds)
def test_words_are_quoted_at_most_three_times_as_much_as_changed(seed: int) -> None:
    """Where a word changes that can be found: a mark, or « en », is quoted with its neighbour."""
    random = seeded(seed)
    old = SAMPLES["long"]
    edit = random.choice((add_word, drop_word, replace_word))
    new = edit(old, random)
    changes = [c for c in compare_contracts(old, new).changes if c.words]
    pieces = [text.strip() for c in changes for op, text in c.words if op != "equal"]
    assume(all(piece.isalnum() and len(piece) > _SHORT_WORD for piece in pieces))
    texts = [o for o in draft_operations(old, new) if o.kind.endswith(("_words", "_paragraph"))]
    assert sum(map(_quoted, texts)) <= LARGEST_QUOTATION * sum(map(len, pieces))


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
