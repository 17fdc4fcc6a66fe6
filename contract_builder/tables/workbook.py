"""The regional tables as a spreadsheet: one sheet each, filters, links to the documents."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING

from contract_builder.tables.table import ReportCell, ReportColumn, ReportTable

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # ships no types
    from xlsxwriter.format import Format  # type: ignore[import-untyped]  # it states none
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # it states none

_LONGEST_CELL = 32_000
"""A cell of a spreadsheet holds 32,767 characters."""

_CUT = " […] (texte coupé : voir la page HTML ou le fichier JSON)"
_NUMBER_FORMATS = {
    "montant": '#,##0.00\u00a0"€"',
    "date": "dd/mm/yyyy",
    "nombre": "0",
    "annee": "0",
}
_LINE_HEIGHT, _HEADER_LINES, _LINES_AT_MOST = 15, 2, 20
_A3, _A4 = 8, 9
_A4_WIDTH = 220
"""In characters: a wider table would be too small to read."""

_FROZEN_AT_MOST = 4
_TITLE = "Contrats de la région"


def render_workbook(tables: Sequence[ReportTable], on: date, title: str = _TITLE) -> bytes:
    """One sheet for each table; links are relative to the folder of products.

    No text of a contract is ever taken for a formula. Same tables, same bytes.
    """
    from xlsxwriter import Workbook

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(stream, options) as book:
        created = datetime(on.year, on.month, on.day)  # noqa: DTZ001 - the format has no time zone
        book.set_properties({"title": title, "created": created})
        for table in tables:
            _write_table(book, table)
    return stream.getvalue()


def _write_table(book: "Workbook", table: ReportTable) -> None:
    sheet = book.add_worksheet(table.title)
    header = book.add_format(
        {"bold": True, "bg_color": "#DCE6F2", "border": 1, "text_wrap": True, "valign": "vcenter"}
    )
    formats = [_cell_format(book, column) for column in table.columns]
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, column.title, header)
    sheet.set_row(0, _LINE_HEIGHT * _HEADER_LINES)
    for row, cells in enumerate(table.rows, start=1):
        sheet.set_row(row, _LINE_HEIGHT * _lines_of(table, cells))
        for number, cell in enumerate(cells):
            if table.columns[number].kind == "lien":
                _write_link(sheet, (row, number), cell, formats[number])
            else:
                _write_cell(sheet, (row, number), cell, formats[number])
    sheet.freeze_panes(1, _frozen_columns(table))
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(_A3 if sum(column.width for column in table.columns) > _A4_WIDTH else _A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _frozen_columns(table: ReportTable) -> int:
    """Up to the name of the establishment when it is among the first ones, else the first."""
    keys = [column.key for column in table.columns[:_FROZEN_AT_MOST]]
    return keys.index("raison_sociale") + 1 if "raison_sociale" in keys else 1


def _lines_of(table: ReportTable, cells: Sequence[ReportCell]) -> int:
    """How many lines the longest text of a row takes; a program that opens the file may not
    count them.
    """
    lines = (
        ceil(len(cell) / max(1, column.width - 1))
        for column, cell in zip(table.columns, cells, strict=True)
        if column.kind == "texte" and isinstance(cell, str)
    )
    return min(max(lines, default=1) or 1, _LINES_AT_MOST)


def _cell_format(book: "Workbook", column: ReportColumn) -> "Format":
    properties: dict[str, object] = {"valign": "top"}
    if column.kind == "texte":
        properties["text_wrap"] = True
    elif column.kind == "lien":
        properties |= {"font_color": "#1D4E89", "underline": True}
    elif column.kind in _NUMBER_FORMATS:
        properties["num_format"] = _NUMBER_FORMATS[column.kind]
    return book.add_format(properties)


def _write_link(
    sheet: "Worksheet", where: tuple[int, int], cell: ReportCell, cell_format: "Format"
) -> None:
    """A formula rather than a link of the format, whose separators would be those of Windows."""
    if isinstance(cell, str):
        suffix = cell.rpartition(".")[2].upper()
        path = cell.replace('"', '""')
        sheet.write_formula(*where, f'=HYPERLINK("{path}","{suffix}")', cell_format, suffix)


def _write_cell(
    sheet: "Worksheet", where: tuple[int, int], cell: ReportCell, cell_format: "Format"
) -> None:
    if isinstance(cell, str):
        if cell:
            sheet.write_string(*where, _fit(cell), cell_format)
    elif isinstance(cell, date):
        sheet.write_datetime(*where, cell, cell_format)
    elif isinstance(cell, int | Decimal):
        sheet.write_number(*where, cell, cell_format)


def _fit(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - len(_CUT)] + _CUT
