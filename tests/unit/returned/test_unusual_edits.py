"""What a party seldom does, or its program does for it, is told for what it is, and no more."""

import pytest

from tests.returned_files import read_data, sent_docx
from tests.unusual_edits import AUTHOR, UNUSUAL_EDITS, OpenedFile


@pytest.mark.parametrize("name", UNUSUAL_EDITS)
def test_an_unusual_edit_is_told_alone(name: str) -> None:
    file = OpenedFile(sent_docx())
    expected = UNUSUAL_EDITS[name](file)
    data = read_data(file.render())
    changes = [
        (change["tracked"], change["kind"], words)
        for change, (_, _, words) in zip(data["changes"], expected, strict=True)
        if words in (change["new"] or change["old"])
    ]
    assert changes == list(expected)
    authors = {change["author"] for change in data["changes"] if change["tracked"]}
    assert authors <= {AUTHOR, None}
    are_tracked = all(is_tracked for is_tracked, _, _ in expected)
    assert data["proof"]["accepted_equals_read"]
    assert data["proof"]["rejected_equals_sent"] == are_tracked
    assert data["files"][0]["recognised"]["mapped"] >= 0.9
