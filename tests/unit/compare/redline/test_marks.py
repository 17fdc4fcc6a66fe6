"""What a redline marks, and how."""

from dataclasses import replace

import pytest

from contract_builder.errors import UserError
from contract_builder.model.blocks import Field, Footnote, ListBlock, Paragraph, Text, inline_text
from contract_builder.model.contract import Contract
from contract_builder.word.acceptance import accept_all, reject_all
from contract_builder.word.extraction import extract_text
from contract_builder.word.footnotes import CALL
from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import read_parts
from tests.contract_samples import small_contract
from tests.documents import contract_with, make_docx, word_template
from tests.unit.compare.builders import table
from tests.unit.compare.redline.pairs import AT, AUTHOR, marks, redline, texts

FIRST = Paragraph((Text("Le présent contrat fixe les orientations stratégiques."),))
SECOND = Paragraph((Text("Il est conclu pour une durée de cinq années pleines."),))
THIRD = Paragraph((Text("Les parties se réunissent au moins une fois par an."),))


def test_only_the_words_that_change_are_marked() -> None:
    longer = Paragraph((Text("Il est conclu pour une durée de trois années pleines."),))
    docx = redline(contract_with(FIRST, SECOND), contract_with(FIRST, longer)).docx
    assert (texts(docx, "del"), texts(docx, "ins")) == (["cinq"], ["trois"])
    assert [mark.text for mark in marks(docx, "delText")] == ["cinq"]


def test_every_mark_bears_the_author_and_the_date() -> None:
    docx = redline(contract_with(FIRST, SECOND), contract_with(THIRD, FIRST)).docx
    found = marks(docx, "ins", "del", "moveFrom", "moveTo", "moveFromRangeStart")
    assert found
    assert {mark.get(w("author")) for mark in found} == {AUTHOR}
    assert {mark.get(w("date")) for mark in found} == {"2026-03-01T09:30:00Z"}


def test_an_inserted_paragraph_is_marked_with_its_own_mark() -> None:
    docx = redline(contract_with(FIRST), contract_with(FIRST, SECOND)).docx
    (mark,) = [m for m in marks(docx, "ins") if len(m) == 0]
    parent = mark.getparent()
    assert parent is not None
    assert parent.tag == w("rPr")
    assert texts(docx, "ins") == ["Il est conclu pour une durée de cinq années pleines."]


def test_a_block_that_moves_unedited_is_marked_as_moved_and_both_places_share_a_name() -> None:
    docx = redline(contract_with(FIRST, SECOND, THIRD), contract_with(THIRD, FIRST, SECOND)).docx
    assert texts(docx, "moveFrom") == texts(docx, "moveTo") != []
    assert texts(docx, "ins") == texts(docx, "del") == []
    starts = marks(docx, "moveFromRangeStart"), marks(docx, "moveToRangeStart")
    assert [m.get(w("name")) for m in starts[0]] == [m.get(w("name")) for m in starts[1]]
    assert marks(docx, "moveFrom")[-1].find(f".//{w('delText')}") is None


def test_a_block_that_moves_and_changes_is_deleted_whole_and_inserted_whole() -> None:
    edited = Paragraph((Text("Les parties se réunissent au moins deux fois par an."),))
    docx = redline(contract_with(FIRST, SECOND, THIRD), contract_with(edited, FIRST, SECOND)).docx
    assert marks(docx, "moveFrom", "moveTo") == []
    assert texts(docx, "del") == ["Les parties se réunissent au moins une fois par an."]
    assert texts(docx, "ins") == ["Les parties se réunissent au moins deux fois par an."]


def controls(docx: bytes) -> set[str | None]:
    """The tags of all content controls of the text."""
    return {tag.get(w("val")) for tag in marks(docx, "tag")}


def test_a_value_that_changes_stands_bare_and_one_in_an_unchanged_place_keeps_its_control() -> None:
    """LibreOffice shows a change inside a content control unmarked, and cannot settle it."""

    def lines(value: str) -> Contract:
        content = (Text("Durée : "), Field("contrat.duree", value), Text(" ans."))
        return contract_with(Paragraph(content), Paragraph((Field("contrat.delai", "trois"),)))

    docx = redline(lines("5"), lines("3")).docx
    assert controls(docx) & {"contrat.duree", "contrat.delai"} == {"contrat.delai"}
    assert (texts(docx, "del"), texts(docx, "ins")) == (["5"], ["3"])


def test_no_change_stands_in_a_control_whatever_comes_and_goes() -> None:
    valued = Paragraph((Text("Durée : "), Field("contrat.duree", "5"), Text(" ans.")))
    docx = redline(
        contract_with(valued, FIRST, THIRD), contract_with(FIRST, SECOND, THIRD, valued)
    ).docx
    changes = marks(docx, "ins", "del", "moveFrom", "moveTo")
    assert changes
    assert not [mark for mark in changes if next(mark.iterancestors(w("sdt")), None) is not None]
    assert not [mark for mark in changes if next(mark.iter(w("sdt")), None) is not None]


