"""Footnotes in a redline: tracked with their calls, compared word by word, never lost."""

import re
from dataclasses import replace

import pytest
from lxml import etree

from contract_builder.compare.redline import Redline
from contract_builder.model.blocks import Cell, Field, Footnote, Inline, Paragraph, Row, Text
from contract_builder.model.contract import Contract
from contract_builder.render.docx import check_structure, extract_text
from contract_builder.word.acceptance import accept_all, reject_all
from contract_builder.word.fingerprint import fingerprint
from contract_builder.word.footnotes import CALL, FOOTNOTES, is_note
from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import read_parts
from tests.documents import change_part, contract_with, main_part, make_docx, replace_in_part
from tests.unit.compare.builders import table
from tests.unit.compare.redline.pairs import redline

FIRST = Footnote("premiere", (Text("Source : rapport de 2024."),))
SECOND = Footnote("seconde", (Text("Lecture incertaine : imprimé "), Field("lu", "8")))
SHORT = "Le délai est de trois mois"


def line(*items: Inline | str) -> Contract:
    content = tuple(Text(item) if isinstance(item, str) else item for item in items)
    return contract_with(Paragraph(content))


def proved(old: Contract, new: Contract) -> Redline:
    found = redline(old, new)
    assert (found.proof.holds, found.proof.width) == (True, "mot")
    assert FOOTNOTES.name in found.proof.parts
    return found


def notes(docx: bytes) -> list[etree._Element]:
    return [note for note in parse_xml(read_parts(docx)[FOOTNOTES.name]) if is_note(note)]


def marked(docx: bytes, mark: str) -> list[str]:
    """What is marked in the notes, a note's own number left out."""
    found = (
        "".join(t.text or "" for t in element.iter(w("t"), w("delText")))
        for note in notes(docx)
        for element in note.iter(w(mark))
    )
    return [text for text in found if text]


def holders(docx: bytes) -> list[str]:
    """What marks each call in the text, « » for a call that stays."""
    return [
        next((etree.QName(a).localname for a in call.iterancestors(w("ins"), w("del"))), "")
        for call in main_part(docx).iter(CALL)
    ]


def test_a_new_footnote_is_inserted_with_its_call() -> None:
    docx = proved(line(SHORT, "."), line(SHORT, SECOND, ".")).docx
    assert holders(docx) == ["", "ins", ""]
    assert "".join(marked(docx, "ins")) == "\u00a0Lecture incertaine : imprimé 8"
    assert len(notes(accept_all(docx))) == 3
    assert len(notes(reject_all(docx))) == 2


def test_a_footnote_that_goes_is_deleted_with_its_call() -> None:
    docx = proved(line(SHORT, SECOND, "."), line(SHORT, ".")).docx
    assert holders(docx) == ["", "del", ""]
    assert "".join(marked(docx, "del")) == "\u00a0Lecture incertaine : imprimé 8"
    assert marked(docx, "ins") == []
    assert len(notes(accept_all(docx))) == 2


def test_a_footnote_that_changes_is_marked_inside_and_its_call_stays() -> None:
    later = replace(FIRST, content=(Text("Source : rapport de 2025."),))
    docx = proved(line(SHORT, FIRST), line(SHORT, later)).docx
    assert holders(docx) == ["", "", ""]
    assert (marked(docx, "del"), marked(docx, "ins")) == (["2024"], ["2025"])


def test_a_footnote_that_is_numbered_anew_is_not_marked() -> None:
    docx = proved(line(SHORT, SECOND), line("Délai", FIRST, ", soit : ", SHORT, SECOND)).docx
    assert holders(docx).count("ins") == 1
    assert "Lecture" not in "".join(marked(docx, "ins") + marked(docx, "del"))


def test_footnotes_that_change_places_keep_their_texts() -> None:
    docx = proved(line("Un", FIRST, " puis deux", SECOND), line("Un", SECOND, " puis deux", FIRST))
    accepted = extract_text(accept_all(docx.docx))
    assert any(
        "Un(2 [\u00a0Lecture" in text and "deux(3 [\u00a0Source" in text for text in accepted
    )


def test_a_paragraph_that_moves_takes_its_footnote_along() -> None:
    noted = Paragraph((Text("Il est conclu pour une durée de cinq années pleines"), FIRST))
    others = [Paragraph((Text(f"Les parties se réunissent {n} fois par an."),)) for n in range(3)]
    docx = proved(contract_with(noted, *others), contract_with(*others, noted)).docx
    assert {call.get(w("id")) for call in main_part(docx).iter(CALL)} == {
        note.get(w("id")) for note in notes(docx)
    }
    assert len(notes(docx)) == 4


def test_a_footnote_in_a_cell_is_tracked_there() -> None:
    def aimed(*items: Inline) -> Contract:
        cells = (Cell((Text("tous"),)), Cell((Text("5"), *items)))
        return contract_with(
            replace(table("t", "Catégorie|2025", "r:a|b"), rows=(Row("r", cells),))
        )

    docx = proved(aimed(FIRST), aimed(SECOND)).docx
    assert holders(docx)[1:-1] == ["del", "ins"]
    assert check_structure(docx) == []


def test_a_row_that_goes_takes_its_footnotes_with_it() -> None:
    rows = tuple(
        Row(key, (Cell((Text(key), Footnote(f"n.{key}", (Text(f"dit {key}"),)))), Cell(())))
        for key in ("un", "deux", "trois")
    )
    whole = replace(table("t", "Catégorie|2025", "r:a|b"), rows=rows)
    docx = proved(contract_with(whole), contract_with(replace(whole, rows=rows[::2]))).docx
    assert holders(docx)[1:-1] == ["", "del", ""]
    assert [note for note in marked(docx, "del") if note.strip()] == ["\u00a0dit deux"]


@pytest.mark.parametrize(("mark", "settle"), [("del", accept_all), ("ins", reject_all)])
def test_a_note_goes_with_its_call_whoever_deleted_it(mark: str, settle: object) -> None:
    assert callable(settle)
    call = re.compile('<w:r>(?:(?!</w:r>).)*<w:footnoteReference w:id="2"/></w:r>')
    wrapped = rf'<w:{mark} w:id="901" w:author="B">\g<0></w:{mark}>'
    docx = change_part(
        make_docx(line(SHORT, FIRST)), "word/document.xml", lambda text: call.sub(wrapped, text)
    )
    assert len(notes(docx)) == len(notes(settle(docx))) + 1
    assert check_structure(settle(docx)) == []


def test_files_are_equal_whatever_the_names_of_their_notes_and_not_when_a_note_differs() -> None:
    docx = make_docx(line(SHORT, FIRST))
    named = replace_in_part(docx, "word/document.xml", 'Reference w:id="2"', 'Reference w:id="77"')
    named = replace_in_part(named, FOOTNOTES.name, '<w:footnote w:id="2"', '<w:footnote w:id="77"')
    assert fingerprint(named) == fingerprint(docx)
    other = replace_in_part(docx, FOOTNOTES.name, "rapport de 2024", "rapport de 2023")
    assert fingerprint(other)[FOOTNOTES.name] != fingerprint(docx)[FOOTNOTES.name]
