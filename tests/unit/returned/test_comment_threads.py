"""Comments that answer others, and those that are settled, are told for what they are."""

import pytest

from contract_builder.word.package import RelatedPart, put_related_part, read_parts, write_package
from tests.other_party import OtherParty
from tests.returned_files import read_data, sent_docx

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
EXTENDED = RelatedPart(
    "word/commentsExtended.xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml",
    "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
)


def commented(*threads: tuple[str, str, bool]) -> bytes:
    """The file sent with one comment for each (paraId, paraId of what it answers, settled)."""
    party = OtherParty(sent_docx(), 4)
    for _ in threads:
        assert party.edit("comment", tracked=False)
    parts = read_parts(party.render())
    comments = parts["word/comments.xml"].decode()
    for paragraph, _, _ in threads:
        comments = comments.replace("<w:p><w:r>", f'<w:p w14:paraId="{paragraph}"><w:r>', 1)
    comments = comments.replace("<w:comments ", f'<w:comments xmlns:w14="{W14}" ', 1)
    parts["word/comments.xml"] = comments.encode()
    items = "".join(
        f'<w15:commentEx w15:paraId="{paragraph}" w15:done="{int(done)}"'
        + (f' w15:paraIdParent="{parent}"' if parent else "")
        + "/>"
        for paragraph, parent, done in threads
    )
    extended = f'<w15:commentsEx xmlns:w15="{W15}">{items}</w15:commentsEx>'
    put_related_part(parts, EXTENDED, extended.encode(), "word/document.xml")
    return write_package(parts)


def told(docx: bytes) -> list[tuple[str | None, bool, bool]]:
    """What is answered, whether it is answered and whether it is settled, as identifiers."""
    comments = read_data(docx)["comments"]
    assert len({comment["id"] for comment in comments}) == len(comments)
    return [(c["reply_to"], c["answered"], c["settled"]) for c in comments]


def test_an_answer_names_the_comment_that_it_answers() -> None:
    comments = read_data(commented(("A1", "", False), ("A2", "A1", False)))["comments"]
    (answer,) = [comment for comment in comments if comment["reply_to"]]
    (first,) = [comment for comment in comments if comment["id"] == answer["reply_to"]]
    assert first["answered"]
    assert not answer["answered"]


def test_an_answer_to_an_answer_answers_the_first_one() -> None:
    found = told(commented(("A1", "", False), ("A2", "A1", False), ("A3", "A2", False)))
    parents = [parent for parent, _, _ in found if parent]
    assert len(parents) == 2
    assert len(set(parents)) == 1


def test_what_is_settled_settles_its_answers() -> None:
    found = told(commented(("A1", "", True), ("A2", "A1", False), ("A3", "", False)))
    assert sorted(settled for _, _, settled in found) == [False, True, True]


@pytest.mark.parametrize(
    "threads",
    [
        (("A1", "A2", False), ("A2", "A1", False)),
        (("A1", "A1", False),),
        (("A1", "absent", False),),
    ],
)
def test_answers_that_lead_nowhere_stand_alone(threads: tuple[tuple[str, str, bool], ...]) -> None:
    assert told(commented(*threads)) == [(None, False, False)] * len(threads)


def test_without_the_part_every_comment_is_open() -> None:
    party = OtherParty(sent_docx(), 4)
    assert party.edit("comment", tracked=False)
    assert told(party.render()) == [(None, False, False)]
