"""A file that other programs stripped is known by what is left of it, and its clauses are found."""

from dataclasses import replace

from contract_builder.returned.reading import read_lines
from contract_builder.returned.recognition import Candidate, read_manifest, recognise
from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import read_parts, serialise, write_package
from contract_builder.word.revisions import unwrap_controls
from tests.returned_files import read_data, returned, sent_contract, sent_docx

MAIN = "word/document.xml"
SENT = Candidate(sent_contract(), "envoye")
OTHER = Candidate(replace(sent_contract(), sections=sent_contract().sections[:3]), "autre")


def stripped(docx: bytes) -> bytes:
    """The file without properties, bookmarks of clauses and controls of values."""
    parts = read_parts(docx)
    root = parse_xml(parts[MAIN])
    for mark in list(root.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        parent = mark.getparent()
        if parent is not None:
            parent.remove(mark)
    unwrap_controls(root)
    parts[MAIN] = serialise(root)
    return write_package({name: data for name, data in parts.items() if "custom.xml" not in name})


def test_the_manifest_of_a_file_names_its_contract() -> None:
    manifest = read_manifest(read_parts(sent_docx()))
    assert (manifest.code, len(manifest.sha256)) == (sent_contract().header.code, 64)
    assert read_manifest(read_parts(stripped(sent_docx()))).sha256 == ""


def test_bookmarks_tell_the_version_then_headings() -> None:
    for docx, by in ((sent_docx(), "signets"), (stripped(sent_docx()), "titres")):
        found = recognise(read_lines(docx), [OTHER, SENT])
        assert found is not None
        assert (found.by, found.candidate.sha256) == (by, "envoye")


def test_a_file_of_another_kind_is_no_version() -> None:
    lines = read_lines(sent_docx())[:3]
    assert recognise(lines, [SENT]) is None


def test_nine_clauses_in_ten_are_found_without_bookmarks_nor_controls() -> None:
    party = returned(5, [("words", True), ("words", False), ("clause-gone", False)])
    data = read_data(stripped(party.render()))
    assert data["files"][0]["recognised"]["mapped"] >= 0.9
    kinds = sorted((change["kind"], change["tracked"]) for change in data["changes"])
    assert kinds == [("modify", False), ("modify", True), ("section-removed", False)]
