"""What two people made of one file, together; what differs between two trees."""

import pytest

from contract_builder.reading.tree import Tree
from contract_builder.reading.tree_merging import TreeDifference, iter_tree_differences, merge_trees

BASE: dict[str, Tree] = {"a": "1", "g": {"x": "1", "y": "1"}, "l": [{"n": "1"}, {"n": "2"}]}


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        (BASE, {**BASE, "a": "2"}, {**BASE, "a": "2"}),
        ({**BASE, "a": "2"}, BASE, {**BASE, "a": "2"}),
        ({**BASE, "a": "2"}, {**BASE, "a": "3"}, {**BASE, "a": "2"}),
        (
            {**BASE, "g": {"x": "2", "y": "1"}},
            {**BASE, "g": {"x": "1", "y": "3"}},
            {**BASE, "g": {"x": "2", "y": "3"}},
        ),
        (
            {**BASE, "l": [{"n": "9"}, {"n": "2"}]},
            {**BASE, "l": [{"n": "1"}, {"n": "8"}]},
            {**BASE, "l": [{"n": "9"}, {"n": "8"}]},
        ),
        (
            {**BASE, "l": [{"n": "1"}]},
            {**BASE, "l": [{"n": "1"}, {"n": "2"}, {"n": "3"}]},
            {**BASE, "l": [{"n": "1"}]},
        ),
        ({"a": "1", "g": BASE["g"]}, {**BASE, "a": "2"}, {"a": "2", "g": BASE["g"]}),
        ({**BASE, "new": "m"}, {**BASE, "other": "t"}, {**BASE, "new": "m", "other": "t"}),
    ],
    ids=["theirs", "mine", "both", "groups", "lines", "lengths", "removed", "added"],
)
def test_both_changes_are_kept_and_mine_where_they_meet(mine, theirs, merged):
    assert merge_trees(BASE, mine, theirs) == merged


def test_every_value_that_differs_is_told_with_its_path():
    new = {"a": "2", "g": {"x": "1"}, "l": [{"n": "1"}, {"n": "3"}], "z": ["t"]}
    assert list(iter_tree_differences(BASE, new)) == [
        TreeDifference("a", "1", "2"),
        TreeDifference("g.y", "1", None),
        TreeDifference("l.1.n", "2", "3"),
        TreeDifference("z", None, ["t"]),
    ]


def test_equal_trees_do_not_differ():
    assert list(iter_tree_differences(BASE, dict(BASE))) == []
