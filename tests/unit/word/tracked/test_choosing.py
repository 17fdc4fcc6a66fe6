"""Some revisions settled, the others left open with their authors."""

from contract_builder.word.acceptance import list_revisions, settle_revisions
from contract_builder.word.tracked.choosing import decide_by_author, decide_by_id
from tests.word_specimens import iter_specimen_paths, load_specimen, read_body, tell, word_file

SPECIMENS = {path.stem: load_specimen(path) for path in iter_specimen_paths()}


def _file(name: str) -> bytes:
    return word_file(SPECIMENS[name].given)


def _told(docx: bytes) -> list[str]:
    return [tell(one) for one in list_revisions(docx)]


def test_nothing_decided_leaves_every_file_as_it_is() -> None:
    for name in SPECIMENS:
        assert settle_revisions(_file(name), decide_by_id()) == _file(name)


def test_everything_decided_one_by_one_is_everything_decided_at_once() -> None:
    for name, specimen in SPECIMENS.items():
        ids = {one.id for one in list_revisions(_file(name))}
        accepted = settle_revisions(_file(name), decide_by_id(accepted=ids))
        refused = settle_revisions(_file(name), decide_by_id(refused=ids))
        assert (name, read_body(accepted)) == (name, specimen.accepted)
        assert (name, read_body(refused)) == (name, specimen.refused)


def test_each_half_of_an_edit_is_settled_alone() -> None:
    docx = settle_revisions(_file("text"), decide_by_id(accepted={"document-2"}))
    assert _told(docx) == ["deletion text A p1 | b"]
    docx = settle_revisions(docx, decide_by_id(refused={"document-1"}))
    assert _told(docx) == []
    assert "<w:t>b</w:t></w:r><w:r><w:t>c</w:t>" in read_body(docx)


def test_an_insertion_accepted_leaves_open_what_another_deleted_in_it() -> None:
    docx = settle_revisions(_file("text-nested"), decide_by_author(accepted={"A"}))
    assert _told(docx) == ["deletion text B p1 | b"]
    assert "<w:delText>b</w:delText>" in read_body(docx)


def test_an_insertion_refused_takes_with_it_what_another_deleted_in_it() -> None:
    docx = settle_revisions(_file("text-nested"), decide_by_author(refused={"A"}))
    assert read_body(docx) == SPECIMENS["text-nested"].refused


def test_a_deletion_refused_in_an_open_insertion_shows_the_text_again() -> None:
    docx = settle_revisions(_file("text-nested"), decide_by_author(refused={"B"}))
    assert _told(docx) == ["insertion text A p1 | ab"]
    assert "delText" not in read_body(docx)


def test_a_deletion_accepted_in_an_open_insertion_leaves_nothing_of_an_emptied_one() -> None:
    given = '<w:p><w:ins w:id="1" w:author="A"><w:del w:id="2" w:author="B"><w:r/></w:del></w:ins>'
    docx = settle_revisions(word_file(f"{given}</w:p>"), decide_by_author(accepted={"B"}))
    assert read_body(docx) == read_body(word_file("<w:p/>"))


def test_both_places_of_a_move_are_settled_together() -> None:
    specimen = SPECIMENS["move"]
    one = decide_by_id(accepted={"document-1"})
    assert read_body(settle_revisions(_file("move"), one)) == specimen.accepted
    other = decide_by_id(refused={"document-4"})
    assert read_body(settle_revisions(_file("move"), other)) == specimen.refused


def test_a_move_that_stays_open_keeps_the_ends_of_its_ranges() -> None:
    given = SPECIMENS["move"].given + SPECIMENS["text"].given
    docx = settle_revisions(word_file(given), decide_by_id(accepted={"document-5", "document-6"}))
    assert len(_told(docx)) == 4
    assert read_body(docx).count("RangeStart ") == 2


def test_both_copies_of_a_text_box_are_settled_by_one_decision() -> None:
    docx = settle_revisions(_file("text-box"), decide_by_id(accepted={"document-1"}))
    assert read_body(docx).count("<w:delText>") == 0
    assert read_body(docx).count("<w:ins ") == 2


def test_the_grid_of_a_table_follows_the_author_of_its_other_changes() -> None:
    docx = settle_revisions(_file("table-look"), decide_by_author(refused={"A"}))
    assert read_body(docx) == SPECIMENS["table-look"].refused


def test_a_revision_that_a_file_does_not_hold_changes_nothing() -> None:
    decide = decide_by_id(accepted={"document-99"}, refused={"footnotes-1"})
    assert settle_revisions(_file("text"), decide) == _file("text")