def test_the_call_of_a_note_stands_alone_in_its_run() -> None:
    """LibreOffice loses a call, and what follows it, when its run holds anything else."""
    note = Footnote("note", (Text("Source : rapport de 2024."),))

    def line(value: str) -> Contract:
        return contract_with(Paragraph((Text(f"Le délai est de {value}"), note, Text(" mois."))))

    for old, new in ((line("3"), line("4")), (contract_with(FIRST), line("3"))):
        for call in marks(redline(old, new).docx, "footnoteReference"):
            run = call.getparent()
            assert run is not None
            assert [child.tag for child in run if child.tag != w("rPr")] == [CALL]


def test_rows_that_come_and_go_are_marked_as_rows() -> None:
    kept = "a:Médecine|12"
    old = contract_with(table("lits", "Activité|Lits", kept, "b:Chirurgie|30"))
    new = contract_with(table("lits", "Activité|Lits", kept, "c:Obstétrique|8"))
    docx = redline(old, new).docx
    rows = [mark for row in marks(docx, "trPr") for mark in row if mark.get(w("author"))]
    assert [mark.tag for mark in rows] == [w("del"), w("ins")]
    assert texts(docx, "del") == ["Chirurgie", "30"]


def test_a_list_that_becomes_numbered_changes_its_paragraphs_properties() -> None:
    items = ((FIRST,), (SECOND,))
    docx = redline(
        contract_with(ListBlock(items)), contract_with(ListBlock(items, ordered=True))
    ).docx
    assert len(marks(docx, "pPrChange")) == 2
    assert texts(docx, "ins") == texts(docx, "del") == []


def test_an_inserted_item_leaves_the_other_numbers_of_its_list_alone() -> None:
    old = contract_with(ListBlock(((FIRST,), (THIRD,)), ordered=True))
    new = contract_with(ListBlock(((FIRST,), (SECOND,), (THIRD,)), ordered=True))
    docx = redline(old, new).docx
    assert marks(docx, "pPrChange") == []
    assert _numbers(accept_all(docx)) == ["1. Le ", "2. Il ", "3. Les"]
    assert _numbers(reject_all(docx)) == ["1. Le ", "2. Les"]


def _numbers(docx: bytes) -> list[str]:
    known = {inline_text(block.content) for block in (FIRST, SECOND, THIRD)}
    return [line[:6] for line in extract_text(docx) if line[3:] in known]


def test_the_mark_of_a_draft_goes_from_the_headers_as_a_tracked_deletion() -> None:
    old = small_contract()
    new = replace(old, header=replace(old.header, status="signe"))
    parts = read_parts(redline(old, new).docx)
    deleted = parse_xml(parts["word/header2.xml"]).iter(w("del"))
    assert any(mark.find(f".//{w('pict')}") is not None for mark in deleted)


@pytest.mark.parametrize("author", ["", "  ", "A\x00B", "deux\nlignes"])
def test_an_author_that_cannot_be_written_is_refused(author: str) -> None:
    from contract_builder.compare.redline import render_redline

    with pytest.raises(UserError, match="auteur"):
        render_redline(contract_with(FIRST), contract_with(SECOND), word_template(), author, AT)


def test_an_author_with_markup_characters_comes_out_literally() -> None:
    from contract_builder.compare.redline import render_redline

    old, new = contract_with(FIRST), contract_with(SECOND)
    docx = render_redline(old, new, word_template(), 'R & D <"sud">', AT).docx
    assert {mark.get(w("author")) for mark in marks(docx, "ins")} == {'R & D <"sud">'}


def test_the_last_paragraph_of_the_document_is_never_inserted_nor_deleted_as_a_mark() -> None:
    old = small_contract()
    new = replace(old, sections=old.sections[:-1])
    for before, after in ((old, new), (new, old)):
        docx = redline(before, after).docx
        last = [p for p in marks(docx, "p") if p.getparent() is not None][-1]
        assert [m.tag for m in last.iterfind(f"{w('pPr')}/{w('rPr')}/*")] == []


def test_two_tables_never_touch_and_what_parts_them_goes_either_way() -> None:
    old = contract_with(table("lits", "Activité|Lits", "a:Médecine|12"))
    new = contract_with(table("lits", "Activité|Lits|Places", "a:Médecine|12|3"))
    docx = redline(old, new).docx
    tables = [element.getnext() for element in marks(docx, "tbl")]
    assert [item for item in tables if item is not None and item.tag == w("tbl")] == []
    assert extract_text(accept_all(docx)) == extract_text(make_docx(new))
    assert extract_text(reject_all(docx)) == extract_text(make_docx(old))
