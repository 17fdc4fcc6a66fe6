"""The Word file as a package, its pages and its tables."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from contract_builder.errors import TemplateError
from contract_builder.model.blocks import Cell, Column, Row, Table, Text
from contract_builder.render.docx import extract_document, render_docx
from contract_builder.render.docx.tables import column_widths
from contract_builder.render.docx.template import render_word_template
from contract_builder.word.ooxml import w
from contract_builder.word.package import read_parts
from tests.contract_samples import header, long_contract, small_contract
from tests.documents import contract_with, find_all, make_docx, word_template

TEXT_WIDTH = 9072
LANDSCAPE_WIDTH = 14004


def grid(docx: bytes, caption: str) -> list[int]:
    path = f"//w:tbl[w:tblPr/w:tblCaption/@w:val='{caption}']/w:tblGrid/w:gridCol"
    return [int(element.get(w("w"), "0")) for element in find_all(docx, path)]


def test_the_same_contract_gives_the_same_bytes() -> None:
    assert make_docx(small_contract()) == make_docx(small_contract())


def test_the_template_that_comes_with_the_software_is_the_one_that_the_code_writes() -> None:
    assert render_word_template() == word_template()


def test_no_part_says_when_it_was_made() -> None:
    with ZipFile(BytesIO(make_docx(small_contract()))) as archive:
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_a_wide_annex_turns_the_page_and_the_next_one_turns_it_back() -> None:
    docx = make_docx(small_contract())
    sizes = [element.get(w("orient"), "portrait") for element in find_all(docx, "//w:pgSz")]
    assert sizes == ["portrait", "portrait", "landscape", "portrait"]


def test_a_table_fills_the_width_of_its_page() -> None:
    docx = make_docx(small_contract())
    assert sum(grid(docx, "Échéancier des financements")) == LANDSCAPE_WIDTH
    docx = make_docx(long_contract(1))
    assert sum(grid(docx, "Cibles")) == TEXT_WIDTH


@pytest.mark.parametrize("widths", [(1,), (1, 1, 1), (4, 2, 2, 2), (1, 99), (7, 11, 13, 17, 19)])
def test_column_widths_add_up_exactly(widths: tuple[int, ...]) -> None:
    columns = tuple(Column("", width) for width in widths)
    found = column_widths(columns, TEXT_WIDTH)
    assert sum(found) == TEXT_WIDTH
    assert all(
        abs(f - TEXT_WIDTH * c / sum(widths)) <= 1 for f, c in zip(found, widths, strict=True)
    )


def test_the_header_row_is_repeated_and_no_row_breaks() -> None:
    docx = make_docx(small_contract())
    path = "//w:tbl[w:tblPr/w:tblCaption]/w:tr"
    rows = find_all(docx, path)
    assert [row.find(f"{w('trPr')}/{w('tblHeader')}") is not None for row in rows] == [
        True, False, False, False, False,
    ]  # fmt: skip
    assert all(row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in rows)


def test_a_merged_cell_covers_its_columns_and_amounts_stand_right() -> None:
    docx = make_docx(small_contract())
    spans = [element.get(w("val")) for element in find_all(docx, "//w:gridSpan")]
    assert spans == ["4", "2"]
    (amount,) = find_all(docx, "//w:tr[.//w:t='MI2-3-5']/w:tc[2]/w:p/w:pPr/w:jc")
    assert amount.get(w("val")) == "right"


def test_two_tables_never_touch_and_a_table_never_ends_the_file() -> None:
    table = Table("t", "", (Column("a"),), (Row("r", (Cell((Text("x"),)),)),))
    docx = make_docx(contract_with(table, replace(table, key="u")))
    followers = [element.getnext() for element in find_all(docx, "//w:body/w:tbl")]
    assert len(followers) >= 2
    assert all(item is not None and item.tag == w("p") for item in followers)


def test_a_draft_bears_its_mark_and_a_signed_contract_does_not() -> None:
    draft, signed = make_docx(small_contract()), make_docx(small_contract(draft=False))
    for name in ("word/header1.xml", "word/header2.xml"):
        assert b'string="PROJET"' in read_parts(draft)[name]
        assert b"PROJET" not in read_parts(signed)[name]
    assert "PROJET" in extract_document(draft).front
    assert "PROJET" not in extract_document(signed).front


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
def test_every_signatory_has_a_place_and_no_empty_line_is_promised(count: int) -> None:
    signatories = small_contract().header.signatories
    wanted = tuple(replace(signatories[0], organisation=f"Organisme {n}") for n in range(count))
    contract = replace(small_contract(), header=header(signatories=wanted))
    texts = extract_document(make_docx(contract)).contract
    assert [text for text in texts if text.startswith("Organisme")] == [
        f"Organisme {n}" for n in range(count)
    ]


def test_a_contract_without_signatures_has_no_place_to_sign() -> None:
    sections = tuple(s for s in small_contract().sections if s.kind != "signatures")
    contract = replace(small_contract(), sections=sections)
    texts = extract_document(make_docx(contract)).contract
    assert "Le directeur général" not in texts


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", word_template()[:-200]])
def test_what_is_no_word_file_is_refused_in_french(data: bytes) -> None:
    with pytest.raises(TemplateError, match="n’est pas un document Word"):
        render_docx(small_contract(), data)
