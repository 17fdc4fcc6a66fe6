"""Numbers that Word computes are the numbers that the contract says."""

from dataclasses import replace

import pytest

from contract_builder.errors import TemplateError
from contract_builder.model.blocks import Block, ListBlock, Note, Paragraph, Text
from contract_builder.model.contract import Contract, Section
from contract_builder.render.docx import (
    check_structure,
    extract_document,
    extract_text,
    render_docx,
)
from contract_builder.render.products import verify_docx
from contract_builder.word.numbering import Counters, format_counter, load_definitions
from contract_builder.word.package import read_parts
from tests.contract_samples import long_contract, paragraph, small_contract
from tests.documents import contract_with, find_all, make_docx, replace_in_part, word_template

NUMBERING = "word/numbering.xml"


def items(*names: str, start: int = 1, ordered: bool = True) -> ListBlock:
    return ListBlock(tuple((paragraph(name),) for name in names), ordered, start)


def list_texts(*blocks: Block) -> list[str]:
    """What the second article's only clause says."""
    texts = extract_text(make_docx(contract_with(*blocks)))
    start = texts.index("Article 2 – Durée et prise d’effet") + 1
    return texts[start : texts.index("Signatures")]


def headings_by_text(docx: bytes) -> dict[str, str]:
    """Style of each heading, by the text that is written (without computed numbers)."""
    found = {}
    for element in find_all(docx, "//w:p[w:bookmarkStart]"):
        written = "".join(element.itertext())
        style = element.find("{*}pPr/{*}pStyle")
        assert style is not None
        found[written] = next(iter(style.attrib.values()))
    return found


@pytest.mark.parametrize("contract", [small_contract(), long_contract(3)], ids=["small", "long"])
def test_native_numbers_of_headings_are_the_labels_of_the_sections(contract: Contract) -> None:
    texts = extract_document(make_docx(contract)).contract
    printed = [text for text in texts if text in {s.heading for s in contract.iter_sections()}]
    assert printed == [s.heading for s in contract.iter_sections() if s.heading]


def test_article_and_annex_numbers_are_computed_by_word_and_not_typed() -> None:
    headings = headings_by_text(make_docx(small_contract()))
    assert headings["Objet et fondements"] == "Heading1"
    assert headings["Objet"] == "Heading2"
    assert headings["Annexe financière"] == "TitreAnnexe"


def article(number: int, label: str) -> Section:
    return Section(f"article-{number}", "article", "Titre", str(number), label)


def test_a_number_that_does_not_follow_starts_a_list_anew() -> None:
    labels = ["Article 1", "Article 4", "Article 5"]
    sections = tuple(article(n, label) for n, label in enumerate(labels))
    contract = replace(small_contract(), sections=sections)
    docx = make_docx(contract)
    assert extract_text(docx) == [f"{label} – Titre" for label in labels]
    assert headings_by_text(docx) == {"Titre": "Heading1"}
    assert check_structure(docx) == []


@pytest.mark.parametrize("label", ["Article premier", "Article 1 bis", "Art. 1", "Article 01"])
def test_a_label_that_word_would_not_print_is_typed(label: str) -> None:
    contract = replace(small_contract(), sections=(article(1, label), article(2, "Article 1")))
    docx = make_docx(contract)
    assert extract_text(docx) == [f"{label} – Titre", "Article 1 – Titre"]
    assert f"{label} – Titre" in headings_by_text(docx)


def test_a_template_that_numbers_otherwise_still_gives_the_labels_of_the_contract() -> None:
    template = replace_in_part(word_template(), NUMBERING, "Article %1 –", "§ %1.")
    contract = small_contract()
    verify_docx(contract, render_docx(contract, template))


def test_every_ordered_list_restarts() -> None:
    assert list_texts(items("un", "deux"), paragraph("entre"), items("alpha", "bêta")) == [
        "1. un", "2. deux", "entre", "1. alpha", "2. bêta",
    ]  # fmt: skip


def test_an_ordered_list_starts_at_its_own_number() -> None:
    assert list_texts(items("a", "b", start=7)) == ["7. a", "8. b"]


def test_a_list_goes_on_after_the_list_inside_it() -> None:
    inner = items("x", "y")
    outer = ListBlock(((paragraph("un"), inner), (paragraph("deux"), inner)), ordered=True)
    assert list_texts(outer) == ["1. un", "a) x", "b) y", "2. deux", "a) x", "b) y"]


