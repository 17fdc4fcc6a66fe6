"""Figures in every document: drawn, told in words, proved."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from contract_builder.errors import InternalRenderError
from contract_builder.model.blocks import Drawing
from contract_builder.render.docx import render_docx
from contract_builder.render.html import extract_html_figures
from contract_builder.render.json import parse_contract
from contract_builder.render.office import convert_to_pdf
from contract_builder.render.pdf import PdfDocument, draw_pictures, extract_figures, extract_pages
from contract_builder.render.products import (
    read_surroundings,
    render_all,
    verify_docx,
    verify_pdf,
)
from contract_builder.word.ooxml import WP
from contract_builder.word.package import read_parts, write_package
from contract_builder.word.pictures import find_pictures
from contract_builder.word.structure import check_structure
from tests.documents import (
    FONTS,
    MAIN,
    TEMPLATES,
    contract_with,
    main_part,
    make_docx,
    make_pdf,
    replace_in_part,
    word_template,
)
from tests.figure_samples import COUNT, RATE, changed, contract_with_figures
from tests.outside_tools import find_program

CONTRACT = contract_with_figures(RATE, COUNT)
EMU_IN_POINT = 12700


@cache
def files() -> Mapping[str, bytes]:
    return render_all(TEMPLATES, CONTRACT, ("docx", "pdf", "html", "json")).files


@cache
def pictures() -> Mapping[str, bytes]:
    return draw_pictures(CONTRACT, FONTS)


def test_each_document_holds_the_figures_and_tells_them_in_words() -> None:
    told = [RATE.text, COUNT.text]
    assert [item.description for item in find_pictures(files()["docx"])] == told
    assert extract_figures(files()["pdf"], 1) == told
    assert [text for text, _ in extract_html_figures(files()["html"])] == told
    assert parse_contract(files()["json"]) == CONTRACT
    assert CONTRACT.schema_version == 5


def test_the_words_of_a_drawing_are_text_in_the_pdf() -> None:
    page = next(page for page in extract_pages(files()["pdf"]) if "valeur validée" in page)
    assert "à venir" in page
    assert "80 %" in page.replace("\u00a0", " ")


def test_the_same_figures_give_the_same_bytes() -> None:
    again = render_all(TEMPLATES, CONTRACT, ("docx", "pdf", "html")).files
    assert again == {name: files()[name] for name in again}


def test_a_picture_is_as_large_as_its_figure_says_in_dots_fit_for_print() -> None:
    (extent, *_) = main_part(files()["docx"]).iter(f"{{{WP}}}extent")
    assert int(extent.get("cx", "")) == 448 * EMU_IN_POINT
    assert int(extent.get("cy", "")) == 196 * EMU_IN_POINT
    data = find_pictures(files()["docx"])[0].data
    assert data.startswith(b"\x89PNG")
    width = int.from_bytes(data[16:20], "big")
    assert width == pytest.approx(448 / 72 * 220, abs=1)


def test_a_picture_is_never_wider_than_the_text() -> None:
    contract = contract_with_figures(replace(RATE, width=1000, height=500))
    docx = render_docx(contract, word_template(), pictures=draw_pictures(contract, FONTS))
    (extent,) = main_part(docx).iter(f"{{{WP}}}extent")
    wide, high = int(extent.get("cx", "")), int(extent.get("cy", ""))
    assert wide <= 454 * EMU_IN_POINT
    assert wide / high == pytest.approx(2, abs=0.01)
    verify_pdf(contract, make_pdf(contract))


def test_the_caption_stays_on_the_page_of_its_picture() -> None:
    (caption,) = (
        item
        for item in main_part(files()["docx"]).iter("{*}p")
        if "".join(item.itertext()) == RATE.caption
    )
    assert caption.find("{*}pPr/{*}keepNext") is not None


def test_two_figures_of_one_drawing_share_its_picture() -> None:
    contract = contract_with_figures(RATE, replace(RATE, key="autre"))
    docx = render_docx(contract, word_template(), pictures=draw_pictures(contract, FONTS))
    assert check_structure(docx) == []
    assert sum(name.endswith(".png") for name in read_parts(docx)) == 1
    assert len(find_pictures(docx)) == 2


def _without_part(docx: bytes) -> bytes:
    """The picture of the first figure in the place of the second's."""
    parts = read_parts(docx)
    first, second = (name for name in parts if name.endswith(".png"))
    parts[second] = parts[first]
    return write_package(parts)


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "dit «": lambda docx: replace_in_part(docx, MAIN, "2025 : cible 4", "2025 : cible 5"),
    "n’est pas celui": _without_part,
}


@pytest.mark.parametrize("reason", SPOILT)
def test_a_word_file_with_another_figure_is_refused(reason: str) -> None:
    with pytest.raises(InternalRenderError, match=f"dessin 2 du DOCX {reason}"):
        verify_docx(CONTRACT, SPOILT[reason](files()["docx"]), pictures())


@pytest.mark.parametrize(
    "figures",
    [(RATE,), (COUNT, RATE), (RATE, changed(COUNT, Decimal(2))), (RATE, COUNT, COUNT)],
)
def test_documents_with_a_figure_less_or_other_are_refused(figures: tuple[Drawing, ...]) -> None:
    other = contract_with_figures(*figures)
    with pytest.raises(InternalRenderError, match="DOCX"):
        verify_docx(other, files()["docx"], draw_pictures(other, FONTS))
    pdf = make_pdf(CONTRACT)
    with pytest.raises(InternalRenderError, match="PDF"):
        verify_pdf(other, pdf)


def test_a_figure_without_picture_is_told_in_words() -> None:
    docx = make_docx(CONTRACT)
    verify_docx(CONTRACT, docx)
    assert find_pictures(docx) == []
    assert "2025 : cible 4, déclaré 3, non validé." in "".join(main_part(docx).itertext())


def test_what_libreoffice_prints_shows_the_same_figures() -> None:
    find_program("soffice", "libreoffice-writer")
    docx = files()["docx"]
    printed = PdfDocument.of_printed(convert_to_pdf(docx, FONTS), CONTRACT)
    verify_pdf(CONTRACT, printed, read_surroundings(docx))


def test_figures_stand_in_lists_and_notes_too() -> None:
    from contract_builder.model.blocks import ListBlock, Note, Paragraph, Text

    line = Paragraph((Text("Point."),))
    contract = contract_with(ListBlock(((line, RATE),), ordered=True), Note((line, COUNT)))
    rendered = render_all(TEMPLATES, contract, ("docx", "pdf", "html"))
    assert check_structure(rendered.files["docx"]) == []
