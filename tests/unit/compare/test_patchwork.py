"""Where two texts have too little in common, each is shown whole."""

import pytest

from contract_builder.compare.patchwork import is_patchwork, iter_unbroken_runs


@pytest.mark.parametrize(
    ("common", "longest", "expected"),
    [(0, 0, False), (0, 1, True), (19, 100, True), (20, 100, False), (100, 100, False)],
)
def test_less_than_a_fifth_in_common_is_a_patchwork(
    common: int, longest: int, expected: bool
) -> None:
    assert is_patchwork(common, longest) is expected


def test_runs_end_where_either_side_leaves_a_gap() -> None:
    pairs = [(0, 0), (1, 1), (3, 2), (4, 3), (5, 5)]
    assert list(iter_unbroken_runs(pairs)) == [[(0, 0), (1, 1)], [(3, 2), (4, 3)], [(5, 5)]]
    assert list(iter_unbroken_runs([])) == []
