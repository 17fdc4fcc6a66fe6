"""Tables as a workbook: texts stay texts, numbers are numbers, links are relative."""

import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

from python_calamine import CalamineWorkbook

from contract_builder.tables.workbook import render_workbook
from tests.unit.tables.sample_table import DAY, TABLE

SHEET = "xl/worksheets/sheet1.xml"


def test_values_keep_their_types_and_a_text_is_never_a_formula() -> None:
    book = render_workbook([TABLE], DAY)
    titles, row, *_ = (
        CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_name("Contrats").to_python()
    )
    assert titles == [column.title for column in TABLE.columns]
    assert row[:6] == ["=1+1", "R&D <b>", 2026, 1234567.8, date(2025, 7, 1), 0.125]


def test_a_document_is_linked_by_its_path_in_the_folder_of_products() -> None:
    with zipfile.ZipFile(BytesIO(render_workbook([TABLE], DAY))) as book:
        sheet = book.read(SHEET).decode()
    assert sheet.count("HYPERLINK") == 1
    assert "dossier à part/contrat n°1.pdf" in sheet


def test_the_same_tables_give_the_same_bytes() -> None:
    assert render_workbook([TABLE], DAY) == render_workbook([TABLE], DAY)


def test_a_text_too_long_for_a_cell_is_cut_and_says_where_the_rest_stands() -> None:
    _, name, *others = TABLE.rows[0]
    table = replace(TABLE, rows=(("x" * 40_000, name, *others),))
    _, row = (
        CalamineWorkbook.from_filelike(BytesIO(render_workbook([table], DAY)))
        .get_sheet_by_index(0)
        .to_python()
    )
    assert len(str(row[0])) == 32_000
    assert str(row[0]).endswith("voir la page HTML ou le fichier JSON)")