def test_the_marker_depends_on_lists_of_the_same_kind_only() -> None:
    innermost = ListBlock(((paragraph("c"),),))
    inner = ListBlock(((paragraph("b"), innermost),), ordered=True)
    outer = ListBlock(((paragraph("a"), inner), (paragraph("d"),)))
    assert list_texts(outer) == ["• a", "1. b", "– c", "• d"]


def test_an_item_is_indented_by_every_list_around_it() -> None:
    inner = ListBlock(((paragraph("dedans"),),), ordered=True)
    docx = make_docx(contract_with(ListBlock(((paragraph("dehors"), inner),))))
    (indent,) = find_all(docx, "//w:p[w:r/w:t = 'dedans']/w:pPr/w:ind")
    assert list(indent.attrib.values()) == ["850"]


def test_a_second_paragraph_of_an_item_has_no_marker() -> None:
    block = ListBlock(((paragraph("un"), paragraph("suite")), (paragraph("deux"),)), ordered=True)
    assert list_texts(block) == ["1. un", "suite", "2. deux"]


def test_a_list_in_a_note_keeps_its_markers() -> None:
    assert list_texts(Note((items("un"), items("puce", ordered=False)))) == ["1. un", "• puce"]


def test_an_item_that_begins_with_a_list_has_its_number_on_a_line_of_its_own() -> None:
    assert list_texts(ListBlock(((items("x"),),), ordered=True)) == ["1. ", "a) x"]


def test_each_ordered_list_is_a_list_of_its_own_in_the_file() -> None:
    docx = make_docx(contract_with(items("a"), items("b")))
    numbers = [
        next(iter(element.attrib.values()))
        for name in "ab"
        for element in find_all(docx, f"//w:p[w:r/w:t = '{name}']/w:pPr/w:numPr/w:numId")
    ]
    assert len(set(numbers)) == 2
    definitions = load_definitions(read_parts(docx)[NUMBERING])
    assert all(definitions.nums[int(number)].starts == {0: 1} for number in numbers)


def test_a_bullet_of_a_symbol_font_reads_as_a_bullet() -> None:
    template = replace_in_part(word_template(), NUMBERING, 'w:val="•"', 'w:val="\uf0b7"')
    contract = small_contract()
    docx = render_docx(contract, template)
    assert "• premier point ;" in extract_text(docx)
    verify_docx(contract, docx)


def test_a_template_whose_lists_count_otherwise_than_the_pdf_is_refused_with_what_to_mend() -> None:
    template = replace_in_part(word_template(), NUMBERING, 'w:val="%2)"', 'w:val="%2°"')
    with pytest.raises(TemplateError, match=r"« List Number ».*niveau 2 donne « a° ».*« a\) »"):
        render_docx(small_contract(), template)


@pytest.mark.parametrize(
    ("number", "number_format", "printed"),
    [
        (3, "decimal", "3"), (3, "decimalZero", "03"), (3, "lowerLetter", "c"),
        (28, "lowerLetter", "bb"), (28, "upperLetter", "BB"), (1994, "lowerRoman", "mcmxciv"),
        (4, "upperRoman", "IV"), (0, "lowerRoman", "0"), (5, "none", ""), (5, "ordinal", "5"),
    ],
)  # fmt: skip
def test_numbers_are_printed_as_word_prints_them(
    number: int, number_format: str, printed: str
) -> None:
    assert format_counter(number, number_format) == printed


def test_a_deeper_level_starts_anew_under_each_upper_one() -> None:
    counters = Counters(load_definitions(read_parts(word_template())[NUMBERING]))
    levels = (0, 1, 1, 0, 1)
    assert [counters.advance(3, level) for level in levels] == [
        "Article 1 – ", "1.1 – ", "1.2 – ", "Article 2 – ", "2.1 – ",
    ]  # fmt: skip


def test_looking_at_the_next_number_does_not_count_it() -> None:
    counters = Counters(load_definitions(read_parts(word_template())[NUMBERING]))
    assert counters.preview(3, 0) == counters.preview(3, 0) == counters.advance(3, 0)


def test_an_unknown_list_prints_nothing() -> None:
    assert Counters(load_definitions(None)).advance(9, 0) == ""


def test_an_empty_text_leaves_the_number_of_its_item() -> None:
    assert list_texts(ListBlock(((Paragraph((Text(""),)),),), ordered=True)) == ["1. "]
