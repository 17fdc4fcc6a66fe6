"""Longest common parts and heaviest orders, against brute force."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_builder.compare.alignment import (
    heaviest_increasing,
    increasing_chain,
    iter_merged,
    longest_common,
    match_keys,
    match_sequences,
)

letters = st.lists(st.sampled_from("ab"), max_size=9)


def _common_length(old: list[str], new: list[str]) -> int:
    best = [0] * (len(new) + 1)
    for item in old:
        above = best[:]
        for j, other in enumerate(new, start=1):
            best[j] = above[j - 1] + 1 if item == other else max(above[j], best[j - 1])
    return best[-1]


@given(letters, letters)
def test_pairs_are_equal_and_increase_on_both_sides(old: list[str], new: list[str]) -> None:
    pairs = match_sequences(old, new)
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


@given(letters, letters)
def test_the_common_part_is_the_longest(old: list[str], new: list[str]) -> None:
    found = longest_common(old, new)[::-1]
    assert all(old[i] == new[j] for i, j in found)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(found))
    assert len(found) == _common_length(old, new)


def test_a_change_in_a_long_repetitive_text_stays_one_change() -> None:
    old = ["le", " ", "mot", " "] * 3000
    new = [*old[:6000], "autre", " ", *old[6000:9000], "encore", " ", *old[9000:]]
    pairs = match_sequences(old, new)
    assert len(pairs) == len(old)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 5)), max_size=8))
def test_the_kept_order_is_the_heaviest(items: list[tuple[int, int]]) -> None:
    values, weights = [v for v, _ in items], [w for _, w in items]
    kept = heaviest_increasing(values, weights)
    best = max(
        sum(weights[i] for i in chosen)
        for size in range(len(items) + 1)
        for chosen in combinations(range(len(items)), size)
        if all(values[a] < values[b] for a, b in pairwise(chosen))
    )
    assert all(values[a] < values[b] for a, b in pairwise(kept))
    assert sum(weights[i] for i in kept) == best


def test_the_lighter_part_is_the_one_that_moves() -> None:
    matches = {0: 1, 1: 0}
    assert increasing_chain(matches, [10, 1]) == {0: 1}
    assert increasing_chain(matches, [1, 10]) == {1: 0}


def test_what_goes_is_told_before_what_comes() -> None:
    assert list(iter_merged(3, 3, {1: 1})) == [(0, -1), (-1, 0), (1, 1), (2, -1), (-1, 2)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [("aab", "aba", {0: 0, 1: 2, 2: 1}), ("a", "b", {}), ("", "a", {})],
)
def test_repeated_keys_correspond_in_their_order(
    old: str, new: str, expected: dict[int, int]
) -> None:
    assert match_keys(old, new) == expected
