"""How far the cells of a workbook reach, looked at before the reader makes room for all of them.

One stray cell in the last corner of a sheet asks for the memory of 17 thousand million.
"""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from contract_builder.reading.bounded import open_ordinary
from contract_builder.registries.workbook_notes import free_element

MAX_CELLS: Final = 5_000_000
"""Cells of the rectangle that a sheet's cells span; 3,000 entities by 60 columns are 180,000."""

_CHUNK: Final = 1 << 20
_OVERLAP: Final = 64
_DIGITS: Final = 9
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CELLS: Final = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_CELL: Final = re.compile(rb"<(?:\w+:)?c\s[^<>]*?\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")


def find_stray_cell(path: Path) -> str:
    """The last cell of the first sheet that spans too much, « XFD1048576 »; empty without one.

    Raises ``XMLSyntaxError`` for an .ods file whose content is broken.
    """
    with open_ordinary(path) as file, zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                found = _find_in_sheet(archive, name)
            elif name == "content.xml":
                found = _find_in_tables(archive, name)
            else:
                continue
            if found:
                return found
    return ""


@dataclass(slots=True)
class _Extent:
    """The rectangle of the cells seen so far, and the last of them; all from 0."""

    rows: tuple[int, int] | None = None
    columns: tuple[int, int] = (0, 0)
    last: tuple[int, int] = (0, 0)

    def add(self, row: int, column: int) -> None:
        if self.rows is None:
            self.rows, self.columns, self.last = (row, row), (column, column), (row, column)
            return
        if column > self.columns[1] or row > self.rows[1]:
            self.last = (row, column)
        self.rows = (min(row, self.rows[0]), max(row, self.rows[1]))
        self.columns = (min(column, self.columns[0]), max(column, self.columns[1]))

    def too_much(self) -> str:
        """The name of the last cell when there is room for too many; else empty."""
        if self.rows is None:
            return ""
        height, width = (last - first + 1 for first, last in (self.rows, self.columns))
        return _name_of(*self.last) if height * width > MAX_CELLS else ""


def _find_in_sheet(archive: zipfile.ZipFile, name: str) -> str:
    """In a sheet of an .xlsx file, whose cells are numbered."""
    extent = _Extent()
    rest = b""
    with archive.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            for letters, digits in _CELL.findall(text):
                extent.add(int(digits) - 1, _number_of(letters) - 1)
            rest = text[-_OVERLAP:]
    return extent.too_much()


def _find_in_tables(archive: zipfile.ZipFile, name: str) -> str:
    """In the tables of an .ods file, whose cells and rows may stand for many."""
    from lxml import etree

    with archive.open(name) as stream:
        extent, row, column = _Extent(), 0, 0
        for event, element in etree.iterparse(
            stream, events=("start", "end"), tag=(f"{_TABLE}table", f"{_TABLE}table-row", *_CELLS),
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        ):  # fmt: skip
            if event == "start":
                if element.tag == f"{_TABLE}table":
                    extent, row = _Extent(), 0
                column = 0 if element.tag not in _CELLS else column
            elif element.tag == f"{_TABLE}table-row":
                row += _times(element, "rows")
                free_element(element)
            elif element.tag in _CELLS:
                following = column + _times(element, "columns")
                if element.get(f"{_OFFICE}value-type") or len(element):
                    extent.add(row, column)
                    last_row = row + _times(element.getparent(), "rows") - 1
                    extent.add(last_row, following - 1)
                column = following
            if extent.too_much():
                return extent.too_much()
    return ""


def _times(element: Any, what: str) -> int:
    """How many rows or columns an element stands for; what is no number stands for one."""
    written = element.get(f"{_TABLE}number-{what}-repeated") or "1"
    return int(written[:_DIGITS]) if written.isascii() and written.isdigit() else 1


def _name_of(row: int, column: int) -> str:
    """« XFD1048576 » for a row and a column counted from 0."""
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{row + 1}"


def _number_of(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
