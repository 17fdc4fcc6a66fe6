"""What two people made of one file, together; what differs between two trees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
            {**BASE, "l": [{"n": "1"}, {"n": "3"}]},
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


A, B, C = ({"cle": key, "montants": {"2025": "1.00"}, "libelle": key.upper()} for key in "abc")
DEAR = {**A, "montants": {"2025": "9.00"}}
NAMED = {**A, "libelle": "Autre"}
NEW = {"cle": "n", "montants": {}}


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        ([DEAR, B, C], [C, B, A], [C, B, DEAR]),
        ([C, B, A], [NAMED, B, C], [C, B, NAMED]),
        ([DEAR, B, C], [C, NAMED, B], [C, {**DEAR, "libelle": "Autre"}, B]),
        ([A, B, C, NEW], [B, C, A], [B, C, A, NEW]),
        ([A, NEW, B, C], [NAMED, B, C], [NAMED, NEW, B, C]),
        ([B, C], [C, B, A], [C, B]),
        ([B, C], [B, C, DEAR], [B, C, DEAR]),
        ([DEAR, B, C], [B, C], [DEAR, B, C]),
        ([A, B, C], [C, A], [C, A]),
        ([], [C, B, A], []),
        (["x", "y"], ["y"], ["x", "y"]),
    ],
    ids=[
        "they reordered",
        "I reordered",
        "both changed, they reordered",
        "I added, they reordered",
        "I added, they changed",
        "I removed, they reordered",
        "I removed what they changed",
        "they removed what I changed",
        "they alone",
        "I emptied",
        "texts both added",
    ],
)
def test_a_line_is_found_again_wherever_the_other_put_it(mine, theirs, merged):
    base = [A, B, C] if merged != ["x", "y"] else []
    assert merge_trees({"l": base}, {"l": mine}, {"l": theirs}).get("l", []) == merged


LINES = st.lists(st.sampled_from([A, B, C, DEAR, NAMED, NEW, "text"]), max_size=5)


@given(LINES, LINES)
def test_what_one_person_alone_changed_is_what_the_file_says(base, changed):
    assert merge_trees({"l": base}, {"l": base}, {"l": changed}) == {"l": changed}
    assert merge_trees({"l": base}, {"l": changed}, {"l": base}) == {"l": changed}


@given(LINES, LINES, LINES)
def test_no_line_that_both_keep_is_lost_nor_invented(base, mine, theirs):
    merged = merge_trees({"l": base}, {"l": mine}, {"l": theirs})["l"]
    names = [line["cle"] if isinstance(line, dict) else line for line in merged]
    known = {line["cle"] if isinstance(line, dict) else line for line in [*mine, *theirs]}
    assert set(names) <= known
