"""Workbooks as people and programs write them, for the tests of spreadsheets."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from xlsxwriter import Workbook

from contract_builder.registries.sheets import LAYOUTS
from tests.registry_workspace import HOSPITAL

TARGET_TITLES = LAYOUTS["cibles"].titles
TARGET: tuple[object, ...] = (
    *(HOSPITAL, "CPOM_OS_6", "", 2025, "2 programmes"),
    *("nombre", 2, "Motif", "la directrice"),
)
Cell = object | tuple[object, str]


def workbook(path: Path, *rows: tuple[Cell, ...], sheet: str = "Argent") -> Path:
    """A workbook; a pair is a value and its number format."""
    book = Workbook(path)
    page = book.add_worksheet(sheet)
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            value, code = cell if isinstance(cell, tuple) else (cell, "")
            style = book.add_format({"num_format": code}) if code else None
            if isinstance(value, date):
                page.write_datetime(line, column, value, style)
            else:
                page.write(line, column, value, style)
    book.close()
    return path


def change_sheet(path: Path, change: Callable[[str], str]) -> Path:
    """The same workbook with the XML of its first sheet changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = change(parts[name].decode()).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return path


ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="Cibles">{rows}</table:table>
</office:spreadsheet></office:body></office:document-content>"""


def ods(path: Path, target: str) -> Path:
    """An OpenDocument workbook of one target, whose « Cible » is the given cell."""

    def text_cell(value: object) -> str:
        return (
            f'<table:table-cell office:value-type="string"><text:p>{value}</text:p>'
            "</table:table-cell>"
        )

    cells = [text_cell(value) for value in TARGET]
    cells[2] = "<table:table-cell/>"
    cells[4] = target
    lines = ("".join(map(text_cell, TARGET_TITLES)), "".join(cells))
    rows = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    return write_ods_table(path, rows)


def write_ods_table(path: Path, rows: str) -> Path:
    """An OpenDocument workbook of one sheet, « Cibles », whose rows are given in XML."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows=rows))
        archive.writestr(
            "META-INF/manifest.xml",
            "<manifest:manifest "
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path
