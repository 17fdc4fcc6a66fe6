"""What nobody tracked, marked so that Word shows it; what was tracked stays as it came."""

from pathlib import Path

from contract_builder.services.marking import write_marked_files
from contract_builder.services.project import Project
from contract_builder.services.receiving import ReadCopies, read_copies
from contract_builder.services.sending import SendRequest, prepare_profile_to_send, send
from contract_builder.word.acceptance import accept_all, list_revisions, reject_all
from contract_builder.word.extraction import extract_text
from contract_builder.word.structure import check_structure
from tests.mini_project import PROFILE
from tests.other_party import OtherParty
from tests.unit.store.samples import ACTOR, START

NOBODY = "Modification non suivie"


def edited(project: Project, *edits: tuple[str, bool], seed: int = 3) -> tuple[bytes, OtherParty]:
    """The Word file that was sent, and what the other party did to it."""
    departing = prepare_profile_to_send(project, project.root / PROFILE)
    sent = send(project, departing, SendRequest(START, ACTOR)).published.written[0].read_bytes()
    party = OtherParty(sent, seed)
    for kind, tracked in edits:
        assert party.edit(kind, tracked=tracked)
    return sent, party


def read(project: Project, *parties: OtherParty) -> ReadCopies:
    paths = []
    for number, party in enumerate(parties):
        path = project.root / f"copie{number}" / "retour.docx"
        path.parent.mkdir()
        path.write_bytes(party.render())
        paths.append(path)
    return read_copies(project, paths)


def test_untracked_words_are_marked_and_refused_give_what_was_sent(
    project: Project, tmp_path: Path
) -> None:
    sent, party = edited(project, ("words", True), ("words", False), ("paragraph-added", False))
    marked = write_marked_files(read(project, party), tmp_path / "retours", START)
    (path,) = marked.published.written
    docx = path.read_bytes()
    assert path.name == "retour-marque.docx"
    assert marked.told == ()
    assert check_structure(docx) == []
    authors = {revision.author for revision in list_revisions(docx)}
    assert authors == {NOBODY, party.edits[0].author}
    assert extract_text(reject_all(docx)) == extract_text(sent)
    assert extract_text(accept_all(docx)) == extract_text(accept_all(party.render()))


def test_a_file_without_untracked_changes_comes_out_as_it_came(
    project: Project, tmp_path: Path
) -> None:
    _, party = edited(project, ("words", True))
    marked = write_marked_files(read(project, party), tmp_path, START)
    docx = marked.published.written[0].read_bytes()
    assert {revision.author for revision in list_revisions(docx)} == {party.edits[0].author}


def test_what_cannot_be_marked_is_named(project: Project, tmp_path: Path) -> None:
    _, party = edited(project, ("look", False))
    marked = write_marked_files(read(project, party), tmp_path, START)
    assert len(marked.told) == 1
    assert "présentation" in marked.told[0]


def test_copies_of_one_name_are_both_written(project: Project, tmp_path: Path) -> None:
    sent, first = edited(project, ("words", False))
    second = OtherParty(sent, 9)
    assert second.edit("words", tracked=False)
    marked = write_marked_files(read(project, first, second), tmp_path, START)
    names = [path.name for path in marked.published.written]
    assert names == ["retour-marque.docx", "retour-2-marque.docx"]
