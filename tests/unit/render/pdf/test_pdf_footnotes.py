"""Footnotes of the PDF: at the foot of their page, and notes for a screen reader."""

import pytest

from contract_builder.model.blocks import Cell, Column, Field, Footnote, Row, Table, Text
from contract_builder.render.pdf import extract_pages
from contract_builder.render.products import verify_pdf
from contract_builder.render.text_gate import squeeze
from tests.contract_samples import paragraph
from tests.documents import contract_with, make_pdf
from tests.unit.render.pdf.test_contract_pdf import iter_elements, open_pdf


def noted_table(rows: int) -> Table:
    """A table over several pages with a footnote in every third row."""

    def year(number: int) -> Cell:
        note = Footnote(f"doute.{number}", (Text(f"imprimé «\u00a0{number * 7}\u00a0» " * 12),))
        return Cell((Field(f"cible.{number}", "5"), note) if number % 3 == 0 else (Text("5"),))

    cells = [(Cell((Text(f"ligne {number}"),)), year(number)) for number in range(rows)]
    columns = (Column("Catégorie"), Column("2025"))
    return Table("t", "Cibles", columns, tuple(Row(str(n), c) for n, c in enumerate(cells)))


def test_a_long_table_with_footnotes_is_read_back_page_by_page() -> None:
    contract = contract_with(noted_table(90))
    verify_pdf(contract, make_pdf(contract))


@pytest.mark.parametrize("above", range(0, 40, 8))
def test_the_footnotes_of_a_short_table_stand_on_its_page(above: int) -> None:
    contract = contract_with(*[paragraph("texte")] * above, noted_table(3))
    pdf = make_pdf(contract)
    verify_pdf(contract, pdf)
    pages = [squeeze([page]) for page in extract_pages(pdf.data)]
    (called,) = [page for page in pages if "5(2)" in page]
    assert "ligne0" in called
    assert "ligne2" in called
    assert "2imprimé«0»" in called


def test_footnotes_are_notes_for_a_screen_reader() -> None:
    pdf = open_pdf(make_pdf(contract_with(noted_table(9))))
    kinds = [str(element.S) for element in iter_elements(pdf)]
    assert kinds.count("/Note") == 5
