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
    ListBlock,
    Note,
    Paragraph,
    Row,
    SubHeading,
    Table,
    Text,
)
from contract_builder.model.contract import CoverLine, Section, Signatory
from contract_builder.render.docx import check_structure, extract_document, extract_text
from contract_builder.render.products import verify_docx
from contract_builder.word.ooxml import parse_xml, w
from contract_builder.word.package import read_parts
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


@pytest.mark.parametrize(
    "text",
    [
        "articles L. 6114-1 à L. 6114-3, R. 6123-6-1",
        "la période 2025-2029",
        "n° 2020-1407",
        "L6114-1",
        "D.\u00a06114-8",
    ],
)
def test_no_line_may_end_inside_the_number_of_an_article_or_a_range_of_years(text: str) -> None:
    docx = make_docx(contract_with(Paragraph((Text(f"⟦{text}⟧"),))))
    (found,) = find_all(docx, "//w:p[w:r/w:t[starts-with(., '⟦')]]")
    assert len(list(found.iter(w("noBreakHyphen")))) == text.count("-")
    assert f"⟦{text}⟧" in extract_text(docx), "the reader and the contract keep a plain hyphen"


@pytest.mark.parametrize(
    "text", ["mi-parcours", "DEMO-2025-0325", "990000010-A", "- 1", "1-2-3-4-5-6-7", "2025-202900"]
)
def test_hyphens_of_words_and_codes_stay_plain(text: str) -> None:
    docx = make_docx(contract_with(Paragraph((Text(f"⟦{text}⟧"), Field("k", "L. 6114-1")))))
    assert find_all(docx, "//w:noBreakHyphen") == []


def test_a_text_that_announces_a_list_or_a_table_stays_on_its_page() -> None:
    table = Table("t", "", (Column("A"),), (Row("r", (Cell((Text("x"),)),)),))
    items = ((Paragraph((Text("un"),)),), (Paragraph((Text("suite :"),)), ListBlock(())))
    docx = make_docx(
        contract_with(
            Paragraph((Text("L’Établissement s’engage à\u00a0:"),)),
            ListBlock(items),
            Paragraph((Text("À savoir\u00a0:"),)),
            Paragraph((Text("Les montants sont\u00a0:"),)),
            table,
            Paragraph((Text("Un point."),)),
            table,
        )
    )
    held = find_all(docx, "//w:p[w:pPr/w:keepNext]")
    texts = ["".join(str(text) for text in paragraph.itertext()) for paragraph in held]
    assert "L’Établissement s’engage à\u00a0:" in texts
    assert "Les montants sont\u00a0:" in texts
    assert "suite :" in texts
    assert {"À savoir\u00a0:", "Un point.", "un"}.isdisjoint(texts)


def test_signatures_never_stand_alone_on_a_page() -> None:
    """Whether their text stands in the section itself or in a clause of it."""
    contract = small_contract()
    *before, signatures, annex, last = contract.sections
    assert signatures.kind == "signatures"
    clause = Section(id="fait", kind="clause", title="", blocks=signatures.blocks)
    inner = replace(signatures, blocks=(), children=(clause,))
    nested = replace(contract, sections=(*before, inner, annex, last))
    text = "//w:tbl[.//w:t='Le directeur général']/preceding-sibling::w:p[.//w:t][1]"
    for sample in (contract, nested):
        (held,) = find_all(make_docx(sample), f"{text}[w:pPr/w:keepNext]")
        assert "".join(str(piece) for piece in held.itertext()) == "Fait en deux exemplaires."
