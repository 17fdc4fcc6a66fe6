"""The table of contents is complete as written: no question at opening, nothing to update."""

from collections.abc import Mapping

from contract_builder.model.contract import Contract
from contract_builder.render.docx import extract_document
from contract_builder.render.docx.contents import UNKNOWN_PAGE
from contract_builder.word.ooxml import w
from contract_builder.word.package import read_parts
from tests.contract_samples import long_contract, small_contract
from tests.documents import find_all, make_docx


def entries(docx: bytes) -> list[str]:
    """The lines of the contents as a reader sees them, a space for the tab."""
    front = extract_document(docx).front
    return front[front.index("Sommaire") + 1 :]


def some_pages(contract: Contract) -> dict[str, int]:
    sections = [section for section in contract.iter_sections() if section.heading]
    return {section.id: 3 + 2 * rank for rank, section in enumerate(sections)}


def expected(contract: Contract, pages: Mapping[str, int]) -> list[str]:
    """The headings of the two upper levels, each with its page."""
    return [
        f"{item.heading} {pages.get(item.id, UNKNOWN_PAGE)}"
        for section in contract.sections
        for item in (section, *section.children)
        if item.heading
    ]


def test_each_entry_has_its_heading_and_the_page_that_was_given() -> None:
    contract = small_contract()
    pages = some_pages(contract)
    assert entries(make_docx(contract, pages)) == expected(contract, pages)


def test_a_long_contract_lists_every_article_and_clause_once_and_in_order() -> None:
    contract = long_contract(2)
    pages = some_pages(contract)
    assert entries(make_docx(contract, pages)) == expected(contract, pages)


def test_an_unknown_page_is_a_dash_and_never_a_wrong_number() -> None:
    contract = small_contract()
    found = entries(make_docx(contract, {"parties": 3}))
    assert found[:2] == ["Entre les soussignés 3", "Visas –"]


def test_each_entry_links_to_a_bookmark_of_the_text() -> None:
    docx = make_docx(small_contract())
    links = [
        element.get(w("anchor"))
        for element in find_all(docx, "//w:sdt[w:sdtPr/w:docPartObj]//w:hyperlink")
    ]
    bookmarks = {element.get(w("name")) for element in find_all(docx, "//w:bookmarkStart")}
    assert len(links) == len(entries(docx))
    assert set(links) <= bookmarks


def test_the_contents_are_a_field_that_word_can_update_with_every_page_number_a_field_too() -> None:
    docx = make_docx(small_contract())
    path = "//w:sdt[w:sdtPr/w:docPartObj/w:docPartGallery/@w:val='Table of Contents']//w:instrText"
    codes = [(element.text or "").split() for element in find_all(docx, path)]
    assert codes[0] == ["TOC", r"\o", '"1-2"', r"\h", r"\z", r"\u"]
    assert {code[0] for code in codes[1:]} == {"PAGEREF"}
    assert len(codes) == 1 + len(entries(docx))


def test_nothing_in_the_file_asks_the_reader_to_update_fields() -> None:
    for name, part in read_parts(make_docx(small_contract())).items():
        assert b"updateFields" not in part, name
        assert b"w:dirty" not in part, name
