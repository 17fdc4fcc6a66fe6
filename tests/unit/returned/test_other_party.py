"""Every edit of the other party is told, with its place, words and author, and nothing else is."""

import pytest

from contract_builder.word.structure import check_structure
from tests.other_party import EDITS
from tests.returned_files import random_edits, read_data, returned, sent_docx
from tests.returned_matching import match_edits

FILES = 100


def test_a_file_that_nobody_changed_tells_nothing() -> None:
    data = read_data(sent_docx())
    assert data["changes"] == []
    assert data["comments"] == []
    assert data["files"][0]["recognised"]["mapped"] == 1.0
    assert data["proof"] == {"rejected_equals_sent": True, "accepted_equals_read": True}


@pytest.mark.parametrize("kind", EDITS)
@pytest.mark.parametrize("tracked", [True, False])
def test_an_edit_of_each_kind_is_told_alone(kind: str, *, tracked: bool) -> None:
    party = returned(7, [(kind, tracked)])
    assert len(party.edits) == 1
    docx = party.render()
    assert check_structure(docx) == []
    data = read_data(docx)
    matching = match_edits(party.edits, data)
    assert (matching.missed, matching.invented) == ([], [])
    is_unseen = not tracked and kind != "comment"
    assert data["proof"] == {
        "rejected_equals_sent": not is_unseen,
        "accepted_equals_read": True,
    }


@pytest.mark.parametrize("start", range(0, FILES, 10))
def test_a_hundred_files_edited_at_random_are_told_in_full(start: int) -> None:
    for seed in range(start, start + 10):
        party = random_edits(seed)
        data = read_data(party.render())
        matching = match_edits(party.edits, data)
        assert (seed, matching.missed, matching.invented) == (seed, [], [])
        assert data["proof"]["accepted_equals_read"]
        untracked = [edit for edit in party.edits if not edit.tracked and edit.kind != "comment"]
        assert data["proof"]["rejected_equals_sent"] == (not untracked)
        flags = [change["tracked"] for change in data["changes"]]
        assert flags == sorted(flags)
