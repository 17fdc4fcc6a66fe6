"""Whatever stands in a value comes out of the Word file as it was written."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_builder.model.blocks import (
    Cell,
    Column,
    Field,
    Inline,
    LineBreak,
    Note,
    Paragraph,
    Row,
    SubHeading,
    Table,
    Text,
)
from contract_builder.model.contract import CoverLine, Signatory
from contract_builder.render.docx import check_structure, extract_document, extract_text
from contract_builder.render.docx.ooxml import parse_xml
from contract_builder.render.docx.package import read_parts
from contract_builder.render.products import verify_docx
from tests.contract_samples import HOSTILE, header, small_contract
from tests.documents import contract_with, find_all, make_docx

# What XML 1.0 can hold (production 2), without the control characters that print as pictures and
# without tabs and line ends, which become markup.
XML_TEXT = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc"),
        exclude_characters="\ufffe\uffff",
    ),
    min_size=1,
    max_size=60,
).filter(lambda text: text.strip() != "")


def clause_text(*inlines: Inline) -> str:
    """What one paragraph with these inlines says once written and read back."""
    docx = make_docx(contract_with(Paragraph((Text("⟦"), *inlines, Text("⟧")))))
    (found,) = [text for text in extract_text(docx) if text.startswith("⟦")]
    return found[1:-1]


def test_a_value_with_markup_characters_comes_out_literally() -> None:
    assert clause_text(Field("valeur", HOSTILE)) == HOSTILE


def test_hostile_values_everywhere_leave_a_sound_file_that_says_the_same() -> None:
    text = (Text(HOSTILE), Field("k", HOSTILE, bold=True))
    table = Table(
        HOSTILE, HOSTILE, (Column(HOSTILE),), (Row(HOSTILE, (Cell(text),)),), notes=(text,)
    )
    contract = contract_with(SubHeading(text), Paragraph(text), Note((Paragraph(text),)), table)
    lines = (CoverLine(HOSTILE, HOSTILE),)
    signatories = (Signatory(HOSTILE, HOSTILE, HOSTILE),)
    hostile_header = header(
        legal_name=HOSTILE, agency=HOSTILE, code=HOSTILE, title=HOSTILE, subtitle=HOSTILE,
        cover_lines=lines, signatories=signatories,
    )  # fmt: skip
    contract = replace(contract, header=hostile_header)
    docx = make_docx(contract)
    verify_docx(contract, docx)
    assert extract_document(docx).contract.count(HOSTILE * 2) == 5


@given(XML_TEXT)
def test_any_text_that_xml_can_hold_comes_out_literally(value: str) -> None:
    assert clause_text(Field("valeur", value), Text(value, italic=True)) == value + value


@given(XML_TEXT)
def test_any_text_on_the_cover_in_the_header_and_under_the_signatures(value: str) -> None:
    changed = header(legal_name=value, cover_lines=(CoverLine("Nom", value),),
                     signatories=(Signatory(value, "Le directeur"),))  # fmt: skip
    contract = replace(small_contract(), header=changed)
    docx = make_docx(contract)
    document = extract_document(docx)
    assert value in document.front
    assert value in document.contract
    page_header = "".join(parse_xml(read_parts(docx)["word/header2.xml"]).itertext())
    assert page_header.startswith(f"CPOM {contract.header.code} – {value}")
    assert check_structure(docx) == []


@pytest.mark.parametrize(
    "value", ["  deux  espaces  ", "a\u00a0b\u202fc", "\u200bx\u2060", "e\u0301"]
)
def test_spaces_and_invisible_characters_are_kept(value: str) -> None:
    assert clause_text(Text(value)) == value


def test_tabs_and_line_ends_become_what_word_shows_for_them() -> None:
    docx = make_docx(contract_with(Paragraph((Text("[a\tb\r\nc\nd"), LineBreak(), Text("e]")))))
    (paragraph,) = find_all(docx, "//w:p[w:r/w:t[starts-with(., '[a')]]")
    tags = [element.tag.rpartition("}")[2] for element in paragraph.iter()]
    assert [tag for tag in tags if tag in ("t", "tab", "br")] == [
        "t", "tab", "t", "br", "t", "br", "t", "br", "t",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("character", "shown"),
    [("\x00", "␀"), ("\x07", "␇"), ("\x7f", "␡"), ("\ud800", "\ufffd"), ("\uffff", "\ufffd")],
)
def test_what_xml_cannot_hold_is_shown_and_never_dropped(character: str, shown: str) -> None:
    docx = make_docx(contract_with(Paragraph((Text(f"a{character}b"),))))
    assert f"a{shown}b" in extract_text(docx)
    assert check_structure(docx) == []


@pytest.mark.parametrize(
    "value", ["{% for x in y %}", "{{ contrat.code }}", "{#", "{_{ x }_}", "<?contrat corps?>"]
)
def test_a_name_that_looks_like_a_template_is_printed_and_not_run(value: str) -> None:
    contract = replace(
        small_contract(), header=header(cover_lines=(CoverLine("Nom", value),), legal_name=value)
    )
    docx = make_docx(contract)
    assert value in extract_document(docx).front
    verify_docx(contract, docx)
